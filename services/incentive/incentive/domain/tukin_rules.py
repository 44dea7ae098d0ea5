"""The rules of an agency for the monthly performance allowance, as data.

The shape covers Permentan 20/2025, Permen LH/Kepala BPLH 6/2025, Peraturan Bakamla 1/2023, PMA 29/2016 and the shape
of Permentan 68/2012; the tests have one policy for each. Every number is the agency's dated data, none is a constant.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from chassis.errors import FieldError
from directory.performance import Predicate
from incentive.domain.change_rules import ChangeKind, ChangeRule, change_faults, changes_by
from incentive.domain.values import PeriodKind, StudyLevel

HUNDRED = Decimal(100)
ONE = Decimal(1)
ZERO = Decimal(0)


class FactorBase(StrEnum):
    """What a predicate's factor multiplies: the performance part, or the whole amount."""

    PERFORMANCE_PART = "PERFORMANCE_PART"
    FULL = "FULL"


class AttendanceBase(StrEnum):
    ATTENDANCE_PART = "ATTENDANCE_PART"
    FULL = "FULL"


class PredicateSource(StrEnum):
    """The kind of period whose predicate counts; `lag` counts months, quarters or years back from the month's own."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    PREV_YEAR = "PREV_YEAR"

    @property
    def kind(self) -> PeriodKind:
        return PeriodKind.YEAR if self is PredicateSource.PREV_YEAR else PeriodKind(self.value)


class HeldOn(StrEnum):
    """The day that counts for the whole month, for every kind of change of which `changes` says nothing else."""

    FIRST_DAY = "FIRST_DAY"
    LAST_DAY = "LAST_DAY"


class Rounding(StrEnum):
    HALF_UP = "HALF_UP"
    DOWN = "DOWN"


@dataclass(frozen=True)
class Band:
    """From so many occurrences in the month on, the month counts as `predicate`."""

    from_count: int
    predicate: Predicate


@dataclass(frozen=True)
class MonthMeasure:
    """A month's predicate read off a count, such as daily reports off expectation (Permen LH 6/2025)."""

    code: str
    bands: tuple[Band, ...]

    def predicate(self, count: int) -> Predicate | None:
        reached = [band for band in self.bands if count >= band.from_count]
        return max(reached, key=lambda band: band.from_count).predicate if reached else None


@dataclass(frozen=True)
class StudyLeaveRule:
    """Tugas belajar: paid by a fixed class per study level, an extension by a factor (Permentan 20/2025)."""

    job_class: Mapping[StudyLevel, int]
    factor: Decimal = ONE
    extension_factor: Decimal = ONE
    apply_cuts: bool = False


@dataclass(frozen=True)
class TukinRules:
    """One policy version's rules. Percentages are per cent (0.5 is half a per cent), weights and factors are shares."""

    weight_performance: Decimal
    weight_attendance: Decimal
    predicate_factor: Mapping[Predicate, Decimal]
    predicate_source: PredicateSource
    lag: int
    factor_base: FactorBase = FactorBase.PERFORMANCE_PART
    default_factor: Decimal = ONE
    attendance_rules: Mapping[str, Decimal] = field(default_factory=dict)
    attendance_base: AttendanceBase = AttendanceBase.ATTENDANCE_PART
    attendance_cap: Decimal = HUNDRED
    performance_cuts: Mapping[str, Decimal] = field(default_factory=dict)
    month_measure: MonthMeasure | None = None
    cpns_factor: Decimal = ONE
    study_leave: StudyLeaveRule | None = None
    held_on: HeldOn = HeldOn.LAST_DAY
    changes: Mapping[ChangeKind, ChangeRule] = field(default_factory=lambda: changes_by({}, ChangeRule.LAST_DAY))
    rounding: Rounding = Rounding.HALF_UP
    second_person_approves: bool = True

    @property
    def codes(self) -> frozenset[str]:
        """The attendance codes that this policy prices."""
        measured = {self.month_measure.code} if self.month_measure else set()
        return frozenset({*self.attendance_rules, *self.performance_cuts, *measured})

    def factor(self, predicate: Predicate | None) -> Decimal:
        return self.default_factor if predicate is None else self.predicate_factor[predicate]


