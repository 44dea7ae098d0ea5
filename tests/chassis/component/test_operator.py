"""The operator's API over one service: what waits, comparing two sides, editing within the contract, putting away."""

import threading
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from desk.core import BookLent
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import text

from chassis import outbox
from chassis.bus.message import Outgoing
from chassis.bus.publisher import Publisher
from chassis.bus.topology import Topology, connect, declare
from chassis.ids import new_id
from operations.queue_depth import QueueDepth, queue_depth

BASE = "/api/v1/desk/events"


@pytest.fixture
def operator(desk, person):
    return desk.client(person("operator"))


def failed(desk, agency, title="always fails"):
    data = {"loan_id": str(new_id()), "title": title}
    event = desk.deliver("BookLent", data, producer="desk", agency=agency, subject=new_id())
    with desk.work.database.engine.begin() as connection:
        connection.execute(
            text("UPDATE deferred SET next_attempt_at = NULL, parked_at = now() WHERE event_id = :id"), {"id": event.id}
        )
    return str(event.id)


def audited(desk, agency, action):
    with desk.work.transaction(agency) as tx:
        query = text("SELECT object_id FROM audit WHERE agency_id = :a AND action = :action ORDER BY position")
        return [row.object_id for row in tx.session.execute(query, {"a": agency, "action": action})]


def test_what_the_bus_cannot_be_asked_is_unknown_not_zero(operator):
    status = operator.get(f"{BASE}/status").json
    assert status["bus_answers"] is False
    assert (status["queue_ready"], status["dead_letters"], status["queue_consumers"]) == (None, None, None)


def test_an_edit_that_breaks_the_contract_is_refused_with_the_field_the_value_and_what_would_be_right(
    desk, agency, operator
):
    event_id = failed(desk, agency)
    body = {"data": {"loan_id": str(new_id()), "title": "x" * 60}, "reason": "judul salah"}
    answer = operator.post(f"{BASE}/failed/{event_id}/edit", json=body)
    assert answer.status_code == 422
    (fault,) = answer.json["errors"]
    assert fault["field"] == "title"
    assert fault["value"] == "x" * 60
    assert "BookLent.v1" in fault["expected"]
    assert audited(desk, agency, "event_edited") == []


def test_only_discarded_events_are_put_away_and_they_never_take_effect_afterwards(desk, agency, operator):
    first, second = failed(desk, agency), failed(desk, agency)
    answer = operator.post(f"{BASE}/failed/archive", json={"ids": [first, second]})
    assert (answer.status_code, answer.json["code"]) == (409, "event_not_discarded")
    operator.post(f"{BASE}/failed/{first}/discard", json={"reason": "data uji saja"})
    assert operator.post(f"{BASE}/failed/archive", json={"ids": [first]}).json == {"affected": 1}
    assert [str(one["event_id"]) for one in desk.deferred(agency)] == [second]
    assert operator.post(f"{BASE}/unprocessed", json={"ids": [first]}).json == {"ids": []}
    assert audited(desk, agency, "event_archived") == [first]
    assert operator.get(f"{BASE}/failed/{first}").status_code == 404


def test_failed_events_can_be_narrowed_to_one_group(desk, agency, operator):
    event_id = failed(desk, agency)
    query = "state=PARKED&producer=desk&name=BookLent&cause=ValueError&limit=200"
    assert event_id in {one["event_id"] for one in operator.get(f"{BASE}/failed?{query}").json["items"]}
    assert operator.get(f"{BASE}/failed?producer=elsewhere").json["items"] == []


