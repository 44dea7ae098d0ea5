"""What a morning costs: as many statements for many obligations as for one, and each person found by an index."""

from datetime import UTC, date, datetime

from sqlalchemy import event, text

from appraisal.persistence import outdated_reminders
from appraisal.persistence import reminders as stored
from tests.appraisal.component.deadlines import database
from tests.appraisal.component.test_obligations import opened
from tests.appraisal.component.test_reminders import reminders


def statements(bureau):
    """Count the statements of a job's steps."""
    found = []
    engine = bureau.service.work.database.engine

    def count(_connection, _cursor, statement, *_):
        found.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        bureau.service.run_jobs()
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return len(found)


def test_a_step_costs_the_same_number_of_statements_for_one_person_and_for_many_obligations(bureau):
    opened(bureau)
    bureau.turn(2026, 1, 24, 1)
    bureau.service.run_timers()
    few = statements(bureau)
    row = (
        "INSERT INTO obligation (id, agency_id, kind, employee_id, subject, owed_by, due_at, original_due_at, state, "
        "reason, excuse, order_reference, version, opened_at, updated_at) SELECT gen_random_uuid(), :agency, "
        "'DIALOGUE', gen_random_uuid(), n::text, :head, :due, :due, 'OPEN', '', '', '', 1, :due, :due "
        "FROM generate_series(1, 1000) n"
    )
    with database(bureau) as tx:
        due = datetime(2026, 1, 26, 16, 59, 59, tzinfo=UTC)
        values = {"agency": bureau.agency, "head": bureau.head.employee_id, "due": due}
        tx.session.execute(text(row), values)
    bureau.turn(2026, 1, 25, 1)
    bureau.service.run_timers()
    assert statements(bureau) <= few
    assert few <= 20
    assert reminders(bureau, bureau.head)[-1][1][0] == ("DIALOGUE", False, 1000, due.isoformat())


def test_on_a_table_without_statistics_a_person_is_looked_up_by_the_index_of_who_owes(bureau):
    """By the index of deadlines each of 10,000 people would read the whole agency."""
    opened(bureau)
    with database(bureau) as tx:
        query = text(f"EXPLAIN SELECT * FROM {stored._OPEN}")
        plan = "\n".join(tx.session.execute(query, {"people": [bureau.head.employee_id]}).scalars())
    assert ("ix_obligation_owed_by" in plan, "ix_obligation_due" in plan) == (True, False), plan


def test_what_is_outdated_of_few_people_is_found_by_indexes_among_the_reminders_of_many(bureau):
    opened(bureau)
    row = (
        "INSERT INTO obligation_reminder (obligation_id, agency_id, owed_by, due_at, stage, reminded_on) "
        "SELECT gen_random_uuid(), :agency, gen_random_uuid(), now(), 0, current_date FROM generate_series(1, 20000)"
    )
    people = [bureau.siti.employee_id, bureau.head.employee_id]
    values = {"since": date(2026, 1, 1), "none": -1, "most": 10, "people": people}
    with database(bureau) as tx:
        tx.session.execute(text(row), {"agency": bureau.agency})
        query = text(f"EXPLAIN {outdated_reminders._OF_PEOPLE.text}")
        plan = "\n".join(tx.session.execute(query, values).scalars())
        tx.session.rollback()
    found = {name for name in ("ix_obligation_reminder_owed_by", "pk_obligation_reminder") if name in plan}
    assert (len(found), "Seq Scan on obligation" in plan) == (2, False), plan
