"""What is recorded of a person and never edited: five series of dated records, and the numbers.

The series are independent, because a leave that is recorded late must not undo a rise that was recorded in time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, TypeVar
from uuid import UUID

from chassis.views import view_of
from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from personnel.domain.values import IdentifierType


class Source(StrEnum):
    """Where a record comes from; MOVE and CORRECTION stand in records of former releases."""

    IMPORT = "IMPORT"
    HAND = "HAND"
    MOVE = "MOVE"
    CORRECTION = "CORRECTION"


class Cause(StrEnum):
    """CHANGE: it happened on that day. CORRECTION: the earlier record was wrong, it was never so."""

    CHANGE = "CHANGE"
    CORRECTION = "CORRECTION"


class Series(StrEnum):
    POSITION = "POSITION"
    SUPERIOR = "SUPERIOR"
    STATUS = "STATUS"
    EMPLOYMENT_TYPE = "EMPLOYMENT_TYPE"
    GRADE = "GRADE"


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Who recorded it, when, why and by which decision."""

    recorded_at: datetime
    recorded_by: UUID | None
    source: Source
    reason: str | None = None
    cause: Cause = Cause.CHANGE
    decision_number: str | None = None


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
class Record(Trace):
    """One dated record; `number` is its place in the order of recording of its series, 0 until it is stored.

    `until` is the last day of a status of which it is known.
    """

    SERIES: ClassVar[Series]
    VALUES: ClassVar[tuple[str, ...]]

    employee_id: UUID
    effective_from: date
    recorded_on: date
    replaces_later: bool
    until: date | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: UUID | None = None
    withdrawal_reason: str | None = None
    number: int = 0

    @property
    def id(self) -> str:
        """Return the name by which the API speaks of the record."""
        return f"{self.SERIES.lower()}-{self.number}"

    @property
    def value(self) -> tuple[object, ...]:
        """Return what holds from the day on."""
        return tuple(getattr(self, name) for name in self.VALUES)

    def withdrawn(self, at: datetime, by: UUID | None, reason: str) -> "Record":
        """Return the record as withdrawn."""
        return replace(self, withdrawn_at=at, withdrawn_by=by, withdrawal_reason=reason)


@dataclass(frozen=True, kw_only=True)
class PositionRecord(Record, Position):
    SERIES = Series.POSITION
    VALUES = ("unit_id", "position_code", "position_title", "position_kind", "position_level", "job_class")


@dataclass(frozen=True, kw_only=True)
class SuperiorRecord(Record):
    """`superior_id` None: nobody."""

    SERIES = Series.SUPERIOR
    VALUES = ("superior_id",)
    superior_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class StatusRecord(Record):
    SERIES = Series.STATUS
    VALUES = ("status",)
    status: EmployeeStatus


@dataclass(frozen=True, kw_only=True)
class EmploymentTypeRecord(Record):
    SERIES = Series.EMPLOYMENT_TYPE
    VALUES = ("employment_type",)
    employment_type: EmploymentType


@dataclass(frozen=True, kw_only=True)
class GradeRecord(Record):
    SERIES = Series.GRADE
    VALUES = ("grade", "grade_since")
    grade: str
    grade_since: date


R = TypeVar("R", bound=Record)


def make_record(kind: type[R], item: object, *others: object, **values: object) -> R:
    """Make a record that is not stored yet, of `values` and of objects that have its fields."""
    fresh: dict[str, object] = {"withdrawn_at": None, "withdrawn_by": None, "withdrawal_reason": None, "number": 0}
    return view_of(kind, item, *others, **{"until": None, **fresh, **values})


@dataclass(frozen=True)
class PersonRecords:
    """All records of a person, each series in the order of recording."""

    positions: Sequence[PositionRecord] = ()
    superiors: Sequence[SuperiorRecord] = ()
    statuses: Sequence[StatusRecord] = ()
    employment_types: Sequence[EmploymentTypeRecord] = ()
    grades: Sequence[GradeRecord] = ()

    @property
    def all(self) -> list[Record]:
        """Return every record, series by series."""
        return [*self.positions, *self.superiors, *self.statuses, *self.employment_types, *self.grades]

    def of(self, series: Series) -> Sequence[Record]:
        """Return one series."""
        return [record for record in self.all if record.SERIES is series]

    @classmethod
    def sorted_from(cls, records: Sequence[Record]) -> "PersonRecords":
        """Return records of any series (each series in the order of recording) as those of one person."""
        return cls(
            [one for one in records if isinstance(one, PositionRecord)],
            [one for one in records if isinstance(one, SuperiorRecord)],
            [one for one in records if isinstance(one, StatusRecord)],
            [one for one in records if isinstance(one, EmploymentTypeRecord)],
            [one for one in records if isinstance(one, GradeRecord)],
        )

    def with_replaced(self, changed: Mapping[str, Record]) -> "PersonRecords":
        """Return the records with others in the place of those of the same ids."""
        return PersonRecords.sorted_from([changed.get(one.id, one) for one in self.all])

    def as_known_on(self, moment: datetime) -> "PersonRecords":
        """Return what had been recorded by a moment, with what was withdrawn only later standing again."""
        return PersonRecords.sorted_from(
            [
                record if record.withdrawn_at is None or record.withdrawn_at <= moment else _not_withdrawn(record)
                for record in self.all
                if record.recorded_at <= moment
            ]
        )


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


def _not_withdrawn(record: Record) -> Record:
    return replace(record, withdrawn_at=None, withdrawn_by=None, withdrawal_reason=None)
