import json

import pytest
from sqlalchemy import text

from chassis.ids import new_id
from tests.wellbeing.builders import (
    BASE,
    SMALL_BUREAU,
    a_bureau,
    a_survey,
    an_officer,
    filled,
    next_morning,
    ok,
    publish_agency,
    publish_employee,
    refused,
)


@pytest.fixture
def context(service, agency, at):
    service.clock.turn(at(2026, 8, 10, 2, 37))
    return a_bureau(service, agency, SMALL_BUREAU)


@pytest.fixture
def officer(context):
    return an_officer(context)


def report(context, *, anonymous=True, reported=(), units=(), keep_out=(), who=None, danger=False):
    body = {
        "category": "VERBAL",
        "description": "Dibentak berulang kali di depan rekan.",
        "danger": danger,
        "reported_employee_ids": [str(one) for one in reported],
        "reported_unit_ids": [str(one) for one in units],
        "keep_out_employee_ids": [str(one) for one in keep_out],
    }
    if anonymous:
        made = ok(context.client().post(f"{BASE}/reports/cases", json={**body, "agency_id": context.agency}), 201)
        next_morning(context)
        return made
    return ok(context.client(who).post(f"{BASE}/cases", json=body), 201)


def queue(context, officer):
    return ok(context.client(officer).get(f"{BASE}/cases"))["items"]


def the_case(context):
    with context.service.work.transaction(context.agency) as tx:
        return tx.session.execute(text("SELECT ticket_id FROM ticket WHERE kind = 'PERSONAL'")).scalar_one()


def audited(context):
    with context.service.work.transaction(context.agency) as tx:
        statement = text("SELECT action, actor FROM audit WHERE agency_id = :agency ORDER BY position")
        return [tuple(row) for row in tx.session.execute(statement, {"agency": context.agency})]


def test_an_anonymous_report_is_taken_handled_and_followed_by_its_code(context, officer, service, agency):
    receipt = report(context, danger=True)
    assert receipt["due_at"].startswith("2026-08-10T17:00:00")
    anybody = context.client()
    (row,) = queue(context, officer)
    assert "description" not in row
    path = f"{BASE}/cases/{row['ticket_id']}"
    handler = context.client(officer)

    refused(handler.get(path), 409, "ticket_not_taken")
    case = ok(handler.post(f"{path}/take"))
    assert case["anonymous"] is True
    assert case["reporter_id"] is None
    assert case["received_at"].startswith("2026-08-09T17:00:00")
    assert [entry["action"] for entry in case["history"]] == ["RECEIVED", "ESCALATED", "TAKEN"]
    ok(handler.post(f"{path}/moves", json={"target": "TRIAGED", "resolve_by": "2026-08-20"}))
    ok(handler.post(f"{path}/messages", json={"text": "Apakah ada saksi?"}), 201)
    ok(anybody.post(f"{BASE}/reports/messages", json={"code": receipt["code"], "text": "Ada dua."}), 201)
    assert [one["text"] for one in ok(handler.get(path))["messages"]] == ["Apakah ada saksi?", "Ada dua."]
    ok(handler.post(f"{path}/moves", json={"target": "IN_PROGRESS"}))
    refer = {"target": "REFERRED", "referral": "WOMEN_CHILD_PROTECTION", "note": "Diteruskan ke UPTD PPA"}
    ok(handler.post(f"{path}/moves", json=refer))

    followed = ok(anybody.post(f"{BASE}/reports/follow", json={"code": receipt["code"]}))
    assert (followed["state"], followed["referral"]) == ("REFERRED", "WOMEN_CHILD_PROTECTION")
    assert [one["from_reporter"] for one in followed["messages"]] == [False, True]
    assert "description" not in followed
    assert {event["type"] for event in service.events(agency)} == {"ReportWaiting"}
    actions = [action for action, _ in audited(context)]
    assert {"case_queue_read", "case_taken", "case_read", "case_moved"} <= set(actions)
    assert "case_reported" not in actions


