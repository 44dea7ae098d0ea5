from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime


def an_item(context, code="B-1", copies=1, **more):
    body = {"code": code, "title": f"Buku {code}", "kind": "BOOK", "copies": copies, **more}
    return context.post(context.hr, "/reference-items", body)


def borrow(context, who, item, status=None):
    return context.post(who, f"/reference-items/{item['id']}/loans", {}, status)


def hold(context, who, item, status=None):
    return context.post(who, f"/reference-items/{item['id']}/holds", {}, status)


def test_the_last_copy_is_lent_once_when_all_want_it(context):
    item = an_item(context, copies=2)
    people = [context.an_employee() for _ in range(8)]
    path = f"/api/v1/training/reference-items/{item['id']}/loans"
    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(lambda one: context.service.client(one).post(path, json={}).status_code, people))
    assert codes == [201, 201] + [409] * 6
    assert context.get(context.siti, f"/reference-items/{item['id']}")["copies_free"] == 0


def test_a_returned_copy_is_reserved_for_the_longest_waiting(context):
    item = an_item(context)
    first, second = context.an_employee(), context.an_employee()
    loan = borrow(context, context.siti, item)
    assert (loan["due_on"], loan["overdue"]) == ("2026-07-20", False)
    assert borrow(context, first, item, 409)["code"] == "no_copy_free"
    assert [hold(context, one, item)["queue_number"] for one in (first, second)] == [1, 2]
    context.post(context.siti, f"/loans/{loan['id']}/return", status=403)
    context.post(context.hr, f"/loans/{loan['id']}/return")
    ready = context.get(first, "/holds")["items"][0]
    assert (ready["state"], ready["pick_up_by"]) == ("READY", "2026-07-09")
    assert borrow(context, second, item, 409)["code"] == "no_copy_free"
    borrow(context, first, item, 201)
    assert context.get(first, "/holds")["items"][0]["state"] == "FULFILLED"


def test_a_copy_not_picked_up_in_time_goes_to_the_next(context):
    item = an_item(context)
    first, second = context.an_employee(), context.an_employee()
    loan = borrow(context, context.siti, item)
    hold(context, first, item)
    hold(context, second, item)
    context.post(context.hr, f"/loans/{loan['id']}/return")
    context.service.clock.turn(datetime(2026, 7, 9, 16, 59, tzinfo=UTC))  # 23:59 of the last day in Jakarta
    context.service.run_timers()
    assert context.get(first, "/holds")["items"][0]["state"] == "READY"
    context.service.clock.turn(datetime(2026, 7, 9, 17, 1, tzinfo=UTC))
    context.service.run_timers()
    assert context.get(first, "/holds")["items"][0]["state"] == "EXPIRED"
    assert context.get(second, "/holds")["items"][0]["state"] == "READY"


def test_a_loan_is_renewed_once_and_not_while_somebody_waits(context):
    item = an_item(context)
    loan = borrow(context, context.siti, item)
    assert context.post(context.siti, f"/loans/{loan['id']}/renew")["due_on"] == "2026-08-03"
    assert context.post(context.siti, f"/loans/{loan['id']}/renew", status=409)["code"] == "loan_not_renewable"
    context.on(date(2026, 8, 4))
    assert context.get(context.siti, "/loans")["items"][0]["overdue"] is True
    other = an_item(context, "B-2")
    second = borrow(context, context.siti, other)
    hold(context, context.head, other)
    context.post(context.siti, f"/loans/{second['id']}/renew", status=409)


def test_a_cancelled_hold_frees_the_place_and_a_free_copy_needs_no_hold(context):
    item = an_item(context)
    assert hold(context, context.siti, item, 409)["code"] == "copy_free"
    borrow(context, context.siti, item)
    assert hold(context, context.siti, item, 409)["code"] == "already_borrowed"
    placed = hold(context, context.head, item)
    context.post(context.siti, f"/holds/{placed['id']}/cancel", status=403)
    context.post(context.head, f"/holds/{placed['id']}/cancel")
    assert context.post(context.head, f"/holds/{placed['id']}/cancel", status=409)["code"] == "hold_closed"


def test_more_copies_go_to_those_who_wait_and_fewer_than_are_out_are_refused(context):
    item = an_item(context)
    borrow(context, context.siti, item)
    hold(context, context.head, item)
    body = {"title": "Buku", "kind": "BOOK", "copies": 2}
    assert context.put(context.hr, f"/reference-items/{item['id']}", body)["copies_free"] == 0
    assert context.get(context.head, "/holds")["items"][0]["state"] == "READY"
    refused = context.put(context.hr, f"/reference-items/{item['id']}", body | {"copies": 1}, 409)
    assert refused["code"] == "copies_below_lent"


def test_the_library_is_searched_by_words_competency_and_kind_with_paging(context):
    an_item(context, "B-1", title="Analisis Proses Bisnis", author="Rahayu", competency_codes=["communication"])
    an_item(context, "B-2", title="Proses Pelayanan Publik", kind="ARTICLE")
    an_item(context, "B-3", title="Hukum Kepegawaian", subject="proses disiplin")
    an_item(context, "B-4", title="Ditarik", active=False)

    def found(query):
        return {one["code"] for one in context.get(context.siti, f"/reference-items?{query}")["items"]}

    assert found("text=proses") == {"B-1", "B-2", "B-3"}
    assert found("text=proses -publik") == {"B-1", "B-3"}
    assert found("text=rahayu") == {"B-1"}
    assert found("text=proses&kind=ARTICLE") == {"B-2"}
    assert found("competency_code=communication") == {"B-1"}
    assert found("") == {"B-1", "B-2", "B-3"}
    first = context.get(context.siti, "/reference-items?limit=2")
    second = context.get(context.siti, f"/reference-items?limit=2&cursor={first['next_cursor']}")
    assert [one["code"] for one in first["items"] + second["items"]] == ["B-3", "B-2", "B-1"]
    assert second["next_cursor"] is None
    assert context.get(context.siti, "/reference-items?cursor=bukan", 422)["errors"][0]["field"] == "cursor"
