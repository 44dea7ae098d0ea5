"""What HR needs to see: who lacks a superior who can appraise, what is known ahead, many superiors put right at once."""

import io

import pytest
from sqlalchemy import text

from tests.personnel.builders import (
    API,
    BUDI,
    EMPLOYEE_COLUMNS,
    HEAD_OF_BUREAU,
    HEAD_OF_SUBDIVISION,
    OTHER_HEAD,
    SITI,
    Ministry,
    csv_file,
    employee_row,
    four_people,
)
from tests.personnel.component.test_recording import published, record, shown, timelines


def found(ministry: Ministry, query: str) -> set:
    return {one["nip"] for one in ministry.hr.get(f"{API}/employees?{query}").json["items"]}


def put_right(ministry: Ministry, *items: dict, **body):
    body = {"items": items, "effective_from": "2026-01-02", "reason": "berkas keliru", "cause": "CORRECTION", **body}
    answer = ministry.hr.post(f"{API}/superiors", json=body)
    assert answer.status_code == 200, answer.text
    return [(one["outcome"], one["refusal"] and one["refusal"]["code"]) for one in answer.json["items"]]


def test_whose_superior_has_left_is_found(ministry: Ministry):
    ministry.populate()
    assert found(ministry, "superior_left=true") == set()
    record(ministry, HEAD_OF_SUBDIVISION, "status", status="TRANSFERRED", effective_from="2026-01-02")
    assert found(ministry, "superior_left=true") == {SITI, BUDI}
    record(ministry, BUDI, "status", status="DISMISSED", effective_from="2026-01-02")
    assert found(ministry, "superior_left=true") == {SITI}
    assert found(ministry, "without_superior=true") == {HEAD_OF_BUREAU}


def test_people_in_a_closed_unit_are_found(ministry: Ministry, service):
    ministry.populate()
    assert found(ministry, "unit_closed=true") == set()
    with service.work.transaction(ministry.agency) as tx:
        tx.session.execute(text("UPDATE org_unit SET active = false WHERE code = '01'"))
    assert found(ministry, "unit_closed=true") == {HEAD_OF_BUREAU}


def without_unit(ministry: Ministry, query: str = "") -> list[tuple]:
    items = ministry.hr.get(f"{API}/employees/without-unit?{query}").json["items"]
    return [(one["nip"], one["gap"], one["since"], one["until"]) for one in items]


def test_who_stands_in_no_open_unit_on_a_day_is_found_with_the_way_out(ministry: Ministry, service, at):
    """An older release closed the units without asking who stands in them."""
    ministry.populate()
    assert without_unit(ministry) == []
    with service.work.transaction(ministry.agency) as tx:
        tx.session.execute(
            text(
                "INSERT INTO org_unit_stretch (unit_id, first_day, last_day, agency_id, code, name, active) "
                "SELECT unit_id, DATE '2026-03-01', NULL, agency_id, code, name, false FROM org_unit_stretch "
                "WHERE code = '01.01'"
            )
        )
        tx.session.execute(
            text("UPDATE org_unit_stretch SET last_day = DATE '2026-02-28' WHERE code = '01.01' AND active")
        )
    record(ministry, BUDI, "status", status="RETIRED", effective_from="2026-03-15")
    assert without_unit(ministry) == without_unit(ministry, "on=2026-02-28") == []
    closed = [
        (BUDI, "UNIT_CLOSED", "2026-03-01", "2026-03-14"),
        (HEAD_OF_SUBDIVISION, "UNIT_CLOSED", "2026-03-01", None),
        (SITI, "UNIT_CLOSED", "2026-03-01", None),
    ]
    assert sorted(without_unit(ministry, "on=2026-03-01")) == sorted(closed)
    assert sorted(without_unit(ministry, "on=2026-03-15")) == sorted(closed[1:]), "who has retired needs no unit"
    first = ministry.hr.get(f"{API}/employees/without-unit?on=2026-03-01&limit=2").json
    rest = ministry.hr.get(f"{API}/employees/without-unit?on=2026-03-01&cursor={first['next_cursor']}").json
    assert [len(first["items"]), len(rest["items"])] == [2, 1]
    assert rest["items"][0]["way_out"] == (
        "Unit 01.01 ditutup. Catat mutasi pegawai ini ke unit aktif mulai 2026-03-01, atau gabungkan unit itu ke unit "
        "lain."
    )
    service.clock.turn(at(2026, 3, 1))
    assert len(without_unit(ministry)) == 3


