"""What is owed of a person in a year, by days, plans, evaluations and the rules."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from appraisal.domain.cycle import PeriodRow
from appraisal.domain.obligation import ObligationKind, ObligationState
from appraisal.domain.obligations import (
    EmployeeYear,
    FinishedEvaluation,
    PlanOfYear,
    RatedSegment,
    YearRules,
    overtaken,
    owed,
)
from appraisal.domain.periods import Period
from appraisal.domain.rules import Rule, RuleKind, rule_book
from appraisal.domain.segments import weekdays
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import PlanState
from appraisal.persistence.rules import national_rules
from chassis.ids import new_id
from directory.timelines import Stretch
from tests.appraisal.builders import ORDINARY

SITI, HEAD, OTHER, UNIT, FAR_UNIT = (new_id() for _ in range(5))
QUARTERS = (1, 2, 3, 4)
NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def stretch(first_day, last_day=None, **values):
    fixed = {"unit_id": UNIT, "position_kind": "JF", "superior_id": HEAD}
    return Stretch(first_day=first_day, last_day=last_day, **{**ORDINARY, **fixed, **values})


def rules(today=date(2026, 6, 1), **own):
    values = {RuleKind(kind): value for kind, value in own.items()}
    agency = [Rule(kind, "uji", date(2024, 1, 1), value, "", verified=True) for kind, value in values.items()]
    setting = AgencySetting("Asia/Jayapura", rule_book(national_rules(), agency), today)
    rows = []
    for period in (Period.of(2026, quarter) for quarter in (*QUARTERS, None)):
        window = setting.window(period)
        rows.append(PeriodRow(period, period.first_day, period.last_day, window.opens_on, window.closes_on))
    return YearRules.of(2026, rows, setting)


def by_subject(stretches, today=date(2026, 6, 1), own=None, **more):
    year = EmployeeYear(SITI, stretches, **more)
    return {(one.kind.value, one.subject): one for one in owed(year, rules(today, **(own or {})))}


def evaluations(found):
    return [(one.subject, one.state.value, one.reason) for (kind, _), one in found.items() if "EVALUATION" in kind]


def a_plan(**values):
    fixed = {"state": PlanState.ACTIVE, "appraiser_id": HEAD, "first_day": None, "last_day": None, "closed_at": None}
    return PlanOfYear(**{"id": new_id(), "employee_id": SITI, "is_agreed": True, "agreed_at": NOON, **fixed, **values})


def test_somebody_who_stays_owes_a_plan_and_is_owed_four_quarters_and_the_year():
    found = by_subject([stretch(date(2019, 3, 1))])
    assert list(found) == [
        ("PLAN", "2026/2026-01-01"),
        *(("PERIODIC_EVALUATION", f"2026-Q{quarter}") for quarter in QUARTERS),
        ("ANNUAL_EVALUATION", "2026"),
    ]
    plan, second = found["PLAN", "2026/2026-01-01"], found["PERIODIC_EVALUATION", "2026-Q2"]
    assert (plan.owed_by, plan.owed_to, plan.state) == (SITI, HEAD, ObligationState.OPEN)
    # 31 January, 23:59:59 in Jayapura
    assert plan.due_at == datetime(2026, 1, 31, 14, 59, 59, tzinfo=UTC)
    assert (second.owed_by, second.owed_to, second.unit_id, second.working_days) == (HEAD, SITI, UNIT, 65)
    assert (second.first_day, second.last_day) == (date(2026, 4, 1), date(2026, 6, 30))
    assert (second.opens_at, second.due_at) == (
        datetime(2026, 6, 29, 15, tzinfo=UTC),
        datetime(2026, 7, 30, 14, 59, 59, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("status", "reason"),
    [("UNPAID_LEAVE", "ON_LEAVE"), ("SUSPENDED", "SUSPENDED"), ("STUDY_LEAVE", "STUDY_LEAVE"), ("NEW", "ON_LEAVE")],
)
def test_who_is_away_for_a_whole_quarter_is_excused_with_the_reason(status, reason):
    stretches = [
        stretch(date(2019, 3, 1), date(2026, 2, 1)),
        stretch(date(2026, 2, 2), date(2026, 9, 30), status=status),
        stretch(date(2026, 10, 1)),
    ]
    assert evaluations(by_subject(stretches)) == [
        ("2026-Q1", "OPEN", ""),
        ("2026-Q2", "EXCUSED", reason),
        ("2026-Q3", "EXCUSED", reason),
        ("2026-Q4", "OPEN", ""),
        ("2026", "OPEN", ""),
    ]


def test_who_joins_on_2_november_is_excused_from_the_quarters_before():
    found = by_subject([stretch(date(2026, 11, 2))])
    assert evaluations(found) == [
        ("2026-Q1", "EXCUSED", "NOT_IN_SERVICE"),
        ("2026-Q2", "EXCUSED", "NOT_IN_SERVICE"),
        ("2026-Q3", "EXCUSED", "NOT_IN_SERVICE"),
        ("2026-Q4", "OPEN", ""),
        ("2026", "OPEN", ""),
    ]
    assert found["PERIODIC_EVALUATION", "2026-Q1"].unit_id is None
    assert found["PLAN", "2026/2026-11-02"].due_at == datetime(2026, 12, 2, 14, 59, 59, tzinfo=UTC)


def test_below_the_minimum_of_the_rule_a_period_and_the_plan_are_excused():
    found = by_subject([stretch(date(2026, 12, 30))], own={"MINIMUM_DAYS": {"working_days": 20}})
    assert {one.reason for one in found.values()} == {"NOT_IN_SERVICE", "BELOW_MINIMUM"}
    assert found["ANNUAL_EVALUATION", "2026"].working_days == 2


def test_who_has_left_before_the_year_owes_nothing():
    left = [stretch(date(2019, 3, 1), date(2025, 12, 31)), stretch(date(2026, 1, 1), status="RETIRED")]
    assert by_subject(left) == {}


MOVED = [
    stretch(date(2019, 3, 1), date(2026, 5, 14)),
    stretch(date(2026, 5, 15), superior_id=OTHER, unit_id=FAR_UNIT),
]


def test_a_move_within_a_quarter_asks_for_a_new_plan_and_a_rating_by_the_outgoing_appraiser():
    found = by_subject(MOVED)
    rating = found["SEGMENT_RATING", "2026-Q2/2026-04-01"]
    assert (rating.owed_by, rating.unit_id, rating.last_day) == (HEAD, UNIT, date(2026, 5, 14))
    assert rating.due_at == datetime(2026, 5, 28, 14, 59, 59, tzinfo=UTC)
    assert found["PLAN", "2026/2026-05-15"].owed_to == OTHER
    owed_by = {subject: one.owed_by for (kind, subject), one in found.items() if "EVALUATION" in kind}
    assert owed_by == {"2026-Q1": HEAD, "2026-Q2": OTHER, "2026-Q3": OTHER, "2026-Q4": OTHER, "2026": OTHER}
    assert [kind for kind, _ in found].count("SEGMENT_RATING") == 1


def test_a_plan_fulfils_the_days_that_it_covers():
    first = a_plan(state=PlanState.CLOSED, last_day=date(2026, 5, 14))
    second = a_plan(first_day=date(2026, 5, 15), is_agreed=False, agreed_at=None, state=PlanState.SUBMITTED)
    second = replace(second, appraiser_id=OTHER)
    plans = [one for (kind, _), one in by_subject(MOVED, plans=[first, second]).items() if kind == "PLAN"]
    assert [(one.state.value, one.owed_by, one.matter_id, one.done_at) for one in plans] == [
        ("DONE", SITI, first.id, NOON),
        ("OPEN", OTHER, second.id, None),
    ]


@pytest.mark.parametrize(
    ("plan", "states"),
    [
        (a_plan(), ["DONE", "DONE"]),
        (a_plan(first_day=date(2026, 5, 15)), ["OPEN", "DONE"]),
        (a_plan(state=PlanState.CLOSED, closed_at=datetime(2026, 5, 14, 5, tzinfo=UTC)), ["DONE", "OPEN"]),
        (a_plan(state=PlanState.CLOSED, closed_at=datetime(2027, 2, 2, 5, tzinfo=UTC)), ["DONE", "DONE"]),
        (a_plan(state=PlanState.CLOSED, is_agreed=False, agreed_at=None), ["OPEN", "OPEN"]),
        (a_plan(state=PlanState.REVISED), ["DONE", "DONE"]),
        (a_plan(state=PlanState.DRAFT, is_agreed=False, agreed_at=None), ["OPEN", "OPEN"]),
    ],
)
def test_which_segments_of_a_year_with_a_move_have_their_plan(plan, states):
    plans = [one for (kind, _), one in by_subject(MOVED, plans=[plan]).items() if kind == "PLAN"]
    assert [one.state for one in plans] == states


def test_a_move_to_come_needs_a_plan_of_its_own_although_one_is_in_force():
    plans = [one for (kind, _), one in by_subject(MOVED, date(2026, 5, 14), plans=[a_plan()]).items() if kind == "PLAN"]
    assert [one.state for one in plans] == ["DONE", "OPEN"]


def test_a_finished_evaluation_names_who_finished_it_whatever_was_recorded_later():
    done = FinishedEvaluation(new_id(), SITI, Period.of(2026, 2), UNIT, HEAD, NOON)
    leave = [stretch(date(2019, 3, 1), status="UNPAID_LEAVE", superior_id=OTHER)]
    one = by_subject(leave, evaluations={"2026-Q2": done})["PERIODIC_EVALUATION", "2026-Q2"]
    assert (one.state, one.owed_by, one.matter_id, one.done_at, one.reason) == ("DONE", HEAD, done.id, NOON, "")


def test_a_rated_segment_is_done():
    rated = RatedSegment(new_id(), SITI, Period.of(2026, 2), date(2026, 4, 1), NOON)
    one = by_subject(MOVED, segment_ratings={"2026-Q2/2026-04-01": rated})["SEGMENT_RATING", "2026-Q2/2026-04-01"]
    assert (one.state, one.matter_id, one.done_at) == ("DONE", rated.id, NOON)


def longer(one, days):
    return replace(one, due_at=one.due_at + timedelta(days=days))


@pytest.mark.parametrize(
    ("lapse", "days_after", "extension", "state"),
    [(-1, 400, 0, "OPEN"), (0, 0, 0, "LAPSED"), (5, 5, 0, "OPEN"), (5, 6, 0, "LAPSED"), (5, 6, 3, "OPEN")],
)
def test_an_evaluation_lapses_where_the_rule_says_so_and_its_own_extension_is_over(lapse, days_after, extension, state):
    year = rules(LAPSE={"evaluation_days": lapse})
    one = next(one for one in owed(EmployeeYear(SITI, [stretch(date(2019, 3, 1))]), year) if one.subject == "2026-Q1")
    now = one.due_at + timedelta(days=days_after, seconds=1) if days_after != 5 else one.due_at + timedelta(days=5)
    assert overtaken(longer(one, extension), year, now).state == state


def test_days_until_a_move_that_nobody_rated_in_time_are_hrs():
    year = rules()
    one = next(one for one in owed(EmployeeYear(SITI, MOVED), year) if one.kind is ObligationKind.SEGMENT_RATING)
    assert overtaken(one, year, one.due_at).owed_by == HEAD
    late = overtaken(one, year, one.due_at + timedelta(seconds=1))
    assert (late.owed_by, late.state) == (None, "OPEN")
    assert overtaken(longer(one, 1), year, one.due_at + timedelta(seconds=1)).owed_by == HEAD


@pytest.mark.parametrize("length", range(15))
@pytest.mark.parametrize("start", range(7))
def test_working_days_are_counted_like_one_by_one(start, length):
    first = date(2026, 3, 2) + timedelta(days=start)
    days = [first + timedelta(days=n) for n in range(length + 1)]
    assert weekdays(first, days[-1]) == sum(day.weekday() < 5 for day in days)
