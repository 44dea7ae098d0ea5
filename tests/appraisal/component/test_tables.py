"""The database keeps agencies apart and refuses impossible states itself."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from appraisal.persistence.models import Base
from chassis.ids import new_id


def test_every_table_of_ours_keeps_agencies_apart(service):
    with service.work.database.engine.connect() as connection:
        open_tables = connection.execute(
            text(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
                "AND NOT (relrowsecurity AND relforcerowsecurity)"
            )
        ).scalars()
        # whoever verifies a paper belongs to no agency, and learns from the code which one to ask
        assert set(open_tables) & set(Base.metadata.tables) == {"document_code"}


@pytest.mark.parametrize(
    "change",
    [
        "state = 'FINAL'",
        "final_at = now(), completed_by = 'APPRAISER'",
        "state = 'ISSUED'",
        "quarter = NULL",
    ],
)
def test_an_impossible_evaluation_is_refused_by_the_database(service, bureau, change):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    proposal = bureau.rate(1, finish=False)
    with pytest.raises(IntegrityError), service.work.transaction(bureau.agency) as tx:
        tx.session.execute(text(f"UPDATE evaluation SET {change} WHERE id = :id"), {"id": proposal["id"]})


def test_an_employee_never_decides_their_own_objection_in_the_database(service, bureau):
    person = new_id()
    with pytest.raises(IntegrityError), service.work.transaction(bureau.agency) as tx:
        tx.session.execute(
            text(
                "INSERT INTO objection (id, agency_id, evaluation_id, employee_id, appraiser_id, decider_id, "
                "designation_reason, reasons, evidence_links, filed_at, decide_by, decision_reasons, version) "
                "VALUES (:id, :agency, :id, :person, :id, :person, '', 'x', '[]', now(), now(), '', 1)"
            ),
            {"id": new_id(), "agency": bureau.agency, "person": person},
        )
