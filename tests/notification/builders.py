"""Named test data, with sensible defaults."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from chassis.ids import new_id

SUBSCRIPTIONS = "/api/v1/notification/subscriptions"


def contact(
    employee_id: UUID, name: str = "Siti Rahmania", email: str = "siti@contoh.go.id", version: int = 1
) -> dict[str, Any]:
    return {"employee_id": str(employee_id), "name": name, "email": email, "version": version}


def assignment(
    employee_id: UUID, appraiser_id: UUID | None, reviewer_id: UUID | None = None, version: int = 1
) -> dict[str, Any]:
    return {
        "employee_id": str(employee_id),
        "unit_id": str(new_id()),
        "position_code": "ANALIS-SDM",
        "position_kind": "JF",
        "position_level": "AHLI_PERTAMA",
        "job_class": 8,
        "appraiser_id": appraiser_id and str(appraiser_id),
        "reviewer_id": reviewer_id and str(reviewer_id),
        "effective_from": "2026-01-02",
        "version": version,
    }


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
