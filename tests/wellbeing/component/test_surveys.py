import pytest

from tests.wellbeing.builders import BASE, a_bureau, a_survey, an_officer, answer, filled, ok, publish_agency, refused


@pytest.fixture
def context(service, agency, at):
    service.clock.turn(at(2026, 8, 3, 2))
    return a_bureau(service, agency)


@pytest.fixture
def officer(context):
    return an_officer(context)


def results(context, who, survey, unit=None):
    query = f"?unit_id={unit}" if unit else ""
    return context.client(who).get(f"{BASE}/surveys/{survey['survey_id']}/results{query}")


def publish(context, officer, survey):
    client = context.client(officer)
    ok(client.post(f"{BASE}/surveys/{survey['survey_id']}/close"))
    return ok(client.post(f"{BASE}/surveys/{survey['survey_id']}/publish"))


def fill(context, survey, counts, text=None):
    for team, count in counts.items():
        for index in range(count):
            ok(
                answer(context, survey, context.staff[team][index], 3 + index % 3, text and f"{text} {team} {index}"),
                204,
            )


def rows(context, table, survey):
    with context.service.work.transaction(context.agency) as tx:
        from sqlalchemy import text

        found = tx.session.execute(text(f"SELECT * FROM {table} WHERE survey_id = :id"), {"id": survey["survey_id"]})
        return [dict(row) for row in found.mappings()]


def test_sitis_team_of_four_answers_is_hidden_with_its_next_smallest_sibling_and_the_bureau_of_23_is_shown(
    context, officer
):
    survey = a_survey(context, officer)
    fill(context, survey, {"siti": 4, "small": 5, "middle": 6, "large": 8}, text="lampu")
    publish(context, officer, survey)

    report = ok(results(context, officer, survey, context.bureau))

    assert report["group"]["answers"] == 23
    teams = {group["unit_code"]: group for group in report["below"]}
    for hidden in ("SITI", "SMALL"):
        assert teams[hidden]["answers"] is None
        assert teams[hidden]["reason"] == "PROTECTS_SMALL_GROUP"
        assert teams[hidden]["questions"][0]["answers"] is None
        assert teams[hidden]["questions"][0]["mean"] is None
        assert teams[hidden]["questions"][0]["texts"] is None
    assert teams["MIDDLE"]["answers"] == 6
    assert teams["LARGE"]["answers"] == 8
    assert report["group"]["questions"][0]["mean"] == "3.87"
    assert len(report["group"]["questions"][1]["texts"]) == 23
    assert teams["LARGE"]["questions"][1]["reason"] == "PROTECTS_SMALL_GROUP"
    assert report["explanation"]["minimum_scores"] == 5
    assert report["explanation"]["version"] == "default-anonymity-2"


def test_siti_sees_her_bureau_with_its_teams_as_suppressed_and_no_free_text(context, officer):
    survey = a_survey(context, officer)
    fill(context, survey, {"siti": 4, "small": 5, "middle": 6, "large": 8}, text="lampu")
    publish(context, officer, survey)
    siti = context.member("siti", 3)

    bureau = ok(results(context, siti, survey, context.bureau))
    assert bureau["group"]["answers"] == 23
    assert bureau["group"]["questions"][1]["texts"] is None
    assert {group["unit_code"]: group["answers"] for group in bureau["below"]} == {
        "SITI": None, "SMALL": None, "MIDDLE": 6, "LARGE": 8,
    }  # fmt: skip
    assert all(group["questions"][1]["texts"] is None for group in bureau["below"])
    assert ok(results(context, siti, survey, context.teams["siti"]))["group"]["answers"] is None


def test_nobody_looks_into_the_teams_of_another_bureau(context, officer, service, agency):
    survey = a_survey(context, officer)
    fill(context, survey, {"siti": 6, "large": 8})
    publish(context, officer, survey)
    outsider = context.principal(officer.employee_id, officer.unit_id)

    assert ok(results(context, outsider, survey, context.bureau))["group"]["answers"] == 14
    refused(results(context, outsider, survey, context.teams["large"]), 403, "survey_results_out_of_reach")


