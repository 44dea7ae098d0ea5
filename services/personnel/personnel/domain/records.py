"""What is recorded of a person and never edited: positions, superiors, employment and numbers, each with its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.views import view_of
from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from personnel.domain.timeline import D, standing
from personnel.domain.values import IdentifierType


class Source(StrEnum):
    """Where a record comes from."""

    IMPORT = "IMPORT"
    HAND = "HAND"
    MOVE = "MOVE"
    CORRECTION = "CORRECTION"


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Who recorded it, when, and why."""

    recorded_at: datetime
    recorded_by: UUID | None
    source: Source
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class Position:
    """What somebody works as, and where."""

    unit_id: UUID
    position_code: str
    position_title: str
    position_kind: PositionKind
    position_level: PositionLevel | None
    job_class: int


@dataclass(frozen=True, kw_only=True)
class Employment:
    employment_type: EmploymentType
    status: EmployeeStatus
    grade: str
    grade_since: date
    service_start: date


@dataclass(frozen=True, kw_only=True)
class PositionRecord(Trace, Position):
    employee_id: UUID
    effective_from: date
    recorded_on: date
    replaces_later: bool


@dataclass(frozen=True, kw_only=True)
class SuperiorRecord(Trace):
    employee_id: UUID
    superior_id: UUID | None
    effective_from: date
    recorded_on: date
    replaces_later: bool


@dataclass(frozen=True, kw_only=True)
class EmploymentRecord(Trace, Employment):
    employee_id: UUID
    effective_from: date


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """A number by which a person is or was known; it belongs to one person for ever."""

    id: UUID
    employee_id: UUID
    type: IdentifierType
    value: str
    valid_from: date
    valid_to: date | None = None
    recorded_at: datetime
    recorded_by: UUID | None


@dataclass(frozen=True, kw_only=True)
class PositionPeriod(Trace, Position):
    """`until` is the last day it held, null while it holds; `replaced`: set aside by a later recording."""

    unit_name: str
    effective_from: date
    until: date | None
    replaced: bool


@dataclass(frozen=True, kw_only=True)
class SuperiorPeriod(Trace):
    """`until` is the last day it held, null while it holds; `replaced`: set aside by a later recording."""

    superior_id: UUID | None
    superior_name: str | None
    effective_from: date
    until: date | None
    replaced: bool


@dataclass(frozen=True, kw_only=True)
class EmploymentState(Trace, Employment):
    effective_from: date


@dataclass(frozen=True, kw_only=True)
class IdentifierPeriod:
    type: IdentifierType
    value: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class HistoryView:
    employee_id: UUID
    positions: list[PositionPeriod]
    superiors: list[SuperiorPeriod]
    employment: list[EmploymentState]
    identifiers: list[IdentifierPeriod]


def position_periods(records: Sequence[PositionRecord], unit_names: dict[UUID, str]) -> list[PositionPeriod]:
    """Return the records (in order of recording) with the days for which each held."""
    return [
        view_of(PositionPeriod, record, unit_name=unit_names[record.unit_id], until=until, replaced=replaced)
        for record, until, replaced in _periods(records)
    ]


def superior_periods(records: Sequence[SuperiorRecord], names: dict[UUID, str]) -> list[SuperiorPeriod]:
    """Return the records (in order of recording) with the days for which each held."""
    return [
        view_of(
            SuperiorPeriod,
            record,
            superior_name=names.get(record.superior_id) if record.superior_id else None,
            until=until,
            replaced=replaced,
        )
        for record, until, replaced in _periods(records)
    ]


def _periods(records: Sequence[D]) -> list[tuple[D, date | None, bool]]:
    """Return each record with the last day it held, and whether a later recording has set it aside."""
    kept = standing(records)
    ends = {id(kept[number]): later.effective_from - timedelta(days=1) for number, later in enumerate(kept[1:])}
    return [(record, ends.get(id(record)), not any(record is one for one in kept)) for record in records]
