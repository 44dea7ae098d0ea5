"""Units in time: renamed, moved, led, closed and merged on a day in the past, today or ahead."""

import pytest
from sqlalchemy import text, update

from chassis import jobs
from chassis.ids import new_id
from personnel.persistence.models import OrgUnit
from tests.personnel.builders import (
    API,
    BUDI,
    HEAD_OF_BUREAU,
    HEAD_OF_SUBDIVISION,
    SITI,
    Ministry,
    four_people,
    unit_row,
)

WHY = {"reason": "Penataan organisasi", "decision_number": "Permen 4/2026"}


def unit(ministry: Ministry, code: str, query: str = "") -> dict:
    found = ministry.hr.get(f"{API}/org-units?limit=200&inactive=true{query}").json["items"]
    return next(one for one in found if one["code"] == code)


def tree(ministry: Ministry, day: str) -> list[tuple[str, str]]:
    found = ministry.hr.get(f"{API}/org-units?limit=200&as_of={day}").json["items"]
    return [("/".join(one["path"]), one["name"]) for one in found]


def patch(ministry: Ministry, one: dict, **body):
    return ministry.hr.patch(f"{API}/org-units/{one['unit_id']}", json=body, headers={"If-Match": "*"})


def post(ministry: Ministry, one: dict, what: str, **body):
    return ministry.hr.post(f"{API}/org-units/{one['unit_id']}/{what}", json=body, headers={"If-Match": "*"})


def timeline(ministry: Ministry, one: dict) -> dict:
    return ministry.hr.get(f"{API}/org-units/{one['unit_id']}/timeline").json


def timelines_told(ministry: Ministry, unit_id: str) -> list[dict]:
    return [one["data"] for one in ministry.events("OrgUnitTimelineChanged") if one["subject"] == unit_id]


@pytest.fixture
def bureaus(ministry: Ministry) -> Ministry:
    """The bureau of four people (01, 01.01), and another one (02) with a head."""
    ministry.import_units(unit_row("01"), unit_row("01.01", "01"), unit_row("02", nama="Biro Umum"))
    ministry.import_employees(*four_people())
    return ministry


def test_a_new_name_known_ahead_is_told_at_once_and_holds_from_its_day(bureaus: Ministry, service, at):
    one = unit(bureaus, "01.01")
    answer = patch(bureaus, one, name="Subbagian Kinerja", effective_from="2026-07-01", **WHY)
    assert (answer.status_code, answer.json["name"]) == (200, "Unit 01.01")
    assert tree(bureaus, "2026-06-30")[1] == ("01/01.01", "Unit 01.01")
    assert tree(bureaus, "2026-07-01")[1] == ("01/01.01", "Subbagian Kinerja")
    told = timelines_told(bureaus, one["unit_id"])[-1]
    assert (told["changed_from"], told["version"]) == ("2026-07-01", 2)
    assert [(each["first_day"], each["last_day"], each["name"]) for each in told["stretches"]] == [
        ("2026-01-02", "2026-06-30", "Unit 01.01"),
        ("2026-07-01", None, "Subbagian Kinerja"),
    ]
    before = bureaus.events()

    service.clock.turn(at(2026, 6, 30, 16, 59))
    service.run_timers()
    assert unit(bureaus, "01.01")["name"] == "Unit 01.01"
    service.clock.turn(at(2026, 6, 30, 17, 0))  # midnight in Jakarta
    service.run_timers()
    service.run_timers()

    assert unit(bureaus, "01.01")["name"] == "Subbagian Kinerja"
    assert bureaus.events() == before


def test_a_parent_recorded_late_leaves_the_name_of_another_day_alone(bureaus: Ministry, service, at):
    one, other = unit(bureaus, "01.01"), unit(bureaus, "02")
    service.clock.turn(at(2026, 5, 4, 2))
    assert patch(bureaus, one, name="Subbagian Mutasi").status_code == 200
    assert patch(bureaus, one, parent_id=other["unit_id"], effective_from="2026-03-01").status_code == 200
    found = [(each["first_day"], each["name"], each["parent_id"]) for each in timeline(bureaus, one)["stretches"]]
    top = unit(bureaus, "01")["unit_id"]
    assert found == [
        ("2026-01-02", "Unit 01.01", top),
        ("2026-03-01", "Unit 01.01", other["unit_id"]),
        ("2026-05-04", "Subbagian Mutasi", other["unit_id"]),
    ]
    assert timelines_told(bureaus, one["unit_id"])[-1]["changed_from"] == "2026-03-01"


