"""Who acts for an official (Plt., Plh.) or appraises by delegation: recorded, ended, withdrawn, and seen by whom."""

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

WEEK = {"first_day": "2026-03-02", "last_day": "2026-03-06"}


@pytest.fixture
def office(ministry: Ministry) -> Ministry:
    """The bureau's four people, and another head in it."""
    ministry.populate()
    ministry.import_employees(employee_row(OTHER_HEAD, jenis_jabatan="PENGAWAS", jenjang="", tmt_cpns="2006-04-01"))
    return ministry


def retired(nip: str) -> dict[str, str]:
    return employee_row(nip, status="PENSIUN", jenis_jabatan="PENGAWAS", jenjang="", tmt_cpns="2006-04-01")


def status(ministry: Ministry, nip: str, value: str, day: str, until: str | None = None) -> None:
    body = {"status": value, "effective_from": day, "until": until, "reason": "SK"}
    url = f"{API}/employees/{ministry.find(nip)['employee_id']}/status"
    assert ministry.hr.post(url, json=body, headers={"If-Match": "*"}).status_code == 201


def ids(ministry: Ministry, *nips: str) -> list[str]:
    return [ministry.find(nip)["employee_id"] for nip in nips]


def record(ministry: Ministry, by=None, substitute: str = OTHER_HEAD, official: str = HEAD_OF_SUBDIVISION, **body):
    body = {
        "kind": "PLH",
        "in_place_of_id": ministry.find(official)["employee_id"],
        "substitute_id": ministry.find(substitute)["employee_id"],
        "order_number": "SP-12/2026",
        "scope": ["APPRAISE", "LEAD_UNIT"],
        **WEEK,
        **body,
    }
    return (by or ministry.hr).post(f"{API}/substitutions", json=body)


def change(ministry: Ministry, one: dict, last_day: str | None, match: str = "*"):
    url = f"{API}/substitutions/{one['id']}"
    return ministry.hr.patch(url, json={"last_day": last_day}, headers={"If-Match": match})


def withdraw(ministry: Ministry, one: dict):
    url = f"{API}/substitutions/{one['id']}/withdrawal"
    return ministry.hr.post(url, json={"reason": "Surat dibatalkan"}, headers={"If-Match": "*"})


def test_plh_kepala_subbagian_selama_satu_minggu(office: Ministry):
    answer = record(office)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
    official, substitute = ids(office, HEAD_OF_SUBDIVISION, OTHER_HEAD)
    assert office.events("SubstitutionChanged")[-1]["data"] == {
        "substitution_id": answer.json["id"],
        "kind": "PLH",
        "in_place_of_id": official,
        "substitute_id": substitute,
        **WEEK,
        "scope": ["APPRAISE", "LEAD_UNIT"],
        "employee_ids": None,
        "withdrawn": False,
        "version": 1,
    }

    shorter = change(office, answer.json, "2026-03-04", match='"1"')
    assert (shorter.status_code, shorter.json["last_day"], shorter.json["version"]) == (200, "2026-03-04", 2)
    assert change(office, answer.json, "2026-03-05", match='"1"').status_code == 412
    assert change(office, answer.json, "2026-03-04").json["code"] == "personnel_nothing_changed"
    assert record(office, first_day="2026-03-05", last_day="2026-03-09").status_code == 201
    assert change(office, answer.json, "2026-03-05").json["code"] == "substitution_overlaps"
    told = [one["data"]["last_day"] for one in office.events("SubstitutionChanged")]
    assert told == ["2026-03-06", "2026-03-04", "2026-03-09"]


def test_a_withdrawn_order_makes_room_for_the_right_one(office: Ministry):
    wrong = record(office).json
    refused = record(office)
    assert (refused.status_code, refused.json["code"]) == (409, "substitution_overlaps")
    assert "SP-12/2026" in refused.json["detail"]
    gone = withdraw(office, wrong)
    assert (gone.status_code, gone.json["withdrawal_reason"]) == (200, "Surat dibatalkan")
    assert office.events("SubstitutionChanged")[-1]["data"]["withdrawn"] is True
    assert withdraw(office, wrong).json["code"] == "substitution_withdrawn"
    assert change(office, wrong, "2026-03-04").json["code"] == "substitution_withdrawn"
    assert record(office).status_code == 201


def test_plt_of_a_vacant_post_has_no_last_day_until_somebody_is_appointed(office: Ministry):
    answer = record(office, kind="PLT", last_day=None)
    assert (answer.status_code, answer.json["last_day"]) == (201, None)
    assert record(office, kind="PLT", first_day="2027-01-04", last_day=None).json["code"] == "substitution_overlaps"
    assert record(office).status_code == 201, "a Plh. is another kind"
    assert change(office, answer.json, "2026-12-31").status_code == 200
    assert change(office, answer.json, "2026-03-01").json["errors"][0]["code"] == "date_too_early"
    assert record(office, kind="PLT", first_day="2027-01-04", last_day=None).status_code == 201


