"""What was recorded of a person as the API shows it: each record with the days for which it held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, TypeVar
from uuid import UUID

from msgspec import Meta

from chassis.pagination import PageRequest
from chassis.views import view_of
from directory.people import EmployeeStatus, EmploymentType
from personnel.domain.records import Cause, Identifier, PersonRecords, Position, Record, Series, Trace
from personnel.domain.series import TakesEffect, standing
from personnel.domain.timeline import Stretch
from personnel.domain.values import IdentifierType


@dataclass(frozen=True, kw_only=True)
class Period(Trace):
    id: Annotated[str, Meta(description="names the record where it is withdrawn")]
    effective_from: date
    until: Annotated[date | None, Meta(description="the last day it held, null while it holds")]
    replaced: Annotated[bool, Meta(description="set aside by a later recording")]
    recorded_on: date
    withdrawn_at: datetime | None
    withdrawn_by: UUID | None
    withdrawal_reason: str | None


@dataclass(frozen=True, kw_only=True)
class PositionPeriod(Period, Position):
    unit_name: str


@dataclass(frozen=True, kw_only=True)
class SuperiorPeriod(Period):
    superior_id: UUID | None
    superior_name: str | None


@dataclass(frozen=True, kw_only=True)
class StatusPeriod(Period):
    status: EmployeeStatus


@dataclass(frozen=True, kw_only=True)
class EmploymentTypePeriod(Period):
    employment_type: EmploymentType


@dataclass(frozen=True, kw_only=True)
class GradePeriod(Period):
    grade: str
    grade_since: date


@dataclass(frozen=True, kw_only=True)
class IdentifierPeriod:
    type: IdentifierType
    value: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, kw_only=True)
class RecordsView:
    employee_id: UUID
    positions: list[PositionPeriod]
    superiors: list[SuperiorPeriod]
    statuses: list[StatusPeriod]
    employment_types: list[EmploymentTypePeriod]
    grades: list[GradePeriod]


@dataclass(frozen=True, kw_only=True)
class HistoryView(RecordsView):
    identifiers: list[IdentifierPeriod]

    @classmethod
    def of(cls, records: RecordsView, identifiers: Sequence[Identifier]) -> "HistoryView":
        return view_of(cls, records, identifiers=[view_of(IdentifierPeriod, one) for one in identifiers])


@dataclass(frozen=True, kw_only=True)
class TimelineView(RecordsView):
    service_start: date
    version: Annotated[int, Meta(description="of the timeline that was published last; 0: not yet")]
    as_known_on: datetime | None
    stretches: list[Stretch]


@dataclass(frozen=True, kw_only=True)
class PreviewView:
    """What a recording would do; nothing of it is done."""

    employee_id: UUID
    takes_effect: TakesEffect
    changed_from: Annotated[date | None, Meta(description="the first day whose truth would change; null: none would")]
    before: list[Stretch]
    after: list[Stretch]


@dataclass(frozen=True)
class ListDue:
    """`until` is the last day."""

    page: PageRequest
    series: Series | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class DueRecordView:
    """A record of a day to come, or the end of one; of the values those of its series."""

    id: str
    series: Series
    employee_id: UUID
    employee_name: str
    effective_from: date
    ends: Annotated[bool, Meta(description="what is named ends: on this day it holds no more")]
    cause: Cause
    decision_number: str | None
    reason: str | None
    unit_id: UUID | None
    position_title: str | None
    job_class: int | None
    superior_id: UUID | None
    status: EmployeeStatus | None
    employment_type: EmploymentType | None
    grade: str | None


R = TypeVar("R", bound=Record)
P = TypeVar("P", bound=Period)


def records_view(
    employee_id: UUID, records: PersonRecords, unit_names: Mapping[UUID, str], names: Mapping[UUID, str]
) -> RecordsView:
    """Return all records, each series in the order of recording, with names of units and superiors."""
    return RecordsView(
        employee_id=employee_id,
        positions=[
            _period(PositionPeriod, record, days, unit_name=unit_names[record.unit_id])
            for record, days in _with_days(records.positions)
        ],
        superiors=[
            _period(
                SuperiorPeriod,
                record,
                days,
                superior_name=names.get(record.superior_id) if record.superior_id else None,
            )
            for record, days in _with_days(records.superiors)
        ],
        statuses=[_period(StatusPeriod, record, days) for record, days in _with_days(records.statuses)],
        employment_types=[
            _period(EmploymentTypePeriod, record, days) for record, days in _with_days(records.employment_types)
        ],
        grades=[_period(GradePeriod, record, days) for record, days in _with_days(records.grades)],
    )


@dataclass(frozen=True)
class _Days:
    until: date | None
    replaced: bool


def _period(kind: type[P], record: Record, days: _Days, **more: object) -> P:
    return view_of(kind, days, record, **more)


def _with_days(records: Sequence[R]) -> list[tuple[R, _Days]]:
    """Return each record with the last day it held, and whether a later recording has set it aside."""
    kept = standing(records)
    stands = {id(record) for record in kept}
    ends = {id(kept[number]): later.effective_from - timedelta(days=1) for number, later in enumerate(kept[1:])}
    return [
        (
            record,
            _Days(
                min((day for day in (ends.get(id(record)), record.until) if day is not None), default=None),
                record.withdrawn_at is None and id(record) not in stands,
            ),
        )
        for record in records
    ]