def test_what_is_said_of_all_days_since_sets_the_later_record_aside(bureaus: Ministry, service, at):
    one = unit(bureaus, "02")
    service.clock.turn(at(2026, 5, 4, 2))
    patch(bureaus, one, name="Biro Umum dan Keuangan", effective_from="2026-04-01")
    patch(bureaus, one, name="Biro Umum dan Aset", effective_from="2026-03-01")
    assert unit(bureaus, "02")["name"] == "Biro Umum dan Keuangan"
    answer = patch(bureaus, one, name="Biro Umum dan Aset", effective_from="2026-03-01", replaces_later=True)
    assert answer.json["name"] == "Biro Umum dan Aset"
    assert [each["name"] for each in timeline(bureaus, one)["stretches"]] == ["Biro Umum", "Biro Umum dan Aset"]


def test_a_withdrawn_record_is_as_if_it_had_never_been_recorded(bureaus: Ministry):
    one = unit(bureaus, "02")
    patch(bureaus, one, name="Biro Keliru", effective_from="2026-01-02")
    records = timeline(bureaus, one)["records"]
    path = f"records/{records[-1]['id']}/withdrawal"
    answer = post(bureaus, one, path, reason="SK dibatalkan")
    assert (answer.status_code, answer.json["records"][-1]["withdrawal_reason"]) == (200, "SK dibatalkan")
    assert unit(bureaus, "02")["name"] == "Biro Umum"
    assert timelines_told(bureaus, one["unit_id"])[-1]["stretches"][-1]["name"] == "Biro Umum"
    assert post(bureaus, one, path, reason="x").json["code"] == "unit_record_withdrawn"
    first = next(each for each in records if each["series"] == "NAME")
    assert post(bureaus, one, f"records/{first['id']}/withdrawal", reason="x").json["code"] == "unit_record_needed"
    assert post(bureaus, one, "records/0/withdrawal", reason="x").status_code == 404


def test_no_unit_stands_below_itself_on_any_day(bureaus: Ministry):
    top, below, other = unit(bureaus, "01"), unit(bureaus, "01.01"), unit(bureaus, "02")
    assert patch(bureaus, top, parent_id=other["unit_id"], effective_from="2026-07-01").status_code == 200
    assert patch(bureaus, other, parent_id=below["unit_id"], effective_from="2026-08-01").json["code"] == "unit_cycle"
    assert patch(bureaus, other, parent_id=below["unit_id"]).json["code"] == "unit_cycle"
    assert patch(bureaus, below, parent_id=None, effective_from="2026-07-01").status_code == 200
    assert patch(bureaus, other, parent_id=below["unit_id"], effective_from="2026-07-01").status_code == 200
    paths = [path for path, _ in tree(bureaus, "2026-07-01")]
    assert paths == ["01.01", "01.01/02", "01.01/02/01"]


def test_a_code_is_free_on_the_days_on_which_nobody_has_it_and_two_units_may_change_codes(
    bureaus: Ministry, service, at
):
    one, other = unit(bureaus, "01.01"), unit(bureaus, "02")
    assert patch(bureaus, one, code="02", effective_from="2026-07-01").json["code"] == "unit_code_taken"
    assert patch(bureaus, other, code="99", effective_from="2026-07-01").status_code == 200
    assert patch(bureaus, one, code="02", effective_from="2026-07-01").status_code == 200
    assert patch(bureaus, other, code="01.01", effective_from="2026-07-01").status_code == 200
    service.clock.turn(at(2026, 7, 1))
    service.run_timers()
    assert unit(bureaus, "02")["unit_id"] == one["unit_id"]
    assert unit(bureaus, "01.01")["unit_id"] == other["unit_id"]


def test_a_unit_of_next_month_stands_in_the_tree_of_next_month(bureaus: Ministry, service, at):
    body = {"code": "03", "name": "Biro Hukum", "effective_from": "2026-02-01"}
    new = bureaus.hr.post(f"{API}/org-units", json=body)
    assert (new.status_code, new.json["active"]) == (201, False)
    assert [path for path, _ in tree(bureaus, "2026-01-31")] == ["01", "01/01.01", "02"]
    assert ("03", "Biro Hukum") in tree(bureaus, "2026-02-01")
    service.clock.turn(at(2026, 2, 1))
    service.run_timers()
    assert unit(bureaus, "03")["active"] is True
    assert unit(bureaus, "03")["version"] == 2
    assert bureaus.events("OrgUnitChanged")[-1]["data"]["changed_from"] == "2026-02-01"