def test_who_is_in_service_before_the_first_position_or_the_unit_begins_is_found(ministry: Ministry):
    ministry.populate()
    unit = ministry.hr.post(
        f"{API}/org-units", json={"code": "02", "name": "Biro Baru", "effective_from": "2026-04-01"}
    )
    with ministry.service.work.transaction(ministry.agency) as tx:
        tx.session.execute(
            text(
                "UPDATE published_timeline SET stretches = jsonb_set(stretches, '{0,first_day}', '\"2026-02-02\"') "
                "WHERE employee_id = CAST(:one AS uuid)"
            ),
            {"one": ministry.find(BUDI)["employee_id"]},
        )
        tx.session.execute(
            text(
                "UPDATE published_timeline SET stretches = jsonb_set(stretches, '{0,unit_id}', to_jsonb(CAST(:unit AS text))) "
                "WHERE employee_id = CAST(:one AS uuid)"
            ),
            {"one": ministry.find(SITI)["employee_id"], "unit": unit.json["unit_id"]},
        )
    assert sorted(without_unit(ministry)) == [
        (SITI, "UNIT_TO_COME", "2023-01-02", "2026-03-31"),
        (BUDI, "NO_POSITION", "2024-02-01", "2026-02-01"),
    ]
    assert [one[0] for one in without_unit(ministry, "on=2026-02-02")] == [SITI]
    assert without_unit(ministry, "on=2026-04-01") == []


def test_what_is_known_ahead_is_listed_by_day(ministry: Ministry, service, at):
    ministry.populate()
    chief = ministry.find(HEAD_OF_BUREAU)["employee_id"]
    record(ministry, SITI, "status", status="UNPAID_LEAVE", effective_from="2026-02-01", until="2026-11-30")
    record(ministry, BUDI, "superior", "PUT", superior_id=chief, effective_from="2026-02-10")
    record(ministry, BUDI, "grade", grade="X", effective_from="2026-03-01")
    record(ministry, BUDI, "grade", grade="XI", effective_from="2026-03-01")
    record(ministry, HEAD_OF_BUREAU, "status", status="RETIRED", effective_from="2026-06-01")
    wrong = shown(ministry, HEAD_OF_BUREAU)["statuses"][-1]["id"]
    record(ministry, HEAD_OF_BUREAU, f"records/{wrong}/withdrawal")
    assert ministry.find(BUDI)["grade"] == "IX"

    def due(query=""):
        items = ministry.hr.get(f"{API}/records/due?{query}").json["items"]
        return [(one["effective_from"], one["ends"], one["status"] or one["grade"] or one["series"]) for one in items]

    ahead = [
        ("2026-02-01", False, "UNPAID_LEAVE"),
        ("2026-02-10", False, "SUPERIOR"),
        ("2026-03-01", False, "XI"),
        ("2026-12-01", True, "UNPAID_LEAVE"),
    ]
    assert due() == ahead
    assert due("until=2026-02-10") == ahead[:2]
    assert due("series=STATUS") == [ahead[0], ahead[3]]
    first = ministry.hr.get(f"{API}/records/due?limit=3").json
    assert (len(first["items"]), due(f"cursor={first['next_cursor']}")) == (3, ahead[3:])
    (leave,) = [one for one in first["items"] if one["series"] == "STATUS"]
    assert (leave["employee_name"], leave["id"]) == ("Siti Rahmania", shown(ministry, SITI)["statuses"][1]["id"])
    service.clock.turn(at(2026, 2, 1))
    assert due() == ahead[1:]


def test_a_leave_does_not_hide_the_retirement_of_the_same_day_beneath_it(ministry: Ministry):
    ministry.populate()
    record(ministry, SITI, "status", status="RETIRED", effective_from="2026-06-01")
    record(ministry, SITI, "status", status="UNPAID_LEAVE", effective_from="2026-06-01", until="2026-08-31")
    stretches = [(one["first_day"], one["status"]) for one in shown(ministry, SITI)["stretches"][1:]]
    assert stretches == [("2026-06-01", "UNPAID_LEAVE"), ("2026-09-01", "RETIRED")]
    items = ministry.hr.get(f"{API}/records/due").json["items"]
    assert {(one["status"], one["effective_from"], one["ends"]) for one in items} == {
        ("RETIRED", "2026-06-01", False),
        ("UNPAID_LEAVE", "2026-06-01", False),
        ("UNPAID_LEAVE", "2026-09-01", True),
    }


