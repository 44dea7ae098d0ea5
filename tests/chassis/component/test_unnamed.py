"""What is left of a call whose sender must not be known: nothing but what it did."""

import json
import re
from uuid import UUID

import pytest
from desk.core import BookLent

from chassis import outbox
from chassis.causation import Causation, caused_by
from chassis.ids import new_id
from testkit.logs import captured_logs
from tests.chassis.processes import UnixHTTP, environment_of, lines_of, process, samples, wait_for_answer

WISHES = "/api/v1/desk/wishes"
TRACE = "0af7651916cd43dd8448eb211c80319c"
MARKS = {
    "X-Request-Id": "penanda-0001",
    "traceparent": f"00-{TRACE}-b7ad6b7169203331-01",
    "User-Agent": "penanda-0001",
    "X-Forwarded-For": "203.0.113.9",
}


def wish(client, agency, title="x"):
    return client.post(WISHES, json={"agency_id": agency, "title": title}, headers=MARKS)


def test_a_call_without_a_name_has_no_id_no_line_and_no_count(desk, agency, person):
    client = desk.client(person("librarian"))
    before = samples(client.get("/metrics").text)
    with captured_logs() as logs:
        answer = wish(client, agency)
    assert answer.status_code == 201
    assert "X-Request-Id" not in answer.headers
    assert logs == []
    counted = {name for name in samples(client.get("/metrics").text) if "wishes" in name}
    assert counted == {name for name in before if "wishes" in name}


@pytest.mark.parametrize("token", ["basi", "", "Bearer x.y.z"])
def test_a_stale_credential_is_not_looked_at(desk, agency, token):
    client = desk.client()
    client.headers["Authorization"] = token
    assert wish(client, agency).status_code == 201


def test_nothing_that_follows_is_tied_to_the_call(desk, agency, person):
    wish(desk.client(person("librarian")), agency)
    (event,) = desk.events(agency)
    assert event["correlationid"] == event["id"]
    assert {"causationid", "traceparent"}.isdisjoint(event)


def test_an_event_of_a_day_tells_neither_when_nor_by_what_it_came_about(desk, agency, at):
    desk.clock.turn(at(2026, 8, 10, 2, 37))
    with (
        caused_by(Causation("penanda-0001", "penanda-0002", MARKS["traceparent"])),
        desk.work.transaction(agency) as tx,
    ):
        outbox.record(tx, BookLent(loan_id=new_id(), title="x"), day=at(2026, 8, 10))
    (event,) = desk.events(agency)
    assert UUID(event["id"]).version == 4
    assert event["time"] == "2026-08-10T00:00:00+00:00"
    assert event["correlationid"] == event["id"]
    assert {"causationid", "traceparent"}.isdisjoint(event)


@pytest.mark.parametrize("title", ["fails rahasia", "breaks rahasia", "clashes rahasia"])
def test_what_somebody_wrote_without_a_name_is_in_no_log_when_the_service_fails(desk, agency, title):
    with captured_logs() as logs:
        answer = wish(desk.client(), agency, title)
    assert answer.status_code in {409, 422, 500}
    assert "rahasia" not in str(logs)
    assert "penanda" not in str(logs)
    assert {"request_id", "trace_id"}.isdisjoint({name for one in logs for name in one})


def test_a_failure_tells_the_day_and_is_counted(desk, agency, tmp_path, sockets):
    socket, log = sockets / "api.sock", tmp_path / "api.log"
    with process(log, environment_of(desk), "api", "desk", "--bind", f"unix:{socket}"):
        wait_for_answer(socket, "/health/ready")
        connection = UnixHTTP(socket)
        body = json.dumps({"agency_id": "a", "title": "fails rahasia"})
        connection.request("POST", WISHES, body, {**MARKS, "Content-Type": "application/json"})
        assert connection.getresponse().status == 500
        connection.close()
        counted = samples(wait_for_answer(socket, "/metrics")[2])
    assert counted[f'suar_http_requests_total{{method="POST",route="{WISHES}",status="500"}}'] == 1
    (line,) = [one for one in lines_of(log) if one["event"] == "request_failed"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", line["timestamp"])
    assert {"request_id", "trace_id", "exception", "untraced"}.isdisjoint(line)
    assert "rahasia" not in log.read_text()
