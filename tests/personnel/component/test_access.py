"""Who sees whom: oneself, one's superiors, HR, inspectors, the leader of the unit; a colleague sees the card only."""

import re
from uuid import UUID

import pytest

from tests.personnel.builders import API, BUDI, HEAD_OF_BUREAU, HEAD_OF_SUBDIVISION, SITI, Ministry, employee_row

RECORD_PATHS = ("", "/history", "/subordinates")


@pytest.mark.parametrize("path", RECORD_PATHS)
@pytest.mark.parametrize(
    ("nip", "roles", "status"),
    [
        (SITI, (), 200),
        (HEAD_OF_SUBDIVISION, (), 200),
        (HEAD_OF_BUREAU, (), 200),
        (BUDI, (), 403),
        (BUDI, ("hr_officer",), 200),
        (BUDI, ("inspector",), 200),
        (BUDI, ("unit_leader",), 200),
        (BUDI, ("wellbeing_officer",), 403),
    ],
)
def test_a_record_is_open_to_those_it_concerns(ministry: Ministry, path, nip, roles, status):
    ministry.populate()
    siti = ministry.find(SITI)["employee_id"]
    assert ministry.client_of(nip, *roles).get(f"{API}/employees/{siti}{path}").status_code == status


@pytest.mark.parametrize("path", RECORD_PATHS)
@pytest.mark.parametrize("roles", [("hr_officer",), ("inspector",), ("unit_leader",), ()])
def test_another_agency_does_not_even_learn_that_somebody_exists(ministry: Ministry, service, person, path, roles):
    ministry.populate()
    outsider = service.client(person(*roles, agency_id="instansi-lain"))
    assert outsider.get(f"{API}/employees/{ministry.find(SITI)['employee_id']}{path}").status_code == 404


def test_a_leader_sees_his_units_and_not_those_above(ministry: Ministry, service, person):
    ministry.populate()
    siti, chief = ministry.find(SITI), ministry.find(HEAD_OF_BUREAU)
    leader = service.client(person("unit_leader", unit_id=UUID(siti["unit_id"])))
    assert leader.get(f"{API}/employees/{siti['employee_id']}").json["relation"] == "UNIT_LEADER"
    assert leader.get(f"{API}/employees/{chief['employee_id']}").status_code == 403
    listed = {one["nip"] for one in leader.get(f"{API}/employees").json["items"]}
    assert listed == {SITI, BUDI, HEAD_OF_SUBDIVISION}
    asked = leader.get(f"{API}/employees?unit_id={chief['unit_id']}").json["items"]
    assert {one["nip"] for one in asked} == listed
    assert leader.get(f"{API}/summary").json["total"] == 3
    nobody = service.client(person("unit_leader"))
    assert nobody.get(f"{API}/employees").json["items"] == []
    assert nobody.get(f"{API}/summary").json["total"] == 0


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/agencies", {"operator"}),
        ("GET", "/agencies", {"operator"}),
        ("PATCH", "/agencies/x", {"operator"}),
        ("GET", "/org-units", {"employee", "hr_officer", "unit_leader", "inspector", "wellbeing_officer"}),
        ("POST", "/org-units", {"hr_officer"}),
        ("PATCH", f"/org-units/{UUID(int=1)}", {"hr_officer"}),
        ("GET", f"/org-units/{UUID(int=1)}/timeline", {"hr_officer", "inspector"}),
        ("POST", f"/org-units/{UUID(int=1)}/records/1/withdrawal", {"hr_officer"}),
        ("POST", f"/org-units/{UUID(int=1)}/closure", {"hr_officer"}),
        ("POST", f"/org-units/{UUID(int=1)}/merger", {"hr_officer"}),
        ("POST", "/officials", {"hr_officer"}),
        ("POST", "/teams", {"hr_officer"}),
        ("GET", "/teams", {"employee", "hr_officer", "unit_leader", "inspector", "wellbeing_officer"}),
        ("PUT", f"/teams/{UUID(int=1)}", {"hr_officer"}),
        ("POST", "/substitutions", {"hr_officer"}),
        ("GET", "/substitutions", {"employee", "hr_officer", "unit_leader", "inspector", "wellbeing_officer"}),
        ("PATCH", f"/substitutions/{UUID(int=1)}", {"hr_officer"}),
        ("POST", f"/substitutions/{UUID(int=1)}/withdrawal", {"hr_officer"}),
        ("GET", "/officials", {"employee", "hr_officer", "unit_leader", "inspector", "wellbeing_officer"}),
        ("PATCH", f"/officials/{UUID(int=1)}", {"hr_officer"}),
        ("GET", "/employees", {"hr_officer", "inspector", "unit_leader"}),
        ("PATCH", f"/employees/{UUID(int=1)}", {"hr_officer"}),
        ("PUT", f"/employees/{UUID(int=1)}/superior", {"hr_officer"}),
        ("POST", f"/employees/{UUID(int=1)}/assignments", {"hr_officer"}),
        ("POST", f"/employees/{UUID(int=1)}/identifiers", {"hr_officer"}),
        ("GET", "/correction-requests", {"hr_officer"}),
        ("PUT", f"/correction-requests/{UUID(int=1)}/resolution", {"hr_officer"}),
        ("POST", "/imports/units", {"hr_officer"}),
        ("POST", "/imports/employees", {"hr_officer"}),
        ("GET", "/jobs", {"hr_officer"}),
        ("GET", "/summary", {"hr_officer", "inspector", "unit_leader"}),
        ("GET", "/cards", {"employee", "hr_officer", "unit_leader", "inspector", "wellbeing_officer"}),
    ],
)
@pytest.mark.parametrize(
    "role", ["employee", "hr_officer", "unit_leader", "inspector", "operator", "wellbeing_officer", "subscriber"]
)
def test_each_route_lets_its_roles_in_and_nobody_else(service, person, method, path, allowed, role):
    status = service.client(person(role)).request(method, f"{API}{path}").status_code
    assert (status != 403) == (role in allowed)


