"""Attacks on anonymity: what readers of published figures compute from several of them. None of it is about few people."""

import pytest

from chassis.ids import new_id
from tests.wellbeing.builders import (
    BASE,
    a_bureau,
    a_survey,
    an_officer,
    answer,
    filled,
    ok,
    publish_employee,
    publish_unit,
    refused,
)

SCORES = [{"kind": "SCORE", "text": "Beban kerja saya dapat dikelola."}]
TEAMS = {"siti": 9, "small": 8, "middle": 9, "large": 12}


@pytest.fixture
def context(service, agency, at):
    service.clock.turn(at(2026, 8, 3, 2))
    return a_bureau(service, agency, TEAMS)


@pytest.fixture
def officer(context):
    return an_officer(context)


@pytest.fixture
def pulse(context, officer):
    """Ask a branch and publish: everybody answers by `scores`, else 3, 4 and 5 in turn. Return what is shown, by unit."""

    def ask(unit=None, scores=None, questions=SCORES, closes_on="2026-08-31"):
        scope = [unit] if unit else []
        survey = a_survey(context, officer, unit_ids=scope, questions=questions, closes_on=closes_on)
        for team, people in context.staff.items():
            for index, employee in enumerate(people):
                score = (scores or {}).get(team, lambda place: 3 + place % 3)
                if context.client(context.principal(employee)).get(path(survey)).get_json()["for_you"]:
                    ok(answer(context, survey, employee, score(index)), 204)
        return published(survey)

    def path(survey):
        return f"{BASE}/surveys/{survey['survey_id']}"

    def published(survey):
        client = context.client(officer)
        ok(client.post(f"{path(survey)}/close"))
        ok(client.post(f"{path(survey)}/publish"))
        found = {}
        for unit in (None, context.bureau):
            response = client.get(f"{path(survey)}/results{f'?unit_id={unit}' if unit else ''}")
            if response.status_code == 200:
                body = ok(response)
                for group in (body["group"], *body["below"]):
                    found[group["unit_code"]] = (group["answers"], group["questions"][0]["mean"])
        return found

    return ask


def join(context, team):
    employee = new_id()
    publish_employee(context.service, context.agency, employee, context.teams[team], context.chiefs[team])
    context.staff[team].append(employee)


def test_a_team_that_stays_the_same_is_shown_every_month(context, pulse):
    july = pulse()
    assert july["SITI"] == (9, "4.00")
    assert pulse() == july


def test_one_newcomer_is_not_the_difference_of_two_months(context, pulse):
    assert pulse(context.teams["siti"]) == {None: (9, "4.00"), "SITI": (9, "4.00")}
    join(context, "siti")
    assert pulse(context.teams["siti"]) == {None: (None, None), "SITI": (None, None)}


def test_a_team_with_a_newcomer_is_left_out_of_the_bureau_too(context, pulse):
    july = pulse(context.bureau)
    assert july["SDM"][0] == 38
    join(context, "siti")
    august = pulse(context.bureau)
    assert august["SITI"] == (None, None)
    assert august["SDM"][0] == 38 - 9 == august[None][0]
    assert [august[team] for team in ("SMALL", "MIDDLE", "LARGE")] == [
        july[one] for one in ("SMALL", "MIDDLE", "LARGE")
    ]


def test_who_left_is_not_the_difference_of_two_months(context, pulse):
    pulse(context.teams["siti"])
    gone = context.staff["siti"].pop()
    publish_employee(context.service, context.agency, gone, context.teams["siti"], status="RETIRED")
    assert pulse(context.teams["siti"])["SITI"] == (None, None)


def test_five_newcomers_are_shown_as_they_are_five(context, pulse):
    pulse(context.teams["siti"])
    for _ in range(5):
        join(context, "siti")
    assert pulse(context.teams["siti"])["SITI"][0] == 14


def test_a_question_in_other_words_is_no_other_question(context, pulse):
    pulse(context.teams["siti"])
    join(context, "siti")
    assert pulse(context.teams["siti"], questions=[{"kind": "SCORE", "text": "Puaskah Anda?"}])["SITI"] == (None, None)


def test_after_a_year_people_are_taken_to_answer_anew(context, pulse, service, at):
    pulse(context.teams["siti"])
    join(context, "siti")
    service.clock.turn(at(2027, 9, 1, 2))
    assert pulse(context.teams["siti"], closes_on="2027-09-30")["SITI"][0] == 10


@pytest.mark.parametrize("count", [2, 3])
def test_units_are_not_put_together_at_will(context, officer, count):
    """Two surveys of a team, with and without a unit of one; three of two out of three teams."""
    chosen = list(context.teams.values())[:count]
    body = {"title": "Denyut", "questions": SCORES, "unit_ids": [str(unit) for unit in chosen]}
    found = refused(context.client(officer).post(f"{BASE}/surveys", json=body), 422, "invalid_input")
    assert found["errors"][0]["code"] == "not_one_branch"


