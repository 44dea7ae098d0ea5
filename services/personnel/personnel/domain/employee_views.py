"""People as the API shows them: cards, lists, whole records, counts."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.pagination import PageRequest
from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel


@dataclass(frozen=True)
class CardView:
    """The little that everybody inside the agency may know of a colleague, or of an official from outside."""

    employee_id: UUID
    name: str
    position_title: str
    unit_id: Annotated[UUID | None, Meta(description="null: an official from outside; `unit_name` is the institution")]
    unit_name: str


@dataclass(frozen=True)
class CardsView:
    items: list[CardView]


@dataclass(frozen=True)
class PaperNameView:
    """By what papers name somebody. An official from outside has no number, and an office for a position.

    `titles` are those of all positions that somebody was given, by their codes: a paper of a past day names the
    position of that day.
    """

    employee_id: UUID
    name: str
    nip: str | None
    position_code: str | None
    position_title: str
    unit_name: str
    titles: dict[str, str]


@dataclass(frozen=True)
class PaperNamesView:
    items: list[PaperNameView]


@dataclass(frozen=True)
class ListEmployees:
    """What a list is narrowed by; `unit_id` takes the units below it in.

    `superior_left` and `unit_closed`: people in service whom nobody can appraise, or who stand in no unit any more.
    """

    page: PageRequest
    name: str | None = None
    nip: str | None = None
    unit_id: UUID | None = None
    status: EmployeeStatus | None = None
    employment_type: EmploymentType | None = None
    without_superior: bool = False
    superior_left: bool = False
    unit_closed: bool = False


@dataclass(frozen=True)
class ListedEmployeeView:
    employee_id: UUID
    nip: str
    name: str
    employment_type: EmploymentType
    status: EmployeeStatus
    grade: str
    position_code: str
    position_title: str
    position_kind: PositionKind
    position_level: PositionLevel | None
    job_class: int
    unit_id: UUID
    unit_code: str
    unit_name: str
    appraiser_id: UUID | None
    reviewer_id: UUID | None


@dataclass(frozen=True)
class EmployeeView(ListedEmployeeView):
    email: str | None
    grade_since: date
    service_start: date
    position_since: date
    superior_since: date | None
    version: int
    appraiser: CardView | None = None
    reviewer: CardView | None = None
    relation: Annotated[str, Meta(description="how the caller stands to this person")] = ""


@dataclass(frozen=True)
class MeView:
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
class SummaryView:
    """How many people there are, of which kinds and where, and how many lack a superior (they cannot be appraised)."""

    as_of: date
    total: int
    active: int
    without_superior: int
    by_employment_type: list[Count]
    by_status: list[Count]
    by_position_kind: list[Count]
    by_unit: list[UnitCount]


@dataclass(frozen=True)
class ResolvedNip:
    nip: str
    employee_id: UUID


@dataclass(frozen=True)
class ResolvedNipsView:
    items: list[ResolvedNip]
