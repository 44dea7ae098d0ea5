"""However late and in whatever order lives are recorded and published, the end is what a plain look at each day finds.

Few lives in every run; SUAR_LAW=long plays ten thousand of them.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from math import floor
from random import Random
from typing import Any
from uuid import UUID

from appraisal.domain.periods import Period
from appraisal.persistence.people import days_in_period
from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from directory.questions import stretches_each
from directory.timelines import Period as Days
from personnel.domain.records import (
    EmploymentTypeRecord,
    GradeRecord,
    PersonRecords,
    PositionRecord,
    Record,
    Source,
    StatusRecord,
    SuperiorRecord,
)
from personnel.domain.timeline import stretches
from tests.incentive.builders import V1, Ministry, ok
from tests.law.lives import (
    LAST,
    SEED,
    Life,
    Recorded,
    Values,
    batched,
    deliver,
    deliver_everything,
    timeline_event,
)

PLACED = ("unit_id", "job_class", "superior_id", "status", "employment_type")
BY_DAYS = dict.fromkeys(("START", "END", "LEAVE", "TYPE", "CLASS", "UNIT"), "CALENDAR_DAYS")
MONTHS = range(1, 13)


def changes_of(found: Any) -> list[tuple[date, tuple[str, ...]]]:
    """Return from which day which values hold, each as text, without what differs in nothing."""
    values = [(one.first_day, tuple(str(getattr(one, name)) for name in PLACED)) for one in found]
    return values[:1] + [after for before, after in pairwise(values) if before[1] != after[1]]


def plain_changes_of(life: Life) -> list[tuple[date, tuple[str, ...]]]:
    days = sorted({one.day for one in life.records})
    values = [(day, tuple(str(life.held(day)[name]) for name in PLACED)) for day in days]
    return values[:1] + [after for before, after in pairwise(values) if before[1] != after[1]]


def test_personnel_makes_the_timeline_that_each_day_has(lives: list[Life]) -> None:
    for life in lives:
        records = [_record(life, one, number) for number, one in enumerate(life.records)]
        grade = {"grade": "III/b", "grade_since": life.first_day}
        records.append(_record(life, Recorded("grade", life.first_day, grade), 0))
        assert changes_of(stretches(PersonRecords.sorted_from(records))) == plain_changes_of(life), life


def test_the_directory_keeps_the_last_version_of_everybody(appraisal: Any, agency: str, lives: list[Life]) -> None:
    deliver_everything(appraisal, agency, lives)
    people = [life.employee_id for life in lives]
    with appraisal.work.transaction(agency) as tx:
        kept = stretches_each(tx, people, Days(date(2020, 1, 1), LAST)).known
        for life in lives:
            assert changes_of(kept[life.employee_id]) == plain_changes_of(life), life
        for period in (Period.of(2026), *(Period.of(2026, quarter) for quarter in (1, 2, 3, 4))):
            found = days_in_period(tx, people, period).known
            for life in lives:
                segments = [
                    (one.first_day, one.last_day, one.unit_id, one.appraiser_id)
                    for one in found[life.employee_id].segments
                ]
                expected, worked = _segments(life, period)
                assert (segments, found[life.employee_id].attendance.working_days) == (expected, worked), (life, period)


def test_the_target_of_learning_hours_is_that_of_the_days_held(
    training: Any, agency: str, person: Any, lives: list[Life]
) -> None:
    training.clock.turn(datetime(2026, 12, 31, 3, tzinfo=UTC))
    deliver_everything(training, agency, lives)
    for some in batched(lives):
        hr = training.client(person("hr_officer"))
        for life in some:
            answer = ok(hr.get(f"/api/v1/training/ledger/{life.employee_id}?year=2026"))
            assert answer["target_jp"] == _target(life), life


def test_pay_and_credit_end_as_if_all_had_been_known(
    incentive: Any, agency: str, person: Any, lives: list[Life]
) -> None:
    """Each month is paid by what is known then; the corrections make the sums equal."""
    chance = Random(SEED)
    incentive.clock.turn(datetime(2026, 1, 2, 2, tzinfo=UTC))
    ministry = Ministry(incentive, agency, person)
    ministry.policy(changes=BY_DAYS)
    amounts = {one["job_class"]: one["amount"] for one in ministry.amounts()}
    published = [(life, known, life.records[known - 1].month) for life in lives for known in life.versions]
    for month in MONTHS:
        ministry.at(2026, month, 28, 2)
        due = [(life, known) for life, known, when in published if when == month] * 2
        chance.shuffle(due)
        for batch in batched(due):
            deliver(incentive, [timeline_event(agency, *one) for one in batch])
        if month == MONTHS[6]:
            for life in lives:
                ministry.annual(life.employee_id, 2026, "GOOD")
        _pay_month(ministry, f"2026-{month:02d}")
    assert incentive.deferred(agency) == []
    ministry.run_timers()
    adjusted = 0
    for some in batched(lives):
        _sign_in(ministry)
        for life in some:
            lines = ministry.year(life.employee_id)["lines"]
            adjusted += sum(line["kind"] == "ADJUSTMENT" for line in lines)
            assert _sums(lines) == _worth(life, amounts), life
            assert ministry.credit(life.employee_id)["balance"] == _credit(life), life
    assert adjusted > 0


def _pay_month(ministry: Ministry, month: str) -> None:
    _sign_in(ministry)
    started = ok(ministry.hr.post(f"{V1}/allowance-runs", json={"month": month}), 202)
    ministry.service.run_jobs()
    _sign_in(ministry)
    ministry.decide(ok(ministry.hr.get(f"{V1}/allowance-runs/{started['id']}")))


def _sign_in(ministry: Ministry) -> None:
    """Let both officers sign in anew: a token ends within minutes, and many lives take longer."""
    ministry.hr, ministry.second = (ministry.service.client(ministry.person("hr_officer")) for _ in range(2))


def _sums(lines: list[Values]) -> dict[int, int]:
    sums = dict.fromkeys(MONTHS, 0)
    for line in lines:
        sums[int(line["month"][5:])] += line["amount"]
    return sums


def _record(life: Life, one: Recorded, number: int) -> Record:
    """Return a record of personnel: recorded in this order, on days that may lie before or after its own."""
    at = datetime(2026, one.month, 1, tzinfo=UTC) + timedelta(minutes=number)
    given: Values = {
        "employee_id": life.employee_id,
        "effective_from": one.day,
        "recorded_on": at.date(),
        "recorded_at": at,
        "recorded_by": None,
        "source": Source.HAND,
        "replaces_later": False,
    }
    if one.series == "position":
        post = {"position_code": "ASDM-1", "position_title": "Analis SDM", "position_kind": PositionKind.JF}
        return PositionRecord(**given, **post, position_level=PositionLevel.AHLI_PERTAMA, **one.values)
    if one.series == "superior":
        return SuperiorRecord(**given, **one.values)
    if one.series == "status":
        return StatusRecord(**given, status=EmployeeStatus(one.values["status"]))
    if one.series == "type":
        return EmploymentTypeRecord(**given, employment_type=EmploymentType(one.values["employment_type"]))
    return GradeRecord(**given, **one.values)


def _segments(life: Life, period: Period) -> tuple[list[tuple[date, date, UUID, UUID]], int]:
    found: list[tuple[date, date, UUID, UUID]] = []
    worked = 0
    for day, values in life.year():
        if not period.first_day <= day <= period.last_day:
            continue
        worked += values["status"] == "ACTIVE" and day.weekday() < 5
        here = (values["unit_id"], values["superior_id"])
        if found and found[-1][2:] == here:
            found[-1] = (found[-1][0], day, *here)
        else:
            found.append((day, day, *here))
    return found, worked


def _target(life: Life) -> int | None:
    """Return 20 JP for the days as PNS or CPNS; the 24 of a PPPK are a ceiling, and hold where nothing else was held."""
    kinds = [values["employment_type"] for _, values in life.year()]
    if not kinds:
        return None
    least = sum(kind in {"PNS", "CPNS"} for kind in kinds)
    return floor(Fraction(20 * least, len(kinds)) + Fraction(1, 2)) if least else 24


def _worth(life: Life, amounts: dict[int, int]) -> dict[int, int]:
    """Return what each month is worth: the sum of its days, rounded once."""
    sums = {month: Fraction(0) for month in MONTHS}
    for day, values in life.year():
        if values["status"] in {"UNPAID_LEAVE", "SUSPENDED"}:
            continue
        share = Fraction(4, 5) if values["employment_type"] == "CPNS" else Fraction(1)
        sums[day.month] += Fraction(amounts[values["job_class"]]) * share / monthrange(2026, day.month)[1]
    return {month: floor(amount + Fraction(1, 2)) for month, amount in sums.items()}


def _credit(life: Life) -> str:
    """Return a twelfth of 12.5 for each month with a day on which somebody is evaluated."""
    away = {"UNPAID_LEAVE", "SUSPENDED", "STUDY_LEAVE"}
    months = {day.month for day, values in life.year() if values["status"] not in away}
    return str((Decimal("12.5") * len(months) / 12).quantize(Decimal("0.001"), ROUND_HALF_UP))
