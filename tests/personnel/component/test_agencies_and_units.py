"""The register of agencies, the tree of units, and what employees ask to be corrected."""

from uuid import uuid4

from sqlalchemy import text

from chassis import jobs
from personnel.use_cases.agencies import publish
from tests.personnel.builders import API, HEAD_OF_BUREAU, SITI, UNIT_COLUMNS, Ministry, csv_file, employee_row, unit_row


def codes(ministry: Ministry, query: str = "") -> list[tuple[str, int]]:
    return [(one["code"], one["depth"]) for one in ministry.hr.get(f"{API}/org-units?limit=200{query}").json["items"]]


def unit(ministry: Ministry, code: str) -> dict:
    return next(one for one in ministry.hr.get(f"{API}/org-units?inactive=true").json["items"] if one["code"] == code)


def test_an_agency_is_registered_once_changed_and_published(ministry: Ministry, service, person):
    operator = service.client(person("operator", agency_id="pusat"))
    twice = operator.post(f"{API}/agencies", json={"id": ministry.agency, "name": "X", "time_zone": "Asia/Jakarta"})
    assert (twice.status_code, twice.json["code"]) == (409, "agency_exists")
    url = f"{API}/agencies/{ministry.agency}"
    seen = operator.get(url)
    changed = operator.patch(url, json={"time_zone": "Asia/Jayapura"}, headers={"If-Match": seen.headers["ETag"]})
    assert (changed.status_code, changed.json["version"]) == (200, 2)
    assert operator.patch(url, json={"name": "Y"}, headers={"If-Match": seen.headers["ETag"]}).status_code == 412
    same = operator.patch(url, json={"time_zone": "Asia/Jayapura"}, headers={"If-Match": "*"})
    assert same.json["version"] == 2
    told = [one["data"] for one in ministry.events("AgencyChanged")]
    assert [(one["version"], one["time_zone"]) for one in told] == [(1, "Asia/Jakarta"), (2, "Asia/Jayapura")]


def test_the_highest_job_class_of_a_former_release_is_published_as_a_newer_version(ministry: Ministry, service):
    with service.work.transaction(ministry.agency) as tx:
        tx.session.execute(
            text("UPDATE agency SET highest_job_class = 31 WHERE agency_id = :a"), {"a": ministry.agency}
        )
        jobs.start(tx, publish.JOB, {}, None, key="")
    service.run_jobs()
    told = [one["data"] for one in ministry.events("AgencyChanged")]
    assert [(one["version"], one["highest_job_class"]) for one in told] == [(1, 17), (2, 31)]


def test_an_agency_registered_twice_with_one_key_is_registered_once(service, person):
    operator, key = service.client(person("operator", agency_id="pusat")), uuid4().hex
    agency = {"id": f"kem-{key[:8]}", "name": "Kementerian Baru", "time_zone": "Asia/Jakarta"}

    def register(**sent):
        return operator.post(f"{API}/agencies", json=sent, headers={"Idempotency-Key": key})

    first, second = register(**agency), register(**agency)
    assert (first.status_code, second.status_code) == (201, 201)
    assert (second.json, second.headers["ETag"]) == (first.json, first.headers["ETag"])
    assert register(**agency | {"name": "Lain"}).json["code"] == "idempotency_key_reused"
    assert register(**agency | {"id": "Salah Sekali"}).status_code == 422
    assert register(name="Tanpa id", time_zone="Asia/Jakarta").status_code == 422


def test_the_operator_lists_all_agencies_and_others_see_their_own(ministry: Ministry, service, person):
    operator = service.client(person("operator", agency_id="pusat"))
    seen, cursor = [], ""
    while cursor is not None:
        answer = operator.get(f"{API}/agencies?limit=200" + (f"&cursor={cursor}" if cursor else "")).json
        seen += [one["id"] for one in answer["items"]]
        cursor = answer["next_cursor"]
    assert ministry.agency in seen
    assert ministry.hr.get(f"{API}/agencies/{ministry.agency}").status_code == 200
    outsider = service.client(person(agency_id="instansi-lain"))
    assert outsider.get(f"{API}/agencies/{ministry.agency}").status_code == 404


def test_a_wrong_slug_or_time_zone_is_named(service, person):
    operator = service.client(person("operator"))
    answer = operator.post(f"{API}/agencies", json={"id": "Kem Contoh", "name": "X", "time_zone": "Europe/Paris"})
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json["errors"]} == {"id", "time_zone"}


def test_units_come_in_any_order_and_form_a_tree(ministry: Ministry):
    job = ministry.import_units(
        unit_row("01.02", "01"), unit_row("01.01.01", "01.01"), unit_row("01.01", "01"), unit_row("01")
    )
    assert job["found"] == []
    assert codes(ministry) == [("01", 0), ("01.01", 1), ("01.01.01", 2), ("01.02", 1)]
    below = unit(ministry, "01.01")["unit_id"]
    assert codes(ministry, f"&below={below}") == [("01.01", 0), ("01.01.01", 1)]
    first = ministry.hr.get(f"{API}/org-units?limit=2").json
    rest = ministry.hr.get(f"{API}/org-units?limit=2&cursor={first['next_cursor']}").json
    assert [one["code"] for one in first["items"] + rest["items"]] == ["01", "01.01", "01.01.01", "01.02"]
    published = [one["data"]["stretches"][0] for one in ministry.events("OrgUnitTimelineChanged")]
    parents = {one["code"]: one["parent_id"] for one in published}
    assert parents["01.01"] == unit(ministry, "01")["unit_id"]
    assert len(published) == len(ministry.events("OrgUnitChanged")) == 4


