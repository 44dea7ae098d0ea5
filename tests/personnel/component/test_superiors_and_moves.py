"""A wrong superior is corrected in one call; moves hold from their day, past or to come."""

import pytest

from tests.personnel.builders import (
    API,
    BUDI,
    HEAD_OF_BUREAU,
    HEAD_OF_SUBDIVISION,
    OTHER_HEAD,
    SITI,
    Ministry,
    employee_row,
)


def correct(ministry: Ministry, nip: str, version: int | None = None, **body):
    one = ministry.find(nip)
    body = {"effective_from": "2026-01-02", "reason": "SK 7/2026", "cause": "CORRECTION", **body}
    headers = {"If-Match": f'"{version or one["version"]}"'}
    return ministry.hr.put(f"{API}/employees/{one['employee_id']}/superior", json=body, headers=headers)


def move(ministry: Ministry, nip: str, **body):
    one = ministry.find(nip)
    body = {
        "unit_id": one["unit_id"],
        "position_code": "ASDM-2",
        "position_title": "Analis SDM Ahli Muda",
        "position_kind": "JF",
        "position_level": "AHLI_MUDA",
        "job_class": 10,
        "reason": "SK 9/2026",
        **body,
    }
    headers = {"If-Match": f'"{one["version"]}"'}
    return ministry.hr.post(f"{API}/employees/{one['employee_id']}/assignments", json=body, headers=headers)


def events_since(ministry: Ministry, count: int) -> dict:
    return {one["subject"]: one["data"] for one in ministry.events("AssignmentChanged")[count:]}


def test_one_call_corrects_a_superior_who_is_the_reviewer_of_those_below(ministry: Ministry):
    ministry.populate()
    people = {nip: ministry.find(nip)["employee_id"] for nip in (SITI, BUDI, HEAD_OF_SUBDIVISION, HEAD_OF_BUREAU)}
    ministry.import_employees(employee_row(OTHER_HEAD, jenis_jabatan="JPT_PRATAMA", jenjang="", tmt_cpns="2006-04-01"))
    other, before = ministry.find(OTHER_HEAD)["employee_id"], len(ministry.events("AssignmentChanged"))

    answer = correct(ministry, HEAD_OF_SUBDIVISION, superior_nip=OTHER_HEAD)

    assert answer.status_code == 200, answer.text
    assert answer.json["takes_effect"] == "NOW"
    published = events_since(ministry, before)
    assert {one: (data["series"], data["changed_from"]) for one, data in published.items()} == {
        people[HEAD_OF_SUBDIVISION]: (["SUPERIOR"], "2026-01-02")
    }
    assert ministry.find(HEAD_OF_SUBDIVISION)["appraiser_id"] == other
    assert [ministry.find(nip)["reviewer_id"] for nip in (SITI, BUDI, HEAD_OF_SUBDIVISION)] == [other, other, None]
    assert answer.headers["ETag"] == f'"{ministry.find(HEAD_OF_SUBDIVISION)["version"]}"'


def test_a_correction_since_a_past_day_is_the_truth_until_today(ministry: Ministry):
    ministry.populate()
    chief = ministry.find(HEAD_OF_BUREAU)["employee_id"]

    answer = correct(ministry, SITI, superior_id=chief, effective_from="2022-05-01")

    assert answer.json["takes_effect"] == "NOW"
    siti = ministry.find(SITI)
    assert (siti["appraiser_id"], siti["superior_since"], siti["reviewer_id"]) == (chief, "2022-05-01", None)
    history = ministry.hr.get(f"{API}/employees/{siti['employee_id']}/history").json["superiors"]
    assert [(one["source"], one["replaced"]) for one in history] == [("IMPORT", True), ("HAND", False)]
    assert history[1]["reason"] == "SK 7/2026"


def test_the_day_alone_can_be_corrected_and_nothing_is_published(ministry: Ministry):
    ministry.populate()
    answer = correct(ministry, SITI, superior_nip=HEAD_OF_SUBDIVISION, effective_from="2022-05-01")
    assert (answer.status_code, answer.json["changed_from"]) == (200, None)
    assert ministry.find(SITI)["superior_since"] == "2022-05-01"


def test_a_superior_may_be_taken_away(ministry: Ministry):
    ministry.populate()
    assert correct(ministry, SITI, superior_id=None).json["takes_effect"] == "NOW"
    assert ministry.find(SITI)["appraiser_id"] is None


