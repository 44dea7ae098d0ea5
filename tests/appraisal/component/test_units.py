"""Organisation predicates, distribution, overviews and the export."""

import csv
import io

from chassis.ids import new_id
from tests.appraisal.builders import a_rating


def rate_all(bureau, people, ratings, quarter=1):
    items = [a_rating(*r, employee_id=str(p.employee_id)) for p, r in zip(people, ratings, strict=True)]
    body = {"year": 2026, "quarter": quarter, "items": items}
    return bureau.post(bureau.head, "/evaluations/periodic/batch", body, 200)["items"]


def crew(bureau, size):
    people = bureau.hire(size)
    for one in people:
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)
    return people


def org_predicate(bureau, who, predicate="GOOD", status=200, **fields):
    body = {"unit_id": str(bureau.unit), "year": 2026, "quarter": 1, "predicate": predicate, **fields}
    return bureau.put(who, "/org-predicates", body, status)


def test_only_the_leader_above_or_hr_with_a_reason_sets_a_units_predicate(bureau):
    leader = bureau.person("unit_leader", unit_id=bureau.unit, employee_id=bureau.head.employee_id)
    org_predicate(bureau, leader, status=403)
    org_predicate(bureau, bureau.siti, status=403)
    org_predicate(bureau, bureau.inspector, status=403)
    assert org_predicate(bureau, bureau.hr, status=422)["errors"][0]["code"] == "reason_required"
    assert org_predicate(bureau, bureau.hr, reason="Atas nama Kepala Biro")["capacity"] == "HR"
    assert org_predicate(bureau, bureau.chief, "OUTSTANDING")["capacity"] == "LEADER_ABOVE"
    org_predicate(bureau, bureau.chief, "OUTSTANDING")
    assert [e["data"]["predicate"] for e in bureau.events("OrgPredicateSet")] == ["GOOD", "OUTSTANDING"]
    kept = bureau.get(bureau.hr, f"/units/{bureau.unit}/org-predicates?year=2026")["items"]
    assert [k["predicate"] for k in kept] == ["OUTSTANDING", "GOOD"]
    unknown = {"unit_id": str(new_id()), "year": 2026, "predicate": "GOOD"}
    assert bureau.put(bureau.hr, "/org-predicates", unknown, 404)["code"] == "not_found"


def test_a_distribution_that_breaks_its_pattern_warns_with_figures(bureau):
    people = crew(bureau, 6)
    assert bureau.get(bureau.hr, f"/units/{bureau.unit}/distribution?year=2026&quarter=1", 409)["code"] == (
        "unit_without_predicate"
    )
    org_predicate(bureau, bureau.chief)
    assert {i["outcome"] for i in rate_all(bureau, people, [("MEETS", "MEETS")] * 6)} == {"DONE"}
    check = bureau.get(bureau.chief, f"/units/{bureau.unit}/distribution?year=2026&quarter=1")
    assert (check["passes"], check["warn_only"], check["policy"]) == (False, True, "WARN")
    assert [(v["limit"], v["found"], v["allowed"]) for v in check["violations"]] == [
        ("AT_MOST_SHARE", 6, 4),
        ("AT_LEAST_COUNT", 0, 1),
    ]
    assert check["rule"]["legal_source"].startswith("SE MenPANRB 3/2023")


def test_a_small_groups_curve_is_shown_to_hr_only(bureau):
    people = crew(bureau, 3)
    org_predicate(bureau, bureau.chief)
    rate_all(bureau, people, [("MEETS", "MEETS")] * 3)
    hidden = bureau.get(bureau.chief, f"/units/{bureau.unit}/distribution?year=2026&quarter=1")
    assert (hidden["hidden"], hidden["counts"], hidden["passes"], hidden["violations"]) == (True, None, None, [])
    shown = bureau.get(bureau.hr, f"/units/{bureau.unit}/distribution?year=2026&quarter=1")
    assert shown["counts"]["GOOD"] == 3


def test_an_agency_may_block_and_an_override_needs_a_person_and_a_reason(bureau):
    rules = bureau.get(bureau.hr, "/rules")["items"]
    national = next(r for r in rules if r["kind"] == "DISTRIBUTION")
    value = {**national["value"], "policy": "BLOCK"}
    bureau.set_rule("DISTRIBUTION", value)
    people = crew(bureau, 5)
    bureau.place(bureau.siti, bureau.root, "JF", bureau.head)
    bureau.place(bureau.head, bureau.root, "PENGAWAS", bureau.chief)
    refused = rate_all(bureau, people, [("MEETS", "MEETS")] * 5)
    assert {i["error"]["code"] for i in refused} == {"unit_without_predicate"}
    org_predicate(bureau, bureau.chief)
    done = rate_all(bureau, people, [("MEETS", "MEETS")] * 5)
    assert [i["outcome"] for i in done] == ["DONE", "DONE", "DONE", "REFUSED", "REFUSED"]
    assert done[3]["error"]["code"] == "distribution_broken"
    override = {"year": 2026, "quarter": 1, "reason": "Unit baru dibentuk"}
    path = f"/units/{bureau.unit}/distribution/override"
    assert bureau.post(bureau.inspector, path, override, 403)
    bureau.post(bureau.chief, path, override, 201)
    assert [i["outcome"] for i in rate_all(bureau, people, [("MEETS", "MEETS")] * 5)][3:] == ["DONE", "DONE"]
    check = bureau.get(bureau.hr, f"/units/{bureau.unit}/distribution?year=2026&quarter=1")
    assert (check["override"]["reason"], check["warn_only"]) == ("Unit baru dibentuk", False)