def test_a_unit_is_closed_when_nobody_stands_in_it_from_that_day_on(bureaus: Ministry):
    full, empty = unit(bureaus, "01.01"), unit(bureaus, "02")
    body = {"effective_from": "2026-07-01", "reason": "Dibubarkan"}
    refused = post(bureaus, full, "closure", **body)
    assert (refused.status_code, refused.json["code"]) == (409, "unit_has_members")
    assert "3 pegawai dan 0 unit" in refused.json["detail"]
    assert "gabungkan" in refused.json["detail"]
    assert "1 unit" in post(bureaus, unit(bureaus, "01"), "closure", **body).json["detail"]
    assert post(bureaus, empty, "closure", **body).status_code == 200
    assert post(bureaus, empty, "closure", **body).json["code"] == "personnel_nothing_changed"
    assert ("02", "Biro Umum") in tree(bureaus, "2026-06-30")
    assert ("02", "Biro Umum") not in tree(bureaus, "2026-07-01")
    late = patch(bureaus, full, parent_id=empty["unit_id"], effective_from="2026-08-01")
    assert (late.status_code, late.json["errors"][0]["code"]) == (422, "unit_closed")


def move(ministry: Ministry, nip: str, to: dict, since: str):
    one = ministry.find(nip)
    position = {name: one[name] for name in ("position_code", "position_title", "position_kind", "position_level")}
    body = {
        **position,
        "job_class": one["job_class"],
        "unit_id": to["unit_id"],
        "effective_from": since,
        "reason": "SK",
    }
    url = f"{API}/employees/{one['employee_id']}/assignments"
    return ministry.hr.post(url, json=body, headers={"If-Match": "*"})


def test_nobody_is_moved_into_a_unit_that_is_closed_then_or_later(bureaus: Ministry):
    new = bureaus.hr.post(f"{API}/org-units", json={"code": "03", "name": "Biro Hukum", "effective_from": "2026-02-01"})
    other = unit(bureaus, "02")
    assert post(bureaus, other, "closure", effective_from="2026-07-01", reason="x").status_code == 200
    for to, since in ((other, "2026-08-01"), (other, "2026-06-01"), (new.json, "2026-01-15")):
        assert move(bureaus, SITI, to, since).json["errors"][0]["code"] == "unit_unknown", since
    assert move(bureaus, SITI, new.json, "2026-02-01").status_code == 201
    assert move(bureaus, BUDI, unit(bureaus, "01"), "2020-01-01").status_code == 201


def test_somebody_who_is_to_come_keeps_a_unit_open(bureaus: Ministry):
    other = unit(bureaus, "02")
    assert move(bureaus, SITI, other, "2026-09-01").status_code == 201
    refused = post(bureaus, other, "closure", effective_from="2026-07-01", reason="x")
    assert "1 pegawai" in refused.json["detail"]


def merger(ministry: Ministry, one: str, into: str, **more):
    body = {"into_id": unit(ministry, into)["unit_id"], "effective_from": "2026-07-01", **WHY, **more}
    return post(ministry, unit(ministry, one), "merger", **body)


def test_biro_kepegawaian_dilebur_ke_biro_umum_pada_bulan_juli(bureaus: Ministry, service, at):
    source, target, below = unit(bureaus, "01"), unit(bureaus, "02"), unit(bureaus, "01.01")
    chief = bureaus.find(HEAD_OF_BUREAU)
    patch(bureaus, source, leader_id=chief["employee_id"])
    service.clock.turn(at(2026, 6, 1, 2))
    dry = merger(bureaus, "01", "02", dry_run=True)
    assert (dry.status_code, dry.json["people"], dry.json["units"], dry.json["job_id"]) == (202, 1, 1, None)
    assert dry.json["obstacles"] == []
    before = len(bureaus.events())

    started = merger(bureaus, "01", "02")
    service.run_jobs()

    job = bureaus.hr.get(f"{API}/jobs/{started.json['job_id']}").json
    assert (job["status"], job["result"]) == ("DONE", {"people": 1, "units": 1, "closed": True})
    assert [path for path, _ in tree(bureaus, "2026-06-30")] == ["01", "01/01.01", "02"]
    assert [path for path, _ in tree(bureaus, "2026-07-01")] == ["02", "02/01.01"]
    kinds = {"OrgUnitTimelineChanged", "OrgUnitChanged", "EmployeeTimelineChanged", "AssignmentChanged"}
    assert {each["type"] for each in bureaus.events()[before:]} == kinds
    closed = timelines_told(bureaus, source["unit_id"])[-1]["stretches"][-1]
    assert (closed["first_day"], closed["active"], closed["leader_id"]) == ("2026-07-01", False, None)
    assert timelines_told(bureaus, below["unit_id"])[-1]["stretches"][-1]["parent_id"] == target["unit_id"]
    assert bureaus.find(HEAD_OF_BUREAU)["unit_id"] == source["unit_id"]

    service.clock.turn(at(2026, 7, 1))
    service.run_timers()

    moved = bureaus.find(HEAD_OF_BUREAU)
    assert (moved["unit_id"], moved["position_code"], moved["job_class"]) == (target["unit_id"], "KARO", 15)
    assert (moved["position_since"], unit(bureaus, "01")["active"]) == ("2026-07-01", False)
    history = bureaus.hr.get(f"{API}/employees/{moved['employee_id']}/history").json["positions"]
    assert history[-1]["reason"] == "Penataan organisasi"
    assert history[-1]["decision_number"] == "Permen 4/2026"
    assert unit(bureaus, "01.01")["parent_id"] == target["unit_id"]


