"""Reconciliation: compare what each producer has recorded with what each consumer has processed, both ways."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.bus.contracts import EVERYTHING, Contracts, Subscription
from suar_operator.events.formatting import count, local, table
from suar_operator.events.operator_client import OperatorClient
from suar_operator.events.retry import replay

MAX_IDS = 5000
SHOWN = 10
SAME, DIFFERENT = 0, 1
# An event published this recently may still be in transit.
TRANSIT_TIME = timedelta(seconds=30)
Print = Callable[[str], None]


@dataclass
class Pair:
    """What one producer has published to one consumer, and the differences."""

    producer: str
    consumer: str
    published: int = 0
    in_transit: int = 0
    missing: list[dict[str, Any]] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)
    unpublished: list[dict[str, Any]] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        return bool(self.missing or self.unpublished or self.failed)

    def as_json(self) -> dict[str, Any]:
        return {
            "producer": self.producer,
            "consumer": self.consumer,
            "published": self.published,
            "in_transit": self.in_transit,
            "missing": [event["id"] for event in self.missing],
            "failed": dict(self.failed),
            "unpublished": [event["event_id"] for event in self.unpublished],
        }


@dataclass
class Reconciliation:
    """One comparison, from a moment of real time on."""

    client: OperatorClient
    contracts: Contracts
    since: datetime
    show: Print

    def compare(self, producers: Sequence[str], consumers: Sequence[str]) -> list[Pair]:
        """Return every pair of a producer and a consumer that subscribes to it."""
        pairs = []
        for producer in producers:
            history = list(self.client.pages(producer, "/events/history", limit=MAX_IDS, since=self.since.isoformat()))
            for consumer in consumers:
                wanted = set(self.contracts.subscriptions(consumer))
                expected = [event for event in history if is_subscribed(wanted, producer, event)]
                if expected or any(one[0] in {producer, "*"} for one in wanted):
                    pairs.append(self._compare(producer, consumer, expected, {event["id"] for event in history}))
        return pairs

    def _compare(self, producer: str, consumer: str, expected: list[dict[str, Any]], recorded: set[str]) -> Pair:
        pair = Pair(producer, consumer, published=len(expected))
        unprocessed = set(self._ids(consumer, "/events/unprocessed", [event["id"] for event in expected]))
        for event in expected:
            if event["id"] not in unprocessed:
                continue
            if is_in_transit(event, datetime.now(UTC)):
                pair.in_transit += 1
            else:
                pair.missing.append(event)
        processed = self.client.pages(
            consumer, "/events/processed", limit=MAX_IDS, producer=producer, since=self.since.isoformat()
        )
        doubtful = {event["event_id"]: event for event in processed if event["event_id"] not in recorded}
        pair.unpublished = [doubtful[one] for one in self._ids(producer, "/events/unpublished", list(doubtful))]
        for event in self.client.pages(consumer, "/events/failed", producer=producer):
            pair.failed[state_of(event)] += 1
        return pair

    def _ids(self, service: str, path: str, ids: list[str]) -> Iterator[str]:
        for start in range(0, len(ids), MAX_IDS):
            yield from self.client.post(service, path, {"ids": ids[start : start + MAX_IDS]})["ids"]

    def repair(self, pairs: Sequence[Pair], *, wait_seconds: float) -> None:
        """Request replays of what is missing, and wait until it has taken effect."""
        for pair in pairs:
            if not pair.missing:
                continue
            first = min(datetime.fromisoformat(event["recorded_at"]) for event in pair.missing)
            replay(
                self.client,
                pair.producer,
                pair.consumer,
                first - timedelta(seconds=1),
                wait_seconds=wait_seconds,
                show=self.show,
            )
            deadline = time.monotonic() + wait_seconds
            ids = [event["id"] for event in pair.missing]
            while (
                time.monotonic() < deadline
                and next(self._ids(pair.consumer, "/events/unprocessed", ids), None) is not None
            ):
                time.sleep(0.2)


def is_subscribed(wanted: set[Subscription], producer: str, event: dict[str, Any]) -> bool:
    return EVERYTHING in wanted or (producer, event["name"], event["version"]) in wanted


def is_in_transit(event: dict[str, Any], now: datetime) -> bool:
    """Return whether the event is not published yet, or so recently that its consumer may not have processed it."""
    published = event["published_at"]
    return published is None or now - datetime.fromisoformat(published) < TRANSIT_TIME


def state_of(event: dict[str, Any]) -> str:
    if event["discarded_at"]:
        return "dibuang"
    return "diparkir" if event["parked_at"] else "ditunda"


def report(pairs: Sequence[Pair], since: datetime) -> list[str]:
    """Return the comparison as lines."""
    heading = f"Sejak {local(since.isoformat())}:"
    if not pairs:
        return [heading, "Tidak ada yang dibandingkan: tidak ada layanan yang berlangganan pada layanan itu."]
    pairs = [pair for pair in pairs if pair.published or pair.differs]
    if not pairs:
        return [heading, "Belum ada yang diterbitkan sejak saat itu, dan tidak ada yang berbeda."]
    rows = [
        (
            pair.producer,
            pair.consumer,
            count(pair.published),
            count(pair.in_transit),
            count(len(pair.missing)),
            ", ".join(f"{number} {word}" for word, number in sorted(pair.failed.items())) or "0",
            count(len(pair.unpublished)),
        )
        for pair in pairs
    ]
    headings = ("dari", "kepada", "diterbitkan", "di jalan", "hilang", "gagal", "tak dikenal asalnya")
    lines = [heading, *table(headings, rows, frozenset({2, 3, 4, 6}))]
    for pair in pairs:
        lines += _details(pair)
    if not any(pair.differs for pair in pairs):
        lines += ["", "Semua yang diterbitkan telah berlaku di semua pelanggannya."]
    return lines


def _details(pair: Pair) -> list[str]:
    lines = []
    if pair.missing:
        lines += ["", f"Hilang di {pair.consumer}, diterbitkan {pair.producer} (kirim ulang dengan --repair):"]
        lines += [f"  {one['id']}  {one['name']}  {local(one['recorded_at'])}" for one in pair.missing[:SHOWN]]
        lines += _more(len(pair.missing))
    if pair.unpublished:
        lines += ["", f"Berlaku di {pair.consumer}, tetapi tidak ada dalam riwayat {pair.producer}:"]
        lines += [
            f"  {one['event_id']}  {one['name']}  {local(one['received_at'])}" for one in pair.unpublished[:SHOWN]
        ]
        lines += _more(len(pair.unpublished))
        lines.append(f"  Basis data {pair.producer} mungkin dipulihkan dari cadangan lama.")
    return lines


def _more(number: int) -> list[str]:
    return [f"  … dan {count(number - SHOWN)} lagi (--json menampilkan semua)"] if number > SHOWN else []
