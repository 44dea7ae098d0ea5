from datetime import date

import pytest

from tests.wellbeing.builders import BASE, SMALL_BUREAU, a_bureau, an_officer, next_morning, ok, refused


@pytest.fixture
def context(service, agency, at):
    service.clock.turn(at(2026, 8, 10, 2))
    return a_bureau(service, agency, {**SMALL_BUREAU, "siti": 9, "large": 8})


@pytest.fixture
def officer(context):
    return an_officer(context)


def a_session(context, officer, *, seats=20, day="2026-08-14"):
    client = context.client(officer)
    made = ok(client.post(f"{BASE}/programmes", json={"name": "Senam Jumat", "kind": "EXERCISE"}), 201)
    body = {"starts_at": f"{day}T00:30:00Z", "ends_at": f"{day}T01:30:00Z", "place": "Halaman", "seats": seats}
    return ok(client.post(f"{BASE}/programmes/{made['programme_id']}/sessions", json=body), 201)["sessions"][0]


def enrol(context, who, session):
    return context.client(who).post(f"{BASE}/sessions/{session['session_id']}/enrolments")


def test_enrol_come_and_be_counted_as_present_and_nothing_else(context, officer, service, at):
    session, siti = a_session(context, officer), context.member("siti", 3)
    mine = ok(enrol(context, siti, session), 201)
    refused(enrol(context, siti, session), 409, "programme_already_enrolled")
    present = f"{BASE}/enrolments/{mine['enrolment_id']}/attendance"
    refused(context.client(officer).put(present, json={"present": True}), 409, "programme_session_not_begun")

    service.clock.turn(at(2026, 8, 14, 2))

    assert ok(context.client(officer).put(present, json={"present": True}))["state"] == "ATTENDED"
    (row,) = ok(context.client(siti).get(f"{BASE}/enrolments"))["items"]
    assert set(row) == {"enrolment_id", "session_id", "employee_id", "state"}
    refused(
        context.client(siti).post(f"{BASE}/enrolments/{mine['enrolment_id']}/cancel"), 409, "programme_session_over"
    )
    refused(enrol(context, context.member("siti", 4), session), 409, "programme_session_over")


def test_seats_run_out_and_a_cancelled_seat_is_free_again(context, officer):
    session, siti, rani = a_session(context, officer, seats=1), context.member("siti", 3), context.member("siti", 4)
    mine = ok(enrol(context, siti, session), 201)
    refused(enrol(context, rani, session), 409, "programme_session_full")
    cancel = f"{BASE}/enrolments/{mine['enrolment_id']}/cancel"
    refused(context.client(rani).post(cancel), 403, "forbidden")

    ok(context.client(siti).post(cancel))
    ok(enrol(context, rani, session), 201)

    refused(context.client(siti).post(cancel), 409, "programme_enrolment_closed")
    listed = ok(context.client(siti).get(f"{BASE}/programmes"))["items"][0]["sessions"][0]
    assert (listed["seats"], listed["seats_left"]) == (1, 0)


@pytest.mark.parametrize("role", ["hr_officer", "unit_leader", "inspector", "operator", "subscriber"])
def test_nobody_but_the_officer_sees_who_takes_part(context, officer, person, role):
    session = a_session(context, officer)
    ok(enrol(context, context.member("siti", 3), session), 201)
    refused(context.client(person(role)).get(f"{BASE}/sessions/{session['session_id']}/enrolments"), 403, "forbidden")


def test_of_a_medical_check_up_only_that_and_when_it_was_done_is_stored(context, officer):
    siti, client = context.member("siti", 3), context.client(officer)
    entry = {"employee_id": str(siti.employee_id), "year": 2026, "done": True, "done_on": "2026-08-05"}

    refused(client.post(f"{BASE}/check-ups", json={**entry, "result": "fit"}), 422, "invalid_input")
    refused(client.post(f"{BASE}/check-ups", json={**entry, "done_on": "2026-08-11"}), 422, "invalid_input")
    ok(client.post(f"{BASE}/check-ups", json=entry), 201)
    assert ok(context.client(siti).get(f"{BASE}/check-ups/mine?year=2026"))["done_on"] == "2026-08-05"
    ok(client.post(f"{BASE}/check-ups", json={**entry, "done": False, "done_on": None}), 201)
    assert ok(context.client(siti).get(f"{BASE}/check-ups/mine?year=2026"))["done"] is False


def test_leaders_see_counts_of_whole_months_and_none_below_the_minimum(context, officer, service, at):
    session = a_session(context, officer)
    enrolled = []
    for team, count in (("siti", 4), ("large", 6)):
        comers = [context.member(team, index) for index in range(count)]
        enrolled += [ok(enrol(context, comer, session), 201)["enrolment_id"] for comer in comers]
    service.clock.turn(at(2026, 8, 14, 2))
    for enrolment in enrolled:
        ok(context.client(officer).put(f"{BASE}/enrolments/{enrolment}/attendance", json={"present": True}))
    path = f"{BASE}/summary?year=2026&unit_id="
    head = context.client(context.principal(context.head, context.bureau, "unit_leader"))
    assert ok(head.get(path + str(context.bureau)))["programme_participants"]["count"] is None

    service.clock.turn(at(2026, 9, 1, 2))

    assert ok(head.get(path + str(context.bureau)))["programme_participants"]["count"] == 10
    small = ok(head.get(path + str(context.teams["siti"])))["programme_participants"]
    assert small == {"count": None, "reason": "PROTECTS_SMALL_GROUP"}
    assert ok(head.get(path + str(context.teams["large"])))["programme_participants"]["count"] is None
    refused(context.client(context.member("siti", 0, "unit_leader")).get(path + str(context.bureau)), 403, "forbidden")
    refused(head.get(f"{BASE}/summary?year=2026"), 403, "forbidden")


