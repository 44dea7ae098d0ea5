"""Waiting until the services agree: every published event processed by all its subscribers, seen through the API."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, TypeVar

from chassis.bus.contracts import Contracts
from chassis.waiting import Remaining
from suar_cli.places import contracts_folder
from suar_demo.client import Api, DemoFailed, wait_for
from suar_operator.services import OWNERS

T = TypeVar("T")
LARGEST_QUERY = 5000
BACKLOG = (("outbox", "peristiwa belum terkirim"), ("deferred", "tertunda"), ("jobs_open", "pekerjaan"))


@dataclass
class Consistency:
    """Remembers up to where each producer's history has been compared, so that each comparison is short."""

    operator: Api
    since: dict[str, str] = field(default_factory=dict)
    events: int = 0

    def wait_until_consistent(self) -> None:
        """Return when every published event has been processed; raise DemoFailed when an event is parked.

        Also when nothing moves any more; the error lists what remains. Services are asked in the order in which
        events flow, so that a later one has received everything it will receive.
        """
        for service in OWNERS:
            self._wait_until_done(f"{service} selesai bekerja", partial(self._backlog_of, service))
            published = self._new_history(service)
            for consumer in OWNERS:
                what = f"{consumer} memproses semua peristiwa {service}"
                expected = self._subscribed(consumer, service, published)
                self._wait_until_done(what, partial(self._unprocessed, consumer, expected))

    def wait_until_received(self, consumer: str, producer: str) -> None:
        """Return when one service has processed what another has published, whatever the others still have to do."""
        self._wait_until_done(f"{producer} selesai bekerja", partial(self._backlog_of, producer))
        expected = self._subscribed(consumer, producer, self._history_since(producer))
        what = f"{consumer} memproses semua peristiwa {producer}"
        self._wait_until_done(what, partial(self._unprocessed, consumer, expected))

    def wait_for(self, what: str, ask: Callable[[], T | Remaining | None]) -> T:
        """Wait for an effect of events, as long as anything moves in any service."""

        def ask_or_backlog() -> T | Remaining:
            answer = ask()
            if not answer:
                return Remaining("; ".join(filter(None, map(self._backlog_of, OWNERS))) or "tidak ada peristiwa")
            return answer

        return wait_for(what, ask_or_backlog, report=self.operator.report)

    def _wait_until_done(self, what: str, remaining: Callable[[], str | set[str]]) -> None:
        def ask() -> Remaining | Literal[True]:
            work = remaining()
            return Remaining(work) if work else True

        wait_for(what, ask, report=self.operator.report)

    def _backlog_of(self, service: str) -> str:
        """Return what a service still has to do, in words; empty when it is idle."""
        status = self.operator.get(f"/api/v1/{service}/events/status")
        if status["parked"]:
            groups = self.operator.get(f"/api/v1/{service}/events/parked")["items"]
            raise DemoFailed(f"{service} memarkir {status['parked']} peristiwa: {groups[0]}")
        counts = [f"{status[name]} {words}" for name, words in BACKLOG if status[name]]
        return f"{service}: {', '.join(counts)}" if counts else ""

    def _history_since(self, producer: str) -> list[dict[str, Any]]:
        since = self.since.get(producer, "2000-01-01T00:00:00+00:00")
        rows: list[dict[str, Any]] = []
        cursor = None
        while True:
            answer = self.operator.get(f"/api/v1/{producer}/events/history", since=since, cursor=cursor, limit=5000)
            rows += answer["items"]
            cursor = answer["next_cursor"]
            if cursor is None:
                return rows

    def _new_history(self, producer: str) -> list[dict[str, Any]]:
        rows = self._history_since(producer)
        if rows:
            self.since[producer] = rows[-1]["recorded_at"]
            self.events += len(rows)
        return rows

    def _subscribed(self, consumer: str, producer: str, rows: list[dict[str, Any]]) -> dict[str, str]:
        """Return the events that a consumer subscribes to: id and name."""
        wanted = set(Contracts(contracts_folder()).subscriptions(consumer))
        return {
            row["id"]: row["name"]
            for row in rows
            if ("*", "*", 0) in wanted or (producer, row["name"], row["version"]) in wanted
        }

    def _unprocessed(self, consumer: str, expected: dict[str, str]) -> set[str]:
        ids, missing = list(expected), set[str]()
        for start in range(0, len(ids), LARGEST_QUERY):
            query = {"ids": ids[start : start + LARGEST_QUERY]}
            path = f"/api/v1/{consumer}/events/unprocessed"
            missing.update(self.operator.post(path, query, keyed=False)["ids"])
        return {f"{expected[event_id]} {event_id}" for event_id in missing}