def faults(rules: TukinRules) -> list[FieldError]:
    """Return everything that makes the rules unusable, field by field; an empty list when they can be published."""
    found = []
    total = rules.weight_performance + rules.weight_attendance
    if total != ONE:
        found.append(
            FieldError("rules.weights", "weights_not_one", str(total), "jumlah bobot kinerja dan kehadiran tepat 1")
        )
    shares = {
        "weights.performance": rules.weight_performance,
        "weights.attendance": rules.weight_attendance,
        "default_factor": rules.default_factor,
        "cpns_factor": rules.cpns_factor,
        **{f"predicate_factor.{key}": value for key, value in rules.predicate_factor.items()},
    }
    if rules.study_leave:
        shares["study_leave.factor"] = rules.study_leave.factor
        shares["study_leave.extension_factor"] = rules.study_leave.extension_factor
    found += [
        FieldError(f"rules.{name}", "share_out_of_range", str(value), "angka 0 sampai dengan 1")
        for name, value in shares.items()
        if not ZERO <= value <= ONE
    ]
    percents = {
        "attendance_cap": rules.attendance_cap,
        **{f"attendance_rules.{code}": value for code, value in rules.attendance_rules.items()},
        **{f"performance_cuts.{code}": value for code, value in rules.performance_cuts.items()},
    }
    found += [
        FieldError(f"rules.{name}", "percent_out_of_range", str(value), "persen, angka 0 sampai dengan 100")
        for name, value in percents.items()
        if not ZERO <= value <= HUNDRED
    ]
    found += [
        FieldError("rules.predicate_factor", "predicate_without_factor", name.value, "faktor untuk kelima predikat")
        for name in Predicate
        if name not in rules.predicate_factor
    ]
    if rules.month_measure and rules.predicate_source is not PredicateSource.MONTH:
        found.append(
            FieldError(
                "rules.month_measure", "measure_needs_month", rules.predicate_source.value, "predicate_source MONTH"
            )
        )
    if not rules.second_person_approves:
        expected = "true; setiap bulan disetujui orang kedua"
        found.append(FieldError("rules.second_person_approves", "second_person_always", "false", expected))
    return found + change_faults(rules.changes)


def rules_from(data: Mapping[str, Any]) -> TukinRules:
    """Read rules from the JSON that is stored and sent (`rules_to` writes it)."""
    measure, study = data.get("month_measure"), data.get("study_leave")
    held_on = HeldOn(data.get("held_on", "LAST_DAY"))
    return TukinRules(
        weight_performance=Decimal(str(data["weights"]["performance"])),
        weight_attendance=Decimal(str(data["weights"]["attendance"])),
        predicate_factor={Predicate(key): Decimal(str(value)) for key, value in data["predicate_factor"].items()},
        predicate_source=PredicateSource(data["predicate_source"]),
        lag=int(data["lag"]),
        factor_base=FactorBase(data.get("factor_base", "PERFORMANCE_PART")),
        default_factor=Decimal(str(data.get("default_factor", "1"))),
        attendance_rules=_percents(data.get("attendance_rules")),
        attendance_base=AttendanceBase(data.get("attendance_base", "ATTENDANCE_PART")),
        attendance_cap=Decimal(str(data.get("attendance_cap", "100"))),
        performance_cuts=_percents(data.get("performance_cuts")),
        month_measure=_measure(measure) if measure else None,
        cpns_factor=Decimal(str(data.get("cpns_factor", "1"))),
        study_leave=_study(study) if study else None,
        held_on=held_on,
        changes=changes_by(data.get("changes") or {}, ChangeRule(held_on.value)),
        rounding=Rounding(data.get("rounding", "HALF_UP")),
        second_person_approves=bool(data.get("second_person_approves", True)),
    )


def rules_to(rules: TukinRules) -> dict[str, Any]:
    """Return rules as JSON; decimals become text so that no digit is lost."""
    measure, study = rules.month_measure, rules.study_leave
    return {
        "weights": {"performance": str(rules.weight_performance), "attendance": str(rules.weight_attendance)},
        "predicate_factor": {key.value: str(value) for key, value in rules.predicate_factor.items()},
        "predicate_source": rules.predicate_source.value,
        "lag": rules.lag,
        "factor_base": rules.factor_base.value,
        "default_factor": str(rules.default_factor),
        "attendance_rules": {code: str(value) for code, value in rules.attendance_rules.items()},
        "attendance_base": rules.attendance_base.value,
        "attendance_cap": str(rules.attendance_cap),
        "performance_cuts": {code: str(value) for code, value in rules.performance_cuts.items()},
        "month_measure": measure
        and {
            "code": measure.code,
            "bands": [{"from_count": band.from_count, "predicate": band.predicate.value} for band in measure.bands],
        },
        "cpns_factor": str(rules.cpns_factor),
        "study_leave": study
        and {
            "job_class": {level.value: number for level, number in study.job_class.items()},
            "factor": str(study.factor),
            "extension_factor": str(study.extension_factor),
            "apply_cuts": study.apply_cuts,
        },
        "held_on": rules.held_on.value,
        "changes": {kind.value: rule.value for kind, rule in rules.changes.items()},
        "rounding": rules.rounding.value,
        "second_person_approves": rules.second_person_approves,
    }


def _percents(data: Mapping[str, Any] | None) -> dict[str, Decimal]:
    return {code: Decimal(str(value)) for code, value in (data or {}).items()}


def _measure(data: Mapping[str, Any]) -> MonthMeasure:
    bands = (Band(int(item["from_count"]), Predicate(item["predicate"])) for item in data["bands"])
    return MonthMeasure(data["code"], tuple(bands))


def _study(data: Mapping[str, Any]) -> StudyLeaveRule:
    return StudyLeaveRule(
        job_class={StudyLevel(level): int(number) for level, number in data["job_class"].items()},
        factor=Decimal(str(data.get("factor", "1"))),
        extension_factor=Decimal(str(data.get("extension_factor", "1"))),
        apply_cuts=bool(data.get("apply_cuts", False)),
    )
