"""The events this service publishes, only when something changed, each with a version.

Those for our own services hold the whole; those for other agencies say who, from which day and which series.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec

from chassis.bus.envelope import IntegrationEvent
from chassis.views import view_of
from personnel.domain.agency import Agency
from personnel.domain.employee import Employee
from personnel.domain.official import ExternalOfficial
from personnel.domain.org_unit import OrgUnit
from personnel.domain.records import Cause, Series
from personnel.domain.substitution import Substitution
from personnel.domain.team import Team
from personnel.domain.timeline import SERVICE_START, NextTimeline, PublishedTimeline
from personnel.domain.unit_timeline import UnitSeries, UnitStretch


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
class OrgUnitChanged(IntegrationEvent, subject="unit_id", version=2):
    """Which series of a unit differ, from which day on and why; the values are asked for."""

    unit_id: UUID
    changed_from: date
    cause: Cause
    series: Sequence[UnitSeries]
    version: int

    @classmethod
    def of(cls, unit: OrgUnit, first_days: Mapping[UnitSeries, date], cause: Cause) -> "OrgUnitChanged":
        return cls(
            unit_id=unit.id,
            changed_from=min(first_days.values()),
            cause=cause,
            series=[one for one in UnitSeries if one in first_days],
            version=unit.timeline_version,
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
    changes: Sequence[Mapping[str, object]]
    version: int

    @classmethod
    def of(cls, change: NextTimeline) -> "EmployeeTimelineChanged":
        stretches, changes = msgspec.to_builtins((change.timeline.stretches, change.timeline.changes))
        return view_of(cls, change, change.timeline, stretches=stretches, changes=changes)

    @classmethod
    def again(cls, published: PublishedTimeline) -> "EmployeeTimelineChanged":
        """Return the event of a version that was published before."""
        return cls.of(NextTimeline(published.with_last_change(), {}))


@dataclass(frozen=True, kw_only=True)
class EmployeeChanged(IntegrationEvent, subject="employee_id", version=2):
    """Which series of a person's employment differ, from which day on and why; the values are asked for."""

    SERIES = (Series.STATUS, Series.EMPLOYMENT_TYPE, Series.GRADE, SERVICE_START)

    employee_id: UUID
    changed_from: date
    cause: Cause
    series: Sequence[str]
    version: int


@dataclass(frozen=True, kw_only=True)
class AssignmentChanged(IntegrationEvent, subject="employee_id", version=2):
    """Whether a person's position differs, or the superior, from which day on and why; the values are asked for."""

    SERIES = (Series.POSITION, Series.SUPERIOR)

    employee_id: UUID
    changed_from: date
    cause: Cause
    series: Sequence[str]
    version: int


def changes_of(change: NextTimeline) -> list[EmployeeChanged | AssignmentChanged]:
    """Return what other agencies are notified of: an event for each kind in which a series differs."""
    events: list[EmployeeChanged | AssignmentChanged] = []
    for kind in (EmployeeChanged, AssignmentChanged):
        days = {one: change.first_days[one] for one in kind.SERIES if one in change.first_days}
        if days:
            events.append(
                kind(
                    employee_id=change.timeline.employee_id,
                    changed_from=min(days.values()),
                    cause=change.cause,
                    series=list(days),
                    version=change.timeline.version,
                )
            )
    return events


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