def test_a_leader_reads_no_free_text_neither_of_the_own_team_nor_of_another(context, officer):
    survey = a_survey(context, officer)
    fill(context, survey, {"siti": 10, "small": 8, "middle": 9, "large": 12}, text="lampu")
    publish(context, officer, survey)
    chief = context.member("large", 0, "unit_leader")

    for unit, answers in ((context.teams["large"], 12), (context.bureau, 39), (context.teams["siti"], 10)):
        written = ok(results(context, chief, survey, unit))["group"]["questions"][1]
        assert (written["answers"], written["texts"]) == (answers, None)
    assert len(ok(results(context, officer, survey, context.teams["large"]))["group"]["questions"][1]["texts"]) == 12


def test_an_inspector_reads_every_units_scores_but_no_free_text(context, officer):
    survey = a_survey(context, officer)
    fill(context, survey, {"siti": 10, "small": 8, "middle": 9, "large": 12}, text="lampu")
    publish(context, officer, survey)

    seen = ok(results(context, context.principal(context.minister, None, "inspector"), survey, context.teams["siti"]))

    assert seen["group"]["answers"] == 10
    assert seen["group"]["questions"][1]["texts"] is None


def test_results_are_not_readable_before_publication(context, officer):
    survey = a_survey(context, officer)
    refused(results(context, officer, survey), 409, "survey_results_not_published")


def test_a_token_is_given_once_and_works_once(context, officer):
    survey = a_survey(context, officer)
    siti = context.client(context.member("siti", 3))
    token = ok(siti.post(f"{BASE}/surveys/{survey['survey_id']}/token"), 201)["token"]

    refused(siti.post(f"{BASE}/surveys/{survey['survey_id']}/token"), 409, "survey_token_taken")
    ok(context.client().post(f"{BASE}/answers", json=filled(survey, token)), 204)
    refused(context.client().post(f"{BASE}/answers", json=filled(survey, token)), 409, "survey_token_used")


def test_a_forged_or_foreign_token_is_refused_and_a_wrong_answer_does_not_use_it_up(context, officer):
    survey, other = a_survey(context, officer), a_survey(context, officer)
    siti = context.client(context.member("siti", 3))
    token = ok(siti.post(f"{BASE}/surveys/{survey['survey_id']}/token"), 201)["token"]
    foreign = ok(siti.post(f"{BASE}/surveys/{other['survey_id']}/token"), 201)["token"]
    send = context.client().post

    for wrong in (
        token[:-5] + ("xxxxx" if token[-5:] != "xxxxx" else "yyyyy"),
        "x",
        ".eJw",
        foreign.rsplit(".", 1)[0] + "." + token.rsplit(".", 1)[1],
    ):
        refused(send(f"{BASE}/answers", json=filled(survey, wrong)), 422, "survey_token_invalid")
    body = refused(send(f"{BASE}/answers", json=filled(survey, foreign)), 422, "invalid_input")
    assert body["errors"][0]["code"] == "unknown_question"
    refused(send(f"{BASE}/answers", json=filled(survey, token, score=6)), 422, "invalid_input")
    incomplete = {"token": token, "answers": [{"question_id": survey["questions"][1]["question_id"], "text": "saja"}]}
    body = refused(send(f"{BASE}/answers", json=incomplete), 422, "invalid_input")
    assert body["errors"][0]["code"] == "answer_missing"
    ok(send(f"{BASE}/answers", json=filled(survey, token)), 204)


def test_who_is_not_active_or_not_asked_gets_no_token(context, officer, service, agency):
    from tests.wellbeing.builders import publish_employee

    survey = a_survey(context, officer, unit_ids=[context.teams["siti"]])
    path = f"{BASE}/surveys/{survey['survey_id']}/token"

    refused(context.client(context.member("large", 1)).post(path), 403, "survey_not_for_you")
    publish_employee(service, agency, context.staff["siti"][5], context.teams["siti"], status="RETIRED")
    refused(context.client(context.member("siti", 5)).post(path), 403, "survey_not_for_you")
    ok(context.client(context.member("siti", 6)).post(path), 201)


