"""What a forger changes: each single value, and after it every hash that can be made again."""

import copy
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from appraisal.domain.canonical import digest_of
from appraisal.domain.extensions import ExtensionCause
from appraisal.domain.obligation import ObligationKind
from appraisal.domain.values import (
    BehaviourValue,
    Capacity,
    EvaluationKind,
    EvaluationState,
    GiverRole,
    Outcome,
    PlanState,
    RatingLevel,
    Receipt,
)
from directory.performance import Predicate
from tests.auditor.files import Json, Path, seal

ENUMS = (
    RatingLevel, Predicate, Capacity, EvaluationState, EvaluationKind, Receipt, Outcome, ExtensionCause, ObligationKind,
    PlanState, GiverRole, BehaviourValue,
)  # fmt: skip
MOMENTS = ("_at", "_until", "_by", "_before", "_after", "at")
# What an empty value becomes, by the name of its field.
FILLED: Json = {
    "quarter": 3, "month": 5, "outcome": "KEPT", "objection_id": str(UUID(int=999)), "outage_id": str(UUID(int=999)),
    "filed_at": "2027-03-01T06:00:00Z", "decide_by": "2027-03-15T16:59:59Z", "first_day": "2026-02-01",
    "last_day": "2026-11-30", "behaviour_value": "BP", "receipt": "CONFIRMED",
}  # fmt: skip


def pattern(path: Path) -> str:
    """Return a path with a star for each number: `explanation.history.*.reason`."""
    return ".".join("*" if isinstance(one, int) else one for one in path)


def altered(path: Path, value: Json) -> list[Json]:
    """Return other values of the same kind: every other member of an enumeration, the next day, another id, more words."""
    name = next((one for one in reversed(path) if isinstance(one, str)), "")
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if value is None:
        return [FILLED.get(name, "x")]
    if not isinstance(value, str):
        return [[1]] if isinstance(value, list) else [{"x": 1}]
    members = _members(path, value)
    return members or [_other(value)]


def _members(path: Path, value: str) -> list[str]:
    if "rules" in path and path[-1] in {"kind", "value"}:
        return ["DIALOGUE"]
    kinds = [one for one in ENUMS if value in one.__members__]
    if not kinds:
        return []
    # a rating level and a predicate share no word, but MEETS and GOOD stand in matrices whose places are no levels
    return [one for one in kinds[0].__members__ if one != value]


def _other(value: str) -> str:
    for change in (_later_moment, _later_day, _other_id):
        try:
            return change(value)
        except ValueError:
            continue
    if len(value) == 64 and set(value) <= set("0123456789abcdef"):
        return "f" * 64
    return f"{value} x"


def _later_moment(value: str) -> str:
    if "T" not in value:
        raise ValueError(value)
    later = datetime.fromisoformat(value) + timedelta(days=1)
    return later.isoformat().replace("+00:00", "Z")


def _later_day(value: str) -> str:
    return (date.fromisoformat(value) + timedelta(days=1)).isoformat()


def _other_id(value: str) -> str:
    return str(UUID(int=UUID(value).int + 1000))


def forged(file: Json, path: Path) -> Json:
    """Return a file whose hashes were made again: of the basis that was changed, and of the whole."""
    found: Any = copy.deepcopy(file)
    if path[:2] == ("explanation", "bases") and len(path) > 4 and path[3] == "content":
        basis = found["explanation"]["bases"][path[2]]
        basis["sha256"] = digest_of(basis["content"])
    return found if path == ("sha256",) else seal(found)
