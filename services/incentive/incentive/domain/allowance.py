"""The monthly performance allowance (tunjangan kinerja) of one person, a pure function.

Amounts per job class come from the agency's Perpres, the parts and cuts from its own regulation (`TukinPolicy`), the
cut of a moderate discipline penalty from PP 94/2021. Not paid: without position, suspended, on unpaid leave, on MPP
leave, or paid remuneration by a BLU. Decimal throughout, rounded once, at the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

from directory.people import EmployeeStatus, EmploymentType
from directory.performance import Predicate
from incentive.domain.tukin_rules import HUNDRED, ONE, ZERO, AttendanceBase, FactorBase, Rounding, TukinRules
from incentive.domain.values import CircumstanceKind, StudyLevel

LABELS = {
    "base": "Besaran kelas jabatan",
    "study_leave": "Besaran tugas belajar",
    "performance_part": "Bagian kinerja",
    "performance_paid": "Bagian kinerja setelah predikat",
    "performance_cut": "Potongan bagian kinerja",
    "attendance_part": "Bagian kehadiran",
    "attendance_cut_percent": "Persentase potongan kehadiran",
    "attendance_paid": "Bagian kehadiran setelah potongan",
    "full_cut": "Potongan atas besaran penuh",
    "gross": "Jumlah sebelum faktor kepegawaian dan disiplin",
    "status_factor": "Faktor status kepegawaian",
    "discipline": "Potongan hukuman disiplin",
    "segment": "Bagian bulan",
    "segment_paid": "Dibayarkan untuk bagian bulan ini",
    "month": "Jumlah seluruh bagian bulan",
    "rounded": "Dibulatkan ke rupiah",
    "not_payable": "Tidak dibayarkan",
}


@dataclass(frozen=True)
class Study:
    level: StudyLevel
    extension: bool


@dataclass(frozen=True)
class AllowanceInputs:
    """All that one month's allowance of one person depends on; it has no field for anything about wellbeing."""

    job_class: int | None = None
    base: int | None = None
    employment_type: EmploymentType = EmploymentType.PNS
    status: EmployeeStatus = EmployeeStatus.ACTIVE
    predicate: Predicate | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    discipline_percent: Decimal = ZERO
    circumstances: frozenset[CircumstanceKind] = frozenset()
    study: Study | None = None


@dataclass(frozen=True)
class Step:
    """One step of the calculation: what it is, its formula, and the value."""

    code: str
    formula: str
    value: Decimal


@dataclass(frozen=True)
class Calculation:
    amount: int
    steps: tuple[Step, ...]
    not_payable: str | None = None


def effective_class(inputs: AllowanceInputs, rules: TukinRules) -> int | None:
    """Return the class whose amount is the base: that of the position, or the one that study leave is paid by."""
    if inputs.status is EmployeeStatus.STUDY_LEAVE and inputs.study and rules.study_leave:
        return rules.study_leave.job_class.get(inputs.study.level, inputs.job_class)
    return inputs.job_class


def why_not_payable(inputs: AllowanceInputs) -> str | None:
    """Return the code of the reason why nothing is paid this month, or None."""
    if inputs.status in {EmployeeStatus.UNPAID_LEAVE, EmployeeStatus.SUSPENDED} or inputs.status.has_left:
        return inputs.status.value
    for kind in (CircumstanceKind.MPP_LEAVE, CircumstanceKind.BLU_REMUNERATION):
        if kind in inputs.circumstances:
            return kind.value
    return "NO_POSITION" if inputs.job_class is None else None


def month_predicate(inputs: AllowanceInputs, rules: TukinRules) -> Predicate | None:
    """Return the predicate of the month: counted from its reports where the policy asks for that, else as appraised."""
    if rules.month_measure is not None:
        return rules.month_measure.predicate(inputs.counts.get(rules.month_measure.code, 0))
    return inputs.predicate


def calculate(inputs: AllowanceInputs, rules: TukinRules) -> Calculation:
    """Calculate one month in which nothing changed."""
    steps: list[Step] = []
    reason = why_not_payable(inputs)
    exact = gross(inputs, rules, steps)
    if reason is not None:
        return Calculation(0, tuple(steps), reason)
    amount = rounded(Fraction(exact), rules.rounding)
    steps.append(Step("rounded", f"{rules.rounding.value}({plain(exact)})", Decimal(amount)))
    return Calculation(amount, tuple(steps))


def gross(inputs: AllowanceInputs, rules: TukinRules, steps: list[Step]) -> Decimal:
    """Return a whole month's amount before rounding, and add its working to `steps`.

    `perf = base*wp*factor`, `att = base*wa*max(0, 1 - min(cap, cuts))`, `gross = (perf + att) * status factor`, less
    the discipline percentage of gross.
    """
    reason = why_not_payable(inputs)
    if reason is not None:
        steps.append(Step("not_payable", reason, ZERO))
        return ZERO
    if inputs.base is None:
        raise ValueError("a payable month needs the amount of its job class")
    on_study = (
        inputs.status is EmployeeStatus.STUDY_LEAVE and inputs.study is not None and rules.study_leave is not None
    )
    exact = _study_pay(inputs, rules, steps) if on_study else _parts(inputs, rules, steps)
    exact = _status_factor(exact, inputs, rules, steps)
    return _discipline(exact, inputs, steps)


def rounded(amount: Fraction, rounding: Rounding) -> int:
    """Return an amount, which is never negative, in whole rupiah."""
    return floor(amount if rounding is Rounding.DOWN else amount + Fraction(1, 2))


