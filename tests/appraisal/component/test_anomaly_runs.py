"""Runs: a second one opens nothing, what was looked at stays, and who reads what was found."""

import pytest

from chassis.ids import new_id
from tests.appraisal.component.anomalies import QUARTER, RULE, basis_of, ids, let_plan, listed, search


@pytest.fixture
def inspected(bureau):
    """The bureau with low thresholds; Siti and two of five colleagues have plans."""
    bureau.have_rule("ANOMALY", RULE)
    bureau.people = [bureau.siti, *bureau.hire(5)]
    let_plan(bureau, 0, 3)
    return bureau


def look(bureau, anomaly, who=None, status=200, version=None, remark="Diperiksa bersama atasan"):
    headers = {"If-Match": f'"{version or anomaly["version"]}"'}
    path = f"/oversight/anomalies/{anomaly['id']}/look"
    return bureau.post(who or bureau.inspector, path, {"remark": remark}, status, headers=headers)


def test_a_second_run_opens_nothing_and_what_was_looked_at_stays(inspected):
    for one in inspected.people[:2]:
        inspected.rate(1, who=one)
    run = search(inspected)
    assert (run["found"]["NO_EVIDENCE"], run["opened"]["NO_EVIDENCE"], run["thresholds"]) == (1, 1, RULE)
    assert run["finished_at"] is not None
    again = search(inspected)
    assert (again["found"], set(again["opened"].values())) == (run["found"], {0})
    (found,) = listed(inspected, "NO_EVIDENCE")
    done = look(inspected, found)
    assert (done["state"], done["looked_at_by"], done["moves"]) == (
        "LOOKED_AT",
        str(inspected.inspector.employee_id),
        [],
    )
    search(inspected)
    assert listed(inspected, "NO_EVIDENCE") == [done]
    inspected.rate(1, who=inspected.people[2])
    assert search(inspected)["opened"]["NO_EVIDENCE"] == 1
    newest, before = listed(inspected, "NO_EVIDENCE")
    assert (newest["state"], newest["evaluations"], before) == ("OPEN", 3, done)
    assert listed(inspected, "NO_EVIDENCE", state="OPEN") == [newest]
    runs = inspected.get(inspected.inspector, "/oversight/runs?limit=1")
    assert (len(runs["items"]), runs["next_cursor"] is None) == (1, False)


def test_an_open_one_that_has_grown_is_not_looked_at_unread(inspected):
    for one in inspected.people[:2]:
        inspected.rate(1, who=one)
    search(inspected)
    (found,) = listed(inspected, "NO_EVIDENCE")
    inspected.rate(1, who=inspected.people[2])
    assert search(inspected)["opened"]["NO_EVIDENCE"] == 0
    (grown,) = listed(inspected, "NO_EVIDENCE")
    assert (grown["id"], grown["evaluations"], grown["people"], grown["version"]) == (found["id"], 3, 3, 2)
    assert basis_of(inspected, grown) == ids(inspected.people[:3])
    assert look(inspected, found, status=412)["code"] == "version_conflict"
    path = f"/oversight/anomalies/{grown['id']}/look"
    for headers in ({}, {"If-Match": "*"}):
        unread = inspected.post(inspected.inspector, path, {"remark": "x"}, 428, headers=headers)
        assert unread["code"] == "version_required"
    assert look(inspected, grown, remark=" ", status=422)["errors"][0]["field"] == "remark"
    look(inspected, grown)
    assert look(inspected, grown, status=412)["code"] == "version_conflict"
    assert look(inspected, grown, version=3, status=409)["code"] == "anomaly_move_refused"


def test_a_killed_search_goes_on_with_the_next_kind(inspected):
    for one in inspected.people[:2]:
        inspected.rate(1, who=one)
    run = inspected.post(inspected.inspector, "/oversight/runs", QUARTER, 202)
    other = inspected.post(inspected.inspector, "/oversight/runs", QUARTER, 202)
    path = f"/oversight/runs/{run['id']}"
    assert inspected.service.worker.jobs.run_step(inspected.service.work)
    some = inspected.get(inspected.inspector, path)
    assert (len(some["found"]), some["finished_at"]) == (1, None)
    inspected.service.run_jobs()
    done = [inspected.get(inspected.inspector, f"/oversight/runs/{one['id']}") for one in (run, other)]
    assert all(len(one["found"]) == 6 and one["finished_at"] for one in done)
    assert sum(one["opened"]["NO_EVIDENCE"] for one in done) == 1


def test_the_thresholds_are_those_of_the_day_of_the_search(inspected):
    inspected.rate(1)
    search(inspected)
    assert listed(inspected, "NO_EVIDENCE") == []
    inspected.set_rule("ANOMALY", {**RULE, "no_evidence_people": 1})
    run = search(inspected)
    (found,) = listed(inspected, "NO_EVIDENCE")
    assert (run["thresholds"]["no_evidence_people"], found["rule_version"]) == (1, run["rule_version"])
    beyond = inspected.propose("ANOMALY", {**RULE, "no_evidence_people": 21}, status=422)
    assert (beyond["errors"][0]["code"], beyond["errors"][0]["value"]) == ("beyond_national_limit", 21)


