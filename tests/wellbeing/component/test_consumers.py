"""What personnel publishes comes twice, late and out of order, and ends in the same state."""

from datetime import date

import pytest
from sqlalchemy import select

from chassis.ids import new_id
from directory.models import Stretch
from tests.directory.builders import from_day
from tests.wellbeing.builders import (
    LONG_AGO,
    a_bureau,
    an_officer,
    next_morning,
    ok,
    publish_agency,
    publish_employee,
    publish_stretches,
    publish_substitution,
    publish_unit,
    refused,
)
from wellbeing.persistence import directory


@pytest.fixture
def known(service, agency, at):
    """Ask what is known of an employee today."""
    service.clock.turn(at(2026, 8, 10, 2))
    publish_agency(service, agency)

    def ask(employee):
        with service.work.transaction(agency) as tx:
            return directory.find_employee(tx, employee)

    return ask


def test_an_older_version_never_overwrites_a_newer_one(service, agency, known):
    employee, old, new = new_id(), new_id(), new_id()
    publish_stretches(service, agency, employee, from_day(LONG_AGO, unit_id=new), version=7)
    publish_stretches(service, agency, employee, from_day(LONG_AGO, unit_id=old), version=3)

    assert known(employee).unit_id == new


def test_neither_grade_nor_class_is_kept_nor_the_day_of_a_promotion(service, agency, known):
    employee, unit = new_id(), new_id()
    promoted = from_day(date(2026, 3, 1), unit_id=unit, grade="III/c", grade_since=date(2026, 3, 1), job_class=9)
    publish_stretches(service, agency, employee, from_day(LONG_AGO, unit_id=unit), promoted)

    with service.work.transaction(agency) as tx:
        query = select(Stretch).where(Stretch.employee_id == employee)
        kept = [(one.first_day, one.last_day, one.grade, one.job_class) for one in tx.session.scalars(query)]
        assert kept == [(LONG_AGO, None, "", 0)]
    assert known(employee).unit_id == unit


def test_what_is_recorded_ahead_holds_from_its_day(service, agency, known, at):
    employee, old, new = new_id(), new_id(), new_id()
    publish_stretches(
        service, agency, employee, from_day(LONG_AGO, unit_id=old), from_day(date(2026, 9, 1), unit_id=new)
    )

    assert known(employee).unit_id == old
    service.clock.turn(at(2026, 9, 1, 2))
    assert known(employee).unit_id == new


def test_a_unit_may_come_before_its_parent_and_before_its_agency(service, agency):
    parent, child = new_id(), new_id()
    publish_unit(service, agency, child, parent, "TIM", "Tim", None)
    publish_unit(service, agency, parent, None, "BIRO", "Biro", None)
    publish_agency(service, agency, "Asia/Makassar")

    with service.work.transaction(agency) as tx:
        assert directory.unit_tree(tx).ancestors(child) == (parent,)
        assert directory.time_zone(tx) == "Asia/Makassar"


def test_nothing_is_deferred_and_who_has_not_arrived_is_nobody_yet(service, agency, known):
    publish_employee(service, agency, new_id(), new_id(), new_id())

    assert service.deferred(agency) == []
    assert known(new_id()) is None


@pytest.fixture
def bureau(service, agency, at):
    service.clock.turn(at(2026, 8, 3, 2))
    return a_bureau(service, agency)


def asked_for(context):
    """Ask for flexible working as a member of Siti's team; return the path of its decision."""
    body = {"flexibility": "PLACE", "begins_on": "2026-08-17", "ends_on": "2026-08-28"}
    made = context.client(context.member("siti", 3)).post("/api/v1/wellbeing/arrangements", json=body)
    return f"/api/v1/wellbeing/arrangements/{ok(made, 201)['arrangement_id']}/decision"


def test_the_request_is_decided_by_whoever_appraises_on_that_day(bureau, service, agency, at):
    path, decision = asked_for(bureau), {"json": {"decision": "APPROVED"}, "headers": {"If-Match": "*"}}
    chief, acting = bureau.client(bureau.member("siti", 0)), bureau.client(bureau.member("siti", 4))
    publish_substitution(service, agency, bureau.chiefs["siti"], bureau.staff["siti"][4], "APPRAISE")

    refused(acting.post(path, **decision), 403, "forbidden")
    service.clock.turn(at(2026, 8, 10, 2))
    refused(chief.post(path, **decision), 403, "forbidden")
    assert bureau.member("siti", 3).employee_id in seen_by(bureau, acting)
    assert ok(acting.post(path, **decision))["state"] == "APPROVED"
    service.clock.turn(at(2026, 8, 17, 2))
    assert bureau.member("siti", 3).employee_id in seen_by(bureau, chief)
    assert bureau.member("siti", 3).employee_id not in seen_by(bureau, acting)


def seen_by(context, client):
    items = ok(client.get("/api/v1/wellbeing/arrangements"))["items"]
    return {one for one in context.staff["siti"] if str(one) in str(items)}


def test_whoever_leads_a_unit_in_anothers_place_reads_no_case_of_that_time(bureau, service, agency, at):
    officer = an_officer(bureau)
    cases = bureau.client(officer)
    publish_substitution(service, agency, bureau.chiefs["small"], officer.employee_id, "LEAD_UNIT")

    assert ok(cases.get("/api/v1/wellbeing/cases"))["items"] == []
    service.clock.turn(at(2026, 8, 11, 2))
    refused(cases.get("/api/v1/wellbeing/cases"), 403, "case_conflict_of_interest")


def test_whoever_stands_in_for_the_superior_of_the_reported_learns_of_no_case(bureau, service, agency, at):
    officer = an_officer(bureau)
    service.clock.turn(at(2026, 8, 11, 2))
    publish_substitution(service, agency, bureau.chiefs["small"], officer.employee_id, "APPRAISE")
    body = {"agency_id": agency, "category": "VERBAL", "description": "x"}
    body["reported_employee_ids"] = [str(bureau.staff["small"][3])]

    ok(bureau.client().post("/api/v1/wellbeing/reports/cases", json=body), 201)
    next_morning(bureau, date(2026, 8, 12))

    assert ok(bureau.client(officer).get("/api/v1/wellbeing/cases"))["items"] == []
    assert len(ok(bureau.client(an_officer(bureau)).get("/api/v1/wellbeing/cases"))["items"]) == 1
    service.clock.turn(at(2026, 8, 17, 2))
    assert ok(bureau.client(officer).get("/api/v1/wellbeing/cases"))["items"] == []
