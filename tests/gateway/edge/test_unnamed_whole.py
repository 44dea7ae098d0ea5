"""A report without a name, sent through the edge to all that follows: what is left of its sender, and of the moment."""

from __future__ import annotations

import json
from uuid import UUID, uuid4

import httpx
import pytest

from chassis.bus.topology import Topology, connect
from chassis.waiting import wait_for
from testkit.logs import captured_logs
from tests.gateway.edge.conftest import bearer
from tests.gateway.edge.unnamed_system import Window, whole_system
from tests.wellbeing.builders import SMALL_BUREAU, a_bureau, a_survey, an_officer, filled, next_morning, ok

BASE = "/api/v1/wellbeing"
ADDRESS = "127.0.0.77"
TRACE, SPAN = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
MARKED = {
    "X-Request-Id": "penanda-permintaan",
    "traceparent": f"00-{TRACE}-{SPAN}-01",
    "tracestate": "penanda=jejak",
    "User-Agent": "Penanda/1.0",
    "X-Forwarded-For": "203.0.113.77",
    "X-Real-IP": "203.0.113.77",
    "Referer": "https://penanda.example/",
}
DOORS = ("/reports/", "/answers")


@pytest.fixture(scope="session")
def wellbeing(make_service):
    return make_service("wellbeing")


@pytest.fixture(scope="session")
def notification(make_service):
    return make_service("notification")


@pytest.fixture
def namespace(bus_url):
    name = f"t{uuid4().hex[:8]}"
    yield name
    topology = Topology(name)
    with connect(bus_url) as connection, connection.channel() as channel:
        for service in ("wellbeing", "notification"):
            topology.queue(service)(channel).delete()
            if bus_url.startswith("amqp"):
                topology.dead_letter_queue(service)(channel).delete()
        if bus_url.startswith("amqp"):
            topology.exchange(channel).delete()
            topology.replays(channel).delete()


@pytest.fixture
def context(wellbeing, agency, at):
    wellbeing.clock.turn(at(2026, 8, 10, 2, 37))
    return a_bureau(wellbeing, agency, SMALL_BUREAU)


@pytest.fixture
def whole(tmp_path_factory, context, wellbeing, notification, bus_url, namespace):
    with whole_system(tmp_path_factory.mktemp("w"), wellbeing, notification, bus_url, namespace) as running:
        yield running


@pytest.fixture
def edge(fresh_edge, identity, whole):
    return fresh_edge({"identity": [identity.address], "wellbeing": [f"unix:{whole.socket}"]})


@pytest.fixture
def sender(gateway, context):
    """Siti's colleague with a living session, who forgets to sign out first."""
    _, session = gateway.member(employee_id=str(context.staff["siti"][3]))
    return session


@pytest.fixture
def browser(edge):
    """A client at an address that nothing else has."""
    with httpx.Client(base_url=edge.base, timeout=30, transport=httpx.HTTPTransport(local_address=ADDRESS)) as client:
        yield client


def credentials(sender):
    return [
        {},
        bearer(sender.token),
        {"Cookie": f"suar_session={sender.token}"},
        bearer("basi"),
        {"Cookie": "suar_session=basi", "Origin": "https://jahat.example"},
    ]


def send_all(browser, context, credential, filled_form, *, danger=False):
    """Use every door, and get what each of them answers right and wrong."""

    def post(path, body, status):
        answer = browser.post(f"{BASE}{path}", json=body, headers={**MARKED, **credential})
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    case = {"agency_id": context.agency, "category": "VERBAL", "description": "Dibentak.", "danger": danger}
    place = {**case, "category": "SAFETY", "unit_id": str(context.teams["siti"])}
    for path, body in (("/reports/cases", case), ("/reports/hazards", place)):
        code = post(path, body, 201)["code"]
        post("/reports/messages", {"code": code, "text": "Halo?"}, 201)
        post("/reports/follow", {"code": code}, 200)
        post("/reports/follow", {"code": code[:-1] + "1"}, 404)
        post(path, {**body, "category": "SALAH"}, 422)
    if filled_form:
        post("/answers", filled_form, 204)
        post("/answers", filled_form, 409)


def marks_of(sender, context):
    account = UUID(sender.body["account"]["account_id"])
    person = context.staff["siti"][3]
    named = [ADDRESS, "203.0.113.77", "penanda", "Penanda", TRACE, SPAN, sender.token]
    return [*named, str(account), account.hex], str(person)