def _parts(inputs: AllowanceInputs, rules: TukinRules, steps: list[Step]) -> Decimal:
    base = Decimal(inputs.base or 0)
    steps.append(Step("base", f"kelas {effective_class(inputs, rules)}", base))
    performance, full_cut = _performance(base, inputs, rules, steps)
    attendance, more_cut = _attendance(base, inputs, rules, steps)
    cut = full_cut + more_cut
    if cut:
        steps.append(Step("full_cut", f"{plain(full_cut)} + {plain(more_cut)}", cut))
    gross = max(ZERO, performance + attendance - cut)
    steps.append(Step("gross", f"{plain(performance)} + {plain(attendance)} - {plain(cut)}", gross))
    return gross


def _performance(
    base: Decimal, inputs: AllowanceInputs, rules: TukinRules, steps: list[Step]
) -> tuple[Decimal, Decimal]:
    part = base * rules.weight_performance
    steps.append(Step("performance_part", f"{plain(base)} × {plain(rules.weight_performance)}", part))
    predicate = month_predicate(inputs, rules)
    factor = rules.factor(predicate)
    full_cut = ZERO
    paid = part
    if rules.factor_base is FactorBase.PERFORMANCE_PART:
        paid = part * factor
        name = predicate.value if predicate else "tanpa predikat"
        steps.append(Step("performance_paid", f"{plain(part)} × {plain(factor)} ({name})", paid))
    else:
        full_cut = base * (ONE - factor)
    cuts = min(HUNDRED, sum((rules.performance_cuts.get(code, ZERO) * n for code, n in inputs.counts.items()), ZERO))
    if cuts:
        paid -= part * cuts / HUNDRED
        steps.append(Step("performance_cut", f"{plain(part)} × {plain(cuts)}%", part * cuts / HUNDRED))
    return max(ZERO, paid), full_cut


def _attendance(
    base: Decimal, inputs: AllowanceInputs, rules: TukinRules, steps: list[Step]
) -> tuple[Decimal, Decimal]:
    part = base * rules.weight_attendance
    steps.append(Step("attendance_part", f"{plain(base)} × {plain(rules.weight_attendance)}", part))
    priced = [
        (code, n, rules.attendance_rules[code])
        for code, n in sorted(inputs.counts.items())
        if code in rules.attendance_rules
    ]
    total = sum((percent * n for _, n, percent in priced), ZERO)
    cuts = min(rules.attendance_cap, total)
    formula = " + ".join(f"{n}×{code} {plain(percent)}%" for code, n, percent in priced if n) or "tanpa pelanggaran"
    steps.append(Step("attendance_cut_percent", formula, cuts))
    if rules.attendance_base is AttendanceBase.FULL:
        return part, base * cuts / HUNDRED
    paid = part * max(ZERO, ONE - cuts / HUNDRED)
    steps.append(Step("attendance_paid", f"{plain(part)} × (1 - {plain(cuts)}%)", paid))
    return paid, ZERO


def _study_pay(inputs: AllowanceInputs, rules: TukinRules, steps: list[Step]) -> Decimal:
    assert inputs.study is not None
    assert rules.study_leave is not None
    rule = rules.study_leave
    before = _parts(inputs, rules, steps) if rule.apply_cuts else Decimal(inputs.base or 0)
    factor = rule.extension_factor if inputs.study.extension else rule.factor
    paid = before * factor
    formula = f"{inputs.study.level.value} kelas {effective_class(inputs, rules)}: {plain(before)} × {plain(factor)}"
    steps.append(Step("study_leave", formula, paid))
    return paid


def _status_factor(gross: Decimal, inputs: AllowanceInputs, rules: TukinRules, steps: list[Step]) -> Decimal:
    if inputs.employment_type is not EmploymentType.CPNS or rules.cpns_factor == ONE:
        return gross
    paid = gross * rules.cpns_factor
    steps.append(Step("status_factor", f"CPNS: {plain(gross)} × {plain(rules.cpns_factor)}", paid))
    return paid


def _discipline(gross: Decimal, inputs: AllowanceInputs, steps: list[Step]) -> Decimal:
    """Subtract the percentage of a moderate penalty from the gross (PP 94/2021: 25% for 6, 9 or 12 months)."""
    percent = min(HUNDRED, inputs.discipline_percent)
    if not percent:
        return gross
    cut = gross * percent / HUNDRED
    steps.append(Step("discipline", f"{plain(gross)} × {plain(percent)}%", -cut))
    return gross - cut


def plain(value: Decimal) -> str:
    """Return a number as text, without an exponent and without zeros at the end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def inputs_to(inputs: AllowanceInputs) -> dict[str, Any]:
    """Return inputs as JSON, as they are stored with the line."""
    return {
        "job_class": inputs.job_class,
        "base": inputs.base,
        "employment_type": inputs.employment_type.value,
        "status": inputs.status.value,
        "predicate": inputs.predicate and inputs.predicate.value,
        "counts": dict(sorted(inputs.counts.items())),
        "discipline_percent": plain(inputs.discipline_percent),
        "circumstances": sorted(inputs.circumstances),
        "study": inputs.study and {"level": inputs.study.level.value, "extension": inputs.study.extension},
    }


def inputs_from(data: Mapping[str, Any]) -> AllowanceInputs:
    """Read stored inputs, so that anybody can recompute the line."""
    study = data.get("study")
    return AllowanceInputs(
        job_class=data["job_class"],
        base=data["base"],
        employment_type=EmploymentType(data["employment_type"]),
        status=EmployeeStatus(data["status"]),
        predicate=Predicate(data["predicate"]) if data.get("predicate") else None,
        counts={code: int(number) for code, number in data.get("counts", {}).items()},
        discipline_percent=Decimal(str(data.get("discipline_percent", "0"))),
        circumstances=frozenset(CircumstanceKind(kind) for kind in data.get("circumstances", ())),
        study=Study(StudyLevel(study["level"]), bool(study["extension"])) if study else None,
    )
