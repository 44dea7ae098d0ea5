"""Two at the same moment, on the real database."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.wellbeing.builders import BASE, SMALL_BUREAU, a_bureau, a_survey, an_officer, filled, next_morning, ok


@pytest.fixture
def context(service, agency, at):
    service.clock.turn(at(2026, 8, 10, 2))
    return a_bureau(service, agency, SMALL_BUREAU)


def at_once(*calls):
    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(future.result().status_code for future in [pool.submit(call) for call in calls])


def test_a_token_used_twice_at_once_counts_once(context):
    survey = a_survey(context, an_officer(context))
    path = f"{BASE}/surveys/{survey['survey_id']}/token"
    token = ok(context.client(context.member("siti", 3)).post(path), 201)["token"]

    answer = lambda: context.client().post(f"{BASE}/answers", json=filled(survey, token))  # noqa: E731

    assert at_once(*[answer] * 4) == [204, 409, 409, 409]


def test_an_employee_who_asks_twice_at_once_gets_one_token(context):
    survey = a_survey(context, an_officer(context))
    siti = context.member("siti", 3)
    ask = lambda: context.client(siti).post(f"{BASE}/surveys/{survey['survey_id']}/token")  # noqa: E731

    assert at_once(*[ask] * 4) == [201, 409, 409, 409]


def test_the_last_seat_goes_to_one(context):
    client = context.client(an_officer(context))
    programme = ok(client.post(f"{BASE}/programmes", json={"name": "Yoga", "kind": "EXERCISE"}), 201)
    body = {"starts_at": "2026-08-14T01:00:00Z", "ends_at": "2026-08-14T02:00:00Z", "place": "Aula", "seats": 1}
    made = ok(client.post(f"{BASE}/programmes/{programme['programme_id']}/sessions", json=body), 201)
    path = f"{BASE}/sessions/{made['sessions'][0]['session_id']}/enrolments"
    comers = [context.member("siti", index) for index in range(4)]
    calls = [lambda who=who: context.client(who).post(path) for who in comers]

    assert at_once(*calls) == [201, 409, 409, 409]


def test_two_officers_who_take_a_case_at_once_are_one_handler(context):
    report = {"agency_id": context.agency, "category": "VERBAL", "description": "x"}
    ok(context.client().post(f"{BASE}/reports/cases", json=report), 201)
    next_morning(context)
    officers = [an_officer(context), an_officer(context)]
    ticket = ok(context.client(officers[0]).get(f"{BASE}/cases"))["items"][0]["ticket_id"]
    calls = [lambda who=who: context.client(who).post(f"{BASE}/cases/{ticket}/take") for who in officers]

    assert at_once(*calls) == [200, 403]


def test_the_same_bad_measurement_twice_at_once_is_one_ticket(context):
    siti = context.member("siti", 3)
    body = {"unit_id": str(context.teams["siti"]), "place": "Meja 4", "measure": "LIGHT", "value": "210"}
    body["measured_on"] = "2026-08-10"
    statuses = at_once(*[lambda: context.client(siti).post(f"{BASE}/measurements", json=body)] * 3)

    assert statuses[0] == 201
    assert set(statuses) <= {201, 409}
    assert len(ok(context.client(an_officer(context)).get(f"{BASE}/conditions"))["items"]) == 1
