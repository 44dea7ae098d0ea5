"""Attendance counts of a month by code; a correction is a further revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta


@dataclass(frozen=True)
class CountItem:
    employee_id: UUID
    code: str
    count: int


@dataclass(frozen=True)
class RecordAttendance:
    month: date
    items: Sequence[CountItem]


@dataclass(frozen=True, order=True)
class Occurrence:
    """What is counted: one code of one person in one month."""

    employee_id: UUID
    month: date
    code: str


@dataclass(frozen=True)
class AttendanceEntryView:
    month: str
    code: str
    revision: int
    count: int
    source: str
    entered_by: UUID | None
    entered_at: datetime


@dataclass(frozen=True)
class ReceivedView:
    received: int
    changed: Annotated[int, Meta(description="how many differ from what was known")]
