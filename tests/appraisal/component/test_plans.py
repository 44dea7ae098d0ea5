"""A plan from draft to closed, through the API."""

import pytest

from chassis.ids import new_id
from tests.appraisal.builders import a_plan, a_result


def test_a_whole_plan_is_drafted_in_one_call_and_shown_with_the_seven_values(bureau):
    plan = bureau.draft()
    assert (plan["state"], plan["plan_version"], plan["version"]) == ("DRAFT", 1, 1)
    assert [r["kind"] for r in plan["work_results"]] == ["MAIN", "MAIN", "MAIN", "EXTRA"]
    assert plan["appraiser_id"] == str(bureau.head.employee_id)
    shown = bureau.get(bureau.siti, f"/plans/{plan['id']}")
    assert [b["value"] for b in shown["behaviours"]] == ["BP", "AK", "KO", "HA", "LO", "AD", "KL"]
    assert all(len(b["guides"]) == 3 for b in shown["behaviours"])
    assert shown["behaviours"][0]["expectation"] == "Menjawab pertanyaan dalam satu hari kerja"
    assert shown["work_results"][0]["indicators"][0]["target_number"] == "120"
    assert shown["annex"]["support"] == ["akses SIASN"]


def test_a_second_open_plan_of_a_year_is_refused(bureau):
    bureau.draft()
    assert bureau.post(bureau.siti, "/plans", a_plan(), 409)["code"] == "plan_exists"


def test_a_person_without_assignment_is_refused_with_advice(bureau):
    nobody = bureau.person()
    problem = bureau.post(nobody, "/plans", a_plan(), 409)
    assert problem["code"] == "employee_without_assignment"
    assert problem["errors"][0]["value"] == str(nobody.employee_id)
    assert problem["errors"][0]["value"] not in problem["detail"]


def test_a_draft_waits_for_the_superiors_plan_and_is_linked_later(bureau):
    plan = bureau.draft()
    mine = plan["work_results"][0]["id"]
    link = {"links": [{"work_result_id": mine, "parent_work_result_id": str(new_id())}]}
    problem = bureau.post(bureau.siti, f"/plans/{plan['id']}/links", link, 422)
    assert problem["errors"][0]["code"] == "not_in_superiors_plan"
    assert bureau.get(bureau.siti, "/me/superior-results?year=2026") == {"items": []}

    head_plan = bureau.draft(bureau.head)
    assert bureau.get(bureau.siti, "/me/superior-results?year=2026") == {"items": []}
    bureau.post(bureau.head, f"/plans/{head_plan['id']}/submit", status=200)
    parent = head_plan["work_results"][0]["id"]
    assert parent in [r["id"] for r in bureau.get(bureau.siti, "/me/superior-results?year=2026")["items"]]
    link["links"][0]["parent_work_result_id"] = parent
    linked = bureau.post(bureau.siti, f"/plans/{plan['id']}/links", link, 200)
    assert linked["work_results"][0]["parent_work_result_id"] == parent
    matrix = bureau.get(bureau.head, f"/units/{bureau.unit}/role-results?year=2026")
    assert [c["work_result_id"] for c in matrix["results"][0]["supported_by"]] == [mine]
    assert [r["gap"] for r in matrix["results"]] == [False, True, True, True]


def test_a_result_that_the_superior_has_not_planned_is_refused_by_field(bureau):
    bureau.active_plan(bureau.head, bureau.chief)
    foreign = str(new_id())
    problem = bureau.post(bureau.siti, "/plans", a_plan(work_results=[a_result(parent_work_result_id=foreign)]), 422)
    assert problem["errors"][0]["field"] == "work_results.0.parent_work_result_id"
    assert problem["errors"][0]["value"] == foreign


def test_a_high_leaders_results_carry_a_perspective(bureau):
    problem = bureau.post(bureau.chief, "/plans", a_plan(work_results=[a_result()]), 422)
    assert problem["errors"][0]["code"] == "perspective_required"
    bureau.post(bureau.chief, "/plans", a_plan(work_results=[a_result(perspective="BUSINESS_PROCESS")]), 201)


