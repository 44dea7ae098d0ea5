"""How fast events are kept, placed and carried out: `pytest tests/notification/measure_webhooks.py -s` prints it.

The receiver is a process of its own that only counts, so that the figures are the dispatcher's. Not part of the suite.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from chassis.auth import Principal
from chassis.bus.envelope import Event
from chassis.ids import new_id
from notification.loops import Dispatcher
from notification.persistence import feed
from notification.use_cases.feed.place import place_all_events
from testkit.service import ServiceUnderTest
from tests.notification.builders import plan_activated

EVENTS = 3000
RECEIVER = """
import asyncio
async def handle(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\\r\\n\\r\\n")
            length = next(line for line in head.lower().split(b"\\r\\n") if line.startswith(b"content-length"))
            await reader.readexactly(int(length.split(b":")[1]))
            writer.write(b"HTTP/1.1 204 No Content\\r\\n\\r\\n")
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
async def main():
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


@pytest.fixture
def counting_receiver() -> Iterator[str]:
    process = subprocess.Popen([sys.executable, "-c", RECEIVER], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield f"http://127.0.0.1:{process.stdout.readline().strip()}/hook"
    process.kill()
    process.wait()


def event_of(agency: str) -> Event:
    subject = new_id()
    data, now, event_id = plan_activated(subject), datetime.now(UTC), new_id()
    body = {"specversion": "1.0", "id": str(event_id), "source": "/suar/appraisal", "type": "PlanActivated",
            "subject": str(subject), "time": now.isoformat(), "agency": agency, "sequence": 1, "data": data,
            "dataschema": "/contracts/events/appraisal/PlanActivated.v1.schema.json"}  # fmt: skip
    return Event(
        id=event_id, producer="appraisal", name="PlanActivated", version=1, subject=str(subject), agency_id=agency,
        sequence=1, time=now, data=data, body=json.dumps(body),
    )  # fmt: skip


@pytest.mark.parametrize("senders", [1, 2, 4])
def test_rate(
    service: ServiceUnderTest, subscriber: Principal, agency: str, counting_receiver: str, senders: int
) -> None:
    answer = service.client(subscriber).post("/api/v1/notification/subscriptions", json={"url": counting_receiver})
    assert answer.status_code == 201
    begin = time.perf_counter()
    with service.work.transaction(agency) as tx:
        for _ in range(EVENTS):
            feed.append(tx, event_of(agency), internal=False)
    kept = time.perf_counter()
    while place_all_events(service.work):
        pass
    placed = time.perf_counter()
    dispatcher = Dispatcher(service.work, service.app.extensions["notification_outbound"], senders=senders)
    sent, statements = 0, []
    event.listen(service.work.database.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    while done := dispatcher.dispatch_due():
        sent += done
    over = time.perf_counter()
    dispatcher.close()
    assert sent == EVENTS
    rates = {"kept": kept - begin, "placed": placed - kept, f"sent by {senders}": over - placed}
    print("\n" + ", ".join(f"{name} {EVENTS / seconds:,.0f}/s" for name, seconds in rates.items()))
    print(f"{len(statements)} statements for {sent} deliveries")