def test_a_planned_superior_takes_over_by_itself_at_midnight_of_the_agency(ministry: Ministry, service, at):
    ministry.populate()
    chief, head = ministry.find(HEAD_OF_BUREAU)["employee_id"], ministry.find(HEAD_OF_SUBDIVISION)["employee_id"]
    before = len(ministry.events("AssignmentChanged"))

    assert correct(ministry, SITI, superior_id=chief, effective_from="2026-03-01").json["takes_effect"] == "LATER"
    service.clock.turn(at(2026, 2, 28, 16, 58))
    service.run_timers()
    assert ministry.find(SITI)["appraiser_id"] == head
    assert events_since(ministry, before)[ministry.find(SITI)["employee_id"]]["changed_from"] == "2026-03-01"

    service.clock.turn(at(2026, 2, 28, 17, 0))  # midnight in Jakarta
    service.run_timers()
    siti = ministry.find(SITI)
    assert (siti["appraiser_id"], siti["superior_since"]) == (chief, "2026-03-01")
    assert len(ministry.events("AssignmentChanged")) == before + 1


@pytest.mark.parametrize("superior", [SITI, BUDI])
def test_nobody_comes_under_his_own_subordinate(ministry: Ministry, superior):
    ministry.populate()
    answer = correct(ministry, HEAD_OF_BUREAU if superior == SITI else BUDI, superior_nip=superior)
    assert (answer.status_code, answer.json["code"]) == (422, "superior_cycle")
    assert answer.json["errors"][0]["field"] == "superior_id"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"superior_nip": "197505052001041001"}, 422, "superior_unknown"),
        ({"superior_id": "01980000-0000-7000-8000-000000000009"}, 422, "superior_unknown"),
        ({"superior_nip": HEAD_OF_SUBDIVISION}, 409, "personnel_nothing_changed"),
        ({"superior_nip": HEAD_OF_BUREAU, "effective_from": "0001-01-01"}, 422, "invalid_input"),
        ({"superior_nip": HEAD_OF_BUREAU, "superior_id": None}, 422, "invalid_input"),
        ({"superior_nip": HEAD_OF_BUREAU, "reason": ""}, 422, "invalid_input"),
        ({}, 422, "invalid_input"),
    ],
)
def test_a_correction_that_cannot_be_says_why(ministry: Ministry, body, status, code):
    ministry.populate()
    answer = correct(ministry, SITI, **body)
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_stale_version_is_refused_and_a_missing_one_asked_for(ministry: Ministry):
    ministry.populate()
    assert correct(ministry, SITI, version=99, superior_nip=HEAD_OF_BUREAU).status_code == 412
    url = f"{API}/employees/{ministry.find(SITI)['employee_id']}/superior"
    body = {"superior_nip": HEAD_OF_BUREAU, "effective_from": "2026-01-02", "reason": "x"}
    assert ministry.hr.put(url, json=body).status_code == 428


def test_a_move_is_published_with_its_day(ministry: Ministry):
    ministry.populate()
    before = len(ministry.events("AssignmentChanged"))

    answer = move(ministry, SITI, effective_from="2026-01-01")

    assert (answer.status_code, answer.json["takes_effect"]) == (201, "NOW")
    siti = ministry.find(SITI)
    assert (siti["position_level"], siti["job_class"]) == ("AHLI_MUDA", 10)
    published = events_since(ministry, before)[siti["employee_id"]]
    assert (published["series"], published["changed_from"], published["version"]) == (["POSITION"], "2026-01-01", 2)
    history = ministry.hr.get(f"{API}/employees/{siti['employee_id']}/history").json["positions"]
    assert [(one["effective_from"], one["until"]) for one in history] == [
        ("2023-01-02", "2025-12-31"),
        ("2026-01-01", None),
    ]


def test_a_planned_move_waits_and_a_move_filling_the_past_leaves_today_alone(ministry: Ministry, service, at):
    ministry.populate()
    before = len(ministry.events("AssignmentChanged"))
    past = move(ministry, SITI, effective_from="2021-01-01", replaces_later=False)
    assert (past.json["takes_effect"], past.json["changed_from"]) == ("PAST_ONLY", "2021-01-01")
    assert move(ministry, SITI, effective_from="2026-07-01").json["takes_effect"] == "LATER"
    assert (ministry.find(SITI)["job_class"], len(ministry.events("AssignmentChanged"))) == (8, before + 2)

    service.clock.turn(at(2026, 7, 1))
    service.run_timers()
    assert ministry.find(SITI)["job_class"] == 10
    service.clock.turn(at(2026, 7, 2))
    service.run_timers()
    assert (ministry.find(SITI)["job_class"], len(ministry.events("AssignmentChanged"))) == (10, before + 2)


