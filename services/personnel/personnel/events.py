"""The events this service publishes: full snapshots with a version, and only when something changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec

from chassis.bus.envelope import IntegrationEvent
from chassis.views import view_of
from directory.people import EmployeeStatus
from personnel.domain.agency import Agency
from personnel.domain.employee import Employee
from personnel.domain.official import ExternalOfficial
from personnel.domain.org_unit import OrgUnit
from personnel.domain.records import Cause
from personnel.domain.substitution import Substitution
from personnel.domain.team import Team
from personnel.domain.timeline import PublishedTimeline
from personnel.domain.unit_timeline import UnitStretch
from personnel.domain.values import HIGHEST_CLASS_OF_V1


@dataclass(frozen=True, kw_only=True)
class AgencyChanged(IntegrationEvent, subject="agency_id"):
    agency_id: str
    name: str
    time_zone: str
    highest_job_class: int
    version: int

    @classmethod
    def of(cls, agency: Agency) -> "AgencyChanged":
        return view_of(cls, agency)


@dataclass(frozen=True, kw_only=True)
class OrgUnitChanged(IntegrationEvent, subject="unit_id"):
    unit_id: UUID
    parent_id: UUID | None
    code: str
    name: str
    leader_id: UUID | None
    active: bool
    version: int

    @classmethod
    def of(cls, unit: OrgUnit) -> "OrgUnitChanged":
        return view_of(cls, unit, unit_id=unit.id)


@dataclass(frozen=True, kw_only=True)
class OrgUnitTimelineChanged(IntegrationEvent, subject="unit_id"):
    """All stretches of a unit, past, present and known in advance."""

    unit_id: UUID
    changed_from: date
    stretches: Sequence[Mapping[str, object]]
    version: int

    @classmethod
    def of(cls, unit: OrgUnit, stretches: Sequence[UnitStretch], changed_from: date) -> "OrgUnitTimelineChanged":
        return cls(
            unit_id=unit.id,
            changed_from=changed_from,
            stretches=[msgspec.to_builtins(one) for one in stretches],
            version=unit.timeline_version,
        )


@dataclass(frozen=True, kw_only=True)
class EmployeeChanged(IntegrationEvent, subject="employee_id"):
    employee_id: UUID
    employment_type: str
    status: str
    grade: str
    grade_since: date
    service_start: date
    version: int

    @classmethod
    def of(cls, employee: Employee) -> "EmployeeChanged":
        # version 1 knows one word for whoever has left
        status = EmployeeStatus.RETIRED if employee.status.has_left else employee.status
        return view_of(cls, employee, employee_id=employee.id, status=status, version=employee.employee_version)


@dataclass(frozen=True, kw_only=True)
class AssignmentChanged(IntegrationEvent, subject="employee_id"):
    """Where somebody works, in which position, under whom. `effective_from`: since when what changed last holds."""

    employee_id: UUID
    unit_id: UUID
    position_code: str
    position_kind: str
    position_level: str | None
    job_class: int
    appraiser_id: UUID | None
    reviewer_id: UUID | None
    effective_from: date
    version: int

    @classmethod
    def of(cls, employee: Employee) -> "AssignmentChanged":
        return view_of(
            cls,
            employee,
            employee_id=employee.id,
            # version 1 knows no higher class; who counts by classes above it reads the timeline
            job_class=min(employee.job_class, HIGHEST_CLASS_OF_V1),
            appraiser_id=employee.superior_id,
            version=employee.assignment_version,
        )


@dataclass(frozen=True, kw_only=True)
class EmployeeContactChanged(IntegrationEvent, subject="employee_id"):
    """Name and address, for messages to people; never leaves the deployment."""

    employee_id: UUID
    name: str
    email: str | None
    version: int

    @classmethod
    def of(cls, employee: Employee) -> "EmployeeContactChanged":
        return view_of(cls, employee, employee_id=employee.id, version=employee.contact_version)


@dataclass(frozen=True, kw_only=True)
class EmployeeTimelineChanged(IntegrationEvent, subject="employee_id"):
    """All stretches of a person's employment, and the first day on which they differ from the version before."""

    employee_id: UUID
    service_start: date
    changed_from: date
    cause: Cause
    stretches: Sequence[Mapping[str, object]]
    version: int

    @classmethod
    def of(cls, timeline: PublishedTimeline, changed_from: date, cause: Cause) -> "EmployeeTimelineChanged":
        return view_of(
            cls,
            timeline,
            changed_from=changed_from,
            cause=cause,
            stretches=[msgspec.to_builtins(one) for one in timeline.stretches],
        )


@dataclass(frozen=True, kw_only=True)
class ExternalOfficialChanged(IntegrationEvent, subject="official_id"):
    """An official who is no civil servant of the agency: the office and its days, no name."""

    official_id: UUID
    office: str
    first_day: date
    last_day: date | None
    version: int

    @classmethod
    def of(cls, official: ExternalOfficial) -> "ExternalOfficialChanged":
        return view_of(cls, official, official_id=official.id)


@dataclass(frozen=True, kw_only=True)
class OfficialContactChanged(IntegrationEvent, subject="official_id"):
    """Name and address of an official from outside, for messages; never leaves the deployment."""

    official_id: UUID
    name: str
    email: str | None
    version: int

    @classmethod
    def of(cls, official: ExternalOfficial) -> "OfficialContactChanged":
        return view_of(cls, official, official_id=official.id)


@dataclass(frozen=True, kw_only=True)
class SubstitutionChanged(IntegrationEvent, subject="substitution_id"):
    """Somebody acts for an official (Plt., Plh.) or appraises by delegation, for a number of days."""

    substitution_id: UUID
    kind: str
    in_place_of_id: UUID
    substitute_id: UUID
    first_day: date
    last_day: date | None
    scope: Sequence[str]
    employee_ids: Sequence[UUID] | None
    withdrawn: bool
    version: int

    @classmethod
    def of(cls, substitution: Substitution) -> "SubstitutionChanged":
        withdrawn = substitution.withdrawn_at is not None
        return view_of(cls, substitution, substitution_id=substitution.id, withdrawn=withdrawn)


@dataclass(frozen=True, kw_only=True)
class TeamChanged(IntegrationEvent, subject="team_id"):
    """Who belongs to a team on which days, and who leads it; no name."""

    team_id: UUID
    members: Sequence[Mapping[str, object]]
    version: int

    @classmethod
    def of(cls, team: Team) -> "TeamChanged":
        return view_of(cls, team, team_id=team.id, members=[msgspec.to_builtins(one) for one in team.members])
