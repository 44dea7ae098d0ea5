"""What services receive of random lives: every version twice, in any order, in batches."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from typing import TypeVar
from uuid import uuid5

import msgspec

from chassis.bus.envelope import Event, schema_path
from chassis.ids import new_id
from testkit.service import ServiceUnderTest
from tests.directory.builders import employee_timeline, from_day
from tests.law.lives import BEGINNING, HEADS, LONG_AGO, SEED, Life, Values

BATCH = 100
T = TypeVar("T")


def batched(items: Sequence[T]) -> list[Sequence[T]]:
    return [items[start : start + BATCH] for start in range(0, len(items), BATCH)]


def envelope(agency: str, producer: str, name: str, subject: object, data: Values) -> Values:
    return {
        "specversion": "1.0",
        "id": str(new_id()),
        "source": f"/suar/{producer}",
        "type": name,
        "subject": str(subject),
        "time": datetime(2026, 1, 2, 1, tzinfo=UTC).isoformat(),
        "dataschema": "/contracts/" + schema_path(producer, name, 1),
        "agency": agency,
        "sequence": data["version"],
        "data": data,
    }


def timeline_event(agency: str, life: Life, known: int) -> Values:
    """A timeline by the first so many records; a third of them say that it was never so before."""
    version = known - BEGINNING + 1
    cause = "CORRECTION" if (life.employee_id.int + known) % 3 == 0 else "CHANGE"
    data = employee_timeline(life.employee_id, *life.stretches(known), version=version, cause=cause)
    return envelope(agency, "personnel", "EmployeeTimelineChanged", life.employee_id, data)


def annual_event(agency: str, life: Life) -> Values:
    """The final result of 2026, a good one."""
    data = {
        "evaluation_id": uuid5(life.employee_id, "2026"),
        "employee_id": life.employee_id,
        "kind": "ANNUAL",
        "year": 2026,
        "quarter": None,
        "predicate": "GOOD",
        "work_result": "MEETS",
        "behaviour": "MEETS",
        "completed_by": "DECIDED",
        "version": 1,
    }
    return envelope(agency, "appraisal", "AppraisalCompleted", life.employee_id, data)


def beginning(agency: str) -> list[Values]:
    """The agency and its heads, who have no superior."""
    named = {"agency_id": agency, "name": "Kementerian Contoh", "time_zone": "Asia/Jakarta", "version": 1}
    heads = [employee_timeline(head, from_day(LONG_AGO, superior_id=None)) for head in HEADS]
    people = [envelope(agency, "personnel", "EmployeeTimelineChanged", one["employee_id"], one) for one in heads]
    return [envelope(agency, "personnel", "AgencyChanged", agency, named), *people]


def deliver(service: ServiceUnderTest, bodies: Sequence[Values]) -> None:
    """Apply events as one batch, as the worker does."""
    assert service.worker is not None
    service.worker.inbox.apply([Event.parse(msgspec.json.encode(one)) for one in bodies])


def everything_twice(lives: Sequence[Life]) -> list[tuple[Life, int]]:
    """Every version of everybody twice, in any order."""
    deliveries = [(life, known) for life in lives for known in life.versions] * 2
    Random(SEED).shuffle(deliveries)
    return deliveries


def deliver_versions(service: ServiceUnderTest, agency: str, versions: Sequence[tuple[Life, int]]) -> None:
    for batch in batched(versions):
        deliver(service, [timeline_event(agency, life, known) for life, known in batch])
