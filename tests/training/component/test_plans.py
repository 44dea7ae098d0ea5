def a_plan(world, **item):
    plan = world.post(world.siti, "/plans", {"year": 2026})
    body = {"goal": "Menguasai analisis proses", "kind_code": "COACHING", "jp": 4, **item}
    return world.post(world.siti, f"/plans/{plan['id']}/items", body)


def agreed(world, **item):
    plan = a_plan(world, **item)
    world.post(world.siti, f"/plans/{plan['id']}/submit")
    return world.post(world.head, f"/plans/{plan['id']}/agree")


def test_there_is_one_plan_a_year(world):
    plan = a_plan(world)
    answer = world.post(world.siti, "/plans", {"year": 2026}, 409)
    assert answer["code"] == "idp_exists"
    assert plan["id"] in answer["detail"]
    world.post(world.siti, "/plans", {"year": 2027}, 201)


def test_only_the_appraiser_agrees_and_never_the_person(world):
    plan = a_plan(world)
    world.post(world.siti, f"/plans/{plan['id']}/submit")
    for actor in (world.siti, world.hr, world.an_employee()):
        world.post(actor, f"/plans/{plan['id']}/agree", status=403)
    returned = world.post(world.head, f"/plans/{plan['id']}/return", {"reason": "Tambahkan e-learning"})
    assert (returned["state"], returned["note"]) == ("RETURNED", "Tambahkan e-learning")
    world.post(world.siti, f"/plans/{plan['id']}/submit")
    assert world.post(world.head, f"/plans/{plan['id']}/agree")["state"] == "AGREED"


def test_hr_agrees_where_no_appraiser_is_known(world):
    world.assign(world.siti.employee_id)
    plan = a_plan(world)
    world.post(world.siti, f"/plans/{plan['id']}/submit")
    assert world.post(world.hr, f"/plans/{plan['id']}/agree")["state"] == "AGREED"


def test_an_agreed_plan_changes_by_revision_only_and_keeps_what_is_done(world):
    world.a_course()
    plan = agreed(world, course_code="WS-PA", kind_code=None, jp=None)
    item = {"goal": "Lagi", "kind_code": "MENTORING", "jp": 2}
    assert world.post(world.siti, f"/plans/{plan['id']}/items", item, 409)["code"] == "idp_not_editable"
    revision = world.post(world.siti, f"/plans/{plan['id']}/revise")
    assert (revision["revision"], len(revision["items"])) == (2, 1)
    world.post(world.siti, f"/plans/{revision['id']}/items", item)

    world.enrol(world.siti, session := world.a_session())
    issued = world.finish(world.siti, session)
    assert world.get(world.siti, f"/plans/{plan['id']}")["done_jp"] == 8
    world.post(world.siti, f"/plans/{revision['id']}/submit")
    final = world.post(world.head, f"/plans/{revision['id']}/agree")
    assert (final["state"], final["planned_jp"], final["done_jp"]) == ("AGREED", 10, 8)
    assert world.get(world.siti, f"/plans/{plan['id']}")["state"] == "SUPERSEDED"
    world.post(world.hr, f"/records/{issued['record_id']}/revoke", {"reason_code": "DUPLICATE"})
    assert world.get(world.siti, f"/plans/{revision['id']}")["done_jp"] == 0


def test_an_empty_plan_is_not_submitted(world):
    plan = world.post(world.siti, "/plans", {"year": 2026})
    assert world.post(world.siti, f"/plans/{plan['id']}/submit", status=409)["code"] == "idp_empty"


def test_items_are_changed_and_removed_while_drafting(world):
    plan = a_plan(world)
    path = f"/plans/{plan['id']}/items/{plan['items'][0]['id']}"
    changed = world.put(world.siti, path, {"goal": "Lain", "kind_code": "MENTORING", "jp": 6})
    assert changed["planned_jp"] == 6
    answer = world.service.client(world.siti).delete(f"/api/v1/training{path}")
    assert answer.get_json()["items"] == []


def test_an_item_names_what_is_missing_and_what_is_not_ones_own(world):
    plan = world.post(world.siti, "/plans", {"year": 2026})
    path = f"/plans/{plan['id']}/items"
    answer = world.post(world.siti, path, {"goal": "x"}, 422)
    assert [one["field"] for one in answer["errors"]] == ["kind_code", "jp"]
    world.follow_up(world.head, "communication")
    need = world.get(world.head, "/needs")["items"][0]
    body = {"goal": "x", "kind_code": "COACHING", "jp": 1, "need_id": need["id"], "due_on": "2027-01-01"}
    answer = world.post(world.siti, path, body, 422)
    assert [one["code"] for one in answer["errors"]] == ["need_unknown", "date_outside_year"]
    answer = world.post(world.siti, path, {"goal": "x", "kind_code": "TIDUR", "jp": 1}, 422)
    assert "COACHING" in answer["errors"][0]["expected"]


def test_an_external_certificate_finishes_the_item_it_names(world):
    plan = agreed(world)
    item = plan["items"][0]
    record = world.external(world.siti, plan_item_id=item["id"])
    world.post(world.hr, f"/records/{record['id']}/verify", {})
    done = world.get(world.siti, f"/plans/{plan['id']}")["items"][0]
    assert (done["state"], done["record_id"]) == ("DONE", record["id"])


def test_a_reading_list_is_tied_to_a_goal(world):
    plan = agreed(world)
    goal = plan["items"][0]["id"]
    item = world.post(world.hr, "/reference-items", {"code": "B-1", "title": "Analisis proses", "kind": "BOOK"})
    path = f"/plans/{plan['id']}/items/{goal}/reading-list"
    for actor in (world.head, world.siti):
        shown = world.post(actor, path, {"item_id": item["id"]})
    assert [(one["title"], one["read_on"]) for one in shown["items"][0]["reading_list"]] == [("Analisis proses", None)]
    world.post(world.head, f"{path}/{item['id']}/read", status=403)
    shown = world.post(world.siti, f"{path}/{item['id']}/read")
    assert shown["items"][0]["reading_list"][0]["read_on"] == "2026-07-06"
