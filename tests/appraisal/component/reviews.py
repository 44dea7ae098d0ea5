"""What tests of reviews share: the rule, an extreme that is finished, and what its reviewer does."""

from typing import Any
from uuid import UUID

from chassis.auth import Principal
from tests.appraisal.builders import Bureau, a_rating

BEST, WORST = ("ABOVE", "ABOVE"), ("BELOW", "BELOW")


def rule(**changes: Any) -> dict[str, Any]:
    return {
        "evaluation_kinds": ["PERIODIC", "ANNUAL"],
        "predicates": ["VERY_GOOD", "VERY_POOR"],
        "days": 5,
        "hr_after_days": 5,
        **changes,
    }


def let_extremes_be_reviewed(bureau: Bureau, **changes: Any) -> None:
    """The agency has had the rule for long; on 6 April Siti's first quarter may be rated."""
    bureau.have_rule("EXTREME_REVIEW", rule(**changes))
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)


def asked(bureau: Bureau, *rating: str, **fields: Any) -> Any:
    """Finish an extreme of Siti's first quarter: it is under review."""
    work_result, behaviour = rating or BEST
    evaluation = bureau.rate(1, work_result, behaviour, **fields)
    assert evaluation["state"] == "IN_REVIEW"
    return evaluation


def end(
    bureau: Bureau,
    evaluation: Any,
    move: str = "confirm",
    by: Principal | None = None,
    status: int = 200,
    reason: str = "Bukti dukung belum cukup",
    version: int | None = None,
) -> Any:
    """Confirm or return it as the chief, or as who is named, in the version of now."""
    version = version or bureau.get(bureau.inspector, f"/evaluations/{evaluation['id']}")["version"]
    path = f"/evaluations/{evaluation['id']}/review/{move}"
    return bureau.post(by or bureau.chief, path, {"reason": reason}, status, headers={"If-Match": f'"{version}"'})


def finish(bureau: Bureau, evaluation: Any, status: int = 200, by: Principal | None = None, **body: Any) -> Any:
    return bureau.post(by or bureau.head, f"/evaluations/{evaluation['id']}/finish", body, status)


def designate(bureau: Bureau, evaluation: Any, who: Principal, status: int = 200, by: Principal | None = None) -> Any:
    body = {"reviewer_id": str(who.employee_id), "reason": "Peninjau berhalangan"}
    return bureau.put(by or bureau.hr, f"/evaluations/{evaluation['id']}/review/reviewer", body, status)


def waiting(bureau: Bureau, who: Principal, name: str = "reviews_to_make") -> list[str]:
    return [one["evaluation_id"] for one in bureau.get(who, "/appraiser/queue")[name]]


def owed(bureau: Bureau, about: Principal | None = None) -> Any:
    """Return the running reviews as the register has them."""
    query = {"kind": "REVIEW", "state": "OPEN"}
    if about is not None:
        query["employee_id"] = str(about.employee_id)
    return bureau.get(bureau.inspector, "/obligations", query_string=query)["items"]


def owed_by(bureau: Bureau) -> UUID | None:
    (one,) = owed(bureau)
    return None if one["owed_by"] is None else UUID(one["owed_by"])


def names(bureau: Bureau) -> list[str]:
    return [one["type"] for one in bureau.events()]


def batch(*people: Principal, finish: bool = True, **fields: Any) -> dict[str, Any]:
    items = [a_rating(*BEST, employee_id=str(one.employee_id), **fields) for one in people]
    return {"year": 2026, "quarter": 1, "items": items, "finish": finish}
