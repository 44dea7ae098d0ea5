"""Comparing what each producer has said with what has taken effect in each consumer, in both directions."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.bus.contracts import Contracts
from suar_operator.events.formatting import count, local, table
from suar_operator.events.operator_client import Door
from suar_operator.events.retry import say_again

LARGEST_QUESTION = 5000
EVERYTHING = ("*", "*", 0)
SHOWN = 10
SAME, DIFFERENT = 0, 1
# An event still on its way differs by no fault; it gets this long.
ON_THE_WAY = timedelta(seconds=30)
Say = Callable[[str], None]


@dataclass
class Pair:
    """What one producer has said to one consumer, and what of it is not as it should be."""

    producer: str
    consumer: str
    said: int = 0
    on_the_way: int = 0
    missing: list[dict[str, Any]] = field(default_factory=list)
    held: Counter[str] = field(default_factory=Counter)
    unsaid: list[dict[str, Any]] = field(default_factory=list)

    @property
    def differs(self) -> bool:
        return bool(self.missing or self.unsaid or self.held)

    def as_json(self) -> dict[str, Any]:
        return {
            "producer": self.producer,
            "consumer": self.consumer,
            "said": self.said,
            "on_the_way": self.on_the_way,
            "missing": [event["id"] for event in self.missing],
            "held": dict(self.held),
            "unsaid": [event["event_id"] for event in self.unsaid],
        }


@dataclass
class Reconciliation:
    """One comparison, from a moment of real time on."""

    door: Door
    contracts: Contracts
    since: datetime
    say: Say

    def compare(self, producers: Sequence[str], consumers: Sequence[str]) -> list[Pair]:
        """Every pair of a producer and a consumer that hears it; those with nothing said are left out."""
        pairs = []
        for producer in producers:
            history = list(self.door.pages(producer, "/history", limit=LARGEST_QUESTION, since=self.since.isoformat()))
            for consumer in consumers:
                wanted = set(self.contracts.subscriptions(consumer))
                meant = [event for event in history if hears(wanted, producer, event)]
                if meant or any(one[0] in {producer, "*"} for one in wanted):
                    pairs.append(self._compare(producer, consumer, meant, {event["id"] for event in history}))
        return pairs

    def _compare(self, producer: str, consumer: str, meant: list[dict[str, Any]], said: set[str]) -> Pair:
        pair = Pair(producer, consumer, said=len(meant))
        unknown = set(self._ask(consumer, "/unknown", [event["id"] for event in meant]))
        for event in meant:
            if event["id"] not in unknown:
                continue
            if is_on_its_way(event, datetime.now(UTC)):
                pair.on_the_way += 1
            else:
                pair.missing.append(event)
        heard = self.door.pages(
            consumer, "/heard", limit=LARGEST_QUESTION, producer=producer, since=self.since.isoformat()
        )
        doubtful = {event["event_id"]: event for event in heard if event["event_id"] not in said}
        pair.unsaid = [doubtful[one] for one in self._ask(producer, "/unsaid", list(doubtful))]
        for event in self.door.pages(consumer, "/held", producer=producer):
            pair.held[state_of(event)] += 1
        return pair

    def _ask(self, service: str, path: str, ids: list[str]) -> Iterator[str]:
        for start in range(0, len(ids), LARGEST_QUESTION):
            yield from self.door.post(service, path, {"ids": ids[start : start + LARGEST_QUESTION]})["ids"]

    def repair(self, pairs: Sequence[Pair], *, wait_seconds: float) -> None:
        """Ask for what is missing to be said again, and wait until it has taken effect."""
        for pair in pairs:
            if not pair.missing:
                continue
            first = min(datetime.fromisoformat(event["recorded_at"]) for event in pair.missing)
            say_again(
                self.door,
                pair.producer,
                pair.consumer,
                first - timedelta(seconds=1),
                wait_seconds=wait_seconds,
                say=self.say,
            )
            deadline = time.monotonic() + wait_seconds
            ids = [event["id"] for event in pair.missing]
            while time.monotonic() < deadline and next(self._ask(pair.consumer, "/unknown", ids), None) is not None:
                time.sleep(0.2)


def hears(wanted: set[tuple[str, str, int]], producer: str, event: dict[str, Any]) -> bool:
    return EVERYTHING in wanted or (producer, event["name"], event["version"]) in wanted


def is_on_its_way(event: dict[str, Any], now: datetime) -> bool:
    """Not yet on the bus, or so short a time that its consumer may not have got to it."""
    published = event["published_at"]
    return published is None or now - datetime.fromisoformat(published) < ON_THE_WAY


def state_of(event: dict[str, Any]) -> str:
    if event["discarded_at"]:
        return "dibuang"
    return "diparkir" if event["parked_at"] else "ditunda"


def report(pairs: Sequence[Pair], since: datetime) -> list[str]:
    """The comparison as lines."""
    heading = f"Sejak {local(since.isoformat())}:"
    if not pairs:
        return [heading, "Tidak ada yang dibandingkan: tidak ada layanan yang mendengarkan layanan itu."]
    pairs = [pair for pair in pairs if pair.said or pair.differs]
    if not pairs:
        return [heading, "Belum ada yang dikatakan sejak saat itu, dan tidak ada yang berbeda."]
    rows = [
        (
            pair.producer,
            pair.consumer,
            count(pair.said),
            count(pair.on_the_way),
            count(len(pair.missing)),
            ", ".join(f"{number} {word}" for word, number in sorted(pair.held.items())) or "0",
            count(len(pair.unsaid)),
        )
        for pair in pairs
    ]
    headings = ("dari", "kepada", "dikatakan", "di jalan", "hilang", "tertahan", "tak dikenal asalnya")
    lines = [heading, *table(headings, rows, frozenset({2, 3, 4, 6}))]
    for pair in pairs:
        lines += _details(pair)
    if not any(pair.differs for pair in pairs):
        lines += ["", "Semua yang dikatakan telah berlaku di semua yang mendengarkan."]
    return lines


def _details(pair: Pair) -> list[str]:
    lines = []
    if pair.missing:
        lines += ["", f"Hilang di {pair.consumer}, dikatakan {pair.producer} (minta lagi dengan --repair):"]
        lines += [f"  {one['id']}  {one['name']}  {local(one['recorded_at'])}" for one in pair.missing[:SHOWN]]
        lines += _more(len(pair.missing))
    if pair.unsaid:
        lines += ["", f"Berlaku di {pair.consumer}, tetapi tidak ada dalam riwayat {pair.producer}:"]
        lines += [f"  {one['event_id']}  {one['name']}  {local(one['received_at'])}" for one in pair.unsaid[:SHOWN]]
        lines += _more(len(pair.unsaid))
        lines.append(f"  Basis data {pair.producer} mungkin dipulihkan dari cadangan lama.")
    return lines


def _more(number: int) -> list[str]:
    return [f"  … dan {count(number - SHOWN)} lagi (--json menampilkan semua)"] if number > SHOWN else []