def test_a_unit_with_too_few_members_is_not_even_named_beside_its_answers(service, agency, at):
    service.clock.turn(at(2026, 8, 3, 2))
    context = a_bureau(service, agency, {"siti": 3, "large": 12})
    survey = a_survey(context, an_officer(context))

    ok(answer(context, survey, context.staff["siti"][1]), 204)

    assert {row["unit_id"] for row in rows(context, "survey_answer", survey)} == {context.bureau}


def test_the_survey_closes_by_itself_when_its_day_is_over_in_the_agencys_zone(context, officer, service, at):
    survey = a_survey(context, officer, closes_on="2026-08-31")
    siti = context.client(context.member("siti", 3))
    token = ok(siti.post(f"{BASE}/surveys/{survey['survey_id']}/token"), 201)["token"]

    service.clock.turn(at(2026, 8, 31, 16, 59))
    service.run_timers()
    assert ok(siti.get(f"{BASE}/surveys/{survey['survey_id']}"))["state"] == "OPEN"
    service.clock.turn(at(2026, 8, 31, 17, 0))
    service.run_timers()

    assert ok(siti.get(f"{BASE}/surveys/{survey['survey_id']}"))["state"] == "CLOSED"
    refused(context.client().post(f"{BASE}/answers", json=filled(survey, token)), 409, "survey_not_in_state")


def test_closing_forgets_who_took_a_token_and_publishing_erases_the_answers(context, officer):
    survey = a_survey(context, officer)
    fill(context, survey, {"siti": 6, "large": 7})
    assert len(rows(context, "survey_participation", survey)) == 13
    before = {row["digest"] for row in rows(context, "survey_ballot", survey)}

    closed = ok(context.client(officer).post(f"{BASE}/surveys/{survey['survey_id']}/close"))

    assert closed["tokens_given"] == 13
    assert rows(context, "survey_participation", survey) == []
    after = rows(context, "survey_ballot", survey)
    assert len(after) == 13
    assert before.isdisjoint(row["digest"] for row in after)
    ok(context.client(officer).post(f"{BASE}/surveys/{survey['survey_id']}/publish"))
    assert rows(context, "survey_answer", survey) == rows(context, "survey_ballot", survey) == []


def test_after_the_close_neither_transaction_nor_place_shows_which_rows_came_together(context, officer):
    from sqlalchemy import text

    survey = a_survey(context, officer)
    fill(context, survey, {"siti": 6, "large": 7}, text="lampu")
    ok(context.client(officer).post(f"{BASE}/surveys/{survey['survey_id']}/close"))

    with context.service.work.transaction(context.agency) as tx:
        found = tx.session.execute(
            text("SELECT DISTINCT xmin::text FROM survey_answer WHERE survey_id = :id"), {"id": survey["survey_id"]}
        )
        assert len(found.all()) == 1


def test_the_answers_carry_no_person_no_time_and_no_link_between_them(context, officer):
    survey = a_survey(context, officer)
    ok(answer(context, survey, context.staff["siti"][3], text="lampu"), 204)

    for row in rows(context, "survey_answer", survey):
        assert set(row) == {"answer_id", "agency_id", "survey_id", "question_id", "unit_id", "score", "text"}
        assert row["answer_id"].version == 4


def test_a_published_survey_is_published_once_without_a_figure_or_a_person(context, officer, service, agency):
    survey = a_survey(context, officer)
    fill(context, survey, {"siti": 6})
    publish(context, officer, survey)

    published = service.events(agency)
    assert [one["type"] for one in published] == ["SurveyPublished"]
    assert published[0]["data"] == {"survey_id": survey["survey_id"]}
    again = context.client(officer).post(f"{BASE}/surveys/{survey['survey_id']}/publish")
    refused(again, 409, "survey_not_in_state")