def test_a_returned_plan_is_edited_and_submitted_again_and_every_version_stays(bureau):
    plan = bureau.draft()
    path = f"/plans/{plan['id']}"
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    returned = bureau.post(bureau.head, f"{path}/return", {"reason": "Target layanan terlalu rendah"}, 200)
    assert returned["state"] == "RETURNED"
    content = {k: v for k, v in a_plan().items() if k != "year"}
    kept = plan["work_results"][0]["id"]
    content["work_results"] = [a_result(id=kept, title="Layanan lebih cepat")]
    assert bureau.call(bureau.siti, "PUT", path, 428, json=content).json["code"] == "version_required"
    assert bureau.put(bureau.siti, path, content, 412, version=1)["code"] == "version_conflict"
    edited = bureau.put(bureau.siti, path, content, 200, version=returned["version"])
    assert edited["work_results"][0]["id"] == kept
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    bureau.agree(bureau.head, f"{path}")
    revised = bureau.post(bureau.head, f"{path}/revise", {"reason": "Pergantian pejabat"}, 200)
    assert (revised["state"], revised["plan_version"], revised["active_version"]) == ("REVISED", 2, 1)
    content["work_results"] = [a_result(id=kept, title="Layanan daring")]
    bureau.put(bureau.siti, path, content, 200, version=revised["version"])
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    active = bureau.agree(bureau.head, f"{path}")
    assert (active["state"], active["active_version"]) == ("ACTIVE", 2)
    first = bureau.get(bureau.hr, f"{path}/versions/1")
    second = bureau.get(bureau.hr, f"{path}/versions/2")
    assert first["work_results"][0]["title"] == "Layanan lebih cepat"
    assert second["work_results"][0]["title"] == "Layanan daring"
    moves = [(m["move"], m["plan_version"]) for m in bureau.get(bureau.inspector, f"{path}/history")["items"]]
    assert moves == [
        ("SUBMIT", 1),
        ("RETURN", 1),
        ("EDIT", 1),
        ("SUBMIT", 1),
        ("ACTIVATE", 1),
        ("REVISE", 2),
        ("EDIT", 2),
        ("SUBMIT", 2),
        ("ACTIVATE", 2),
    ]
    assert [e["data"]["plan_version"] for e in bureau.events("PlanActivated")] == [1, 2]


def test_an_empty_plan_is_stored_but_not_submitted(bureau):
    plan = bureau.draft(work_results=[])
    problem = bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=422)
    assert problem["errors"][0]["code"] == "main_result_missing"


def test_a_step_out_of_turn_is_refused_with_what_is_possible(bureau):
    plan = bureau.draft()
    problem = bureau.agree(bureau.head, f"/plans/{plan['id']}", 409)
    assert problem["code"] == "plan_move_refused"
    assert "Yang mungkin: mengubah isi, mengajukan, menutup." in problem["detail"]


def test_an_appraiser_activates_many_plans_each_with_its_own_outcome(bureau):
    people = bureau.hire(3)
    plans = [bureau.draft(p) for p in people]
    for one, plan in zip(people[:2], plans[:2], strict=True):
        bureau.post(one, f"/plans/{plan['id']}/submit", status=200)
    foreign = bureau.draft(bureau.outsider)
    ids = [p["id"] for p in plans] + [foreign["id"]]
    body = {"plans": [*bureau.as_read(*ids)["plans"], {"plan_id": str(new_id()), "version": 1}]}
    done = bureau.post(bureau.head, "/plans/activate-batch", body, 200)["items"]
    assert [i["outcome"] for i in done] == ["ACTIVATED", "ACTIVATED", "REFUSED", "REFUSED", "REFUSED"]
    assert [i["error"] and i["error"]["code"] for i in done[2:]] == ["plan_move_refused", "forbidden", "not_found"]
    again = bureau.post(bureau.head, "/plans/activate-batch", bureau.as_read(*ids[:2]), 200)["items"]
    assert [i["outcome"] for i in again] == ["UNCHANGED", "UNCHANGED"]
    assert len(bureau.events("PlanActivated")) == 2


