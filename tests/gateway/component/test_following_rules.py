"""Accounts follow whatever arrives last: the agency after its people, a rule that begins later, another person."""

from datetime import date
from uuid import uuid4

from tests.directory.builders import employee_timeline, from_day
from tests.gateway.builders import API
from tests.gateway.component.test_following import HIRED, Office, office, retired  # noqa: F401 - a fixture

RULE = {
    "valid_from": "2026-01-01", "retired_days": 90, "transferred_days": 90, "dismissed_days": 90, "deceased_days": 0,
    "suspension_ends_roles": False, "source": "SK Sekjen 5/2026", "verified": True,
}  # fmt: skip


def test_an_account_between_its_timeline_and_its_agency_follows_once_the_agency_arrives(gateway):
    made = Office(gateway)
    made.turn(2026, 2, 2)
    made.record(*retired(date(2026, 1, 15)))
    made.enter()
    assert made.standing()[0] == "FULL"
    made.register()
    made.service.run_jobs()
    assert made.standing() == ("OWN_RECORDS", ["employee"], "2026-04-14")


def test_a_rule_that_begins_later_is_followed_on_its_day(office):  # noqa: F811
    hr = office.gateway.manager()
    assert hr.post(f"{API}/account-rules", json=RULE).status_code == 201
    later = {**RULE, "valid_from": "2026-03-01", "suspension_ends_roles": True}
    assert hr.post(f"{API}/account-rules", json=later).status_code == 201
    office.record(from_day(HIRED), from_day(date(2026, 2, 10), status="SUSPENDED"))
    office.service.run_jobs()
    office.turn(2026, 2, 28, 16)
    office.service.run_jobs()
    assert office.standing()[1] == ["employee", "hr_officer"]
    office.turn(2026, 2, 28, 17)  # midnight in Jakarta
    office.service.run_jobs()
    assert office.standing()[1] == ["employee"]


def test_the_ended_offices_of_one_person_are_not_regained_by_another_whom_the_account_is_linked_to(office):  # noqa: F811
    office.record(*retired(date(2026, 1, 15)))
    assert office.shown["ended_roles"] == ["hr_officer"]
    other = uuid4()
    timeline = employee_timeline(other, from_day(HIRED))
    office.deliver("EmployeeTimelineChanged", other, **timeline)
    where = f"{API}/accounts/{office.account['account_id']}"
    answer = office.operator.patch(where, json={"employee_id": str(other)}, headers={"If-Match": "*"})
    assert answer.status_code == 200
    assert (office.standing(), office.shown["ended_roles"]) == (("FULL", ["employee"], None), [])


def test_an_account_that_is_nobodys_any_more_keeps_no_end_of_service(office):  # noqa: F811
    office.record(*retired(date(2025, 6, 1)))
    assert office.standing()[0] == "NONE"
    where = f"{API}/accounts/{office.account['account_id']}"
    answer = office.operator.patch(where, json={"employee_id": None}, headers={"If-Match": "*"})
    assert answer.status_code == 200
    assert (office.standing(), office.sign_in()) == (("FULL", ["employee"], None), "in")


def test_an_office_that_is_taken_away_while_it_has_ended_is_not_regained_by_a_correction(office):  # noqa: F811
    office.record(*retired(date(2026, 1, 15)))
    assert office.shown["ended_roles"] == ["hr_officer"]
    where = f"{API}/accounts/{office.account['account_id']}"
    answer = office.operator.patch(where, json={"roles": ["employee"]}, headers={"If-Match": "*"})
    assert (answer.status_code, office.shown["ended_roles"]) == (200, [])
    office.record(from_day(HIRED))
    assert office.standing() == ("FULL", ["employee"], None)
