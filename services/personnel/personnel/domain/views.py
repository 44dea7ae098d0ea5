"""What screens show: flat values, ready to be written out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True)
class Card:
    """The little that everybody inside the agency may know of a colleague."""

    employee_id: UUID
    name: str
    position_title: str
    unit_id: UUID
    unit_name: str


@dataclass(frozen=True)
class AgencyView:
    agency_id: str
    name: str
    time_zone: str
    version: int


@dataclass(frozen=True)
class CorrectionView:
    id: UUID
    employee_id: UUID
    field: str
    wanted: str
    note: str
    status: str
    version: int
    created_at: datetime
    resolved_at: datetime | None
    answer: str | None


@dataclass(frozen=True)
class EmployeeFilter:
    """What a list is narrowed by; `units` None means all."""

    name: str | None = None
    nip: str | None = None
    units: Sequence[UUID] | None = None
    status: str | None = None
    employment_type: str | None = None
    without_superior: bool = False


@dataclass(frozen=True)
class ListedEmployee:
    employee_id: UUID
    nip: str
    name: str
    employment_type: str
    status: str
    grade: str
    position_code: str
    position_title: str
    position_kind: str
    position_level: str | None
    job_class: int
    unit_id: UUID
    unit_code: str
    unit_name: str
    appraiser_id: UUID | None
    reviewer_id: UUID | None


@dataclass(frozen=True)
class EmployeeView(ListedEmployee):
    email: str | None
    grade_since: date
    service_start: date
    position_since: date
    superior_since: date | None
    assignment_effective_from: date
    version: int
    appraiser: Card | None = None
    reviewer: Card | None = None
    relation: str = ""


@dataclass(frozen=True)
class UnitView:
    unit_id: UUID
    parent_id: UUID | None
    code: str
    name: str
    leader_id: UUID | None
    active: bool
    version: int
    depth: int = 0
    path: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PositionPeriod:
    """`until` is the last day it held, empty while it holds; `replaced` rows were set aside by a later recording."""

    unit_id: UUID
    unit_name: str
    position_code: str
    position_title: str
    position_kind: str
    position_level: str | None
    job_class: int
    effective_from: date
    until: date | None
    replaced: bool
    recorded_at: datetime
    recorded_by: UUID | None
    source: str
    reason: str | None


@dataclass(frozen=True)
class SuperiorPeriod:
    superior_id: UUID | None
    superior_name: str | None
    effective_from: date
    until: date | None
    replaced: bool
    recorded_at: datetime
    recorded_by: UUID | None
    source: str
    reason: str | None


@dataclass(frozen=True)
class EmploymentState:
    employment_type: str
    status: str
    grade: str
    grade_since: date
    service_start: date
    effective_from: date
    recorded_at: datetime
    recorded_by: UUID | None
    source: str
    reason: str | None


@dataclass(frozen=True)
class IdentifierPeriod:
    type: str
    value: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class History:
    employee_id: UUID
    positions: list[PositionPeriod]
    superiors: list[SuperiorPeriod]
    employment: list[EmploymentState]
    identifiers: list[IdentifierPeriod]


@dataclass(frozen=True)
class Me:
    account_id: UUID
    agency_id: str
    agency_name: str | None
    time_zone: str | None
    today: date
    roles: list[str]
    employee: EmployeeView | None
    subordinates: int


@dataclass(frozen=True)
class Count:
    value: str
    count: int


@dataclass(frozen=True)
class UnitCount:
    unit_id: UUID
    code: str
    name: str
    count: int


@dataclass(frozen=True)
class Summary:
    """How many people there are, of which kinds and where, and how many lack a superior (they cannot be appraised)."""

    as_of: date
    total: int
    active: int
    without_superior: int
    by_employment_type: list[Count]
    by_status: list[Count]
    by_position_kind: list[Count]
    by_unit: list[UnitCount]