def test_nobody_reads_or_handles_what_is_about_themselves(inspected):
    for one in inspected.people[:2]:
        inspected.rate(1, who=one)
    search(inspected)
    (found,) = listed(inspected, "NO_EVIDENCE")
    path = f"/oversight/anomalies/{found['id']}"
    rated = inspected.person("inspector", employee_id=inspected.siti.employee_id)
    official = inspected.person("inspector", employee_id=inspected.head.employee_id)
    for own in (rated, official):
        assert listed(inspected, "NO_EVIDENCE", own) == []
        assert inspected.get(own, path, 404)["code"] == "not_found"
        inspected.get(own, f"{path}/evaluations", 404)
        look(inspected, found, own, 404)
        assert str(found["id"]) not in inspected.call(own, "GET", "/oversight/anomalies.csv", 200).text
    assert listed(inspected, "NO_EVIDENCE", inspected.person("inspector")) == [found]


def test_hr_sees_numbers_and_nobody_else_sees_anything(inspected):
    counts = "/oversight/anomaly-counts?year=2026"
    assert inspected.get(inspected.hr, counts)["items"] == []
    assert listed(inspected, "NO_EVIDENCE") == []
    for one in inspected.people[:2]:
        inspected.rate(1, who=one)
    search(inspected)
    (found,) = listed(inspected, "NO_EVIDENCE")
    look(inspected, found)
    shown = inspected.get(inspected.hr, counts)["items"]
    numbers = {"open": 0, "looked_at": 1}
    assert shown == [{**QUARTER, "month": None, "kind": "NO_EVIDENCE", **numbers}]
    assert inspected.get(inspected.inspector, counts)["items"] == shown
    for who in (inspected.hr, inspected.head, inspected.siti, inspected.top):
        for path in ("anomalies", f"anomalies/{found['id']}", f"anomalies/{found['id']}/evaluations", "runs"):
            inspected.get(who, f"/oversight/{path}", 403)
        inspected.post(who, "/oversight/runs", QUARTER, 403)
        if who is not inspected.hr:
            inspected.get(who, counts, 403)
    assert inspected.events("Anomaly") == []


def test_another_agency_and_an_account_of_no_employee_find_nothing(inspected, person):
    for one in inspected.people[:2]:
        inspected.rate(1, who=one)
    search(inspected)
    (found,) = listed(inspected, "NO_EVIDENCE")
    foreign = person("inspector", agency_id=f"{inspected.agency}-lain")
    assert listed(inspected, "NO_EVIDENCE", foreign) == []
    inspected.get(foreign, f"/oversight/anomalies/{found['id']}", 404)
    nobody = person("operator", "inspector")
    assert nobody.employee_id is None
    assert inspected.get(nobody, "/oversight/anomalies", 403)["code"] == "inspector_without_employee"


def test_the_list_has_pages_and_filters_and_the_csv_runs_no_formula(inspected):
    for quarter in (1, 2):
        inspected.turn(2026, 3 * quarter + 1, 6, 3)
        for one in inspected.people[:2]:
            inspected.rate(quarter, who=one)
        search(inspected, year=2026, quarter=quarter)
    newest = inspected.get(inspected.inspector, "/oversight/anomalies?limit=1&kind=NO_EVIDENCE")
    assert [one["quarter"] for one in newest["items"]] == [2]
    rest = inspected.get(
        inspected.inspector, f"/oversight/anomalies?kind=NO_EVIDENCE&cursor={newest['next_cursor']}&limit=1"
    )
    assert ([one["quarter"] for one in rest["items"]], rest["next_cursor"]) == ([1], None)
    assert listed(inspected, "NO_EVIDENCE", official_id=new_id()) == []
    look(inspected, rest["items"][0], remark="=HYPERLINK(1)")
    answer = inspected.call(inspected.inspector, "GET", "/oversight/anomalies.csv?kind=NO_EVIDENCE&quarter=1", 200)
    head, row = answer.text.splitlines()
    assert head.startswith("id,kind,year,quarter,month,official_id,evaluations,people,sentence")
    assert row.startswith(f"{rest['items'][0]['id']},NO_EVIDENCE,2026,1,,")
    assert row.endswith(",'=HYPERLINK(1)")
    inspected.get(inspected.inspector, "/oversight/anomalies?kind=FRAUD", 422)
    assert inspected.post(inspected.inspector, "/oversight/runs", {"year": 2026, "month": 2}, 409)["code"] == (
        "period_not_in_cycle"
    )
