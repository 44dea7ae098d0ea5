"""What tests of anomalies share: low thresholds, a search to its end, and what inspectors read of it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from chassis.auth import Principal
from tests.appraisal.builders import Bureau

Json = Any
RULE = {
    "same_text_people": 3,
    "same_text_officials": 2,
    "shortest_text": 20,
    "last_people": 3,
    "last_minutes": 30,
    "quick_people": 3,
    "quick_minutes": 10,
    "no_evidence_people": 2,
    "never_differs_people": 2,
    "never_differs_periods": 2,
    "turned_people": 1,
    "turned_hours": 24,
}
QUARTER = {"year": 2026, "quarter": 1}
TEXT = "Layanan selesai tepat waktu"
# 30 April is the last day of the first quarter's window: it ends at midnight in Jakarta
WINDOW_END = (2026, 4, 30, 17, 0, 0)


def people_of(bureau: Bureau) -> list[Principal]:
    return [bureau.siti, *bureau.team]


def let_plan(bureau: Bureau, first: int, last: int = 6) -> None:
    """Let some of the people have plans that were agreed in January."""
    bureau.turn(2026, 1, 12, 2)
    for one in people_of(bureau)[first:last]:
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)


def freeze(bureau: Bureau, *parts: int) -> None:
    bureau.service.clock.freeze(datetime(*parts, tzinfo=UTC))  # type: ignore[misc,arg-type]  # the parts of a moment


def search(bureau: Bureau, **period: int) -> Json:
    """Run a search to its end and return what it says of itself."""
    run = bureau.post(bureau.inspector, "/oversight/runs", period or QUARTER, 202)
    bureau.service.run_jobs()
    return bureau.get(bureau.inspector, f"/oversight/runs/{run['id']}")


def listed(bureau: Bureau, kind: str, who: Principal | None = None, **filters: str | int | UUID) -> Json:
    query = "&".join(f"{name}={value}" for name, value in {"kind": kind, **filters}.items())
    return bureau.get(who or bureau.inspector, f"/oversight/anomalies?{query}")["items"]


def basis_of(bureau: Bureau, anomaly: Json) -> set[str]:
    found = bureau.get(bureau.inspector, f"/oversight/anomalies/{anomaly['id']}/evaluations")["items"]
    return {one["employee_id"] for one in found}


def ids(people: list[Principal]) -> set[str]:
    return {str(one.employee_id) for one in people}
