"""The floor: the same tables and promises with psycopg and amqp alone, as short as it can be written.

`python -m benchmarks.backbone.floor relay|consumer`: no contracts, no handlers, no metrics, no traces, no retries, no
second try after a lost connection. What a framework costs is the distance to this.
"""

import json
import os
import sys
from typing import Any
from urllib.parse import urlsplit

import amqp
import psycopg

NAMESPACE, BUS_URL = os.environ["BUS_NAMESPACE"], os.environ["BUS_URL"]
EXCHANGE, QUEUE = f"{NAMESPACE}.floor", f"{NAMESPACE}.floor"
_TAKE = (
    "SELECT position, id::text, routing_key, body FROM outbox WHERE published_at IS NULL "
    "ORDER BY position LIMIT (SELECT 500) FOR UPDATE SKIP LOCKED"
)
_MARK = "UPDATE outbox SET published_at = clock_timestamp() WHERE position = ANY(%s)"
_CLAIM = (
    "INSERT INTO inbox (event_id, producer, name) SELECT id, 'producer', 'Noted' FROM unnest(%s::uuid[]) AS e (id) "
    "ON CONFLICT DO NOTHING RETURNING event_id::text"
)
_KEEP = (
    "INSERT INTO effect (event_id, agency_id, subject, number) "
    "SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::int[])"
)


def open_channel() -> tuple[Any, Any]:
    """A channel on which the queue exists and publishes are confirmed."""
    url = urlsplit(BUS_URL)
    host = f"{url.hostname}:{url.port or 5672}"
    connection = amqp.Connection(host, userid=url.username or "guest", password=url.password or "guest")
    connection.connect()
    channel = connection.channel()
    channel.exchange_declare(EXCHANGE, "topic", durable=True, auto_delete=False)
    channel.queue_declare(QUEUE, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
    channel.queue_bind(QUEUE, EXCHANGE, "#")
    return connection, channel


def relay() -> None:
    connection, channel = open_channel()
    channel.confirm_select()
    confirmed = 0

    def on_ack(tag: int, multiple: bool = False) -> None:
        nonlocal confirmed
        confirmed = tag if multiple else confirmed + 1

    channel.events["basic_ack"].add(on_ack)
    url, sent = os.environ["PRODUCER_DATABASE_URL"], 0
    with psycopg.connect(url) as database, psycopg.connect(url, autocommit=True) as ears:
        ears.execute("LISTEN suar_outbox")
        while True:
            with database.transaction():
                rows = database.execute(_TAKE, prepare=True).fetchall()
                for _, message_id, routing_key, body in rows:
                    message = amqp.Message(body, delivery_mode=2, message_id=message_id)
                    channel.basic_publish(message, EXCHANGE, routing_key)
                sent += len(rows)
                while confirmed < sent:
                    connection.drain_events()
                if rows:
                    database.execute(_MARK, [[row[0] for row in rows]], prepare=True)
            if not rows:
                for _ in ears.notifies(timeout=1, stop_after=1):
                    pass


def consumer() -> None:
    connection, channel = open_channel()
    arrived: list[Any] = []
    channel.basic_qos(0, 100, False)
    channel.basic_consume(QUEUE, callback=arrived.append)
    with psycopg.connect(os.environ["PEER_DATABASE_URL"]) as database:
        while True:
            connection.drain_events()
            while len(arrived) < 100:
                try:
                    connection.drain_events(timeout=0.001)
                except TimeoutError:
                    break
            events = {(event := json.loads(message.body))["id"]: event for message in arrived}
            with database.transaction():
                found = database.execute(_CLAIM, [list(events)], prepare=True).fetchall()
                fresh = [events[row[0]] for row in found]
                columns = [
                    [event["id"] for event in fresh],
                    [event["agency"] for event in fresh],
                    [event["subject"] for event in fresh],
                    [event["data"]["number"] for event in fresh],
                ]
                database.execute(_KEEP, columns, prepare=True)
            channel.basic_ack(arrived[-1].delivery_tag, multiple=True)
            arrived.clear()


if __name__ == "__main__":
    {"relay": relay, "consumer": consumer}[sys.argv[1]]()