def written_of(edge, whole, agency):
    """All that is written anywhere: the edge's log files, the services' logs, their tables and their numbers."""
    found = {f"edge {path.name}": path.read_text() for path in edge.edge.state_dir.glob("*.log")}
    found |= {f"log {name}": written for name, written in whole.logs().items()}
    return {**found, **whole.tables(agency), "metrics": whole.metrics()}


def test_of_reports_and_answers_neither_sender_nor_moment_is_written_anywhere(
    edge, whole, browser, sender, context, agency, identity
):
    officer, window = an_officer(context), Window()
    survey = a_survey(context, officer)
    path = f"{BASE}/surveys/{survey['survey_id']}/token"
    people = [context.principal(context.staff["large"][index]) for index in range(1, 5)]
    tokens = [ok(context.client(one).post(path), 201)["token"] for one in people]
    tokens.append(edge.post(path, headers=bearer(sender.token)).json()["token"])
    whole.wait_until_written()
    before = written_of(edge, whole, agency)
    asked = identity.count("/internal/authorise")

    with captured_logs() as logs, window.open(context.service.clock):
        for credential, token in zip(credentials(sender), tokens, strict=True):
            send_all(browser, context, credential, filled(survey, token, text="Lampu redup"))

    assert logs == []
    assert identity.count("/internal/authorise") == asked
    after = written_of(edge, whole, agency)
    assert after["wellbeing.ticket"].count("Dibentak.") == 10
    for name in (one for one in after if one.startswith(("edge", "log"))):
        assert after[name] == before[name], name
    next_morning(context)
    wait_for("what is to be known has arrived", lambda: whole.has_published(agency))
    marks, person = marks_of(sender, context)
    for name, written in written_of(edge, whole, agency).items():
        assert [mark for mark in marks if mark in written] == [], name
        assert [one for one in DOORS if one in written] == [], name
        assert window.moments_in(written) == set(), name
        if person in written:
            assert name in {"wellbeing.survey_participation", *DIRECTORY}, name
    assert [event["type"] for event in context.service.events(agency)] == ["ConditionOpened"] * 5


# where a person stands because of who they are, and of nothing that they have done
DIRECTORY = {
    "wellbeing.directory_person",
    "wellbeing.directory_stretch",
    "wellbeing.inbox",
    "wellbeing.survey_asked",
}
# when an alarm was given is known to whoever gets it, and so are the rows that carried it
CARRIED = {
    "wellbeing.outbox",
    "notification.inbox",
    "notification.feed",
    "notification.feed_queue",
    "notification.messages",
    "notification.email_deliveries",
    "notification.waiting",
}


def test_of_danger_the_sender_stays_unknown_and_only_the_alarm_tells_the_moment(
    edge, whole, browser, sender, context, agency
):
    officer, window = an_officer(context), Window()
    ok(context.client(officer).get(f"{BASE}/cases"))
    whole.wait_until_written()
    before = {name: written for name, written in written_of(edge, whole, agency).items() if name.startswith("edge")}

    with window.open(context.service.clock):
        for credential in credentials(sender):
            send_all(browser, context, credential, None, danger=True)
        wait_for("the alarms have arrived", lambda: whole.has_published(agency))
        wait_for("all of them", lambda: len(context.service.events(agency, "ReportWaiting")) == 10)
        wait_for("all have arrived", lambda: whole.has_published(agency))

    marks, _ = marks_of(sender, context)
    telling = set()
    for name, written in written_of(edge, whole, agency).items():
        assert [mark for mark in marks if mark in written] == [], name
        assert [one for one in DOORS if one in written] == [], name
        assert not name.startswith("edge") or written == before[name]
        if window.moments_in(written):
            telling.add(name)
    assert telling - CARRIED == set()
    for event in context.service.events(agency):
        assert UUID(event["id"]).version == 4
        assert window.moments_in(json.dumps(event)) == set()


def test_a_case_in_ones_own_name_is_in_the_case_and_in_no_log(edge, whole, browser, sender, context, agency):
    body = {"category": "VERBAL", "description": "Dibentak."}
    whole.wait_until_written()
    before = written_of(edge, whole, agency)
    answer = browser.post(f"{BASE}/cases", json=body, headers={**MARKED, **bearer(sender.token)})
    assert answer.status_code == 201, answer.text
    after = written_of(edge, whole, agency)
    for name in (one for one in after if one.startswith(("edge", "log"))):
        assert after[name] == before[name], name
    marks, person = marks_of(sender, context)
    assert [name for name, written in after.items() if any(mark in written for mark in marks)] == []
    assert {name for name, written in after.items() if person in written} - DIRECTORY == {
        "wellbeing.ticket",
        "wellbeing.ticket_exclusion",
    }