def test_a_merger_takes_a_large_unit_in_steps_and_those_who_are_to_come(bureaus: Ministry, service, monkeypatch):
    monkeypatch.setattr("personnel.use_cases.org_units.carry_out_merger.CHUNK", 2)
    other, chief = unit(bureaus, "02"), bureaus.find(HEAD_OF_BUREAU)
    assert move(bureaus, HEAD_OF_BUREAU, unit(bureaus, "01.01"), "2026-09-01").status_code == 201
    assert merger(bureaus, "01.01", "02", dry_run=True, effective_from="2026-01-02").json["people"] == 4

    merger(bureaus, "01.01", "02", effective_from="2026-01-02")
    service.run_jobs()

    assert {bureaus.find(nip)["unit_id"] for nip in (SITI, BUDI, HEAD_OF_SUBDIVISION)} == {other["unit_id"]}
    history = bureaus.hr.get(f"{API}/employees/{chief['employee_id']}/history").json["positions"]
    planned = [each for each in history if each["effective_from"] == "2026-09-01" and not each["replaced"]]
    assert [each["unit_id"] for each in planned] == [other["unit_id"]]
    assert unit(bureaus, "01.01")["active"] is False


@pytest.mark.parametrize(
    ("one", "into", "code"),
    [("01", "01", "into_unknown"), ("01", "01.01", "into_below"), ("01.01", "02", "into_closed")],
)
def test_a_merger_says_what_stands_in_its_way(bureaus: Ministry, one, into, code):
    post(bureaus, unit(bureaus, "02"), "closure", effective_from="2026-09-01", reason="x")
    dry = merger(bureaus, one, into, dry_run=True).json
    assert [each["code"] for each in dry["obstacles"]] == [code]
    refused = merger(bureaus, one, into)
    assert (refused.status_code, refused.json["code"]) == (409, "unit_merger_refused")
    assert [each["code"] for each in refused.json["errors"]] == [code]


def test_an_officer_does_not_merge_the_unit_in_which_they_work(bureaus: Ministry):
    officer = bureaus.client_of(SITI, "hr_officer")
    url = f"{API}/org-units/{unit(bureaus, '01.01')['unit_id']}/merger"
    body = {"into_id": unit(bureaus, "02")["unit_id"], "effective_from": "2026-07-01", **WHY}
    dry = officer.post(url, json=body | {"dry_run": True}, headers={"If-Match": "*"})
    assert [each["code"] for each in dry.json["obstacles"]] == ["own_affair"]
    refused = officer.post(url, json=body, headers={"If-Match": "*"})
    assert (refused.status_code, refused.json["code"]) == (403, "own_affair")


def test_whoever_cannot_be_moved_is_counted_and_the_unit_stays_open(bureaus: Ministry, service):
    siti, other = bureaus.find(SITI), unit(bureaus, "02")
    officer = bureaus.client_of(SITI, "hr_officer")
    body = {"into_id": siti["unit_id"], "effective_from": "2026-07-01", **WHY}
    url = f"{API}/org-units/{other['unit_id']}/merger"
    started = officer.post(url, json=body, headers={"If-Match": "*"})
    assert move(bureaus, SITI, other, "2026-06-01").status_code == 201
    service.run_jobs()
    job = bureaus.hr.get(f"{API}/jobs/{started.json['job_id']}").json
    issues = bureaus.hr.get(f"{API}/jobs/{job['id']}/issues").json["items"]
    assert (job["result"]["closed"], [each["code"] for each in issues]) == (False, ["unit_has_members"])
    assert ("02", "Biro Umum") in tree(bureaus, "2026-07-01")