def test_many_superiors_are_put_right_by_one_decision_each_with_an_outcome_of_its_own(ministry: Ministry):
    ministry.populate()
    ministry.import_employees(employee_row(OTHER_HEAD, jenis_jabatan="JPT_PRATAMA", jenjang="", tmt_cpns="2006-04-01"))
    siti, told = ministry.find(SITI), len(ministry.events("AssignmentChanged"))

    outcomes = put_right(
        ministry,
        {"employee_nip": HEAD_OF_SUBDIVISION, "superior_nip": OTHER_HEAD},
        {"employee_id": siti["employee_id"], "superior_nip": OTHER_HEAD, "expected_version": siti["version"]},
        {"employee_nip": BUDI, "superior_nip": HEAD_OF_SUBDIVISION},
        {"employee_nip": OTHER_HEAD, "superior_nip": SITI},
        {"employee_nip": SITI, "superior_nip": HEAD_OF_BUREAU},
        {"employee_nip": "197505052001041001", "superior_nip": HEAD_OF_BUREAU},
        {"employee_nip": HEAD_OF_BUREAU, "superior_nip": "197505052001041001"},
    )

    assert outcomes == [
        ("RECORDED", None),
        ("RECORDED", None),
        ("UNCHANGED", None),
        ("REFUSED", "superior_cycle"),
        ("REFUSED", "person_named_twice"),
        ("REFUSED", "not_found"),
        ("REFUSED", "superior_unknown"),
    ]
    other = ministry.find(OTHER_HEAD)["employee_id"]
    assert [ministry.find(nip)["appraiser_id"] for nip in (SITI, HEAD_OF_SUBDIVISION)] == [other, other]
    assert ministry.find(BUDI)["reviewer_id"] == other
    news = ministry.events("AssignmentChanged")[told:]
    assert {one["subject"] for one in news} == {
        ministry.find(nip)["employee_id"] for nip in (SITI, HEAD_OF_SUBDIVISION)
    }
    assert published(ministry, SITI, "superior_id")[-1] == ("2026-01-02", other)
    assert [len(timelines(ministry, nip)) for nip in (SITI, BUDI, HEAD_OF_SUBDIVISION)] == [2, 1, 2]
    assert timelines(ministry, SITI)[-1]["cause"] == "CORRECTION"


def test_a_pair_of_an_old_version_or_of_the_officer_is_refused_alone(ministry: Ministry):
    ministry.populate()
    officer, ministry.hr = ministry.hr, ministry.client_of(SITI, "hr_officer")
    assert put_right(
        ministry,
        {"employee_nip": BUDI, "superior_nip": HEAD_OF_BUREAU, "expected_version": 99},
        {"employee_nip": SITI, "superior_nip": HEAD_OF_BUREAU},
        {"employee_nip": HEAD_OF_SUBDIVISION, "superior_id": None},
    ) == [("REFUSED", "version_conflict"), ("REFUSED", "own_affair"), ("RECORDED", None)]
    ministry.hr = officer
    assert ministry.find(HEAD_OF_SUBDIVISION)["appraiser_id"] is None


@pytest.mark.parametrize(
    "pair",
    [{"employee_nip": SITI}, {"superior_nip": BUDI}, {"employee_nip": SITI, "superior_nip": BUDI, "superior_id": None}],
)
def test_a_pair_names_two_people(ministry: Ministry, pair):
    body = {"items": [pair], "effective_from": "2026-01-02", "reason": "x"}
    assert ministry.hr.post(f"{API}/superiors", json=body).status_code == 422


@pytest.mark.parametrize(("cause", "since"), [("CHANGE", "2026-01-02"), ("CORRECTION", "2023-01-02")])
def test_a_file_says_how_things_stand_or_what_was_never_so(ministry: Ministry, cause, since):
    ministry.populate()
    rows = four_people()
    rows[0]["nip_atasan"] = rows[1]["nip_atasan"] = HEAD_OF_BUREAU
    rows[0]["status"] = "TUGAS_BELAJAR"
    content = csv_file(rows, EMPLOYEE_COLUMNS)
    address = f"{API}/imports/employees?cause={cause}"
    assert ministry.hr.post(address, data={"file": (io.BytesIO(content), "atasan.csv")}).status_code == 202
    ministry.service.run_jobs()
    chief = ministry.find(HEAD_OF_BUREAU)["employee_id"]
    assert next(one for one in published(ministry, SITI, "superior_id", "status") if one[0] >= since) == (
        since,
        chief,
        "STUDY_LEAVE",
    )
    for nip in (SITI, BUDI):
        told = timelines(ministry, nip)[-1]
        assert (told["cause"], told["stretches"][-1]["superior_id"]) == (cause, chief)
        assert shown(ministry, nip)["superiors"][-1]["cause"] == cause
    assert len(published(ministry, SITI)) == (2 if cause == "CHANGE" else 1)
    assert ministry.find(SITI)["superior_since"] == since
