"""Commits events at a steady rate and notes when each was committed: `python -m benchmarks.backbone.produce <who> …`.

The schedule is open: an event is due at its time, whether or not those before it are done.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.backbone.backlog import AGENCY, Row, noted
from chassis import outbox

_NOTED = "INSERT INTO noted (id, agency_id, number) VALUES (%s, %s, %s)"
_OUTBOX = (
    "INSERT INTO outbox (id, agency_id, name, version, subject, sequence, routing_key, body) "
    "VALUES (%s, %s, %s, 1, %s, %s, %s, %s) RETURNING pg_notify('suar_outbox', '')"
)
_AGENCY = "SELECT set_config('app.agency_id', %s, true)"
Commit = Callable[[int], tuple[str, float]]


def suar() -> Commit:
    """A use case as the services write them: a row and a fact in one unit of work."""
    from producer.core import Noted
    from producer.settings import SERVICE, Settings
    from sqlalchemy import text

    from chassis.ids import new_id
    from chassis.settings import load
    from chassis.wiring import make_unit_of_work

    work = make_unit_of_work(load(Settings, SERVICE), process="produce")
    subjects = [new_id() for _ in range(1000)]
    insert = text("INSERT INTO noted (id, agency_id, number) VALUES (:id, :agency, :number)")

    def commit(number: int) -> tuple[str, float]:
        with work.transaction(AGENCY) as tx:
            event_id = outbox.record(tx, Noted(employee_id=subjects[number % 1000], number=number))
            tx.session.execute(insert, {"id": event_id, "agency": AGENCY, "number": number})
        return str(event_id), time.time()

    return commit


def plain(rows: list[Row], then: Callable[[Row], None] | None = None) -> Commit:
    """The same rows with psycopg alone; `then` publishes, else the outbox does."""
    import os

    database = psycopg.connect(os.environ["PRODUCER_DATABASE_URL"])

    def commit(number: int) -> tuple[str, float]:
        row = rows[number]
        with database.transaction():
            database.execute(_AGENCY, [AGENCY])
            database.execute(_NOTED, [row.id, AGENCY, number])
            if then is None:
                outbox = [row.id, AGENCY, row.name, row.subject, row.sequence, row.routing_key, row.body]
                database.execute(_OUTBOX, outbox)
        at = time.time()
        if then is not None:
            then(row)
        return str(row.id), at

    return commit


def celery(rows: list[Row]) -> Commit:
    from benchmarks.backbone import peer_celery

    return plain(rows, lambda row: peer_celery.publish_one(row.body.encode()))


def steadily(commit: Commit, rate: float, count: int) -> dict[str, float]:
    start, committed = time.monotonic(), {}
    for number in range(count):
        ahead = start + number / rate - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)
        event_id, at = commit(number)
        committed[event_id] = at
    return committed


async def faststream(rows: list[Row], rate: float) -> dict[str, float]:
    import os

    import asyncpg

    from benchmarks.backbone import peer_faststream

    await peer_faststream.open_publisher()
    pool = await asyncpg.create_pool(os.environ["PRODUCER_DATABASE_URL"], min_size=4, max_size=4)
    committed: dict[str, float] = {}

    async def one(number: int, row: Row) -> None:
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(_AGENCY.replace("%s", "$1"), AGENCY)
            insert = "INSERT INTO noted (id, agency_id, number) VALUES ($1, $2, $3)"
            await connection.execute(insert, row.id, AGENCY, number)
        committed[str(row.id)] = time.time()
        await peer_faststream.publish_one(str(row.id), row.routing_key, row.body.encode())

    await started()
    start = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for number, row in enumerate(rows):
            await asyncio.sleep(max(0.0, start + number / rate - time.monotonic()))
            group.create_task(one(number, row))
    return committed


async def started() -> None:
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)


def main() -> None:
    who, rate, count, path = sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4])
    found: Any
    if who == "faststream":
        import uvloop

        found = uvloop.run(faststream(noted(count), rate))
    else:
        makers: dict[str, Callable[[], Commit]] = {
            "suar": suar,
            "floor": lambda: plain(noted(count)),
            "celery": lambda: celery(noted(count)),
        }
        commit = makers[who]()
        print("ready", flush=True)
        sys.stdin.readline()
        found = steadily(commit, rate, count)
    path.write_text(json.dumps(found))
    print("done", flush=True)


if __name__ == "__main__":
    main()
