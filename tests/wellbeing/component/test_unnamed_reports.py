"""A report without a name: by the day, shown and published with the others of its day, at once only in danger."""

from uuid import UUID

import pytest
from sqlalchemy import text

from chassis.ids import new_id
from tests.wellbeing.builders import (
    BASE,
    SMALL_BUREAU,
    a_bureau,
    an_officer,
    next_morning,
    ok,
    publish_employee,
    refused,
)

MARKS = {"X-Request-Id": "penanda-0001", "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
THE_DAY = "2026-08-09T17:00:00+00:00"


@pytest.fixture
def context(service, agency, at):
    service.clock.turn(at(2026, 8, 10, 2, 37))
    return a_bureau(service, agency, SMALL_BUREAU)


@pytest.fixture
def officer(context):
    """An officer whom an alarm can reach: one who has looked into the queue."""
    return on_duty(context, an_officer(context))


def on_duty(context, officer):
    ok(context.client(officer).get(f"{BASE}/cases"))
    return officer


def hazard(context, *, danger=False):
    body = {"agency_id": context.agency, "category": "SAFETY", "unit_id": str(context.teams["siti"]), "danger": danger}
    sent = context.client(context.member("siti", 3))
    return ok(sent.post(f"{BASE}/reports/hazards", json={**body, "description": "Kabel"}, headers=MARKS), 201)["code"]


def case(context, *, danger=False, reported=()):
    body = {"agency_id": context.agency, "category": "VERBAL", "description": "x", "danger": danger}
    body["reported_employee_ids"] = [str(one) for one in reported]
    return ok(context.client().post(f"{BASE}/reports/cases", json=body, headers=MARKS), 201)["code"]


def alarms(context):
    found = [one["data"] for one in context.service.events(context.agency, "ReportWaiting")]
    return [(one["addressee"], one["officer_id"], one["occasion"]) for one in found]


def rows(context, statement):
    with context.service.work.transaction(context.agency) as tx:
        return [tuple(row) for row in tx.session.execute(text(statement))]


def test_nobody_but_the_reporter_sees_a_report_before_the_others_of_its_day(context, officer, service, at):
    codes = [hazard(context), case(context)]
    head = context.client(context.principal(context.head, context.bureau, "unit_leader"))
    lists = [(context.client(officer), "cases"), (context.client(officer), "conditions"), (head, "conditions")]
    shown = lambda: [len(ok(client.get(f"{BASE}/{path}"))["items"]) for client, path in lists]  # noqa: E731

    service.clock.turn(at(2026, 8, 10, 23, 59))
    service.run_timers()
    assert shown() == [0, 0, 0]
    assert service.events(context.agency) == []
    for code in codes:
        followed = ok(context.client().post(f"{BASE}/reports/follow", json={"code": code}))
        assert (followed["state"], followed["received_on"]) == ("RECEIVED", "2026-08-10")

    next_morning(context)
    assert shown() == [1, 1, 1]
    assert [event["type"] for event in service.events(context.agency)] == ["ConditionOpened"]


def test_what_is_published_of_it_tells_the_day_and_leads_back_to_no_request(context, officer, service):
    for danger in (False, True):
        hazard(context, danger=danger)
    case(context, danger=True)
    service.run_timers()
    next_morning(context)

    events = service.events(context.agency)
    assert sorted(event["type"] for event in events) == ["ConditionOpened"] * 2 + ["ReportWaiting"] * 5
    for event in events:
        if event["data"].get("occasion") != "OVERDUE":
            assert event["time"] == THE_DAY
        assert UUID(event["id"]).version == UUID(event["subject"]).version == 4
        assert event["correlationid"] == event["id"]
        assert {"causationid", "traceparent"}.isdisjoint(event)


def test_no_column_of_a_report_holds_a_time_finer_than_the_day_or_a_number_that_tells_its_place(context, service):
    """What was written just before and after, with its time, would else tell when."""
    code, _ = hazard(context), case(context)
    for _ in range(2):
        ok(context.client().post(f"{BASE}/reports/messages", json={"code": code, "text": "Halo?"}), 201)
    other = hazard(context)
    ok(context.client().post(f"{BASE}/reports/messages", json={"code": other, "text": "Halo?"}), 201)

    day = rows(context, "SELECT received_at FROM ticket")[0][0]
    assert day.isoformat() == THE_DAY
    assert {one for (one,) in rows(context, "SELECT received_at FROM ticket")} == {day}
    assert rows(context, "SELECT * FROM ticket_entry") == []
    assert sorted(rows(context, "SELECT number FROM ticket_message")) == [(1,), (1,), (2,)]
    kinds = "SELECT DISTINCT extract(minute FROM due_at), extract(second FROM due_at) FROM timer WHERE agency_id = "
    assert rows(context, f"{kinds}'{context.agency}'") == [(0, 0)]
    assert {UUID(str(one)).version for (one,) in rows(context, "SELECT ticket_id FROM ticket")} == {4}


def test_on_release_the_rows_are_written_anew_together(context, service):
    first, second = case(context, reported=[context.staff["siti"][3]]), case(context)
    written = "SELECT DISTINCT xmin::text FROM ticket"
    assert len(rows(context, written)) == 2
    next_morning(context)
    timers = f"SELECT xmin::text FROM timer WHERE agency_id = '{context.agency}'"
    assert len(rows(context, timers)) == 2
    everything = f"{written} UNION SELECT xmin::text FROM ticket_subject UNION {timers}"
    assert set(rows(context, everything)) == set(rows(context, written))
    assert len(rows(context, "SELECT * FROM ticket WHERE released")) == 2
    for code in (first, second):
        ok(context.client().post(f"{BASE}/reports/follow", json={"code": code}))


def test_the_hour_of_release_is_the_agencys_own_and_dated(context, officer, service, at):
    client = context.client(officer)
    entry = {"valid_from": "2026-08-10", "body": {"hour": 0}, "source": "Keputusan contoh", "verified": True}
    for wrong in ({"hour": 24}, {"hour": -1}, {"hour": "7"}, {"hour": True}, {}):
        refused(client.post(f"{BASE}/reference/RELEASE", json={**entry, "body": wrong}), 422, "invalid_input")
    ok(client.post(f"{BASE}/reference/RELEASE", json=entry), 201)
    case(context)
    service.clock.turn(at(2026, 8, 10, 16, 59))
    service.run_timers()
    assert ok(client.get(f"{BASE}/cases"))["items"] == []
    service.clock.turn(at(2026, 8, 10, 17, 0))
    service.run_timers()
    assert len(ok(client.get(f"{BASE}/cases"))["items"]) == 1


def test_danger_calls_every_officer_who_may_handle_it_and_leader_and_list_at_once(context, officer, service):
    colleague = on_duty(context, an_officer(context))
    hazard(context, danger=True)
    case(context, danger=True)
    service.run_timers()

    called = [("OFFICER", str(one.employee_id), "DANGER") for one in (officer, colleague)]
    assert sorted(alarms(context)) == sorted(called * 2)
    assert [one["type"] for one in service.events(context.agency)].count("ConditionOpened") == 1
    assert len(ok(context.client(officer).get(f"{BASE}/cases"))["items"]) == 1


def test_an_alarm_says_nothing_of_the_report(context, officer, service):
    case(context, danger=True)
    service.run_timers()
    (event,) = service.events(context.agency, "ReportWaiting")
    assert set(event["data"]) == {"alarm_id", "addressee", "officer_id", "occasion"}
    assert event["subject"] == event["data"]["alarm_id"]
    (ticket,) = rows(context, "SELECT ticket_id FROM ticket")
    assert str(ticket[0]) not in str(service.events(context.agency))


def test_when_the_case_is_about_the_only_officer_the_inspectorate_is_called_and_the_officer_learns_nothing(
    context, officer, service, at
):
    case(context, danger=True, reported=[officer.employee_id])
    service.run_timers()
    assert alarms(context) == [("INSPECTORATE", None, "DANGER")]
    service.clock.turn(at(2026, 8, 10, 17, 1))
    service.run_timers()
    assert alarms(context)[1:] == [("INSPECTORATE", None, "OVERDUE")]
    assert str(officer.employee_id) not in str(service.events(context.agency))


def test_after_the_deadline_a_second_officer_and_the_inspectorate_are_called(context, officer, service, at):
    colleague = on_duty(context, an_officer(context))
    case(context)
    next_morning(context)
    (row,) = ok(context.client(officer).get(f"{BASE}/cases"))["items"]
    ok(context.client(officer).post(f"{BASE}/cases/{row['ticket_id']}/take"))
    assert alarms(context) == []

    service.clock.turn(at(2026, 8, 13, 17, 1))
    service.run_timers()
    expected = [("OFFICER", str(colleague.employee_id), "OVERDUE"), ("INSPECTORATE", None, "OVERDUE")]
    assert sorted(alarms(context)) == sorted(expected)


def test_leaders_those_who_left_and_officers_long_gone_are_not_called(context, officer, service, at):
    gone, leads = on_duty(context, an_officer(context)), context.principal(context.chiefs["large"], None)
    publish_employee(service, context.agency, gone.employee_id, context.teams["care"], status="RETIRED")
    leader = context.principal(leads.employee_id, context.teams["large"], "wellbeing_officer")
    ok(context.client(leader).get(f"{BASE}/conditions"))
    case(context, danger=True)
    service.run_timers()
    assert alarms(context) == [("OFFICER", str(officer.employee_id), "DANGER")]

    service.clock.turn(at(2026, 11, 10, 2))
    case(context, danger=True, reported=[new_known(context)])
    service.run_timers()
    assert ("INSPECTORATE", None, "DANGER") in alarms(context)


def new_known(context):
    person = new_id()
    publish_employee(context.service, context.agency, person, context.teams["siti"], context.chiefs["siti"])
    return person


def test_danger_in_ones_own_name_calls_the_officers_too_but_not_the_reporter(context, officer, service):
    colleague = on_duty(context, an_officer(context))
    body = {"category": "PHYSICAL", "description": "x", "danger": True}
    ok(context.client(officer).post(f"{BASE}/cases", json=body, headers=MARKS), 201)
    service.run_timers()
    assert alarms(context) == [("OFFICER", str(colleague.employee_id), "DANGER")]
    assert "penanda-0001" not in str(service.events(context.agency))