def test_a_unit_of_one_that_is_moved_below_a_team_is_not_the_difference(context, pulse):
    lone, unit = new_id(), new_id()
    publish_unit(context.service, context.agency, unit, context.ministry, "LONE", "Unit Satu", lone)
    publish_employee(context.service, context.agency, lone, unit, context.minister)
    context.staff["lone"] = [lone]
    assert pulse(context.teams["siti"])["SITI"] == (9, "4.00")
    publish_unit(context.service, context.agency, unit, context.teams["siti"], "LONE", "Unit Satu", lone)
    assert pulse(context.teams["siti"], scores={"lone": lambda _: 1})["SITI"] == (None, None)


def test_two_who_change_places_are_not_the_difference_of_their_teams(context, pulse):
    july = pulse(context.bureau)
    for there, team in (("small", "siti"), ("siti", "small")):
        moved = context.staff[team].pop(-1 if team == "siti" else -2)
        publish_employee(context.service, context.agency, moved, context.teams[there], context.chiefs[there])
        context.staff[there].append(moved)
    august = pulse(context.bureau)
    assert (august["SITI"], august["SMALL"]) == ((None, None), (None, None))
    assert august["SDM"][0] == july["SDM"][0] == 38


@pytest.mark.parametrize(
    "alike", [lambda place: 1, lambda place: 5 if place == 0 else 1], ids=["all equal", "one who knows the others"]
)
def test_a_team_that_answers_alike_is_not_shown_with_its_mean(context, pulse, alike):
    seen = pulse(context.bureau, scores={"siti": alike})
    assert seen["SITI"][1] is None
    assert seen["SDM"][0] == 38


def test_whoever_joins_while_a_survey_is_open_is_asked_by_the_next(context, officer):
    survey = a_survey(context, officer)
    join(context, "siti")
    late = context.client(context.principal(context.staff["siti"][-1]))
    assert ok(late.get(f"{BASE}/surveys/{survey['survey_id']}"))["for_you"] is False
    refused(late.post(f"{BASE}/surveys/{survey['survey_id']}/token"), 403, "survey_not_for_you")


def test_a_filter_that_is_made_up_changes_nothing(context, officer, pulse):
    pulse(context.bureau)
    survey = ok(context.client(officer).get(f"{BASE}/surveys"))["items"][0]
    path = f"{BASE}/surveys/{survey['survey_id']}/results?unit_id={context.bureau}"
    assert ok(context.client(officer).get(f"{path}&grade=III/d")) == ok(context.client(officer).get(path))


def test_counts_of_the_year_grow_by_five_or_not_at_all(context, officer, service, at):
    inspector = context.client(context.principal(context.minister, None, "inspector"))
    body = {"agency_id": context.agency, "category": "VERBAL", "description": "x"}
    seen = []
    for month, reports in ((8, 5), (9, 1), (10, 4)):
        service.clock.turn(at(2026, month, 10, 2))
        for _ in range(reports):
            ok(context.client().post(f"{BASE}/reports/cases", json=body), 201)
        service.clock.turn(at(2026, month + 1, 1, 2))
        service.run_timers()
        seen.append(ok(inspector.get(f"{BASE}/summary?year=2026"))["personal_cases"]["count"])
    assert seen == [5, 5, 10]


TWO_QUESTIONS = [*SCORES, {"kind": "SCORE", "text": "Arahan pimpinan jelas."}]


def test_questions_of_a_survey_do_not_differ_by_a_unit_of_one(service, agency, at):
    """The answer of one is left out beside three teams; where one team answers alike it would count again."""
    service.clock.turn(at(2026, 8, 3, 2))
    context = a_bureau(service, agency, {"first": 6, "lone": 1, "second": 6, "third": 6})
    officer = an_officer(context)
    survey = a_survey(context, officer, unit_ids=[context.bureau], questions=TWO_QUESTIONS)
    path = f"{BASE}/surveys/{survey['survey_id']}"
    for team in ("first", "lone", "second", "third"):
        for place, employee in enumerate(context.staff[team]):
            token = ok(context.client(context.principal(employee)).post(f"{path}/token"), 201)["token"]
            body = filled(survey, token, 3 + place % 3)
            if team == "first":
                body["answers"][1]["score"] = 4
            ok(context.client().post(f"{BASE}/answers", json=body), 204)
    client = context.client(officer)
    ok(client.post(f"{path}/close"))
    ok(client.post(f"{path}/publish"))
    whole = ok(client.get(f"{path}/results?unit_id={context.bureau}"))["group"]
    assert [whole["answers"], *(one["answers"] for one in whole["questions"])] == [18, 18, 18]