def test_a_file_does_not_take_a_code_that_another_unit_is_to_have(bureaus: Ministry):
    assert patch(bureaus, unit(bureaus, "02"), code="05", effective_from="2026-07-01").status_code == 200
    job = bureaus.import_units(unit_row("05"))
    assert [(each["row"], each["code"]) for each in job["found"]] == [(2, "unit_code_taken")]


def test_units_of_a_release_that_published_no_timeline_are_published_once(bureaus: Ministry, service):
    with service.work.transaction(bureaus.agency) as tx:
        tx.session.execute(update(OrgUnit).where(OrgUnit.agency_id == bureaus.agency).values(timeline_version=0))
        jobs.start(tx, "publish_unit_timelines", {}, None)
    before = len(bureaus.events())
    service.run_jobs()
    published = [(each["type"], each["data"]["version"]) for each in bureaus.events()[before:]]
    assert sorted(published) == [("OrgUnitChanged", 1)] * 3 + [("OrgUnitTimelineChanged", 1)] * 3
    assert {each["data"]["changed_from"] for each in bureaus.events()[before:]} == {"2026-01-02"}


def test_a_planned_unit_that_a_file_names_begins_today(bureaus: Ministry):
    body = {"code": "03", "name": "Biro Hukum", "effective_from": "2026-02-01"}
    new = bureaus.hr.post(f"{API}/org-units", json=body).json
    bureaus.import_units(unit_row("03", nama="Biro Hukum"))
    assert unit(bureaus, "03")["active"] is True
    assert [each["first_day"] for each in timeline(bureaus, new)["stretches"]] == ["2026-01-02"]


def test_a_closed_unit_gets_no_leader_of_a_file_any_more(bureaus: Ministry):
    bureaus.import_units(unit_row("02", nama="Biro Umum", nip_pimpinan=HEAD_OF_BUREAU))
    assert unit(bureaus, "02")["leader_id"] == bureaus.find(HEAD_OF_BUREAU)["employee_id"]
    assert post(bureaus, unit(bureaus, "02"), "closure", effective_from="2026-01-02", reason="x").status_code == 200
    bureaus.import_employees(*four_people())
    assert (unit(bureaus, "02")["leader_id"], unit(bureaus, "02")["active"]) == (None, False)


def record_as_the_former_release(tx, agency: str, unit_id: str, version: int, name: str):
    """What a process of the former release writes of a unit: the row, and the whole state as a version."""
    state = {"id": unit_id, "agency": agency, "version": version, "name": name, "now": tx.now}
    row = (
        "INSERT INTO org_unit (id, agency_id, code, name, active, version, created_at, updated_at) "
        "VALUES (:id, :agency, '04', :name, true, :version, :now, :now) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, version = excluded.version"
    )
    record = (
        "INSERT INTO org_unit_record (unit_id, version, agency_id, code, name, active, effective_from, recorded_at, "
        "source) VALUES (:id, :version, :agency, '04', :name, true, CAST(:now AS date), :now, 'HAND')"
    )
    for statement in (row, record):
        tx.session.execute(text(statement), state)


def test_what_a_process_of_the_former_release_still_writes_becomes_records_and_is_published(
    bureaus: Ministry, service, at
):
    new = str(new_id())
    for version, (name, day) in enumerate([("Lama", 3), ("Sementara", 5), ("Baru", 5), ("Baru", 6)], start=1):
        service.clock.turn(at(2026, 1, day, 2))
        with service.work.transaction(bureaus.agency) as tx:
            record_as_the_former_release(tx, bureaus.agency, new, version, name)
    service.run_jobs()
    (told,) = timelines_told(bureaus, new)
    assert (told["version"], told["changed_from"]) == (1, "2026-01-03")
    found = [(each["first_day"], each["name"]) for each in told["stretches"]]
    assert found == [("2026-01-03", "Lama"), ("2026-01-05", "Baru")]
    records = timeline(bureaus, {"unit_id": new})["records"]
    assert [each["name"] for each in records if each["name"]] == ["Lama", "Sementara", "Baru"]
    assert patch(bureaus, {"unit_id": new}, name="Biro Empat").status_code == 200
    assert tree(bureaus, "2026-01-06")[-1] == ("04", "Biro Empat")
