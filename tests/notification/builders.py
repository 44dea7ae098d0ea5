"""Named test data, with sensible defaults."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from chassis.bus.envelope import to_json
from chassis.ids import new_id
from tests.directory.builders import employee_timeline, from_day, substitution, unit_from, unit_timeline

LONG_AGO = date(2024, 1, 1)
SUBSCRIPTIONS = "/api/v1/notification/subscriptions"


def contact(
    employee_id: UUID, name: str = "Siti Rahmania", email: str = "siti@contoh.go.id", version: int = 1
) -> dict[str, Any]:
    return {"employee_id": str(employee_id), "name": name, "email": email, "version": version}


def timeline(
    employee_id: UUID,
    superior_id: UUID | None,
    *changes: tuple[date, UUID | None],
    version: int = 1,
    cause: str = "CHANGE",
    **values: Any,
) -> Any:
    """The data of EmployeeTimelineChanged: a superior from long ago on, and others from these days on."""
    superiors = [(LONG_AGO, superior_id), *changes]
    stretches = [from_day(day, superior_id=superior, **values) for day, superior in superiors]
    return to_json(employee_timeline(employee_id, *stretches, version=version, cause=cause))


def unit(unit_id: UUID, leader_id: UUID | None, name: str = "Biro SDM") -> Any:
    """The data of OrgUnitTimelineChanged."""
    return to_json(unit_timeline(unit_id, unit_from(LONG_AGO, leader_id=leader_id, name=name)))


def acting(official: UUID, substitute: UUID, first_day: date, last_day: date, *scope: str) -> Any:
    """The data of SubstitutionChanged."""
    named = {"in_place_of_id": official, "substitute_id": substitute, "substitution_id": new_id()}
    days = {"first_day": first_day, "last_day": last_day, "scope": scope}
    return to_json({**substitution("plh", "official", "substitute"), **named, **days})


def objection(employee_id: UUID, appraiser_id: UUID, reviewer_id: UUID) -> dict[str, Any]:
    return {
        "objection_id": str(new_id()),
        "evaluation_id": str(new_id()),
        "employee_id": str(employee_id),
        "appraiser_id": str(appraiser_id),
        "reviewer_id": str(reviewer_id),
        "decide_by": datetime(2027, 2, 3, 16, 59, 59, tzinfo=UTC).isoformat(),
    }


def plan_activated(employee_id: UUID, year: int = 2026) -> dict[str, Any]:
    return {"plan_id": str(new_id()), "employee_id": str(employee_id), "year": year, "plan_version": 1}


def issued(employee_id: UUID, version: int = 1) -> dict[str, Any]:
    return {
        "evaluation_id": str(new_id()),
        "employee_id": str(employee_id),
        "year": 2026,
        "predicate": "NEEDS_IMPROVEMENT",
        "appraiser_id": str(new_id()),
        "reviewer_id": str(new_id()),
        "version": version,
    }