def test_a_wrong_code_reveals_nothing_whatever_its_shape(context):
    receipt = report(context)
    swapped = receipt["code"][:-1] + ("A" if receipt["code"][-1] != "A" else "B")
    elsewhere = "instansi-lain." + receipt["code"].split(".")[1]
    for wrong in ("x", swapped, elsewhere, receipt["code"].lower()):
        refused(context.client().post(f"{BASE}/reports/follow", json={"code": wrong}), 404, "report_code_unknown")


def test_too_many_messages_without_an_answer_are_held_back_by_report_and_not_by_sender(context, officer):
    receipt, other = report(context), report(context)
    send = lambda code: context.client().post(f"{BASE}/reports/messages", json={"code": code, "text": "Halo?"})  # noqa: E731
    for _ in range(20):
        ok(send(receipt["code"]), 201)

    assert "Retry-After" in send(receipt["code"]).headers
    refused(send(receipt["code"]), 429, "report_waiting_for_answer")
    ok(send(other["code"]), 201)


def test_only_the_assigned_officer_reads_and_hands_over(context, officer):
    report(context)
    path = f"{BASE}/cases/{the_case(context)}"
    colleague = an_officer(context)
    ok(context.client(officer).post(f"{path}/take"))

    refused(context.client(colleague).get(path), 403, "case_handled_by_another")
    refused(context.client(colleague).post(f"{path}/take"), 403, "case_handled_by_another")
    ok(context.client(officer).put(f"{path}/handler", json={"employee_id": str(colleague.employee_id)}))
    ok(context.client(colleague).get(path))
    refused(context.client(officer).get(path), 403, "case_handled_by_another")


@pytest.mark.parametrize("role", ["hr_officer", "unit_leader", "inspector", "operator", "subscriber", "employee"])
def test_no_other_role_reads_a_case_or_the_queue(context, person, role):
    report(context)
    client = context.client(person(role))
    path = f"{BASE}/cases/{the_case(context)}"

    for response in (
        client.get(f"{BASE}/cases"),
        client.get(path),
        client.post(f"{path}/take"),
        client.post(f"{path}/messages", json={"text": "?"}),
        client.put(f"{path}/handler", json={"employee_id": str(new_id())}),
        client.post(f"{path}/moves", json={"target": "TRIAGED"}),
        client.post(f"{path}/reported", json={"employee_ids": [str(new_id())]}),
    ):
        refused(response, 403, "forbidden")
    refused(client.get(f"{BASE}/conditions/{the_case(context)}"), *REFUSALS[role])


REFUSALS = dict.fromkeys(("operator", "subscriber"), (403, "forbidden")) | dict.fromkeys(
    ("hr_officer", "unit_leader", "inspector", "employee"), (404, "not_found")
)


def test_whoever_leads_a_unit_reads_no_case_even_as_an_officer(context, officer):
    report(context)
    by_role = context.client(an_officer(context, "unit_leader"))
    by_personnel = context.client(
        context.principal(context.chiefs["large"], context.teams["large"], "wellbeing_officer")
    )

    for client in (by_role, by_personnel):
        refused(client.get(f"{BASE}/cases"), 403, "case_conflict_of_interest")
        refused(client.post(f"{BASE}/cases/{the_case(context)}/take"), 403, "case_conflict_of_interest")


def must_not_learn(context, employee, unit=None):
    """Such an officer must not learn that the case exists."""
    client = context.client(context.principal(employee, unit, "wellbeing_officer"))
    path = f"{BASE}/cases/{the_case(context)}"
    refused(client.post(f"{path}/take"), 404, "not_found")
    refused(client.get(path), 404, "not_found")
    assert ok(client.get(f"{BASE}/cases"))["items"] == []


