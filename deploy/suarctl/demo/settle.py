"""Waiting until every event that was said has taken effect wherever it is heard: a reconciliation by the API."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from chassis.bus.contracts import Contracts
from suarctl.demo.client import Api, DemoFailed, wait_until
from suarctl.runner.databases import SERVICES
from suarctl.runner.plan import contracts_folder

LARGEST_QUESTION = 5000


@dataclass
class Settler:
    """Remembers up to where each producer's history has been compared, so that each look is short."""

    operator: Api
    since: dict[str, str] = field(default_factory=dict)
    events: int = 0

    def settle(self, *, seconds: float = 600.0) -> None:
        """Return when nothing waits anywhere; raises DemoFailed naming what waits, or what is held with its error.

        Services are asked in the order in which facts flow, so that whoever is asked has heard all it will hear.
        """
        for service in SERVICES:
            wait_until(f"{service} tidak menahan apa pun", partial(self._is_idle, service), seconds=seconds)
            rows = self._news(service)
            for consumer in SERVICES:
                heard = self._meant_for(consumer, service, rows)
                what = f"{consumer} mendengar semua peristiwa {service}"
                wait_until(what, partial(self._has_heard, consumer, heard), seconds=seconds)

    def _is_idle(self, service: str) -> bool:
        status = self.operator.get(f"/api/v1/{service}/events/status")
        if status["parked"]:
            groups = self.operator.get(f"/api/v1/{service}/events/parked")["items"]
            raise DemoFailed(f"{service} memarkir {status['parked']} peristiwa: {groups[0]}")
        return bool(status["outbox"] == 0 and status["jobs_open"] == 0 and status["deferred"] == 0)

    def _news(self, producer: str) -> list[dict[str, Any]]:
        since = self.since.get(producer, "2000-01-01T00:00:00+00:00")
        rows: list[dict[str, Any]] = []
        cursor = None
        while True:
            answer = self.operator.get(f"/api/v1/{producer}/events/history", since=since, cursor=cursor, limit=5000)
            rows += answer["items"]
            cursor = answer["next_cursor"]
            if cursor is None:
                break
        if rows:
            self.since[producer] = rows[-1]["recorded_at"]
            self.events += len(rows)
        return rows

    def _meant_for(self, consumer: str, producer: str, rows: list[dict[str, Any]]) -> list[str]:
        wanted = set(Contracts(contracts_folder()).subscriptions(consumer))
        return [
            row["id"] for row in rows if ("*", "*", 0) in wanted or (producer, row["name"], row["version"]) in wanted
        ]

    def _has_heard(self, consumer: str, heard: list[str]) -> bool:
        for start in range(0, len(heard), LARGEST_QUESTION):
            part = {"ids": heard[start : start + LARGEST_QUESTION]}
            if self.operator.post(f"/api/v1/{consumer}/events/unprocessed", part)["ids"]:
                return False
        return True