def test_appraising_some_people_is_delegated_to_several_deputies(office: Ministry):
    siti, budi = ids(office, SITI, BUDI)
    delegation = {"kind": "DELEGATION", "scope": ["APPRAISE"]}
    assert record(office, **delegation, employee_ids=[siti]).status_code == 201
    assert record(office, **delegation, employee_ids=[budi], substitute=HEAD_OF_BUREAU).status_code == 201
    both = record(office, **delegation, employee_ids=[siti, budi], substitute=HEAD_OF_BUREAU)
    assert both.json["code"] == "substitution_overlaps"
    assert record(office, **delegation).json["code"] == "substitution_overlaps"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"kind": "PLH", "last_day": None}, "last_day_missing"),
        ({"kind": "DELEGATION", "scope": ["APPRAISE"], "last_day": None}, "last_day_missing"),
        ({"last_day": "2026-03-01"}, "date_too_early"),
        ({"substitute": HEAD_OF_SUBDIVISION}, "substitute_is_official"),
        ({"kind": "DELEGATION"}, "scope_not_delegable"),
        ({"in_place_of_id": "01980000-0000-7000-8000-000000000009"}, "official_unknown"),
        ({"substitute_id": "01980000-0000-7000-8000-000000000009"}, "employee_unknown"),
        ({"employee_ids": ["01980000-0000-7000-8000-000000000009"]}, "employee_unknown"),
    ],
)
def test_what_does_not_fit_is_named(office: Ministry, body, code):
    answer = record(office, **body)
    assert (answer.status_code, answer.json["code"]) == (422, "invalid_input")
    assert [one["code"] for one in answer.json["errors"]] == [code]


def test_nobody_appraises_themselves_in_place_of_their_superior(office: Ministry):
    refused = record(office, substitute=SITI)
    assert (refused.status_code, refused.json["code"]) == (422, "own_appraisal")
    (siti, budi) = ids(office, SITI, BUDI)
    assert record(office, substitute=SITI, employee_ids=[siti, budi]).json["code"] == "own_appraisal"
    assert record(office, substitute=SITI, employee_ids=[budi]).status_code == 201
    assert record(office, substitute=SITI, kind="PLT", scope=["LEAD_UNIT"]).status_code == 201


def test_whoever_comes_under_the_official_within_the_days_does_not_appraise_themselves(office: Ministry):
    (official,) = ids(office, HEAD_OF_SUBDIVISION)
    body = {"superior_id": official, "effective_from": "2026-03-04", "reason": "SK"}
    url = f"{API}/employees/{office.find(OTHER_HEAD)['employee_id']}/superior"
    assert office.hr.put(url, json=body, headers={"If-Match": "*"}).status_code == 200
    assert record(office).json["code"] == "own_appraisal"
    assert record(office, last_day="2026-03-03").status_code == 201


def test_a_substitute_is_in_service(office: Ministry):
    office.import_employees(retired(OTHER_HEAD))
    refused = record(office).json
    assert (refused["code"], refused["errors"][0]["field"]) == ("substitute_not_in_service", "first_day")
    assert "2026-03-02" in refused["detail"]


def test_a_substitute_is_active_on_the_days_of_the_substitution_and_not_only_today(office: Ministry):
    status(office, OTHER_HEAD, "UNPAID_LEAVE", "2026-01-02", until="2026-02-27")
    status(office, OTHER_HEAD, "RETIRED", "2026-03-05")
    refused = record(office).json
    assert refused["code"] == "substitute_not_in_service"
    assert [(one["field"], one["expected"]) for one in refused["errors"]] == [
        ("last_day", "Isi tanggal paling lambat 2026-03-04.")
    ]
    assert record(office, first_day="2026-02-27").json["errors"][0]["field"] == "first_day"
    allowed = record(office, last_day="2026-03-04")
    assert allowed.status_code == 201, "on leave today, and in service on those days"
    assert change(office, allowed.json, "2026-03-05").json["code"] == "substitute_not_in_service"


def test_a_leave_of_days_gone_by_hinders_no_extension(office: Ministry):
    acting = record(office, kind="PLT", first_day="2026-01-02", last_day="2026-01-31").json
    status(office, OTHER_HEAD, "UNPAID_LEAVE", "2026-01-12", until="2026-01-16")
    assert change(office, acting, "2026-02-28").status_code == 200


def test_acting_ends_when_the_substitute_has_retired_and_is_not_extended(office: Ministry):
    acting = record(office, kind="PLT", last_day="2026-12-31").json
    status(office, OTHER_HEAD, "RETIRED", "2026-11-01")
    refused = change(office, acting, None).json
    assert (refused["code"], refused["errors"][0]["field"]) == ("substitute_not_in_service", "first_day")
    assert change(office, acting, "2026-06-30").status_code == 200
    assert change(office, acting, "2026-10-31").status_code == 200
    assert change(office, acting, None).json["code"] == "substitute_not_in_service"


def test_somebody_acts_for_an_official_from_outside(office: Ministry):
    body = {"name": "Ratna", "office": "Gubernur", "institution": "Provinsi", "first_day": "2025-02-20"}
    governor = office.hr.post(f"{API}/officials", json=body).json["id"]
    answer = record(office, in_place_of_id=governor, kind="DELEGATION", scope=["APPRAISE"])
    assert (answer.status_code, answer.json["in_place_of_id"]) == (201, governor)