def test_a_move_names_what_is_wrong_with_it(ministry: Ministry):
    ministry.populate()
    answer = move(
        ministry, SITI, effective_from="2026-01-01", unit_id="01980000-0000-7000-8000-000000000009", position_level=None
    )
    assert answer.status_code == 422
    assert [one["code"] for one in answer.json["errors"]] == ["unit_unknown", "level_missing"]


def test_a_new_number_leads_to_the_same_person_and_so_does_the_old(ministry: Ministry):
    ministry.populate()
    budi = ministry.find(BUDI)
    new = "199211032026211001"
    body = {"value": new, "valid_from": "2026-01-02", "reason": "perjanjian kerja baru"}
    url = f"{API}/employees/{budi['employee_id']}/identifiers"

    answer = ministry.hr.post(url, json=body, headers={"If-Match": "*"})

    assert (answer.status_code, answer.json["nip"]) == (201, new)
    assert ministry.find(new)["employee_id"] == ministry.find(BUDI)["employee_id"] == budi["employee_id"]
    taken = ministry.hr.post(
        f"{API}/employees/{ministry.find(SITI)['employee_id']}/identifiers",
        json={**body, "value": BUDI},
        headers={"If-Match": "*"},
    )
    assert (taken.status_code, taken.json["code"]) == (409, "identifier_taken")
    bad = ministry.hr.post(url, json={**body, "value": "199913992026211001"}, headers={"If-Match": "*"})
    assert (bad.status_code, bad.json["code"]) == (422, "identifier_refused")
    assert bad.json["errors"][0]["code"] == "nip_birth_date_wrong"


def test_hr_corrects_the_address_and_the_first_day_of_service_by_hand(ministry: Ministry):
    ministry.populate()
    siti, before = ministry.find(SITI), len(ministry.events())
    url, match = f"{API}/employees/{siti['employee_id']}", {"If-Match": f'"{siti["version"]}"'}

    body = {"service_start": "2019-02-01", "email": "s@b.example", "reason": "SK CPNS"}
    answer = ministry.hr.patch(url, json=body, headers=match)
    assert (answer.status_code, answer.json["service_start"]) == (200, "2019-02-01")
    news = ministry.events()[before:]
    assert [one["type"] for one in news] == ["EmployeeContactChanged", "EmployeeTimelineChanged", "EmployeeChanged"]
    timeline = news[1]["data"]
    assert news[2]["data"]["series"] == ["SERVICE_START"]
    assert (timeline["service_start"], timeline["changed_from"], timeline["cause"]) == (
        "2019-02-01",
        "2023-01-02",
        "CORRECTION",
    )
    again = ministry.hr.patch(url, json=body, headers={"If-Match": "*"})
    assert (again.status_code, again.json["code"]) == (409, "personnel_nothing_changed")
    assert ministry.hr.patch(url, json={"name": "Siti", "reason": "x"}, headers=match).status_code == 412


@pytest.mark.parametrize(
    ("field", "value", "route"),
    [
        ("status", "RETIRED", "status"),
        ("employment_type", "PNS", "employment-type"),
        ("grade", "III/c", "grade"),
        ("grade_since", "2026-01-01", "grade"),
    ],
)
def test_what_holds_from_a_day_is_refused_with_the_route_that_records_it(ministry: Ministry, field, value, route):
    ministry.populate()
    url = f"{API}/employees/{ministry.find(SITI)['employee_id']}"
    answer = ministry.hr.patch(url, json={field: value, "reason": "SK"}, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input")
    (fault,) = answer.json["errors"]
    assert (fault["field"], fault["expected"]) == (field, f"Catat dengan POST …/{route}.")


def test_a_withdrawal_does_not_bring_back_a_superior_who_stands_under_the_person_by_now(ministry: Ministry):
    ministry.populate()
    assert correct(ministry, SITI, superior_nip=HEAD_OF_BUREAU).status_code == 200
    assert correct(ministry, HEAD_OF_SUBDIVISION, superior_nip=SITI).status_code == 200
    siti = ministry.find(SITI)
    address = f"{API}/employees/{siti['employee_id']}"
    last = ministry.hr.get(f"{address}/timeline").json["superiors"][-1]["id"]
    match, told = {"If-Match": f'"{siti["version"]}"'}, len(ministry.events("EmployeeTimelineChanged"))

    refused = ministry.hr.post(f"{address}/records/{last}/withdrawal", json={"reason": "keliru"}, headers=match)

    assert (refused.status_code, refused.json["code"]) == (422, "superior_cycle")
    assert ministry.find(SITI) == siti
    assert len(ministry.events("EmployeeTimelineChanged")) == told
