"""Who may be proposed for promotion, raise and service medal, condition by condition; people decide.

The sources are in the reference data: PermenPANRB 1/2023 and Peraturan BKN 3/2023 (credit), Peraturan BKN 2/2025 and
4/2025 (rank), KGB and PermenPANRB 7/2023 (raise), PP 35/2010 (Satyalancana Karya Satya).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from directory.people import EmployeeStatus, EmploymentType, PositionKind
from directory.performance import Predicate
from incentive.domain.career import Career, EligibilityRules, Finding, RaiseRule, RankRule, Reason
from incentive.domain.months import add_months, add_years, full_years
from incentive.domain.values import PNS_GRADES, EligibilityKind


def assess(career: Career, rules: EligibilityRules, today: date) -> list[Finding]:
    """Return the findings of all four kinds for one person as of `today`."""
    assessments: list[Callable[[Career, EligibilityRules, date], Finding]] = [
        rank_promotion,
        level_promotion,
        periodic_raise,
        service_medal,
    ]
    return [assessment(career, rules, today) for assessment in assessments]


def rank_promotion(career: Career, rules: EligibilityRules, today: date) -> Finding:
    """Kenaikan pangkat: regular for others, by credit for functional positions; effective on the 1st of any month."""
    functional = career.position_kind is PositionKind.JF
    rule = rules.rank_functional if functional else rules.rank_regular
    reasons = [
        _employment(career, {EmploymentType.PNS}, rule.source),
        _active(career, rule.source),
        _time_in_rank(career, rule, today),
        _predicates(career.annual, today.year, rule.predicate_years, rule.predicate_floor, rule.source),
        _next_grade(career, rule.source),
    ]
    if functional:
        reasons += _functional_rank(career, rules, rule)
    if rule.min_training_hours is not None:
        hours = career.training_hours.get(today.year - 1, 0)
        reasons.append(
            Reason(
                "training_hours",
                hours >= rule.min_training_hours,
                f"{hours} JP",
                f"{rule.min_training_hours} JP",
                rule.source,
            )
        )
    ripe = add_years(career.grade_since, rule.years_in_rank) if career.grade_since else None
    return _finding(EligibilityKind.RANK_PROMOTION, reasons, today, [ripe, date(today.year + 1, 1, 1)])


def _functional_rank(career: Career, rules: EligibilityRules, rule: RankRule) -> list[Reason]:
    level = rules.credit.levels.get(career.position_level) if career.position_level else None
    need = level.need_for_rank(career.grade, career.entry_grade) if level else None
    enough = need is not None and career.credit_balance >= need
    reasons = [
        Reason("credit", enough, f"{career.credit_balance}", "-" if need is None else f"{need}", rules.credit_source)
    ]
    if rule.level_ceiling:
        target = next_grade(career.grade)
        inside = level is not None and target is not None and target in level.grades
        spans = f"{level.grades[0]}..{level.grades[-1]}" if level else "-"
        reasons.append(Reason("level_allows_grade", inside, target or "-", spans, rule.source))
    return reasons


def level_promotion(career: Career, rules: EligibilityRules, today: date) -> Finding:
    """Kenaikan jenjang: enough credit, a vacancy, the competency test; proof of development for the top levels."""
    source = rules.level_source
    level = rules.credit.levels.get(career.position_level) if career.position_level else None
    functional = career.position_kind is PositionKind.JF and level is not None
    reasons = [
        _active(career, source),
        Reason("functional_position", functional, career.position_kind or "-", PositionKind.JF.value, source),
    ]
    if functional and level is not None:
        target = level.next_level
        need = level.need_for_level(career.entry_grade)
        reasons.append(Reason("next_level", target is not None, target or "-", "jenjang di atasnya", source))
        enough = need is not None and career.credit_balance >= need
        reasons += [
            Reason(
                "credit", enough, f"{career.credit_balance}", "-" if need is None else f"{need}", rules.credit_source
            ),
            Reason("vacancy", career.vacancy, _yes(met=career.vacancy), "ya", source),
            Reason("competency_test", career.competency_test, _yes(met=career.competency_test), "ya", source),
        ]
        if target in rules.professional_development_for:
            proof = career.professional_development
            reasons.append(Reason("professional_development", proof, _yes(met=proof), "ya", source))
    return _finding(EligibilityKind.LEVEL_PROMOTION, reasons, today, [])


def periodic_raise(career: Career, rules: EligibilityRules, today: date) -> Finding:
    """Kenaikan gaji berkala: every two years with a good enough result; noticed two months before."""
    pppk = career.employment_type is EmploymentType.PPPK
    rule = rules.raise_pppk if pppk else rules.raise_pns
    due = raise_due_on(career, rule, today)
    notice = _months_before(due, rule.notice_months) if due else None
    seen = _latest(career.annual, today.year)
    years = 1 if pppk and _is_first_raise(career, rule) else rule.predicate_years
    reasons = [
        _employment(career, {EmploymentType.PNS, EmploymentType.PPPK}, rule.source),
        _active(career, rule.source),
        Reason(
            "raise_due",
            notice is not None and today >= notice,
            due.isoformat() if due else "-",
            f"paling cepat {rule.notice_months} bulan sebelum jatuh tempo",
            rule.source,
        ),
        _predicates(career.annual, seen + 1, years, rule.predicate_floor, rule.source),
    ]
    return _finding(
        EligibilityKind.PERIODIC_RAISE,
        reasons,
        today,
        [notice, due and due + timedelta(days=1), date(today.year + 1, 1, 1)],
    )


def raise_due_on(career: Career, rule: RaiseRule, today: date) -> date | None:
    """Return the day the next raise is due: after the last one, else counted from the start of service."""
    if career.last_raise_on is not None:
        return add_years(career.last_raise_on, rule.every_years)
    if career.service_start is None:
        return None
    first = rule.first_after_years.get(career.grade, rule.every_years)
    due = add_years(career.service_start, first)
    steps = 0
    while due < today:
        steps += 1
        due = add_years(career.service_start, first + steps * rule.every_years)
    return due


def service_medal(career: Career, rules: EligibilityRules, today: date) -> Finding:
    """Satyalancana Karya Satya (PP 35/2010): 10, 20, 30 unbroken years since CPNS, no moderate or severe penalty."""
    source = rules.medal_source
    start = career.service_start
    served = full_years(start, today) if start else 0
    open_years = [years for years in rules.medal_years if years not in career.medals]
    reached = [years for years in open_years if years <= served]
    target = max(reached) if reached else min(open_years, default=None)
    earliest = add_years(start, target) if start and target else None
    clean = career.penalties.isdisjoint(rules.medal_forbidden)
    reasons = [
        _employment(career, {EmploymentType.PNS}, source),
        _active(career, source),
        Reason(
            "service_years",
            earliest is not None and today >= earliest,
            f"{served} tahun",
            f"{target} tahun, paling cepat {earliest}" if earliest else "-",
            source,
        ),
        Reason(
            "unbroken_service", not career.unpaid_leave_taken, _yes(met=not career.unpaid_leave_taken), "ya", source
        ),
        Reason("no_discipline_penalty", clean, _yes(met=clean), "ya", source),
    ]
    return _finding(EligibilityKind.SERVICE_MEDAL, reasons, today, [earliest])


def medal_missing(career: Career, rules: EligibilityRules, today: date, years: int) -> list[str]:
    """Return the conditions that a person misses for the service medal of so many years (PP 35/2010)."""
    return service_medal(career, replace(rules, medal_years=(years,)), today).missing


def next_grade(grade: str) -> str | None:
    """Return the golongan ruang above, I/a to IV/e; None at the top or for a PPPK grade."""
    if grade not in PNS_GRADES or grade == PNS_GRADES[-1]:
        return None
    return PNS_GRADES[PNS_GRADES.index(grade) + 1]


def _finding(kind: EligibilityKind, reasons: list[Reason], today: date, days: Iterable[date | None]) -> Finding:
    ahead = [day for day in days if day is not None and day > today]
    return Finding(kind, all(reason.met for reason in reasons), tuple(reasons), min(ahead, default=None))


def _employment(career: Career, allowed: set[EmploymentType], source: str) -> Reason:
    required = ", ".join(sorted(allowed))
    return Reason("employment_type", career.employment_type in allowed, career.employment_type.value, required, source)


def _active(career: Career, source: str) -> Reason:
    allowed = {EmployeeStatus.ACTIVE, EmployeeStatus.STUDY_LEAVE}
    return Reason("active", career.status in allowed, career.status.value, "aktif atau tugas belajar", source)


def _time_in_rank(career: Career, rule: RankRule, today: date) -> Reason:
    since = career.grade_since
    years = full_years(since, today) if since else 0
    met = since is not None and years >= rule.years_in_rank
    return Reason(
        "years_in_rank", met, f"{years} tahun sejak {since or '-'}", f"{rule.years_in_rank} tahun", rule.source
    )


def _predicates(annual: Mapping[int, Predicate], year: int, years: int, floor: Predicate, source: str) -> Reason:
    years_back = [year - back for back in range(1, years + 1)]
    met = all(one in annual and annual[one].at_least(floor) for one in years_back)
    value = ", ".join(f"{one}: {annual[one].value if one in annual else 'belum ada'}" for one in years_back)
    return Reason("predicates", met, value, f"paling rendah {floor.value} dalam {years} tahun terakhir", source)


def _latest(annual: Mapping[int, Predicate], year: int) -> int:
    """Return the last closed year with a final predicate; the year before this one where none is known."""
    closed = [one for one in annual if one < year]
    return max(closed, default=year - 1)


def _next_grade(career: Career, source: str) -> Reason:
    target = next_grade(career.grade)
    return Reason("next_grade", target is not None, target or career.grade, "golongan di atasnya", source)


def _months_before(day: date, months: int) -> date:
    month = add_months(day.replace(day=1), -months)
    try:
        return month.replace(day=day.day)
    except ValueError:
        return add_months(month, 1)


def _is_first_raise(career: Career, rule: RaiseRule) -> bool:
    return career.last_raise_on is None and career.grade in rule.first_after_years


def _yes(*, met: bool) -> str:
    return "ya" if met else "tidak"