def test_a_survey_of_which_is_not_known_whom_it_asked_is_not_published_and_keeps_its_answers(context, officer):
    from sqlalchemy import text

    survey = a_survey(context, officer)
    fill(context, survey, {"siti": 2})
    with context.service.work.transaction(context.agency) as tx:
        tx.session.execute(text("DELETE FROM survey_asked WHERE survey_id = :id"), {"id": survey["survey_id"]})
    path = f"{BASE}/surveys/{survey['survey_id']}"
    ok(context.client(officer).post(f"{path}/close"))
    answers = rows(context, "survey_answer", survey)
    refused(context.client(officer).post(f"{path}/publish"), 409, "survey_not_comparable")
    assert len(rows(context, "survey_answer", survey)) == len(answers) > 0


def test_published_results_stay_when_a_unit_moves_afterwards(context, officer, service, agency):
    from tests.wellbeing.builders import publish_unit

    survey = a_survey(context, officer)
    fill(context, survey, {"siti": 6, "small": 6, "middle": 6, "large": 7})
    publish(context, officer, survey)
    before = ok(results(context, officer, survey, context.bureau))

    publish_unit(service, agency, context.teams["large"], context.ministry, "LARGE", "Tim large", None)

    assert ok(results(context, officer, survey, context.bureau)) == before


def test_a_draft_is_seen_and_edited_by_officers_only_and_against_its_version(context, officer):
    client, siti = context.client(officer), context.client(context.member("siti", 3))
    body = {"title": "Rancangan", "questions": [{"kind": "SCORE", "text": "Puas?"}]}
    made = client.post(f"{BASE}/surveys", json=body)
    path = f"{BASE}/surveys/{ok(made, 201)['survey_id']}"

    refused(siti.get(path), 404, "not_found")
    assert made.get_json()["survey_id"] not in str(ok(siti.get(f"{BASE}/surveys")))
    refused(client.put(path, json=body), 428, "version_required")
    ok(client.put(path, json={**body, "title": "Baru"}, headers={"If-Match": made.headers["ETag"]}))
    refused(client.put(path, json=body, headers={"If-Match": made.headers["ETag"]}), 412, "version_conflict")
    ok(client.post(f"{path}/open", json={"closes_on": "2026-08-31"}))
    refused(client.put(path, json=body, headers={"If-Match": "*"}), 409, "survey_not_in_state")


def test_what_cannot_be_opened_is_named(context, officer):
    client = context.client(officer)
    questions = [{"kind": "SCORE", "text": "Puas?"}]
    made = ok(client.post(f"{BASE}/surveys", json={"title": "A", "questions": questions}), 201)
    past = client.post(f"{BASE}/surveys/{made['survey_id']}/open", json={"closes_on": "2026-08-02"})
    assert refused(past, 422, "invalid_input")["errors"][0]["expected"].startswith("2026-08-03")
    unknown = {"title": "A", "questions": questions, "unit_ids": ["018f9c1e-6a00-7000-8000-000000000001"]}
    body = refused(client.post(f"{BASE}/surveys", json=unknown), 422, "invalid_input")
    assert body["errors"][0]["code"] == "unknown_unit"


def test_another_agency_sees_nothing(context, officer, service, person):
    survey = a_survey(context, officer)
    publish_agency(service, "instansi-lain")
    outsider = person("wellbeing_officer", agency_id="instansi-lain")

    refused(service.client(outsider).get(f"{BASE}/surveys/{survey['survey_id']}"), 404, "not_found")
    assert survey["survey_id"] not in str(ok(service.client(outsider).get(f"{BASE}/surveys")))


def test_a_stricter_minimum_holds_for_surveys_opened_afterwards(context, officer):
    client = context.client(officer)
    entry = {
        "valid_from": "2026-08-03",
        "body": {"scores": 8, "free_text": 12, "counts": 8, "differing": 2, "window_months": 12},
        "source": "SK",
        "verified": True,
    }
    ok(client.post(f"{BASE}/reference/ANONYMITY", json=entry), 201)
    survey = a_survey(context, officer)
    fill(context, survey, {"siti": 7})
    publish(context, officer, survey)

    assert survey["minimum_scores"] == 8
    assert ok(results(context, officer, survey))["group"]["answers"] is None
    weaker = {**entry, "body": {**entry["body"], "window_months": 6}}
    refused(client.post(f"{BASE}/reference/ANONYMITY", json=weaker), 422, "reference_weaker_than_default")
