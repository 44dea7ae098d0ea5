"""Keeping what personnel publishes: newest versions only, one round of statements, and hooks that learn what changed."""

from datetime import date

from sqlalchemy import event, text

from directory.keeping import SubstitutionChange, TimelineChange, UnitChange
from directory.timelines import Cause
from tests.directory.builders import Copy, from_day, who

SITI = "01980000-0000-7000-8000-000000000001"


def rows(copy, table, agency=None):
    with copy.transaction(agency) as tx:
        return tx.session.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2, 3")).mappings().all()


def test_a_person_is_kept_from_the_examples(copy):
    copy.receive(copy.example("EmployeeTimelineChanged.v1.siti"))
    assert [str(one.employee_id) for one in copy.people] == [SITI]
    assert (copy.people[0].changed_from, copy.people[0].is_new) == (date(2026, 1, 2), True)
    copy.receive(copy.example("EmployeeTimelineChanged.v1.moved_and_retiring"))
    assert [(row["first_day"], row["last_day"], row["status"]) for row in rows(copy, "directory_stretch")] == [
        (date(2026, 1, 2), date(2026, 5, 14), "ACTIVE"),
        (date(2026, 5, 15), date(2026, 11, 30), "ACTIVE"),
        (date(2026, 12, 1), None, "RETIRED"),
    ]
    assert copy.people[1:] == [
        TimelineChange(copy.people[0].employee_id, date(2026, 5, 15), Cause.CHANGE, is_new=False)
    ]
    assert copy.deferred() == []
