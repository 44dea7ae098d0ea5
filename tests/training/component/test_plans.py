from datetime import date


def a_plan(context, **item):
    plan = context.post(context.siti, "/plans", {"year": 2026})
    body = {"goal": "Menguasai analisis proses", "kind_code": "COACHING", "jp": 4, **item}
    return context.post(context.siti, f"/plans/{plan['id']}/items", body)


def agreed(context, **item):
    plan = a_plan(context, **item)
    context.post(context.siti, f"/plans/{plan['id']}/submit")
    return context.post(context.head, f"/plans/{plan['id']}/agree")


def test_there_is_one_plan_a_year(context):
    plan = a_plan(context)
    answer = context.post(context.siti, "/plans", {"year": 2026}, 409)
    assert answer["code"] == "idp_exists"
    assert answer["errors"][0]["value"] == plan["id"]
    context.post(context.siti, "/plans", {"year": 2027}, 201)


def test_only_the_appraiser_agrees_and_never_the_person(context):
    plan = a_plan(context)
    context.post(context.siti, f"/plans/{plan['id']}/submit")
    for actor in (context.siti, context.hr, context.an_employee()):
        context.post(actor, f"/plans/{plan['id']}/agree", status=403)
    returned = context.post(context.head, f"/plans/{plan['id']}/return", {"reason": "Tambahkan e-learning"})
    assert (returned["state"], returned["note"]) == ("RETURNED", "Tambahkan e-learning")
    context.post(context.siti, f"/plans/{plan['id']}/submit")
    assert context.post(context.head, f"/plans/{plan['id']}/agree")["state"] == "AGREED"


def test_hr_agrees_where_no_appraiser_is_known(context):
    context.change(context.siti, superior_id=None)
    plan = a_plan(context)
    context.post(context.siti, f"/plans/{plan['id']}/submit")
    assert context.post(context.hr, f"/plans/{plan['id']}/agree")["state"] == "AGREED"


def test_whoever_stands_in_for_the_appraiser_agrees_in_those_days(context):
    acting = context.an_employee()
    context.substitute(context.head, acting, date(2026, 7, 6), date(2026, 7, 10))
    plan = a_plan(context)
    context.post(context.siti, f"/plans/{plan['id']}/submit")
    context.post(context.head, f"/plans/{plan['id']}/agree", status=403)
    assert len(context.get(acting, "/plans?team=true")["items"]) == 1
    assert context.get(context.head, "/plans?team=true")["items"] == []
    context.on(date(2026, 7, 11))
    context.post(acting, f"/plans/{plan['id']}/agree", status=403)
    assert context.post(context.head, f"/plans/{plan['id']}/agree")["state"] == "AGREED"


def test_an_agreed_plan_changes_by_revision_only_and_keeps_what_is_done(context):
    context.a_course()
    plan = agreed(context, course_code="WS-PA", kind_code=None, jp=None)
    item = {"goal": "Lagi", "kind_code": "MENTORING", "jp": 2}
    assert context.post(context.siti, f"/plans/{plan['id']}/items", item, 409)["code"] == "idp_not_editable"
    revision = context.post(context.siti, f"/plans/{plan['id']}/revise")
    assert (revision["revision"], len(revision["items"])) == (2, 1)
    context.post(context.siti, f"/plans/{revision['id']}/items", item)

    context.enrol(context.siti, session := context.a_session())
    issued = context.finish(context.siti, session)
    assert context.get(context.siti, f"/plans/{plan['id']}")["done_jp"] == 8
    context.post(context.siti, f"/plans/{revision['id']}/submit")
    final = context.post(context.head, f"/plans/{revision['id']}/agree")
    assert (final["state"], final["planned_jp"], final["done_jp"]) == ("AGREED", 10, 8)
    assert context.get(context.siti, f"/plans/{plan['id']}")["state"] == "SUPERSEDED"
    context.two(f"/records/{issued['record_id']}/revoke", {"reason_code": "DUPLICATE"})
    assert context.get(context.siti, f"/plans/{revision['id']}")["done_jp"] == 0


def test_an_empty_plan_is_not_submitted(context):
    plan = context.post(context.siti, "/plans", {"year": 2026})
    assert context.post(context.siti, f"/plans/{plan['id']}/submit", status=409)["code"] == "idp_empty"


def test_items_are_changed_and_removed_while_drafting(context):
    plan = a_plan(context)
    path = f"/plans/{plan['id']}/items/{plan['items'][0]['id']}"
    changed = context.put(context.siti, path, {"goal": "Lain", "kind_code": "MENTORING", "jp": 6})
    assert changed["planned_jp"] == 6
    answer = context.service.client(context.siti).delete(f"/api/v1/training{path}")
    assert answer.get_json()["items"] == []


def test_an_item_names_what_is_missing_and_what_is_not_ones_own(context):
    plan = context.post(context.siti, "/plans", {"year": 2026})
    path = f"/plans/{plan['id']}/items"
    answer = context.post(context.siti, path, {"goal": "x"}, 422)
    assert [one["field"] for one in answer["errors"]] == ["kind_code", "jp"]
    context.follow_up(context.head, "communication")
    need = context.get(context.head, "/needs")["items"][0]
    body = {"goal": "x", "kind_code": "COACHING", "jp": 1, "need_id": need["id"], "due_on": "2027-01-01"}
    answer = context.post(context.siti, path, body, 422)
    assert [one["code"] for one in answer["errors"]] == ["need_unknown", "date_outside_year"]
    answer = context.post(context.siti, path, {"goal": "x", "kind_code": "TIDUR", "jp": 1}, 422)
    assert "COACHING" in answer["errors"][0]["expected"]


def test_an_external_certificate_finishes_the_item_it_names(context):
    plan = agreed(context)
    item = plan["items"][0]
    record = context.external(context.siti, plan_item_id=item["id"])
    context.post(context.hr, f"/records/{record['id']}/verify", {})
    done = context.get(context.siti, f"/plans/{plan['id']}")["items"][0]
    assert (done["state"], done["record_id"]) == ("DONE", record["id"])


def test_a_reading_list_is_tied_to_a_goal(context):
    plan = agreed(context)
    goal = plan["items"][0]["id"]
    item = context.post(context.hr, "/reference-items", {"code": "B-1", "title": "Analisis proses", "kind": "BOOK"})
    path = f"/plans/{plan['id']}/items/{goal}/reading-list"
    for actor in (context.head, context.siti):
        shown = context.post(actor, path, {"item_id": item["id"]})
    assert [(one["title"], one["read_on"]) for one in shown["items"][0]["reading_list"]] == [("Analisis proses", None)]
    context.post(context.head, f"{path}/{item['id']}/read", status=403)
    shown = context.post(context.siti, f"{path}/{item['id']}/read")
    assert shown["items"][0]["reading_list"][0]["read_on"] == "2026-07-06"