def test_the_reported_person_and_everybody_above_and_below_learn_of_no_case(context, officer):
    """Reported: a member of Siti's team, who has somebody under her."""
    reported, under = context.staff["siti"][5], new_id()
    publish_employee(context.service, context.agency, under, context.teams["siti"], appraiser=reported)
    above = new_id()
    publish_employee(context.service, context.agency, reported, context.teams["siti"], above)
    publish_employee(context.service, context.agency, above, context.teams["large"], context.head)
    report(context, reported=[reported])

    for person in (reported, under, above):
        must_not_learn(context, person)
    assert len(queue(context, officer)) == 1


def test_members_of_a_reported_unit_and_people_the_reporter_names_keep_away(context, officer):
    report(context, units=[context.teams["small"]], keep_out=[context.staff["large"][4]])

    must_not_learn(context, context.staff["small"][3])
    must_not_learn(context, context.staff["large"][4])
    assert len(queue(context, context.principal(context.staff["large"][5], None, "wellbeing_officer"))) == 1


def test_whoever_becomes_the_reporteds_superior_later_keeps_away_too_and_who_was_stays_away(context, officer):
    reported, old, new = context.staff["siti"][5], context.staff["siti"][6], context.staff["large"][5]
    publish_employee(context.service, context.agency, reported, context.teams["siti"], old)
    report(context, reported=[reported])

    publish_employee(context.service, context.agency, reported, context.teams["siti"], new)

    must_not_learn(context, old)
    must_not_learn(context, new)


def test_a_handler_who_turns_out_to_stand_in_the_line_loses_the_case_at_once(context, officer):
    report(context)
    path = f"{BASE}/cases/{the_case(context)}"
    handler = context.client(officer)
    ok(handler.post(f"{path}/take"))

    row = ok(handler.post(f"{path}/reported", json={"employee_ids": [str(context.minister)]}))

    assert row["yours"] is False
    refused(handler.get(path), 404, "not_found")
    far = an_officer(context)
    publish_employee(context.service, context.agency, far.employee_id, context.teams["care"], context.staff["large"][2])
    ok(context.client(far).post(f"{path}/take"))


def test_a_case_is_not_handed_to_whoever_must_keep_away(context, officer):
    reported = context.staff["siti"][5]
    report(context, reported=[reported])
    path = f"{BASE}/cases/{the_case(context)}"
    ok(context.client(officer).post(f"{path}/take"))

    for wrong in (reported, context.chiefs["siti"], context.chiefs["large"], new_id()):
        body = refused(
            context.client(officer).put(f"{path}/handler", json={"employee_id": str(wrong)}), 422, "invalid_input"
        )
        assert body["errors"][0]["code"] == "cannot_handle_case"


def test_a_named_reporter_follows_by_code_and_does_not_handle_the_own_case(context, officer):
    receipt = report(context, anonymous=False, who=officer)

    must_not_learn(context, officer.employee_id)
    ok(context.client(officer).post(f"{BASE}/reports/follow", json={"code": receipt["code"]}))
    colleague = an_officer(context)
    case = ok(context.client(colleague).post(f"{BASE}/cases/{the_case(context)}/take"))
    assert case["reporter_id"] == str(officer.employee_id)
    assert str(officer.account_id) not in [actor for action, actor in audited(context) if action == "case_reported"]


def test_an_unlooked_at_case_escalates_in_the_queue_and_nothing_of_it_goes_on_the_bus(
    context, officer, service, agency, at
):
    report(context)
    service.clock.turn(at(2026, 8, 13, 17, 1))
    service.run_timers()

    (row,) = queue(context, officer)
    assert row["escalated_at"] is not None
    assert {event["type"] for event in service.events(agency)} == {"ReportWaiting"}
    assert row["ticket_id"] not in str(service.events(agency))


def test_a_report_to_an_agency_nobody_knows_is_refused_rather_than_lost(context):
    body = {"agency_id": "tidak-dikenal", "category": "VERBAL", "description": "x"}
    refused(context.client().post(f"{BASE}/reports/cases", json=body), 404, "not_found")