def test_the_same_file_of_units_again_changes_nothing(ministry: Ministry):
    rows = (
        unit_row("01", nip_pimpinan=HEAD_OF_BUREAU),
        unit_row("01.01", "01"),
        unit_row("01.99", "01", aktif="tidak"),
    )
    ministry.import_units(*rows)
    before = ministry.events()
    job = ministry.import_units(*rows)
    assert job["result"] | {"created": 0, "updated": 0, "unchanged": 3, "refused": 0} == job["result"]
    assert ministry.events() == before


def test_bad_rows_of_units_are_listed(ministry: Ministry):
    job = ministry.import_units(
        unit_row("01"), unit_row("01"), unit_row("", nama="x"), unit_row("02", "77"), unit_row("03", "03"),
        unit_row("04", "05"), unit_row("05", "04"), unit_row("06", aktif="mungkin"),
    )  # fmt: skip
    assert [(one["row"], one["code"]) for one in job["found"]] == [
        (3, "duplicate_row"),
        (4, "unit_code_wrong"),
        (9, "unit_active_wrong"),
        (5, "parent_unknown"),
        (6, "parent_is_self"),
        (8, "unit_cycle"),
    ]
    assert codes(ministry) == [("01", 0), ("02", 0), ("03", 0), ("05", 0), ("04", 1)]


def test_a_refused_parent_is_tried_again_when_the_file_comes_again(ministry: Ministry):
    ministry.import_units(unit_row("02", "01"))
    ministry.import_units(unit_row("01"))
    job = ministry.import_units(unit_row("02", "01"))
    assert (job["found"], job["result"]["updated"]) == ([], 1)
    assert codes(ministry) == [("01", 0), ("02", 1)]


def test_the_tree_can_be_seen_as_it_was(ministry: Ministry, service, at):
    ministry.import_units()
    service.clock.turn(at(2026, 6, 1, 1))
    one = unit(ministry, "01.01")
    body = {"parent_id": None, "name": "Biro Baru"}
    answer = ministry.hr.patch(
        f"{API}/org-units/{one['unit_id']}", json=body, headers={"If-Match": f'"{one["version"]}"'}
    )
    assert (answer.status_code, answer.json["version"]) == (200, 2)
    assert codes(ministry) == [("01", 0), ("01.01", 0)]
    assert codes(ministry, "&as_of=2026-05-31") == [("01", 0), ("01.01", 1)]
    assert codes(ministry, "&as_of=2025-12-31") == []


def test_units_are_changed_by_hand_within_reason(ministry: Ministry):
    ministry.populate()
    top, below = unit(ministry, "01"), unit(ministry, "01.01")

    def patch(one: dict, **body):
        return ministry.hr.patch(f"{API}/org-units/{one['unit_id']}", json=body, headers={"If-Match": "*"})

    assert patch(top, parent_id=below["unit_id"]).json["code"] == "unit_cycle"
    assert patch(below, code="01").json["code"] == "unit_code_taken"
    assert patch(below, active=False).json["code"] == "unit_has_members"
    assert "3 pegawai" in patch(below, active=False).json["detail"]
    assert patch(below, name="Unit 01.01").json["code"] == "personnel_nothing_changed"
    leader = patch(below, leader_id="01980000-0000-7000-8000-000000000009").json
    assert leader["errors"][0]["field"] == "leader_id"
    chief = ministry.find(HEAD_OF_BUREAU)["employee_id"]
    assert patch(below, leader_id=chief).json["leader_id"] == chief
    new = ministry.hr.post(f"{API}/org-units", json={"code": "02", "name": "Biro Dua", "parent_id": top["unit_id"]})
    assert (new.status_code, new.headers["ETag"]) == (201, '"1"')
    assert ministry.hr.get(f"{API}/org-units/{new.json['unit_id']}").json["path"] == ["02"]


def test_people_are_not_imported_into_a_closed_unit(ministry: Ministry):
    ministry.import_units(unit_row("01.01", aktif="tidak"))
    assert [one["code"] for one in ministry.import_employees(employee_row())["found"]] == ["unit_unknown"]


def test_units_in_semicolon_files_are_read(ministry: Ministry):
    job = ministry.run_import("units", csv_file([unit_row("01")], UNIT_COLUMNS, delimiter=";", bom=True))
    assert job["result"]["created"] == 1


def test_an_employee_asks_and_hr_answers_once(ministry: Ministry):
    ministry.populate()
    siti = ministry.client_of(SITI)
    asked = siti.post(f"{API}/employees/me/correction-requests", json={"field": "superior", "wanted": "Kepala Biro"})
    assert (asked.status_code, asked.json["status"]) == (201, "OPEN")
    waiting = ministry.hr.get(f"{API}/correction-requests?status=OPEN").json["items"]
    assert [one["id"] for one in waiting] == [asked.json["id"]]
    url = f"{API}/correction-requests/{asked.json['id']}/resolution"
    body = {"outcome": "ACCEPTED", "answer": "Sudah diperbaiki."}
    assert ministry.hr.put(url, json=body).status_code == 428
    done = ministry.hr.put(url, json=body, headers={"If-Match": asked.headers["ETag"]})
    assert (done.status_code, done.json["status"]) == (200, "ACCEPTED")
    again = ministry.hr.put(url, json=body, headers={"If-Match": "*"})
    assert (again.status_code, again.json["code"]) == (409, "correction_already_resolved")
    assert siti.get(f"{API}/employees/me/correction-requests").json["items"][0]["answer"] == "Sudah diperbaiki."
    assert ministry.client_of(HEAD_OF_BUREAU).get(f"{API}/employees/me/correction-requests").json["items"] == []
