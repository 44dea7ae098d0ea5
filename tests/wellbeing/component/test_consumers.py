"""Messages come twice, late and out of order, and end in the same state."""

import pytest
from sqlalchemy import text

from chassis.ids import new_id
from tests.wellbeing.builders import publish_agency, publish_assignment, publish_status, publish_unit


@pytest.fixture
def employee():
    return new_id()


def stored_employee(service, agency, employee):
    with service.work.transaction(agency) as tx:
        statement = text("SELECT status, unit_id, appraiser_id FROM employee WHERE employee_id = :id")
        row = tx.session.execute(statement, {"id": employee}).one_or_none()
        return tuple(row) if row else None


@pytest.mark.parametrize("first", ["status", "assignment"])
def test_status_and_assignment_may_come_in_either_order(service, agency, employee, first):
    unit, chief = new_id(), new_id()
    published = {
        "status": lambda: publish_status(service, agency, employee),
        "assignment": lambda: publish_assignment(service, agency, employee, unit, chief),
    }
    published.pop(first)()
    next(iter(published.values()))()

    assert stored_employee(service, agency, employee) == ("ACTIVE", unit, chief)


def test_an_older_assignment_never_overwrites_a_newer_one(service, agency, employee):
    old, new = new_id(), new_id()
    publish_assignment(service, agency, employee, new, sequence=7)
    publish_assignment(service, agency, employee, old, sequence=3)

    assert stored_employee(service, agency, employee)[1] == new


def test_the_same_event_twice_changes_nothing(service, agency, employee):
    event_id = new_id()
    for status in ("ACTIVE", "RETIRED"):
        publish_status(service, agency, employee, status, event_id=event_id, sequence=1)

    assert stored_employee(service, agency, employee)[0] == "ACTIVE"


def test_a_unit_may_come_before_its_parent_and_before_its_agency(service, agency):
    from wellbeing.persistence import directory

    parent, child = new_id(), new_id()
    publish_unit(service, agency, child, parent, "TIM", "Tim", None)
    publish_unit(service, agency, parent, None, "BIRO", "Biro", None)
    publish_agency(service, agency, "Asia/Makassar")

    with service.work.transaction(agency) as tx:
        assert directory.unit_tree(tx).ancestors(child) == (parent,)
        assert directory.time_zone(tx) == "Asia/Makassar"


def test_nothing_is_deferred_and_no_name_is_stored(service, agency, employee):
    publish_status(service, agency, employee)
    assert service.deferred(agency) == []