def test_other_agencies_officers_find_no_case(context, person):
    report(context)
    publish_agency(context.service, "instansi-lain")
    outsider = context.client(person("wellbeing_officer", agency_id="instansi-lain"))
    refused(outsider.get(f"{BASE}/cases/{the_case(context)}"), 404, "not_found")
    assert ok(outsider.get(f"{BASE}/cases"))["items"] == []


def test_anonymous_endpoints_leave_no_trace_of_who_called_in_any_table_or_log(context, officer, capfd):
    """The sender is even signed in by mistake: the bearer token comes along, and is not looked at."""
    sender = context.member("siti", 3)
    survey = a_survey(context, officer)
    token = ok(context.client(sender).post(f"{BASE}/surveys/{survey['survey_id']}/token"), 201)["token"]
    capfd.readouterr()

    signed_in = context.client(sender)
    ok(signed_in.post(f"{BASE}/answers", json=filled(survey, token, text="lampu redup")), 204)
    case = {"agency_id": context.agency, "category": "GESTURE", "description": "uraian rahasia"}
    code = ok(signed_in.post(f"{BASE}/reports/cases", json=case), 201)["code"]
    hazard = {
        "agency_id": context.agency,
        "category": "SAFETY",
        "unit_id": str(context.teams["siti"]),
        "description": "kabel rahasia",
    }
    ok(signed_in.post(f"{BASE}/reports/hazards", json=hazard), 201)
    ok(signed_in.post(f"{BASE}/reports/messages", json={"code": code, "text": "pesan rahasia"}), 201)
    ok(signed_in.post(f"{BASE}/reports/follow", json={"code": code}))

    logged = "".join(capfd.readouterr())
    assert "/reports/" not in logged
    assert "/answers" not in logged
    for secret in (str(sender.account_id), str(sender.employee_id), code, token, "rahasia", "lampu redup"):
        assert secret not in logged, secret
    found = occurrences(context, {str(sender.account_id), sender.account_id.hex, code, token})
    assert found == set()
    traces = occurrences(context, {str(sender.employee_id)})
    assert traces <= {"directory_person", "directory_stretch", "survey_participation", "survey_asked", "inbox"}
    ok(context.client(officer).post(f"{BASE}/surveys/{survey['survey_id']}/close"))
    assert "survey_participation" not in occurrences(context, {str(sender.employee_id)})


def occurrences(context, needles):
    """The tables in which any of these texts stands, in any column, seen past row-level security."""
    found = set()
    with context.service.work.transaction(context.agency) as tx:
        tables = tx.session.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
        for table in tables:
            for row in tx.session.execute(text(f'SELECT to_jsonb(t) FROM "{table}" t')).scalars():
                if any(needle in json.dumps(row) for needle in needles):
                    found.add(table)
    return found


def test_what_must_leave_no_trace_takes_no_idempotency_key(context, officer):
    """A stored key, account and answer would tie a token or a report to a person."""
    sender, survey = context.client(context.member("siti", 3, "wellbeing_officer")), a_survey(context, officer)
    code, key = report(context)["code"], str(new_id())
    case = {"category": "VERBAL", "description": "x"}
    hazard = {
        "agency_id": context.agency,
        "category": "SAFETY",
        "unit_id": str(context.teams["siti"]),
        "description": "x",
    }
    for path, body in (
        (f"surveys/{survey['survey_id']}/token", None),
        ("answers", filled(survey, "x")),
        ("cases", case),
        (f"cases/{the_case(context)}/take", None),
        ("reports/cases", {**case, "agency_id": context.agency}),
        ("reports/hazards", hazard),
        ("reports/follow", {"code": code}),
        ("reports/messages", {"code": code, "text": "x"}),
    ):
        answered = sender.post(f"{BASE}/{path}", json=body, headers={"Idempotency-Key": key})
        refused(answered, 422, "idempotency_key_unsupported")
    assert occurrences(context, {key}) == set()
