"""The version in force counts, also while a plan is revised; a step is taken on what was read."""

import pytest

from tests.appraisal.builders import a_plan, a_result


def content_of(*results):
    plan = a_plan(work_results=list(results))
    return {name: plan[name] for name in ("model", "work_results", "behaviour_expectations", "annex")}


@pytest.fixture
def revised(bureau):
    """Siti's plan under revision: her draft keeps the first result, renamed, and adds one in place of the others."""
    plan = bureau.active_plan()
    path = f"/plans/{plan['id']}"
    begun = bureau.post(bureau.siti, f"{path}/revise", {"reason": "Target berubah"}, 200)
    kept = a_result(id=plan["work_results"][0]["id"], title="Layanan daring")
    saved = bureau.put(bureau.siti, path, content_of(kept, a_result(title="Baru")), 200, begun["version"])
    return path, plan["work_results"], saved


def test_a_version_has_a_hash_and_who_agreed_it_and_linking_changes_neither(bureau):
    plan = bureau.active_plan()
    path = f"/plans/{plan['id']}"
    before = bureau.get(bureau.inspector, f"{path}/versions/1")
    version = before["version"]
    assert (version["state"], version["submitted_by"]) == ("AGREED", str(bureau.siti.employee_id))
    assert (version["agreed_by"], version["agreed_capacity"]) == (str(bureau.head.employee_id), "APPRAISER")
    assert version["agreed_at"].startswith("2026-01-12T02:00:")
    parent = bureau.active_plan(bureau.head, bureau.chief)["work_results"][0]["id"]
    links = {"links": [{"work_result_id": plan["work_results"][1]["id"], "parent_work_result_id": parent}]}
    bureau.post(bureau.siti, f"{path}/links", links, 200)
    assert bureau.get(bureau.inspector, f"{path}/versions/1") == before
    shown = bureau.get(bureau.siti, path)
    assert [one["parent_work_result_id"] for one in shown["work_results"]] == [None, parent, None, None]
    assert shown["shown"] == version


def test_progress_and_feedback_during_a_revision_are_about_what_was_agreed(bureau, revised):
    path, agreed, saved = revised
    line = {"date": "2026-01-12", "text": "12 usul", "work_result_id": agreed[1]["id"]}
    bureau.post(bureau.siti, f"{path}/progress", line, 201)
    bureau.post(bureau.head, f"{path}/feedback", {"work_result_id": agreed[1]["id"], "text": "Cepat"}, 201)
    unagreed = saved["work_results"][1]["id"]
    for who, what, body in ((bureau.siti, "progress", line), (bureau.head, "feedback", {"text": "Cepat"})):
        refused = bureau.post(who, f"{path}/{what}", {**body, "work_result_id": unagreed}, 422)
        assert refused["errors"][0]["code"] == "not_in_plan"


def test_the_draft_of_a_revision_stands_apart_for_who_edits_or_agrees_it(bureau, revised):
    path, agreed, _ = revised
    for who in (bureau.siti, bureau.head, bureau.hr, bureau.chief, bureau.inspector):
        shown = bureau.get(who, path)
        assert [one["title"] for one in shown["work_results"]] == [one["title"] for one in agreed]
        assert (shown["shown"]["number"], shown["shown"]["state"]) == (1, "AGREED")
        draft = shown["draft"]
        if who in (bureau.chief, bureau.inspector):
            assert draft is None
        else:
            assert [one["title"] for one in draft["work_results"]] == ["Layanan daring", "Baru"]
            assert (draft["written"]["number"], draft["written"]["state"]) == (2, "DRAFT")
    assert bureau.get(bureau.siti, f"{path}/versions/2", 404)["code"] == "not_found"


def test_a_revision_is_withdrawn_and_the_version_in_force_goes_on(bureau, revised):
    path, agreed, _ = revised
    back = bureau.post(bureau.head, f"{path}/withdraw", {"reason": "Tidak jadi"}, 200)
    assert (back["state"], back["plan_version"], back["active_version"]) == ("ACTIVE", 1, 1)
    assert [one["title"] for one in bureau.get(bureau.siti, path)["work_results"]] == [one["title"] for one in agreed]
    last = bureau.get(bureau.siti, f"{path}/history")["items"][-1]
    assert (last["move"], last["reason"], last["capacity"]) == ("WITHDRAW", "Tidak jadi", "APPRAISER")
    again = bureau.post(bureau.siti, f"{path}/revise", {"reason": "Target berubah"}, 200)
    assert (again["plan_version"], again["active_version"]) == (3, 1)
    draft = bureau.get(bureau.siti, path)["draft"]
    assert [one["title"] for one in draft["work_results"]] == [one["title"] for one in agreed]


def test_a_submitted_revision_is_taken_back_and_then_dropped(bureau, revised):
    path, _, _ = revised
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    bureau.post(bureau.head, f"{path}/withdraw", {"reason": "x"}, 403)
    assert bureau.post(bureau.siti, f"{path}/withdraw", {"reason": "Keliru"}, 200)["state"] == "REVISED"
    assert bureau.post(bureau.siti, f"{path}/withdraw", {"reason": "Keliru"}, 200)["state"] == "ACTIVE"
    assert bureau.post(bureau.siti, f"{path}/withdraw", {"reason": "x"}, 409)["code"] == "plan_move_refused"


