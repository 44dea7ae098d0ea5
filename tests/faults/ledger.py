"""What was committed against what took effect: lost, doubled, overtaken, stuck, each with its ids."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.faults.cluster import Cluster

Edge = tuple[str, str]
# An event that waited longer than this did so because of the fault.
LATE_SECONDS = 1.0
EDGES = (("origin", "forwarder"), ("origin", "reader"), ("forwarder", "reader"))
PARKED_BECAUSE = {"always": "ValueError", "kills": "process_killed", "kills_later": "process_killed"}


@dataclass
class Published:
    id: str
    subject: str
    sequence: int
    number: int
    trouble: str
    at: float


@dataclass
class Ledger:
    """Faults by name, each with the ids it concerns; an empty one is a good one."""

    faults: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    effects: int = 0
    waits: list[tuple[float, float]] = field(default_factory=list)
    troubles: dict[str, list[str]] = field(default_factory=dict)
    slowest: float = 0.0

    def note(self, fault: str, edge: tuple[str, ...], ids: Collection[str]) -> None:
        if ids:
            self.faults.setdefault(fault, {})["→".join(edge)] = sorted(ids)[:20]

    def recovery(self, begun: float, ended: float) -> float:
        """Seconds from the end of a fault until no event waited any longer because of it."""
        caught_up = ended
        for late_since, done in sorted((published + LATE_SECONDS, done) for published, done in self.waits):
            if begun < done and late_since < done and late_since <= caught_up + LATE_SECONDS:
                caught_up = max(caught_up, done)
        return caught_up - ended

    def per_second(self) -> float:
        first = min(published for published, _ in self.waits)
        last = max(done for _, done in self.waits)
        return self.effects / max(last - first, 0.001)

    def longest(self) -> float:
        return max(done - published for published, done in self.waits)


def draw_up(cluster: "Cluster", agency: str) -> Ledger:
    ledger = Ledger()
    produced = {row[0] for row in cluster.ask("origin", "SELECT id::text FROM item WHERE agency_id = %s", agency)}
    published_by = {producer: published(cluster, producer, agency) for producer in ("origin", "forwarder")}
    ledger.note("published but not produced", ("origin",), set(published_by["origin"]) - produced)
    ledger.note("produced but not published", ("origin",), produced - set(published_by["origin"]))
    for producer in published_by:
        waiting = "SELECT id::text FROM outbox WHERE agency_id = %s AND published_at IS NULL"
        ledger.note("stuck in the outbox", (producer,), {row[0] for row in cluster.ask(producer, waiting, agency)})
    for edge in EDGES:
        compare(cluster, ledger, edge, published_by[edge[0]], agency)
    return ledger


def published(cluster: "Cluster", producer: str, agency: str) -> dict[str, Published]:
    sql = "SELECT id::text, subject, sequence, body, extract(epoch FROM recorded_at)::float FROM outbox WHERE agency_id = %s"
    found = {}
    for event_id, subject, sequence, body, at in cluster.ask(producer, sql, agency):
        data = json.loads(body)["data"]
        found[event_id] = Published(event_id, subject, sequence, data["number"], data.get("trouble", ""), at)
    return found


def compare(cluster: "Cluster", ledger: Ledger, edge: Edge, committed: Mapping[str, Published], agency: str) -> None:
    producer, consumer = edge
    arrivals = cluster.ask(
        consumer,
        "SELECT event_id::text, extract(epoch FROM at)::float FROM arrival WHERE agency_id = %s AND producer = %s",
        agency,
        producer,
    )
    failed = cluster.ask(
        consumer,
        "SELECT event_id::text, cause, parked_at IS NOT NULL FROM deferred WHERE agency_id = %s AND producer = %s",
        agency,
        producer,
    )
    arrived = Counter(event_id for event_id, _ in arrivals)
    parked = {event_id: cause for event_id, cause, is_parked in failed if is_parked}
    # what the forwarder must give up; the reader has no trouble with anything
    hopeless = {one.id: PARKED_BECAUSE[one.trouble] for one in committed.values() if one.trouble in PARKED_BECAUSE}
    expected = hopeless if consumer == "forwarder" else {}
    ledger.note("lost", edge, set(committed) - set(arrived) - {event_id for event_id, _, _ in failed})
    ledger.note("doubled", edge, {event_id for event_id, times in arrived.items() if times > 1})
    ledger.note("from nowhere", edge, set(arrived) - set(committed))
    ledger.note("stuck deferred", edge, {event_id for event_id, _, is_parked in failed if not is_parked})
    ledger.note("stuck parked", edge, {f"{one} {cause}" for one, cause in parked.items() if expected.get(one) != cause})
    ledger.note("not parked", edge, set(expected) - set(parked))
    ledger.note("overtaken", edge, overtaken(cluster, edge, agency, committed, arrived))
    ledger.effects += len(arrivals)
    for one in committed.values():
        if one.trouble and consumer == "forwarder":
            ledger.troubles.setdefault(one.trouble, []).append(one.id)
    slow = [done - committed[one].at for one, done in arrivals if one in committed and committed[one].trouble == "slow"]
    ledger.slowest = max([ledger.slowest, *slow])
    calm = [(committed[one].at, done) for one, done in arrivals if one in committed and not committed[one].trouble]
    ledger.waits.extend(calm)


def overtaken(
    cluster: "Cluster", edge: Edge, agency: str, committed: Mapping[str, Published], arrived: Mapping[str, int]
) -> set[str]:
    """Subjects whose state is not that of their newest event, or was consumed a different number of times."""
    producer, consumer = edge
    newest: dict[str, Published] = {}
    times: Counter[str] = Counter()
    for one in committed.values():
        if one.id in arrived:
            times[one.subject] += 1
            if one.subject not in newest or newest[one.subject].sequence < one.sequence:
                newest[one.subject] = one
    states = "SELECT subject, number, times FROM newest WHERE agency_id = %s AND producer = %s"
    found = {subject: (number, count) for subject, number, count in cluster.ask(consumer, states, agency, producer)}
    expected = {subject: (one.number, times[subject]) for subject, one in newest.items()}
    return {subject for subject in set(found) | set(expected) if found.get(subject) != expected.get(subject)}
