"""The producer's own table, and the event it publishes."""

from dataclasses import dataclass
from uuid import UUID

from chassis.bus.envelope import IntegrationEvent
from chassis.db import make_base

Base = make_base()


@dataclass(frozen=True, kw_only=True)
class Noted(IntegrationEvent, subject="employee_id"):
    employee_id: UUID
    number: int
    kind: str = "PERIODIC"
    predicate: str = "GOOD"