def test_an_officer_records_nothing_of_their_own(office: Ministry):
    for nip in (OTHER_HEAD, HEAD_OF_SUBDIVISION):
        refused = record(office, by=office.client_of(nip, "hr_officer"))
        assert (refused.status_code, refused.json["code"]) == (403, "own_affair")
    named = record(office, by=office.client_of(SITI, "hr_officer"), employee_ids=ids(office, BUDI, SITI))
    assert (named.status_code, named.json["code"]) == (403, "own_affair")
    assert office.events("SubstitutionChanged") == []


def test_an_officer_does_not_choose_who_appraises_or_reviews_them(office: Ministry):
    siti = office.client_of(SITI, "hr_officer")
    cases = [
        (HEAD_OF_SUBDIVISION, ["APPRAISE"], ["employee_ids"]),
        (HEAD_OF_SUBDIVISION, ["REVIEW"], []),
        (HEAD_OF_BUREAU, ["APPRAISE"], []),
        (HEAD_OF_BUREAU, ["REVIEW"], ["employee_ids"]),
        (HEAD_OF_BUREAU, ["APPRAISE", "REVIEW"], ["employee_ids"]),
    ]
    for number, (official, scope, fields) in enumerate(cases):
        days = {"first_day": f"2026-04-{number + 1:02}", "last_day": f"2026-04-{number + 1:02}"}
        answer = record(office, by=siti, official=official, scope=scope, **days)
        expected = (403, "own_affair") if fields else (201, None)
        assert (answer.status_code, answer.json.get("code")) == expected, (official, scope)
        assert [one["field"] for one in answer.json.get("errors", [])] == fields
    (budi,) = ids(office, BUDI)
    assert record(office, by=siti, scope=["APPRAISE"], employee_ids=[budi]).status_code == 201, "of somebody else"
    assert record(office, by=office.client_of(HEAD_OF_BUREAU, "hr_officer"), scope=["APPRAISE"], kind="PLT"), "another"


def test_an_officer_does_not_choose_the_leader_of_a_unit_above_them(office: Ministry):
    bureau = next(one for one in office.hr.get(f"{API}/org-units").json["items"] if one["code"] == "01")
    (head,) = ids(office, HEAD_OF_BUREAU)
    body = {"leader_id": head, "effective_from": "2026-03-04", "reason": "SK"}
    led = office.hr.patch(f"{API}/org-units/{bureau['unit_id']}", json=body, headers={"If-Match": "*"})
    assert led.status_code == 200, led.text
    siti, leading = office.client_of(SITI, "hr_officer"), {"official": HEAD_OF_BUREAU, "scope": ["LEAD_UNIT"]}
    refused = record(office, by=siti, **leading)
    assert (refused.json["code"], refused.json["errors"][0]["field"]) == ("own_affair", "scope")
    assert record(office, by=siti, **leading, last_day="2026-03-03").status_code == 201, "before he leads it"
    assert record(office, **leading, kind="PLT").status_code == 201, "another officer"


def test_an_officer_neither_extends_nor_withdraws_who_appraises_them(office: Ministry):
    siti, one = office.client_of(SITI, "hr_officer"), record(office, scope=["APPRAISE"]).json
    url, match = f"{API}/substitutions/{one['id']}", {"If-Match": "*"}
    assert siti.patch(url, json={"last_day": "2026-03-09"}, headers=match).json["code"] == "own_affair"
    assert siti.post(f"{url}/withdrawal", json={"reason": "x"}, headers=match).json["code"] == "own_affair"
    move = {"superior_id": one["substitute_id"], "effective_from": "2026-03-07", "reason": "SK"}
    budi = office.find(BUDI)["employee_id"]
    assert office.hr.put(f"{API}/employees/{budi}/superior", json=move, headers=match).status_code == 200
    assert withdraw(office, one).status_code == 200


def test_the_substitute_and_the_official_see_theirs_and_hr_sees_all(office: Ministry):
    first = record(office).json["id"]
    second = record(office, substitute=HEAD_OF_BUREAU, first_day="2026-04-01", last_day="2026-04-02").json["id"]

    def seen(client, query: str = "") -> list[str]:
        return [one["id"] for one in client.get(f"{API}/substitutions{query}").json["items"]]

    assert seen(office.hr) == seen(office.client_of(HEAD_OF_SUBDIVISION)) == [first, second]
    assert seen(office.client_of(OTHER_HEAD)) == [first]
    assert seen(office.client_of(SITI)) == []
    assert office.client_of(OTHER_HEAD).get(f"{API}/substitutions/{first}").status_code == 200
    assert office.client_of(OTHER_HEAD).get(f"{API}/substitutions/{second}").status_code == 403
    assert seen(office.hr, "?on=2026-04-01") == [second]
    assert seen(office.hr, f"?employee_id={ids(office, OTHER_HEAD)[0]}") == [first]
    assert seen(office.hr, "?kind=PLT") == []