def test_open_plans_and_evaluations_follow_a_corrected_superior(bureau):
    plan = bureau.draft()
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    other = bureau.hire(1)[0]
    bureau.place(bureau.siti, bureau.unit, "JF", other)
    assert bureau.agree(bureau.head, f"/plans/{plan['id']}", 403)["code"] == "forbidden"
    active = bureau.agree(other, f"/plans/{plan['id']}")
    assert active["reviewer_id"] == str(bureau.head.employee_id)


def test_an_older_timeline_that_comes_late_changes_nothing(bureau):
    plan = bureau.draft()
    bureau.place(bureau.siti, bureau.unit, "JF", bureau.outsider, version=1)
    shown = bureau.get(bureau.siti, f"/plans/{plan['id']}")
    assert shown["appraiser_id"] == str(bureau.head.employee_id)


def test_a_closed_segment_makes_room_for_a_new_plan_in_the_same_year(bureau):
    plan = bureau.active_plan()
    closed = bureau.post(bureau.hr, f"/plans/{plan['id']}/close", {"reason": "Mutasi"}, 200)
    assert (closed["state"], closed["moves"]) == ("CLOSED", [])
    bureau.active_plan()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"year": 1999}, "year"),
        ({"model": "MAGIC"}, "model"),
        ({"unknown": 1}, "unknown"),
        ({"work_results": [{"kind": "MAIN", "title": "  "}]}, "work_results.0.title"),
        ({"behaviour_expectations": [{"value": "XX", "expectation": "a"}]}, "behaviour_expectations.0.value"),
    ],
)
def test_bad_input_names_the_field(bureau, change, field):
    problem = bureau.post(bureau.siti, "/plans", a_plan(**change), 422)
    assert field in [e["field"] for e in problem["errors"]]


def test_plans_are_listed_within_ones_scope(bureau):
    bureau.draft()
    bureau.draft(bureau.outsider)

    def owners(who, query=""):
        return [p["employee_id"] for p in bureau.get(who, f"/plans?year=2026{query}")["items"]]

    siti, outsider = str(bureau.siti.employee_id), str(bureau.outsider.employee_id)
    assert owners(bureau.hr) == [siti, outsider]
    assert owners(bureau.inspector, f"&unit={bureau.unit}") == [siti]
    assert owners(bureau.chief) == [siti]
    assert owners(bureau.head) == [siti]
    assert owners(bureau.siti) == []
    page = bureau.get(bureau.hr, "/plans?limit=1")
    assert page["items"][0]["employee_id"] == siti
    rest = bureau.get(bureau.hr, f"/plans?limit=1&cursor={page['next_cursor']}")
    assert ([p["employee_id"] for p in rest["items"]], rest["next_cursor"]) == ([outsider], None)
    assert bureau.get(bureau.hr, "/plans?cursor=e30", status=422)["errors"][0]["code"] == "cursor_invalid"


def test_progress_is_logged_daily_and_only_with_web_links(bureau):
    plan = bureau.active_plan()
    path, result = f"/plans/{plan['id']}/progress", plan["work_results"][0]["id"]
    line = {"date": "2026-01-12", "work_result_id": result, "text": "12 usul selesai", "quantity": "12", "unit": "usul"}
    done = bureau.post(bureau.siti, path, {**line, "evidence_link": "https://bukti.example/1"}, 201)
    assert (done["date"], done["quantity"]) == ("2026-01-12", "12")
    for link in ("javascript:alert(1)", "ftp://x.example/a", "https://", "https://a b"):
        problem = bureau.post(bureau.siti, path, {**line, "evidence_link": link}, 422)
        assert problem["errors"][0]["field"] == "evidence_link"
    assert bureau.post(bureau.siti, path, {**line, "date": "2026-01-13"}, 422)["errors"][0]["field"] == "date"
    problem = bureau.post(bureau.siti, path, {**line, "work_result_id": str(new_id())}, 422)
    assert problem["errors"][0]["code"] == "not_in_plan"
    assert bureau.post(bureau.head, path, line, 403)
    for _ in range(3):
        bureau.post(bureau.siti, path, line, 201)
    page = bureau.get(bureau.head, f"{path}?limit=3")
    rest = bureau.get(bureau.head, f"{path}?limit=3&cursor={page['next_cursor']}")
    assert (len(page["items"]), len(rest["items"]), rest["next_cursor"]) == (3, 1, None)


