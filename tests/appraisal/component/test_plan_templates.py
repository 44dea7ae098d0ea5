"""Plans are drafted from templates, by position, and one content becomes the plans of many."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from time import monotonic

from sqlalchemy import text

from appraisal.domain.plan_content import Content
from appraisal.domain.plan_version import PlanVersion
from appraisal.domain.values import PlanModel
from appraisal.persistence.plans import insert_plans
from appraisal.use_cases.plans.start import load_start
from chassis.ids import new_id
from tests.appraisal.builders import a_plan, a_result
from tests.appraisal.component.test_pinned_rules import statements

WAITING = text(
    "SELECT count(DISTINCT w.pid) FROM pg_locks w JOIN pg_locks own ON own.pid = w.pid "
    "AND own.database = (SELECT oid FROM pg_database WHERE datname = current_database()) WHERE NOT w.granted"
)
LAST_YEAR = {"text": "laporan selesai", "aspect": "TIME", "target_text": "paling lambat 15 Desember 2026"}


def a_template(title="Analis SDM", positions=("JF-SDM",), **content):
    of_plan = {name: value for name, value in a_plan().items() if name != "year"}
    return {"title": title, "position_codes": list(positions), "content": {**of_plan, **content}}


def offer(bureau, **template):
    return bureau.post(bureau.hr, "/plan-templates", a_template(**template), 201)


def draft(bureau, who, *people, status=200, year=2026, **source):
    wanted = {"year": year, "employee_ids": [str(one.employee_id) for one in people], **source}
    found = bureau.post(who, "/plans/drafts", wanted, status)
    return found["items"] if status == 200 else found


def codes(outcomes):
    return [one["outcome"] if one["error"] is None else one["error"]["code"] for one in outcomes]


def test_people_find_the_templates_of_their_position_and_those_for_every_one(bureau):
    assert bureau.get(bureau.siti, "/plan-templates?own_position=true")["items"] == []
    own, any_of = offer(bureau), offer(bureau, title="Umum", positions=())
    other = offer(bureau, title="Auditor", positions=("JF-AUD",))
    shown = bureau.get(bureau.siti, "/plan-templates?own_position=true")["items"]
    assert [one["id"] for one in shown] == [any_of["id"], own["id"]]
    assert (shown[1]["work_results"], shown[1]["position_codes"]) == (4, ["JF-SDM"])
    auditors = bureau.get(bureau.siti, "/plan-templates?position_code=JF-AUD")["items"]
    assert [one["id"] for one in auditors] == [other["id"], any_of["id"]]
    assert len(bureau.get(bureau.hr, "/plan-templates")["items"]) == 3
    assert bureau.get(bureau.siti, f"/plan-templates/{own['id']}")["content"]["work_results"][0]["title"]


def test_spaces_around_a_code_hide_a_template_from_nobody(bureau):
    made = offer(bureau, positions=("JF-SDM ", " JF-SDM"))
    assert made["position_codes"] == ["JF-SDM"]
    assert len(bureau.get(bureau.siti, "/plan-templates?own_position=true")["items"]) == 1


def test_a_template_is_offered_by_a_person(bureau):
    machine = replace(bureau.hr, employee_id=None)
    refused = bureau.post(machine, "/plan-templates", a_template(), 403)
    assert (refused["code"], "aturan" in refused["detail"]) == ("officer_without_employee", False)


def test_who_has_moved_is_offered_the_templates_of_the_new_position(bureau):
    offer(bureau, title="Auditor", positions=("JF-AUD",))
    bureau.change(bureau.siti, date(2026, 1, 12), position_code="JF-AUD")
    assert [one["title"] for one in bureau.get(bureau.siti, "/plan-templates?own_position=true")["items"]] == [
        "Auditor"
    ]


def test_a_template_leaves_targets_and_holds_what_a_plan_could_hold(bureau):
    open_target = a_result(indicators=[{"text": "usul selesai", "aspect": "QUANTITY"}])
    assert offer(bureau, work_results=[open_target])["version"] == 1
    parent = a_result(parent_work_result_id="018f0000-0000-7000-8000-000000000001")
    no_aspect = a_result(indicators=[{"text": "cepat"}])
    for results, fault in (
        ([], ("work_results", "work_result_missing")),
        ([parent], ("work_results.0.parent_work_result_id", "parent_not_used")),
        ([no_aspect], ("work_results.0.indicators.0.aspect", "aspect_required")),
        ([a_result(perspective="BUDGET"), a_result()], ("work_results.1.perspective", "perspective_required")),
    ):
        refused = bureau.post(bureau.hr, "/plan-templates", a_template(work_results=results), 422)
        assert [(one["field"], one["code"]) for one in refused["errors"]] == [fault]


def test_a_template_is_edited_as_it_was_read_and_withdrawn_once(bureau):
    made = offer(bureau)
    path = f"/plan-templates/{made['id']}"
    edited = bureau.put(bureau.hr, path, a_template(title="Analis SDM 2027"), version=1)
    assert (edited["title"], edited["version"]) == ("Analis SDM 2027", 2)
    bureau.put(bureau.second_hr, path, a_template(), 412, version=1)
    bureau.post(bureau.second_hr, f"{path}/withdraw", status=428)
    bureau.post(bureau.second_hr, f"{path}/withdraw", status=200, headers={"If-Match": '"2"'})
    again = bureau.post(bureau.hr, f"{path}/withdraw", status=409, headers={"If-Match": '"3"'})
    assert (again["code"], "Analis SDM 2027" in again["detail"]) == ("plan_template_withdrawn", True)
    assert bureau.put(bureau.hr, path, a_template(), 409, version=3)["code"] == "plan_template_withdrawn"
    assert draft(bureau, bureau.siti, bureau.siti, template_id=made["id"], status=409)["code"] == again["code"]
    assert bureau.get(bureau.siti, "/plan-templates?own_position=true")["items"] == []
    assert len(bureau.get(bureau.siti, "/plan-templates?state=WITHDRAWN")["items"]) == 1


def test_a_person_drafts_from_a_template_and_submits_what_became_of_it(bureau):
    template = offer(bureau, work_results=[a_result(indicators=[LAST_YEAR])])
    bureau.turn(2027, 1, 4, 3)
    (drafted,) = draft(bureau, bureau.siti, bureau.siti, template_id=template["id"], year=2027)
    plan = bureau.get(bureau.siti, f"/plans/{drafted['plan_id']}")
    assert (plan["state"], plan["work_results"][0]["indicators"][0]["target_text"]) == ("DRAFT", "")
    assert plan["work_results"][0]["id"] != template["content"]["work_results"][0]["id"]
    refused = bureau.post(bureau.siti, f"/plans/{drafted['plan_id']}/submit", status=422)
    assert [one["code"] for one in refused["errors"]] == ["target_required"]
    bureau.put(bureau.hr, f"/plan-templates/{template['id']}", a_template(title="Lain"), version=1)
    assert bureau.get(bureau.siti, f"/plans/{drafted['plan_id']}")["version"] == plan["version"]


def test_one_plan_becomes_the_drafts_of_many_and_each_has_its_own_outcome(bureau):
    first, second, third = bureau.hire(3)
    agreed = bureau.active_plan(first)
    outcomes = draft(bureau, bureau.head, second, first, third, second, bureau.outsider, plan_id=agreed["id"])
    assert codes(outcomes) == ["DRAFTED", "plan_exists", "DRAFTED", "forbidden"]
    plan = bureau.get(third, "/me/plan?year=2026")
    assert [one["title"] for one in plan["work_results"]] == [one["title"] for one in agreed["work_results"]]
    assert bureau.post(third, f"/plans/{plan['id']}/submit", status=200)["state"] == "SUBMITTED"
    assert codes(draft(bureau, bureau.head, second, plan_id=agreed["id"])) == ["plan_exists"]


def test_who_drafts_for_whom(bureau):
    template = offer(bureau)["id"]
    bureau.hire(3)
    one, two, three = bureau.team
    assert codes(draft(bureau, one, two, template_id=template)) == ["forbidden"]
    assert codes(draft(bureau, bureau.chief, two, template_id=template)) == ["forbidden"]
    bureau.stand_in(bureau.outsider, bureau.head, date(2026, 1, 10), date(2026, 1, 20))
    assert codes(draft(bureau, bureau.outsider, two, template_id=template)) == ["DRAFTED"]
    bureau.change(three, date(2026, 1, 1), status="RETIRED", superior_id=None)
    assert codes(draft(bureau, bureau.hr, one, three, template_id=template)) == ["DRAFTED", "not_in_service"]


def test_who_may_not_draft_learns_nothing_of_people(bureau):
    template = offer(bureau)["id"]
    _, gone = bureau.hire(2)
    bureau.change(gone, date(2026, 1, 1), status="RETIRED", superior_id=None)
    nobody = bureau.person()
    assert codes(draft(bureau, bureau.outsider, gone, nobody, template_id=template)) == ["forbidden"] * 2
    assert codes(draft(bureau, bureau.hr, gone, nobody, template_id=template)) == [
        "not_in_service",
        "employee_without_assignment",
    ]


def test_two_who_draft_for_the_same_people_in_another_order_never_lock_each_other(bureau):
    template, people = offer(bureau)["id"], sorted(bureau.hire(3), key=lambda one: str(one.employee_id))
    bureau.draft()  # opens the year, for which both would wait else
    with ThreadPoolExecutor(2) as pool:
        with bureau.service.work.transaction(bureau.agency) as tx:
            start = load_start(tx, [people[1].employee_id], 2026)
            plan = start.draft(new_id(), start.employee(people[1].employee_id))
            content = Content(PlanModel.QUALITATIVE)
            assert insert_plans(tx, [plan], {plan.id: PlanVersion.drafted(plan.id, 1, content)}) == {plan.id}
            both = [
                pool.submit(draft, bureau, bureau.hr, *order, template_id=template) for order in (people, people[::-1])
            ]
            deadline = monotonic() + 30
            while tx.session.scalar(WAITING) < len(both):
                assert monotonic() < deadline
        outcomes = sorted(code for one in both for code in codes(one.result()))
    assert outcomes == ["DRAFTED"] * 2 + ["plan_exists"] * 4


def test_a_source_is_a_template_or_an_agreed_plan_that_the_caller_may_read(bureau):
    (one,) = bureau.hire(1)
    drafted = bureau.draft(one)
    assert draft(bureau, bureau.siti, bureau.siti, plan_id=drafted["id"], status=403)
    assert draft(bureau, bureau.head, bureau.siti, plan_id=drafted["id"], status=409)["code"] == "plan_not_active"
    for source in ({}, {"plan_id": drafted["id"], "template_id": drafted["id"]}):
        refused = draft(bureau, bureau.head, bureau.siti, status=422, **source)
        assert [error["field"] for error in refused["errors"]] == ["template_id"]
    draft(bureau, bureau.hr, bureau.siti, template_id=drafted["id"], status=404)


def test_who_was_promoted_to_a_high_office_gives_the_perspectives_before_submitting(bureau):
    bureau.active_plan()
    bureau.change(bureau.siti, date(2027, 1, 1), position_kind="JPT_PRATAMA")
    bureau.turn(2027, 1, 4, 3)
    copied = bureau.post(bureau.siti, "/plans/copies", {"year": 2027}, 201)
    refused = bureau.post(bureau.siti, f"/plans/{copied['id']}/submit", status=422)
    assert {one["code"] for one in refused["errors"]} == {"perspective_required"}
    results = [a_result(perspective="BUDGET")]
    content = {name: value for name, value in a_plan(work_results=results).items() if name != "year"}
    bureau.put(bureau.siti, f"/plans/{copied['id']}", content, version=1)
    assert bureau.post(bureau.siti, f"/plans/{copied['id']}/submit", status=200)["state"] == "SUBMITTED"


def test_the_drafts_of_many_cost_as_many_statements_as_those_of_few(bureau):
    template = offer(bureau)["id"]
    people = bureau.hire(24)
    with statements(bureau.service) as few:
        draft(bureau, bureau.head, *people[:4], template_id=template)
    with statements(bureau.service) as many:
        draft(bureau, bureau.head, *people[4:], template_id=template)
    assert len(many) <= len(few) + 2
