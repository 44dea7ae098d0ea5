from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text


def states(world, session):
    page = world.get(world.hr, f"/sessions/{session['id']}/enrolments?limit=200")
    return {one["employee_id"]: one["state"] for one in page["items"]}


def test_seats_are_never_oversold_when_all_want_them_at_once(world):
    world.a_course()
    session = world.a_session(seats=3)
    people = [world.an_employee(appraiser=world.head) for _ in range(12)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda one: world.enrol(one, session)["state"], people))
    assert sorted(answers) == ["CONFIRMED"] * 3 + ["WAITING"] * 9
    shown = world.get(world.siti, f"/sessions/{session['id']}")
    assert (shown["taken"], shown["seats_free"], shown["waiting"]) == (3, 0, 9)
    assert len(world.published("TrainingEnrolled")) == 3


def test_seats_that_are_freed_at_once_go_to_the_longest_waiting(world):
    world.a_course()
    session = world.a_session(seats=3)
    people = [world.an_employee() for _ in range(8)]
    enrolments = [world.enrol(one, session) for one in people]
    assert [one["queue_number"] for one in enrolments] == [None] * 3 + [1, 2, 3, 4, 5]
    with ThreadPoolExecutor(3) as pool:
        list(
            pool.map(
                lambda pair: world.post(pair[0], f"/enrolments/{pair[1]['id']}/cancel", {"reason": "Dinas luar"}),
                zip(people[:3], enrolments[:3], strict=True),
            )
        )
    found = states(world, session)
    assert [found[str(one.employee_id)] for one in people] == ["CANCELLED"] * 3 + ["CONFIRMED"] * 3 + ["WAITING"] * 2
    assert len(world.published("TrainingEnrolled")) == 6


def test_the_same_person_twice_at_once_gets_one_seat(world):
    world.a_course()
    session = world.a_session()
    client = world.service.client(world.siti)
    path = f"/api/v1/training/sessions/{session['id']}/enrolments"
    with ThreadPoolExecutor(4) as pool:
        codes = sorted(pool.map(lambda _: client.post(path, json={}).status_code, range(4)))
    assert codes == [201, 409, 409, 409]


def test_the_database_itself_refuses_one_seat_too_many(world):
    world.a_course()
    session = world.a_session(seats=1)
    with pytest.raises(Exception, match="seats_never_oversold"), world.service.work.transaction(world.agency) as tx:
        tx.session.execute(text("UPDATE session SET taken = 2 WHERE id = :id"), {"id": session["id"]})


def test_more_seats_let_the_waiting_move_up_and_fewer_than_taken_are_refused(world):
    world.a_course()
    session = world.a_session(seats=1)
    people = [world.an_employee() for _ in range(3)]
    for one in people:
        world.enrol(one, session)
    body = {"seats": 2, "starts_on": "2026-09-01"}
    assert world.put(world.hr, f"/sessions/{session['id']}", body)["taken"] == 2
    assert [states(world, session)[str(one.employee_id)] for one in people] == ["CONFIRMED", "CONFIRMED", "WAITING"]
    refused = world.put(world.hr, f"/sessions/{session['id']}", body | {"seats": 1}, 409)
    assert refused["code"] == "seats_below_taken"


def test_the_window_counts_days_in_the_agencys_time_zone(world):
    world.a_course()
    session = world.a_session(enrol_opens_on="2026-08-01", enrol_closes_on="2026-08-10")
    assert world.enrol(world.siti, session, 409)["code"] == "enrolment_window_closed"
    world.service.clock.turn(datetime(2026, 7, 31, 17, 30, tzinfo=UTC))  # 1 August, 00:30 in Jakarta
    other = world.an_employee()
    assert world.enrol(world.siti, session)["state"] == "CONFIRMED"
    world.service.clock.turn(datetime(2026, 8, 10, 17, 30, tzinfo=UTC))  # 11 August in Jakarta
    assert world.enrol(other, session, 409)["code"] == "enrolment_window_closed"
    assert world.enrol(world.hr, session, employee_id=str(other.employee_id))["state"] == "CONFIRMED"


def test_after_the_start_only_hr_withdraws_and_nobody_moves_up(world):
    world.a_course()
    session = world.a_session(seats=1, starts_on="2026-09-01", ends_on="2026-09-03")
    first = world.enrol(world.siti, session)
    other = world.an_employee()
    world.enrol(other, session)
    world.on(date(2026, 9, 2))
    refused = world.post(world.siti, f"/enrolments/{first['id']}/cancel", {"reason": "Sakit"}, 409)
    assert refused["code"] == "session_has_begun"
    world.post(world.hr, f"/enrolments/{first['id']}/cancel", {"reason": "Sakit"})
    assert states(world, session)[str(other.employee_id)] == "WAITING"
    again = world.post(world.hr, f"/enrolments/{first['id']}/cancel", {"reason": "Sakit"}, 409)
    assert again["code"] == "enrolment_closed"


def test_who_is_suspended_cannot_be_enrolled(world):
    world.a_course()
    session = world.a_session()
    world.employ(world.siti.employee_id, status="SUSPENDED")
    assert world.enrol(world.siti, session, 409)["code"] == "employee_not_available"


def test_appraiser_and_hr_enrol_for_others_and_colleagues_do_not(world):
    world.a_course()
    session = world.a_session()
    siti = str(world.siti.employee_id)
    world.enrol(world.an_employee(), session, 403, employee_id=siti)
    assert world.enrol(world.head, session, employee_id=siti)["employee_id"] == siti
    again = world.enrol(world.hr, session, 409, employee_id=siti)
    assert again["code"] == "already_enrolled"


def test_a_session_called_off_releases_everybody(world):
    world.a_course()
    session = world.a_session(seats=1)
    world.enrol(world.siti, session)
    world.enrol(world.an_employee(), session)
    world.post(world.hr, f"/sessions/{session['id']}/cancel", {"reason": "Narasumber berhalangan"})
    assert set(states(world, session).values()) == {"CANCELLED"}
    assert world.enrol(world.an_employee(), session, 409)["code"] == "session_closed"


def test_dates_out_of_order_are_named(world):
    world.a_course()
    body = {"seats": 1, "starts_on": "2026-09-05", "ends_on": "2026-09-01", "enrol_closes_on": "2026-09-09"}
    answer = world.post(world.hr, "/courses/WS-PA/sessions", body, 422)
    assert [one["field"] for one in answer["errors"]] == ["ends_on"]


def test_a_repeated_enrolment_with_the_same_key_gives_the_same_answer(world):
    world.a_course()
    session = world.a_session()
    client = world.service.client(world.siti)
    path = f"/api/v1/training/sessions/{session['id']}/enrolments"
    answers = [client.post(path, json={}, headers={"Idempotency-Key": "satu"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].get_json() == answers[1].get_json()