def test_nobody_comes_in_without_signing_in(service):
    for rule in service.app.url_map.iter_rules():
        if rule.rule.startswith(API):
            path = re.sub(r"<uuid:[^>]+>", str(UUID(int=1)), rule.rule).replace("<agency_id>", "x")
            method = next(iter((rule.methods or set()) - {"HEAD", "OPTIONS"}))
            assert service.client().request(method, path).status_code == 401, rule.rule


def test_a_colleague_sees_the_card(ministry: Ministry):
    ministry.populate()
    siti, chief = ministry.find(SITI), ministry.find(HEAD_OF_BUREAU)
    ids = f"{chief['employee_id']},{UUID(int=5)},{siti['employee_id']}"
    cards = ministry.client_of(BUDI).get(f"{API}/cards?ids={ids}").json["items"]
    assert [one["employee_id"] for one in cards] == [chief["employee_id"], siti["employee_id"]]
    assert cards[1] == {
        "employee_id": siti["employee_id"],
        "name": "Siti Rahmania",
        "position_title": "Analis SDM Ahli Pertama",
        "unit_id": siti["unit_id"],
        "unit_name": "Unit 01.01",
    }
    assert [one["name"] for one in ministry.client_of(BUDI).get(f"{API}/cards?name=rahma").json["items"]] == [
        "Siti Rahmania"
    ]


def test_cards_of_another_agency_are_left_out(ministry: Ministry, service, person):
    ministry.populate()
    outsider = service.client(person(agency_id="instansi-lain"))
    assert outsider.get(f"{API}/cards?ids={ministry.find(SITI)['employee_id']}").json["items"] == []


def test_me_shows_the_own_record_with_superiors(ministry: Ministry):
    ministry.populate()
    me = ministry.client_of(SITI).get(f"{API}/me").json
    assert (me["employee"]["nip"], me["employee"]["relation"], me["subordinates"]) == (SITI, "SELF", 0)
    assert me["employee"]["reviewer"]["employee_id"] == ministry.find(HEAD_OF_BUREAU)["employee_id"]
    assert (me["today"], me["time_zone"]) == ("2026-01-02", "Asia/Jakarta")
    assert ministry.client_of(HEAD_OF_SUBDIVISION).get(f"{API}/me").json["subordinates"] == 2


def test_me_of_an_account_without_a_record_is_empty(ministry: Ministry, service, person):
    assert service.client(person("operator")).get(f"{API}/me").json["employee"] is None
    assert ministry.hr.get(f"{API}/me").json["employee"] is None


def test_people_are_found_page_by_page(ministry: Ministry):
    ministry.import_units()
    numbers = [f"19900417201903{sex}{n:03d}" for sex in (1, 2) for n in range(1, 5)]
    ministry.import_employees(*(employee_row(nip, nama=f"Nama {nip[-1]}") for nip in numbers))
    seen, cursor = [], ""
    while True:
        answer = ministry.hr.get(f"{API}/employees?limit=3&name=nama{cursor}").json
        seen += [one["nip"] for one in answer["items"]]
        if answer["next_cursor"] is None:
            break
        cursor = f"&cursor={answer['next_cursor']}"
    assert sorted(seen) == numbers
    assert ministry.hr.get(f"{API}/employees?name=Nama 4").json["items"][0]["name"] == "Nama 4"
    assert ministry.hr.get(f"{API}/employees?name=%25").json["items"] == []
    assert len(ministry.hr.get(f"{API}/employees?without_superior=true").json["items"]) == 8
    assert ministry.hr.get(f"{API}/employees?cursor=bm90").status_code == 422