def test_the_summary_counts_states_and_hides_small_groups_with_another(bureau):
    other = new_id()
    bureau.add_unit(other, bureau.bureau_unit, None)
    people = crew(bureau, 5)
    few = bureau.hire(2, other)
    for one in few:
        bureau.turn(2026, 3, 1, 3)
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)
    rate_all(bureau, people + few, [("MEETS", "MEETS")] * 7)
    summary = bureau.get(bureau.hr, "/summary?year=2026&quarter=1")
    units = {u["unit_id"]: u for u in summary["units"]}
    assert units[str(bureau.unit)]["evaluations"]["FINAL"] == 5
    assert units[str(bureau.unit)]["plans"]["ACTIVE"] == 5
    assert {u for u, row in units.items() if row["hidden"]} == {str(bureau.unit), str(other)}
    assert summary["total"]["predicates"]["GOOD"] == 7
    seen = bureau.get(bureau.chief, "/summary?year=2026&quarter=1")
    assert str(bureau.root) not in {u["unit_id"] for u in seen["units"]}
    assert bureau.get(bureau.siti, "/summary?year=2026", 403)


def test_the_queue_lists_what_waits_for_an_appraiser(bureau):
    plan = bureau.draft()
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    assert [p["plan_id"] for p in bureau.get(bureau.head, "/appraiser/queue")["plans_to_agree"]] == [plan["id"]]
    bureau.agree(bureau.head, f"/plans/{plan['id']}")
    bureau.turn(2026, 4, 6, 3)
    (waiting,) = bureau.get(bureau.head, "/appraiser/queue")["to_rate"]
    assert (waiting["quarter"], waiting["closes_on"]) == (1, "2026-04-30")
    bureau.rate(1, "BELOW", finish=False)
    queue = bureau.get(bureau.head, "/appraiser/queue")
    assert len(queue["proposals_to_finish"]) == 1
    bureau.rate(1, "BELOW")
    queue = bureau.get(bureau.head, "/appraiser/queue")
    assert (queue["to_rate"], queue["proposals_to_finish"], len(queue["follow_ups"])) == ([], [], 1)
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    evaluation = bureau.issue()
    bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/receive", status=200)
    bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/objection", {"reasons": "x"}, 201)
    (objection,) = bureau.get(bureau.chief, "/appraiser/queue")["objections_to_decide"]
    assert objection["evaluation_id"] == evaluation["id"]


def test_the_export_is_a_table_without_formulas(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1, "BELOW", work_result_note="=HYPERLINK(1)")
    answer = bureau.call(bureau.hr, "GET", "/exports/evaluations.csv?year=2026", 200)
    assert answer.content_type.startswith("text/csv")
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (row["predicate"], row["work_result_note"]) == ("NEEDS_IMPROVEMENT", "'=HYPERLINK(1)")
    assert bureau.call(bureau.inspector, "GET", "/exports/evaluations.csv?year=2026", 200).text == answer.text
    assert bureau.call(bureau.head, "GET", "/exports/evaluations.csv?year=2026", 403)


def test_an_officer_exports_no_proposal_about_themselves(bureau):
    """Of everybody else's they read it, and of their own once it is finished."""
    officer = bureau.person("hr_officer", employee_id=bureau.siti.employee_id)
    (colleague,) = bureau.hire(1)
    bureau.active_plan(colleague)
    bureau.active_plan(bureau.siti)
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1, who=colleague, finish=False)
    own = bureau.rate(1, finish=False)
    everybody = {str(colleague.employee_id), own["employee_id"]}
    assert exported(bureau, officer) == {str(colleague.employee_id)}
    assert exported(bureau, bureau.hr) == everybody
    bureau.post(bureau.head, f"/evaluations/{own['id']}/finish", status=200)
    assert exported(bureau, officer) == everybody


def test_a_distribution_counts_no_proposal_about_its_reader(bureau):
    """They read everybody else's, so the difference would be their own."""
    officer = bureau.person("hr_officer", employee_id=bureau.siti.employee_id)
    (colleague,) = bureau.hire(1)
    bureau.active_plan(colleague)
    bureau.active_plan(bureau.siti)
    bureau.turn(2026, 4, 6, 3)
    org_predicate(bureau, bureau.chief)
    bureau.rate(1, who=colleague, finish=False)
    own = bureau.rate(1, finish=False)

    def counted(who):
        return bureau.get(who, f"/units/{bureau.unit}/distribution?year=2026&quarter=1")["counts"]["GOOD"]

    assert (counted(officer), counted(bureau.hr)) == (1, 2)
    bureau.post(bureau.head, f"/evaluations/{own['id']}/finish", status=200)
    assert (counted(officer), counted(bureau.hr)) == (2, 2)


def exported(bureau, who):
    answer = bureau.call(who, "GET", "/exports/evaluations.csv?year=2026", 200)
    return {row["employee_id"] for row in csv.DictReader(io.StringIO(answer.text))}