def test_progress_waits_for_an_agreed_plan(bureau):
    plan = bureau.draft()
    line = {"date": "2026-01-12", "work_result_id": plan["work_results"][0]["id"], "text": "mulai"}
    assert bureau.post(bureau.siti, f"/plans/{plan['id']}/progress", line, 409)["code"] == "plan_not_active"


def test_feedback_takes_the_givers_role_from_the_relation_and_is_answered_once(bureau):
    plan = bureau.active_plan()
    peer = bureau.hire(1)[0]
    below = bureau.person()
    bureau.place(below, bureau.root, "PELAKSANA", bureau.siti)
    path, about = f"/plans/{plan['id']}/feedback", {"work_result_id": plan["work_results"][0]["id"], "text": "Cepat"}
    assert bureau.post(bureau.head, path, about, 201)["giver_role"] == "APPRAISER"
    value = {"behaviour_value": "KL", "text": "Suka membantu"}
    given = bureau.post(peer, path, value, 201)
    assert given["giver_role"] == "PEER"
    assert bureau.post(below, path, value, 201)["giver_role"] == "SUBORDINATE"
    assert bureau.post(bureau.outsider, path, value, 403)
    assert bureau.post(bureau.siti, path, value, 403)
    assert bureau.post(peer, path, {**about, **value}, 422)["errors"][0]["code"] == "one_target"
    answered = bureau.post(bureau.siti, f"/feedback/{given['id']}/answer", {"answer": "Terima kasih"}, 200)
    assert answered["answer"] == "Terima kasih"
    again = bureau.post(bureau.siti, f"/feedback/{given['id']}/answer", {"answer": "Lagi"}, 409)
    assert again["code"] == "feedback_already_answered"
    assert len(bureau.get(bureau.siti, path)["items"]) == 3
    assert len(bureau.get(peer, path)["items"]) == 1
    assert bureau.get(bureau.outsider, path, status=403)
    assert len(bureau.events("FeedbackGiven")) == 3
    assert "Cepat" not in str(bureau.events())


def test_the_same_idempotency_key_drafts_one_plan(bureau):
    headers = {"Idempotency-Key": "skp-2026"}
    first = bureau.call(bureau.siti, "POST", "/plans", 201, json=a_plan(), headers=headers)
    again = bureau.call(bureau.siti, "POST", "/plans", 201, json=a_plan(), headers=headers)
    assert again.json["id"] == first.json["id"]


def test_a_repeated_submission_with_its_key_has_the_answer_of_the_first(bureau):
    path, headers = f"/plans/{bureau.draft()['id']}/submit", {"Idempotency-Key": "ajukan-1"}
    first = bureau.call(bureau.siti, "POST", path, 200, headers=headers)
    again = bureau.call(bureau.siti, "POST", path, 200, headers=headers)
    assert (again.json, again.headers["ETag"]) == (first.json, first.headers["ETag"])
    assert bureau.call(bureau.siti, "POST", path, 409).json["code"] == "plan_move_refused"


def test_a_target_number_is_shown_as_people_write_it(bureau):
    result = a_result(indicators=[{"text": "anggaran", "aspect": "COST", "target_number": "1.5e3", "unit": "rupiah"}])
    plan = bureau.draft(work_results=[result])
    assert plan["work_results"][0]["indicators"][0]["target_number"] == "1500"


def test_a_refused_move_names_state_and_moves_in_the_words_of_people(bureau):
    plan = bureau.active_plan()
    refused = bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=409)
    assert refused["detail"] == (
        "SKP berstatus ditetapkan, jadi langkah mengajukan tidak dapat dilakukan. "
        "Yang mungkin: memulai revisi, menutup."
    )