def test_reads_and_changes_leave_a_trace(ministry: Ministry, service):
    from sqlalchemy import text

    ministry.populate()
    siti = ministry.find(SITI)["employee_id"]
    ministry.client_of(HEAD_OF_SUBDIVISION).get(f"{API}/employees/{siti}")
    with service.work.transaction(ministry.agency) as tx:
        rows = tx.session.execute(
            text("SELECT action, detail FROM audit WHERE agency_id = :a AND object_id = :o"),
            {"a": ministry.agency, "o": siti},
        ).all()
    assert ("employee_read", {"relation": "APPRAISER"}) in [tuple(row) for row in rows]
    assert SITI not in str([tuple(row) for row in rows])


def test_the_summary_counts_those_in_service(ministry: Ministry):
    ministry.populate()
    ministry.import_employees(employee_row("198103032006042002", status="PENSIUN", tmt_cpns="2006-04-01"))
    summary = ministry.hr.get(f"{API}/summary").json
    assert (summary["total"], summary["without_superior"]) == (4, 1)
    assert {one["value"]: one["count"] for one in summary["by_employment_type"]} == {"PNS": 3, "PPPK": 1}
    assert {one["code"]: one["count"] for one in summary["by_unit"]} == {"01": 1, "01.01": 3}


def own_changes(siti):
    """What an HR officer does to a record, and what only another one does to one's own."""
    why = {"reason": "SK 7/2026"}
    post = ("position_code", "position_title", "position_kind", "position_level")
    move = {name: siti[name] for name in (*post, "unit_id")} | {"job_class": 12, "effective_from": "2026-01-02"}
    return {
        "data": ("PATCH", "", {"name": "Siti R.", **why}),
        "status": ("POST", "/status", {"status": "STUDY_LEAVE", "effective_from": "2026-01-02", **why}),
        "type": ("POST", "/employment-type", {"employment_type": "CPNS", "effective_from": "2026-01-02", **why}),
        "grade": ("POST", "/grade", {"grade": "IV/a", "effective_from": "2026-01-02", **why}),
        "withdrawal": ("POST", "/records/{superior}/withdrawal", why),
        "superior": ("PUT", "/superior", {"superior_nip": HEAD_OF_BUREAU, "effective_from": "2026-01-02", **why}),
        "move": ("POST", "/assignments", move | why),
        "number": ("POST", "/identifiers", {"value": "199004172019032999", "valid_from": "2026-01-02", **why}),
    }


@pytest.mark.parametrize("what", ["data", "superior", "move", "number", "status", "type", "grade", "withdrawal"])
def test_an_hr_officer_changes_no_record_of_their_own_and_a_colleague_in_office_does(ministry: Ministry, what):
    ministry.populate()
    siti, officer = ministry.find(SITI), ministry.client_of(SITI, "hr_officer")
    method, path, body = own_changes(siti)[what]
    superiors = ministry.hr.get(f"{API}/employees/{siti['employee_id']}/timeline").json["superiors"]
    address = f"{API}/employees/{siti['employee_id']}{path.format(superior=superiors[0]['id'])}"
    refused = officer.request(method, address, json=body, headers={"If-Match": "*"})
    assert (refused.status_code, refused.json["code"]) == (403, "own_affair")
    assert "petugas lain" in refused.json["detail"]
    assert ministry.find(SITI) == siti
    assert ministry.hr.request(method, address, json=body, headers={"If-Match": "*"}).status_code < 300


def test_an_hr_officer_does_not_answer_their_own_request(ministry: Ministry):
    ministry.populate()
    officer = ministry.client_of(SITI, "hr_officer")
    asked = officer.post(f"{API}/employees/me/correction-requests", json={"field": "name", "wanted": "Siti R."}).json
    address, answer = f"{API}/correction-requests/{asked['id']}/resolution", {"outcome": "ACCEPTED", "answer": "ya"}
    assert officer.put(address, json=answer, headers={"If-Match": "*"}).json["code"] == "own_affair"
    assert ministry.hr.put(address, json=answer, headers={"If-Match": "*"}).status_code == 200
