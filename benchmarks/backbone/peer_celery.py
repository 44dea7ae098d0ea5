"""Celery doing the same durable work: quorum queue, confirmed publishes, late acknowledgement, one transaction each.

Consumer: `python -m celery -A benchmarks.backbone.peer_celery worker`. Publisher:
`python -m benchmarks.backbone.peer_celery <file of rows>`.
"""

import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
from celery import Celery
from celery.signals import worker_process_init, worker_ready
from kombu import Exchange, Queue

from benchmarks.backbone.backlog import read

NAMESPACE = os.environ.get("BUS_NAMESPACE", "bench")
QUEUE, THREADS = f"{NAMESPACE}.celery", 4
app = Celery("bench", broker=os.environ.get("BUS_URL", ""))
app.conf.update(
    task_queues=[
        Queue(QUEUE, Exchange(QUEUE, "direct"), routing_key=QUEUE, queue_arguments={"x-queue-type": "quorum"}),
    ],
    task_default_queue=QUEUE,
    task_default_queue_type="quorum",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    broker_transport_options={"confirm_publish": True},
    broker_connection_retry_on_startup=True,
    worker_prefetch_multiplier=50,
    worker_concurrency=os.cpu_count(),
    worker_enable_remote_control=False,
    worker_redirect_stdouts=False,
)
connections: list[psycopg.Connection[Any]] = []


@worker_process_init.connect
def connect(**_: Any) -> None:
    connections.append(psycopg.connect(os.environ["PEER_DATABASE_URL"]))


@worker_ready.connect
def announce_ready(**_: Any) -> None:
    """It reads its queue before it has made its queues of delays, which should not count."""
    print("ready", flush=True)


@app.task(name="keep")
def keep(event: dict[str, Any]) -> None:
    """Acknowledged after it returns, which is after the commit."""
    with connections[0].transaction(), connections[0].cursor() as cursor:
        cursor.execute(
            "INSERT INTO inbox (event_id, producer, name) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING 1",
            [event["id"], "producer", event["type"]],
        )
        if cursor.fetchone():
            cursor.execute(
                "INSERT INTO effect (event_id, agency_id, subject, number) VALUES (%s, %s, %s, %s)",
                [event["id"], event["agency"], event["subject"], event["data"]["number"]],
            )


def publish_one(body: bytes) -> None:
    """Returns when the broker has confirmed."""
    keep.apply_async((json.loads(body),))


def publish(path: Path) -> None:
    rows = read(path)
    with app.producer_or_acquire() as producer:
        producer.channel.connection.client.ensure_connection()
        app.amqp.queues[QUEUE].bind(producer.channel).declare()
    with ThreadPoolExecutor(THREADS) as threads:
        print("ready", flush=True)
        sys.stdin.readline()
        for _ in threads.map(lambda row: publish_one(row[2]), rows):
            pass
    print("done", flush=True)


if __name__ == "__main__":
    publish(Path(sys.argv[1]))