def test_personal_cases_are_counted_for_the_whole_agency_only_and_from_five(context, officer, service, at):
    inspector = context.client(context.principal(context.minister, None, "inspector"))
    body = {"agency_id": context.agency, "category": "VERBAL", "description": "x"}
    for _ in range(4):
        ok(context.client().post(f"{BASE}/reports/cases", json=body), 201)
    next_morning(context, date(2026, 9, 1))
    summary = lambda unit="": ok(inspector.get(f"{BASE}/summary?year=2026{unit}"))["personal_cases"]  # noqa: E731
    assert summary() == {"count": None, "reason": "PROTECTS_SMALL_GROUP"}

    service.clock.turn(at(2026, 8, 20, 2))
    ok(context.client().post(f"{BASE}/reports/cases", json=body), 201)
    assert summary() == {"count": None, "reason": "PROTECTS_SMALL_GROUP"}
    next_morning(context, date(2026, 9, 1))

    assert summary() == {"count": 5, "reason": None}
    assert summary(f"&unit_id={context.bureau}")["count"] is None


def test_flexible_working_is_asked_for_decided_once_by_the_appraiser_and_keeps_the_weekly_hours(context):
    siti, chief = context.member("siti", 3), context.client(context.member("siti", 0))
    body = {"flexibility": "PLACE", "begins_on": "2026-08-17", "ends_on": "2026-08-28"}
    made = context.client(siti).post(f"{BASE}/arrangements", json=body)
    asked = ok(made, 201)
    assert (asked["weekly_hours"], asked["state"]) == ("37.5", "REQUESTED")
    path, tag = f"{BASE}/arrangements/{asked['arrangement_id']}/decision", {"If-Match": made.headers["ETag"]}

    refused(context.client(siti).post(path, json={"decision": "APPROVED"}, headers=tag), 403, "forbidden")
    refused(
        context.client(context.member("large", 0)).post(path, json={"decision": "APPROVED"}, headers=tag),
        403,
        "forbidden",
    )
    assert asked["arrangement_id"] in str(ok(chief.get(f"{BASE}/arrangements")))
    ok(chief.post(path, json={"decision": "APPROVED"}, headers=tag))
    refused(
        chief.post(path, json={"decision": "REJECTED"}, headers={"If-Match": "*"}), 409, "working_arrangement_decided"
    )
    early = {**body, "begins_on": "2026-08-09"}
    refused(context.client(siti).post(f"{BASE}/arrangements", json=early), 422, "invalid_input")


def test_ramadan_hours_follow_the_dates_that_the_agency_enters(context, officer):
    client, siti = context.client(officer), context.client(context.member("siti", 3))
    found = ok(siti.get(f"{BASE}/reference/WORKING_HOURS?on=2026-08-10"))
    assert (found["body"]["ordinary"]["weekly_hours"], found["source"].split(";")[0]) == ("37.5", "Perpres 21/2023")
    body = {**found["body"], "ramadan_periods": [["2027-02-08", "2027-03-09"]]}
    entry = {"valid_from": "2026-08-10", "body": body, "source": "Kalender contoh", "verified": True}
    ok(client.post(f"{BASE}/reference/WORKING_HOURS", json=entry), 201)

    asked = siti.post(
        f"{BASE}/arrangements", json={"flexibility": "TIME", "begins_on": "2027-02-10", "ends_on": "2027-02-12"}
    )

    assert ok(asked, 201)["weekly_hours"] == "32.5"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("ANONYMITY", {"scores": 5}),
        ("ANONYMITY", {"scores": "5", "free_text": 10, "counts": 5, "differing": 2, "window_months": 12}),
        ("TRIAGE", {"danger_hours": 0, "other_working_days": 3}),
        ("ENVIRONMENT", {"LIGHT": 300}),
        ("WORKING_HOURS", {"ordinary": 1, "ramadan": 2, "ramadan_periods": []}),
        ("WORKING_HOURS", {"ordinary": {}, "ramadan": {}, "ramadan_periods": [1]}),
        ("LUNAR", {}),
    ],
)
def test_reference_data_of_the_wrong_shape_is_refused_with_what_would_be_right(context, officer, kind, body):
    entry = {"valid_from": "2026-08-10", "body": body, "source": "SK", "verified": True}
    answered = refused(context.client(officer).post(f"{BASE}/reference/{kind}", json=entry), 422, "invalid_input")
    assert answered["errors"][0]["expected"]


def test_an_enrolment_sent_twice_with_one_key_is_one_seat(context, officer):
    session, siti = a_session(context, officer), context.client(context.member("siti", 3))
    path, key = f"{BASE}/sessions/{session['session_id']}/enrolments", {"Idempotency-Key": "sekali"}

    first, second = (ok(siti.post(path, headers=key), 201) for _ in range(2))

    assert first == second
    assert len(ok(siti.get(f"{BASE}/enrolments"))["items"]) == 1
