from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text


def states(context, session):
    page = context.get(context.hr, f"/sessions/{session['id']}/enrolments?limit=200")
    return {one["employee_id"]: one["state"] for one in page["items"]}


def test_seats_are_never_oversold_when_all_want_them_at_once(context):
    context.a_course()
    session = context.a_session(seats=3)
    people = [context.an_employee(appraiser=context.head) for _ in range(12)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda one: context.enrol(one, session)["state"], people))
    assert sorted(answers) == ["CONFIRMED"] * 3 + ["WAITING"] * 9
    shown = context.get(context.siti, f"/sessions/{session['id']}")
    assert (shown["taken"], shown["seats_free"], shown["waiting"]) == (3, 0, 9)
    assert len(context.published("TrainingEnrolled")) == 3


def test_seats_that_are_freed_at_once_go_to_the_longest_waiting(context):
    context.a_course()
    session = context.a_session(seats=3)
    people = [context.an_employee() for _ in range(8)]
    enrolments = [context.enrol(one, session) for one in people]
    assert [one["queue_number"] for one in enrolments] == [None] * 3 + [1, 2, 3, 4, 5]
    with ThreadPoolExecutor(3) as pool:
        list(
            pool.map(
                lambda pair: context.post(pair[0], f"/enrolments/{pair[1]['id']}/cancel", {"reason": "Dinas luar"}),
                zip(people[:3], enrolments[:3], strict=True),
            )
        )
    found = states(context, session)
    assert [found[str(one.employee_id)] for one in people] == ["CANCELLED"] * 3 + ["CONFIRMED"] * 3 + ["WAITING"] * 2
    assert len(context.published("TrainingEnrolled")) == 6


def test_the_same_person_twice_at_once_gets_one_seat(context):
    context.a_course()
    session = context.a_session()
    client = context.service.client(context.siti)
    path = f"/api/v1/training/sessions/{session['id']}/enrolments"
    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(lambda _: client.post(path, json={}).status_code, range(4)))
    assert codes == [201, 409, 409, 409]


def test_the_database_itself_refuses_one_seat_too_many(context):
    context.a_course()
    session = context.a_session(seats=1)
    with pytest.raises(Exception, match="seats_never_oversold"), context.service.work.transaction(context.agency) as tx:
        tx.session.execute(text("UPDATE session SET taken = 2 WHERE id = :id"), {"id": session["id"]})


def test_more_seats_let_the_waiting_move_up_and_fewer_than_taken_are_refused(context):
    context.a_course()
    session = context.a_session(seats=1)
    people = [context.an_employee() for _ in range(3)]
    for one in people:
        context.enrol(one, session)
    body = {"seats": 2, "starts_on": "2026-09-01"}
    assert context.put(context.hr, f"/sessions/{session['id']}", body)["taken"] == 2
    assert [states(context, session)[str(one.employee_id)] for one in people] == ["CONFIRMED", "CONFIRMED", "WAITING"]
    refused = context.put(context.hr, f"/sessions/{session['id']}", body | {"seats": 1}, 409)
    assert refused["code"] == "seats_below_taken"


def test_the_window_counts_days_in_the_agencys_time_zone(context):
    context.a_course()
    session = context.a_session(enrol_opens_on="2026-08-01", enrol_closes_on="2026-08-10")
    assert context.enrol(context.siti, session, 409)["code"] == "enrolment_window_closed"
    context.service.clock.turn(datetime(2026, 7, 31, 17, 30, tzinfo=UTC))  # 1 August, 00:30 in Jakarta
    other = context.an_employee()
    assert context.enrol(context.siti, session)["state"] == "CONFIRMED"
    context.service.clock.turn(datetime(2026, 8, 10, 17, 30, tzinfo=UTC))  # 11 August in Jakarta
    assert context.enrol(other, session, 409)["code"] == "enrolment_window_closed"
    assert context.enrol(context.hr, session, employee_id=str(other.employee_id))["state"] == "CONFIRMED"


def test_after_the_start_only_hr_withdraws_and_nobody_moves_up(context):
    context.a_course()
    session = context.a_session(seats=1, starts_on="2026-09-01", ends_on="2026-09-03")
    first = context.enrol(context.siti, session)
    other = context.an_employee()
    context.enrol(other, session)
    context.on(date(2026, 9, 2))
    refused = context.post(context.siti, f"/enrolments/{first['id']}/cancel", {"reason": "Sakit"}, 409)
    assert refused["code"] == "session_has_begun"
    context.post(context.hr, f"/enrolments/{first['id']}/cancel", {"reason": "Sakit"})
    assert states(context, session)[str(other.employee_id)] == "WAITING"
    again = context.post(context.hr, f"/enrolments/{first['id']}/cancel", {"reason": "Sakit"}, 409)
    assert again["code"] == "enrolment_closed"


def test_who_is_suspended_cannot_be_enrolled(context):
    context.a_course()
    session = context.a_session()
    context.change(context.siti, status="SUSPENDED")
    assert context.enrol(context.siti, session, 409)["code"] == "employee_not_available"


def test_who_is_back_on_the_first_day_of_the_session_can_be_enrolled(context):
    context.a_course()
    session = context.a_session()
    context.change(context.siti, date(2026, 7, 1), status="UNPAID_LEAVE")
    assert context.enrol(context.siti, session, 409)["code"] == "employee_not_available"
    context.change(context.siti, date.fromisoformat(session["starts_on"]), status="ACTIVE")
    context.enrol(context.siti, session)


def test_appraiser_and_hr_enrol_for_others_and_colleagues_do_not(context):
    context.a_course()
    session = context.a_session()
    siti = str(context.siti.employee_id)
    context.enrol(context.an_employee(), session, 403, employee_id=siti)
    assert context.enrol(context.head, session, employee_id=siti)["employee_id"] == siti
    again = context.enrol(context.hr, session, 409, employee_id=siti)
    assert again["code"] == "already_enrolled"


def test_a_session_called_off_releases_everybody(context):
    context.a_course()
    session = context.a_session(seats=1)
    context.enrol(context.siti, session)
    context.enrol(context.an_employee(), session)
    context.post(context.hr, f"/sessions/{session['id']}/cancel", {"reason": "Narasumber berhalangan"})
    assert set(states(context, session).values()) == {"CANCELLED"}
    assert context.enrol(context.an_employee(), session, 409)["code"] == "session_closed"


def test_dates_out_of_order_are_named(context):
    context.a_course()
    body = {"seats": 1, "starts_on": "2026-09-05", "ends_on": "2026-09-01", "enrol_closes_on": "2026-09-09"}
    answer = context.post(context.hr, "/courses/WS-PA/sessions", body, 422)
    assert [one["field"] for one in answer["errors"]] == ["ends_on"]


def test_a_repeated_enrolment_with_the_same_key_gives_the_same_answer(context):
    context.a_course()
    session = context.a_session()
    client = context.service.client(context.siti)
    path = f"/api/v1/training/sessions/{session['id']}/enrolments"
    answers = [client.post(path, json={}, headers={"Idempotency-Key": "satu"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].get_json() == answers[1].get_json()