def test_what_took_effect_and_was_never_recorded_is_found_from_the_other_side(desk, agency, operator):
    since = (datetime.now(UTC) - timedelta(minutes=5)).isoformat()
    with desk.work.transaction(agency) as tx:
        recorded = str(outbox.record(tx, BookLent(loan_id=new_id(), title="x")))
    unrecorded = str(
        desk.deliver("BookLent", {"loan_id": "1", "title": "x"}, producer="desk", agency=agency, subject="1").id
    )
    processed, cursor = [], None
    while True:
        query = {"producer": "desk", "since": since, "limit": 2, **({"cursor": cursor} if cursor else {})}
        answer = operator.get(f"{BASE}/processed", query_string=query).json
        processed += [one["event_id"] for one in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert unrecorded in processed
    assert len(processed) == len(set(processed))
    assert operator.post(f"{BASE}/unpublished", json={"ids": [recorded, unrecorded]}).json == {"ids": [unrecorded]}


def test_a_repeat_with_the_same_key_requests_one_replay_and_makes_a_discarded_event_due_once(desk, agency, operator):
    event_id, headers = failed(desk, agency), {"Idempotency-Key": str(new_id())}
    asked = {"consumer": "elsewhere", "since": datetime.now(UTC).isoformat()}
    first, second = (operator.post(f"{BASE}/replays", json=asked, headers=headers).json for _ in range(2))
    assert first == second
    assert [one["id"] for one in operator.get(f"{BASE}/replays").json["items"]].count(first["id"]) == 1
    assert audited(desk, agency, "replay_requested") == [first["id"]]
    retried = operator.post(f"{BASE}/failed/{event_id}/retry", headers=headers)
    operator.post(f"{BASE}/failed/{event_id}/discard", json={"reason": "data uji saja"})
    assert operator.post(f"{BASE}/failed/{event_id}/retry", headers=headers).json == retried.json == {"affected": 1}
    assert operator.get(f"{BASE}/failed/{event_id}").json["discarded_at"] is not None


@pytest.mark.parametrize("path", ["/unprocessed", "/unpublished"])
def test_a_question_takes_no_key_for_its_answer_changes(operator, path):
    answer = operator.post(f"{BASE}{path}", json={"ids": []}, headers={"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json["code"]) == (422, "idempotency_key_unsupported")


def test_history_and_failed_events_come_page_by_page_and_refuse_each_others_cursors(desk, agency, operator):
    since = datetime.now(UTC).isoformat()
    with desk.work.transaction(agency) as tx:
        recorded = [str(outbox.record(tx, BookLent(loan_id=new_id(), title="x"))) for _ in range(3)]
    wanted = [failed(desk, agency) for _ in range(3)]
    for path, key, expected in (("history", "id", recorded), ("failed", "event_id", sorted(wanted))):
        found, query = [], {"limit": 2, **({"since": since} if path == "history" else {})}
        while query.get("cursor", "") is not None:
            answer = operator.get(f"{BASE}/{path}", query_string=query).json
            assert len(answer["items"]) <= 2
            found += [one[key] for one in answer["items"] if one["agency_id"] == agency]
            query["cursor"] = answer["next_cursor"]
        assert found == expected
    cursor = operator.get(f"{BASE}/history", query_string={"since": since, "limit": 2}).json["next_cursor"]
    answer = operator.get(f"{BASE}/failed", query_string={"cursor": cursor})
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, "cursor_invalid")


@pytest.mark.parametrize("role", ["employee", "hr_officer", "inspector", "subscriber"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/failed/archive"), ("GET", "/processed?producer=desk"), ("POST", "/unpublished"), ("GET", "/status")],
)
def test_nobody_but_the_operator_enters(desk, person, role, method, path):
    assert desk.client(person(role)).request(method, f"{BASE}{path}", json={"ids": []}).status_code == 403


def test_a_question_that_the_embedded_bus_refuses_leaves_no_connection_behind(embedded_bus_url):
    role = sql.Identifier(f"refused_{new_id().hex[:12]}")
    conninfo = embedded_bus_url.removeprefix("pgmq://?dsn=").replace("pgmq://", "postgresql://")
    with psycopg.connect(conninfo, autocommit=True) as administrator:
        administrator.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'x' CONNECTION LIMIT 0").format(role))
        before = set(threading.enumerate())
        url = "pgmq://?dsn=" + make_conninfo(conninfo, user=role.as_string().strip('"'), password="x")
        try:
            assert queue_depth(url, Topology("x"), "desk", has_queue=False) is None
            assert set(threading.enumerate()) <= before
        finally:
            administrator.execute(sql.SQL("DROP ROLE {}").format(role))


def test_the_bus_is_asked_how_much_waits(bus_url, embedded_bus_url, agency):
    for url in {bus_url, embedded_bus_url}:
        topology = Topology(f"depth-{agency}")
        assert queue_depth(url, topology, "desk", has_queue=False) == QueueDepth()
        assert queue_depth(url, topology, "desk", has_queue=True) == QueueDepth()
        with connect(url) as connection:
            declare(connection, topology, "desk", [("desk", "BookLent", 1)])
        publisher = Publisher(url, topology)
        key = f"{agency}.desk.BookLent.v1"
        publisher.publish([Outgoing(key, str(new_id()), "{}") for _ in range(3)])
        publisher.close()
        found = queue_depth(url, topology, "desk", has_queue=True)
        assert (found.ready, found.dead_letters) == (3, 0)
        with connect(url) as connection:
            channel = connection.channel()
            topology.queue("desk")(channel).delete()
            if url.startswith("amqp"):
                topology.dead_letter_queue("desk")(channel).delete()
                topology.exchange(channel).delete()
                topology.replays(channel).delete()
    for has_queue in (True, False):
        assert queue_depth("", Topology("x"), "desk", has_queue=has_queue) is None
        assert queue_depth("amqp://guest:guest@127.0.0.1:1//", Topology("x"), "desk", has_queue=has_queue) is None