def test_a_submitted_plan_is_taken_back_and_owed_by_the_employee_again(bureau):
    path = f"/plans/{bureau.draft()['id']}"
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    taken = bureau.post(bureau.siti, f"{path}/withdraw", {"reason": "Target keliru"}, 200)
    assert (taken["state"], "EDIT" in taken["moves"]) == ("DRAFT", True)
    assert bureau.get(bureau.head, "/appraiser/queue")["plans_to_agree"] == []
    owed = bureau.get(bureau.hr, f"/obligations?kind=PLAN&employee_id={bureau.siti.employee_id}")["items"]
    assert {one["owed_by"] for one in owed} <= {str(bureau.siti.employee_id)}
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    bureau.agree(bureau.head, path)
    assert bureau.post(bureau.siti, f"{path}/withdraw", {"reason": "x"}, 409)["code"] == "plan_move_refused"


def test_nobody_agrees_what_they_have_not_read(bureau):
    plan = bureau.draft()
    path, kept = f"/plans/{plan['id']}", plan["work_results"][0]["id"]
    read = bureau.post(bureau.siti, f"{path}/submit", status=200)["version"]
    assert bureau.post(bureau.head, f"{path}/activate", status=428)["code"] == "version_required"
    anything = bureau.post(bureau.head, f"{path}/activate", status=428, headers={"If-Match": "*"})
    assert anything["code"] == "version_required"
    bureau.post(bureau.head, f"{path}/return", {"reason": "Terlalu rendah"}, 200, headers={"If-Match": f'"{read}"'})
    easy = a_result(id=kept, title="Target mudah")
    bureau.put(bureau.siti, path, content_of(easy), 200, read + 1)
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    late = bureau.post(bureau.head, f"{path}/activate", status=412, headers={"If-Match": f'"{read}"'})
    assert late["code"] == "version_conflict"
    assert [(one["step"], one["role"]) for one in late["changes"]] == [
        ("RETURN", "APPRAISER"),
        ("EDIT", "OWNER"),
        ("SUBMIT", "OWNER"),
    ]
    edit = late["changes"][1]
    assert (edit["by"], edit["at"][:17]) == (str(bureau.siti.employee_id), "2026-01-12T02:00:")
    dropped = [f"work_results.{one['id']}" for one in plan["work_results"][1:]]
    assert edit["fields"] == [f"work_results.{kept}.title", *dropped]
    batch = {"plans": [{"plan_id": plan["id"], "version": read}]}
    [item] = bureau.post(bureau.head, "/plans/activate-batch", batch, 200)["items"]
    assert (item["outcome"], item["error"]["code"]) == ("REFUSED", "version_conflict")
    assert [one["step"] for one in item["error"]["changes"]] == ["RETURN", "EDIT", "SUBMIT"]


def test_a_plan_named_twice_in_a_batch_is_agreed_and_announced_once(bureau):
    plan = bureau.draft()
    read = bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)["version"]
    batch = {"plans": [{"plan_id": plan["id"], "version": read}] * 2}
    [item] = bureau.post(bureau.head, "/plans/activate-batch", batch, 200)["items"]
    assert item["outcome"] == "ACTIVATED"
    assert len(bureau.events("PlanActivated")) == 1


STEPS = [
    ("siti", "submit", None, "draft"),
    ("head", "return", {"reason": "x"}, "submitted"),
    ("siti", "withdraw", {"reason": "x"}, "submitted"),
    ("siti", "revise", {"reason": "x"}, "active"),
    ("hr", "close", {"reason": "x"}, "active"),
]


@pytest.mark.parametrize(("who", "step", "body", "state"), STEPS)
def test_every_step_may_name_the_version_that_was_read(bureau, who, step, body, state):
    plan = bureau.active_plan() if state == "active" else bureau.draft()
    path = f"/plans/{plan['id']}"
    if state == "submitted":
        bureau.post(bureau.siti, f"{path}/submit", status=200)
    version = bureau.get(bureau.hr, path)["version"]
    caller = getattr(bureau, who)
    late = bureau.post(caller, f"{path}/{step}", body, 412, headers={"If-Match": f'"{version - 1}"'})
    assert late["code"] == "version_conflict"
    done = bureau.post(caller, f"{path}/{step}", body, 200, headers={"If-Match": f'"{version}"'})
    assert done["version"] == version + 1


def test_hr_edits_and_the_employee_learns_it_from_the_refusal(bureau):
    plan = bureau.draft()
    path, read = f"/plans/{plan['id']}", plan["version"]
    bureau.put(bureau.hr, path, content_of(a_result()), 200, read)
    late = bureau.put(bureau.siti, path, content_of(a_result()), 412, read)
    assert [(one["step"], one["role"]) for one in late["changes"]] == [("EDIT", "HR")]
    history = bureau.get(bureau.siti, f"{path}/history")["items"]
    assert [(one["move"], one["capacity"]) for one in history] == [("EDIT", "HR")]


def test_a_period_is_rated_by_the_version_that_was_agreed_before_it_ended(bureau):
    path = f"/plans/{bureau.active_plan()['id']}"
    bureau.turn(2026, 4, 2, 3)
    bureau.post(bureau.siti, f"{path}/revise", {"reason": "Target berubah"}, 200)
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    assert bureau.agree(bureau.head, path)["active_version"] == 2
    bureau.turn(2026, 4, 6, 3)
    assert bureau.rate(1)["plan_version"] == 1
    bureau.turn(2026, 7, 6, 3)
    assert bureau.rate(2)["plan_version"] == 2


def test_a_move_of_the_superior_is_among_the_changes(bureau):
    plan = bureau.draft()
    path = f"/plans/{plan['id']}"
    read = bureau.post(bureau.siti, f"{path}/submit", status=200)["version"]
    other = bureau.hire(1)[0]
    bureau.place(bureau.siti, bureau.unit, "JF", other)
    late = bureau.post(other, f"{path}/activate", status=412, headers={"If-Match": f'"{read}"'})
    [change] = late["changes"]
    assert (change["step"], change["role"]) == ("FOLLOW", "SYSTEM")
    assert set(change["fields"]) == {"appraiser_id", "reviewer_id"}
