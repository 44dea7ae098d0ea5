"""The bodies of reference data: how they are read, what each kind must hold, and what an agency may not weaken."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from chassis.errors import FieldError, InvalidInput
from disclosure.rules import GroupRule
from wellbeing.domain.errors import ReferenceWeakerThanDefault
from wellbeing.domain.measurement import Measure, Threshold
from wellbeing.domain.reference import Reference, ReferenceKind, in_force
from wellbeing.domain.working_hours import Schedule, WorkingHours

_CLOCK = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")


@dataclass(frozen=True)
class Anonymity:
    """How many answers, texts or persons a group must have before anything of it is shown.

    `differing`: so many of the scores differ from the most common one. `window_months`: for so long a publication is
    compared with earlier ones, because people answer alike. Rows that were entered before have neither.
    """

    scores: int
    free_text: int
    counts: int
    differing: int = 2
    window_months: int = 12

    @property
    def score_rule(self) -> GroupRule:
        return GroupRule(self.scores, differing=self.differing)


@dataclass(frozen=True)
class Triage:
    danger_hours: int
    other_working_days: int


def anonymity(reference: Reference) -> Anonymity:
    return Anonymity(**reference.body)


def triage(reference: Reference) -> Triage:
    return Triage(**reference.body)


def release_hour(reference: Reference) -> int:
    """Return at which hour of the next day the reports without a name of a day are shown and published."""
    hour: int = reference.body["hour"]
    return hour


def threshold(reference: Reference, measure: Measure) -> Threshold:
    row = reference.body[measure.value]
    return Threshold(_decimal(row["lowest"]), _decimal(row["highest"]), row["source"], row["verified"])


def working_hours(reference: Reference) -> WorkingHours:
    def schedule(row: Mapping[str, Any]) -> Schedule:
        return Schedule(**{**row, "weekly_hours": _decimal(row["weekly_hours"])})

    periods = [
        (date.fromisoformat(first), date.fromisoformat(last)) for first, last in reference.body["ramadan_periods"]
    ]
    return WorkingHours(schedule(reference.body["ordinary"]), schedule(reference.body["ramadan"]), periods)


def require_valid(kind: ReferenceKind, body: Mapping[str, Any], valid_from: date) -> None:
    """Raise InvalidInput for a malformed body, ReferenceWeakerThanDefault for one that protects people less."""
    faults = _CHECKS[kind](body)
    if faults:
        raise InvalidInput(errors=faults)
    weaker = _weaker(kind, body, in_force((), kind, valid_from).body)
    if weaker:
        raise ReferenceWeakerThanDefault(errors=weaker)


def _weaker(kind: ReferenceKind, body: Mapping[str, Any], default: Mapping[str, Any]) -> list[FieldError]:
    if kind is ReferenceKind.ANONYMITY:
        low = [name for name in default if body[name] < default[name]]
        return [
            FieldError(f"body.{name}", "below_default", body[name], f"paling sedikit {default[name]}") for name in low
        ]
    if kind is ReferenceKind.TRIAGE:
        high = [name for name in default if body[name] > default[name]]
        return [
            FieldError(f"body.{name}", "above_default", body[name], f"paling banyak {default[name]}") for name in high
        ]
    if kind is ReferenceKind.ENVIRONMENT:
        return [
            FieldError(
                f"body.{name}", "laxer_than_law", body[name], f"batas {limit['lowest']} sampai {limit['highest']}"
            )
            for name, limit in default.items()
            if limit["verified"] and _laxer(body[name], limit)
        ]
    return []


def _laxer(row: Mapping[str, Any], limit: Mapping[str, Any]) -> bool:
    lowest, highest = _decimal(row["lowest"]), _decimal(row["highest"])
    floor, ceiling = _decimal(limit["lowest"]), _decimal(limit["highest"])
    too_low = floor is not None and (lowest is None or lowest < floor)
    return too_low or (ceiling is not None and (highest is None or highest > ceiling))


def _decimal(text: object) -> Decimal | None:
    return None if text is None else Decimal(f"{Decimal(str(text)):f}")


def _is_limit(value: object) -> bool:
    if value is None:
        return True
    try:
        return isinstance(value, str) and len(value) <= 12 and Decimal(value).is_finite()  # noqa: PLR2004
    except InvalidOperation:
        return False


def _names(body: object, needed: set[str], path: str = "body") -> list[FieldError]:
    if not isinstance(body, Mapping):
        return [FieldError(path, "not_an_object", str(body), "objek dengan isian " + ", ".join(sorted(needed)))]
    if set(body) == needed:
        return []
    return [FieldError(path, "wrong_fields", sorted(map(str, body)), "tepat isian " + ", ".join(sorted(needed)))]


def _whole_numbers(body: Mapping[str, Any], *names: str) -> list[FieldError]:
    return _names(body, set(names)) or [
        FieldError(f"body.{name}", "not_a_count", body[name], "bilangan bulat 1 sampai 1000")
        for name in names
        if not isinstance(body[name], int) or isinstance(body[name], bool) or not 1 <= body[name] <= 1000  # noqa: PLR2004
    ]


def _check_environment(body: Mapping[str, Any]) -> list[FieldError]:
    faults = _names(body, {measure.value for measure in Measure})
    for name, row in () if faults else body.items():
        path = f"body.{name}"
        wrong = _names(row, {"lowest", "highest", "source", "verified"}, path)
        if not wrong and not (_is_limit(row["lowest"]) and _is_limit(row["highest"])):
            wrong = [FieldError(path, "not_a_limit", row, "lowest dan highest: teks angka desimal, atau null")]
        if not wrong and not (isinstance(row["source"], str) and row["source"] and isinstance(row["verified"], bool)):
            wrong = [FieldError(path, "no_source", row, "source: sumber ketentuan; verified: true atau false")]
        if not wrong and row["lowest"] and row["highest"] and Decimal(row["lowest"]) > Decimal(row["highest"]):
            wrong = [FieldError(path, "empty_range", row, "lowest tidak melebihi highest")]
        faults += wrong
    return faults


def _check_hours(body: Mapping[str, Any]) -> list[FieldError]:
    faults = _names(body, {"ordinary", "ramadan", "ramadan_periods"})
    for name in () if faults else ("ordinary", "ramadan"):
        faults += _check_schedule(body[name], f"body.{name}")
    if not faults and not _are_periods(body["ramadan_periods"]):
        expected = "daftar pasangan tanggal [mulai, selesai] berformat YYYY-MM-DD"
        faults.append(FieldError("body.ramadan_periods", "not_periods", body["ramadan_periods"], expected))
    return faults


def _check_schedule(row: Mapping[str, Any], path: str) -> list[FieldError]:
    faults = _names(row, {"weekly_hours", "days_a_week", "start", "break_minutes", "friday_break_minutes"}, path)
    if faults:
        return faults
    breaks = [row["break_minutes"], row["friday_break_minutes"]]
    right = {
        "weekly_hours": row["weekly_hours"] is not None and _is_limit(row["weekly_hours"]),
        "days_a_week": row["days_a_week"] in {5, 6},
        "start": isinstance(row["start"], str) and bool(_CLOCK.match(row["start"])),
        "break_minutes": all(minutes is None or type(minutes) is int for minutes in breaks),
    }
    expected = "weekly_hours teks desimal, days_a_week 5 atau 6, start HH:MM, menit istirahat bilangan bulat atau null"
    return [FieldError(f"{path}.{name}", "unusable", row[name], expected) for name, good in right.items() if not good]


def _are_periods(value: object) -> bool:
    try:
        return isinstance(value, list) and all(
            date.fromisoformat(first) <= date.fromisoformat(last) for first, last in value
        )
    except (TypeError, ValueError):
        return False


def _check_release(body: Mapping[str, Any]) -> list[FieldError]:
    faults = _names(body, {"hour"})
    if not faults and not (type(body["hour"]) is int and 0 <= body["hour"] <= 23):  # noqa: PLR2004
        faults.append(FieldError("body.hour", "not_an_hour", body["hour"], "jam penuh, bilangan bulat 0 sampai 23"))
    return faults


_CHECKS: Mapping[ReferenceKind, Callable[[Mapping[str, Any]], list[FieldError]]] = {
    ReferenceKind.ENVIRONMENT: _check_environment,
    ReferenceKind.ANONYMITY: lambda body: _whole_numbers(
        body, "scores", "free_text", "counts", "differing", "window_months"
    ),
    ReferenceKind.TRIAGE: lambda body: _whole_numbers(body, "danger_hours", "other_working_days"),
    ReferenceKind.WORKING_HOURS: _check_hours,
    ReferenceKind.RELEASE: _check_release,
}
