"""FastStream doing the same durable work: quorum queue, confirmed publishes, one transaction for each effect.

`python -m benchmarks.backbone.peer_faststream consumer`, or with a file of rows to publish; both on uvloop.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import uvloop
from faststream import AckPolicy, FastStream
from faststream.rabbit import Channel, ExchangeType, QueueType, RabbitBroker, RabbitExchange, RabbitQueue

from benchmarks.backbone.backlog import read

NAMESPACE = os.environ.get("BUS_NAMESPACE", "bench")
# as many handlers at once as the broker hands out, on as many connections as served it best here
PREFETCH, CONNECTIONS, AT_ONCE = 100, 10, 200
# no line of log for each message: that would be a good part of its time
broker = RabbitBroker(os.environ.get("BUS_URL", ""), default_channel=Channel(prefetch_count=PREFETCH), logger=None)
exchange = RabbitExchange(f"{NAMESPACE}.faststream", type=ExchangeType.TOPIC, durable=True)
queue = RabbitQueue(f"{NAMESPACE}.faststream", queue_type=QueueType.QUORUM, durable=True, routing_key="#")
app = FastStream(broker, logger=None)
pools: list[Any] = []


@app.on_startup
async def open_pool() -> None:
    pools.append(await asyncpg.create_pool(os.environ["PEER_DATABASE_URL"], min_size=CONNECTIONS, max_size=CONNECTIONS))


@broker.subscriber(queue, exchange, ack_policy=AckPolicy.NACK_ON_ERROR)
async def keep(event: dict[str, Any]) -> None:
    """Acknowledged after it returns, which is after the commit."""
    event_id = UUID(event["id"])
    async with pools[0].acquire() as connection, connection.transaction():
        fresh = await connection.fetchval(
            "INSERT INTO inbox (event_id, producer, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1",
            event_id,
            "producer",
            event["type"],
        )
        if fresh:
            await connection.execute(
                "INSERT INTO effect (event_id, agency_id, subject, number) VALUES ($1, $2, $3, $4)",
                event_id,
                event["agency"],
                event["subject"],
                event["data"]["number"],
            )


async def open_publisher() -> None:
    await broker.connect()
    declared = await broker.declare_queue(queue)
    await declared.bind(await broker.declare_exchange(exchange), routing_key="#")


async def publish_one(message_id: str, routing_key: str, body: bytes) -> None:
    """Returns when the broker has confirmed."""
    await broker.publish(
        body,
        exchange=exchange,
        routing_key=routing_key,
        message_id=message_id,
        persist=True,
        content_type="application/json",
    )


async def publish(path: Path) -> None:
    await open_publisher()
    rows = read(path)
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    for start in range(0, len(rows), AT_ONCE):
        await asyncio.gather(*(publish_one(*row) for row in rows[start : start + AT_ONCE]))
    print("done", flush=True)


if __name__ == "__main__":
    uvloop.run(app.run() if sys.argv[1] == "consumer" else publish(Path(sys.argv[1])))
