"""The procedure of an objection: which step follows which, when it may be decided, and what a worse rating needs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, product

import pytest

from appraisal.domain.deadlines import ObjectionDeadlines, ObjectionRule
from appraisal.domain.errors import (
    ExaminationRequired,
    ObjectionAlreadyDecided,
    ObjectionAlreadyWithdrawn,
    ObjectionMoveRefused,
    ObjectionNotReady,
)
from appraisal.domain.evaluation import RatedBy
from appraisal.domain.examination import CallExamination, Examination, RecordMinutes
from appraisal.domain.objection import FileObjection, Objection
from appraisal.domain.proceedings import (
    MADE_BY,
    MOVES,
    ObjectionMove,
    ObjectionStage,
    Part,
    Proceedings,
    is_worse,
)
from appraisal.domain.rating import Rating
from appraisal.domain.refusal_words import all_in_words
from appraisal.domain.rules import Rule, RuleKind, problem_of, rule_book
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import Capacity, Outcome, RatingLevel
from appraisal.persistence.rules import national_rules
from chassis.errors import InvalidInput, NotFound
from chassis.ids import new_id
from directory.performance import Predicate
from tests.appraisal.unit.test_evaluation import an_evaluation

FILED = datetime(2027, 1, 20, 3, tzinfo=UTC)
STATEMENT_BY, DECIDE_BY = datetime(2027, 1, 27, 16, 59, 59, tzinfo=UTC), datetime(2027, 2, 3, 16, 59, 59, tzinfo=UTC)
LATE = STATEMENT_BY + timedelta(seconds=1)
SETTING = AgencySetting("Asia/Jakarta", rule_book(national_rules(), ()), FILED.date())
EVALUATION = an_evaluation()
BY = RatedBy(new_id(), Capacity.REVIEWER)
APPRAISER = RatedBy(EVALUATION.appraiser_id, Capacity.APPRAISER)
DAY = timedelta(days=1)
REFUSALS = (ObjectionMoveRefused, ObjectionAlreadyDecided, ObjectionAlreadyWithdrawn, ObjectionNotReady)


def an_objection(decider=BY.official, **fields):
    due = ObjectionDeadlines(STATEMENT_BY, DECIDE_BY)
    filed = Objection.filed(new_id(), EVALUATION, FileObjection(EVALUATION.id, "x"), FILED, due, decider)
    return replace(filed, **fields)


def an_examination(invited=(EVALUATION.employee_id,), called=FILED, starts=FILED + 3 * DAY, present=None):
    command = CallExamination(new_id(), starts, tuple(invited), "Ruang rapat")
    found = Examination.called(new_id(), command, BY, called)
    if present is None:
        return found
    return found.recorded(RecordMinutes(command.objection_id, found.id, tuple(present), "x"), BY, starts)


def a_rating(work_result, behaviour, predicate="GOOD"):
    return Rating(RatingLevel(work_result), RatingLevel(behaviour), "", "", Predicate(predicate))


def test_the_days_of_the_procedure_are_dated_data():
    assert SETTING.objection_deadlines(FILED) == ObjectionDeadlines(STATEMENT_BY, DECIDE_BY)


def test_a_rule_of_before_has_seven_days_for_the_statement_or_half_of_those_for_the_decision():
    value = {"objection_days": 14, "decision_days": 14, "deemed_receipt_days": -1}
    assert ObjectionRule.parse(value) == ObjectionRule(14, 14, None, 7, 3, 3, 3)
    assert ObjectionRule.parse({**value, "decision_days": 10}).statement_days == 5
    assert problem_of(RuleKind.OBJECTION, {**value, "decision_days": 1}) is None


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"statement_days": 14}, "statement_days: 0 sampai 13"),
        ({"examination_notice_days": -1}, "examination_notice_days"),
    ],
)
def test_the_statement_has_less_days_than_the_decision(change, problem):
    value = {"objection_days": 14, "decision_days": 14, "deemed_receipt_days": 7, **change}
    assert problem in problem_of(RuleKind.OBJECTION, value)


@pytest.mark.parametrize(
    ("objection", "examinations", "now", "stage"),
    [
        (an_objection(), (), FILED, "AWAITS_STATEMENT"),
        (an_objection(), (), STATEMENT_BY + timedelta(microseconds=999_999), "AWAITS_STATEMENT"),
        (an_objection(), (), LATE, "READY"),
        (an_objection().answered("x", APPRAISER, FILED), (), FILED, "READY"),
        (an_objection(), (an_examination(present=[EVALUATION.employee_id]),), FILED, "AWAITS_STATEMENT"),
        (an_objection(), (an_examination(present=[EVALUATION.appraiser_id]),), FILED, "READY"),
        (an_objection(statement_by=None), (), FILED, "READY"),
        (an_objection(decider=None), (), LATE, "WITHOUT_DECIDER"),
        (an_objection().decided(Outcome.KEPT, BY, "x", LATE), (), LATE, "DECIDED"),
    ],
    ids=[
        "filed", "last second", "time has passed", "answered", "only the employee was there", "appraiser was there",
        "former release", "nobody decides", "decided",
    ],
)  # fmt: skip
def test_an_objection_is_decided_once_the_appraiser_was_asked(objection, examinations, now, stage):
    assert Proceedings(objection, examinations).stage(now) is ObjectionStage(stage)


def test_the_refusal_names_the_day_from_which_it_may_be_decided():
    with pytest.raises(ObjectionNotReady, match=r"27 Januari 2027 pukul 23\.59 WIB.* atau mulai 28 Januari 2027"):
        Proceedings(an_objection()).require_decidable(SETTING, FILED)


def take(proceedings, move, now):
    """Take one step of the procedure as its use case does."""
    before, held = proceedings.objection, proceedings.examinations
    if move is ObjectionMove.DECIDE:
        proceedings.require_decidable(SETTING, now)
        return replace(proceedings, objection=before.decided(Outcome.KEPT, BY, "x", now))
    proceedings.require(move, now)
    if move is ObjectionMove.MAKE_STATEMENT:
        return replace(proceedings, objection=before.answered("x", APPRAISER, now))
    if move is ObjectionMove.WITHDRAW:
        return replace(proceedings, objection=before.withdrawn("x", now))
    if move is ObjectionMove.DESIGNATE:
        return replace(proceedings, objection=before.designated(BY.official, new_id(), "x"))
    if move is ObjectionMove.CALL_EXAMINATION:
        return replace(proceedings, examinations=(*held, an_examination(called=now, starts=now + DAY)))
    if move is ObjectionMove.RECORD_MINUTES:
        one = next(one for one in held if one.may_be_recorded(now))
        after = one.recorded(RecordMinutes(one.objection_id, one.id, (), "x"), BY, now)
    else:
        one = next(one for one in held if one.may_be_remarked)
        after = one.remarked("x", now)
    return replace(proceedings, examinations=tuple(after if item is one else item for item in held))


@pytest.mark.parametrize("decider", [BY.official, None])
def test_any_order_of_steps_is_refused_or_taken_as_the_table_says(decider):
    """Every sequence of four steps, one each other day: what `moves` names is taken, anything else is refused."""
    for steps in product(ObjectionMove, repeat=4):
        proceedings, days = Proceedings(an_objection(decider=decider)), count(0, 2)
        for move, day in zip(steps, days, strict=False):
            now = FILED + day * DAY
            allowed = proceedings.moves(now)
            assert set(allowed) <= set(MOVES[proceedings.stage(now)])
            if move in allowed:
                proceedings = take(proceedings, move, now)
                continue
            with pytest.raises(REFUSALS) as refused:
                take(proceedings, move, now)
            if isinstance(refused.value, ObjectionMoveRefused):
                assert refused.value.params["allowed"] == all_in_words(allowed)


def test_whoever_reads_it_learns_what_they_may_do_and_by_when():
    proceedings = Proceedings(an_objection())

    def moves(*parts, now=FILED):
        return {one.move.value: one.until for one in proceedings.moves_of(parts, now)}

    assert moves(Part.APPRAISER) == {"MAKE_STATEMENT": STATEMENT_BY}
    assert moves(Part.DECIDER) == {"CALL_EXAMINATION": DECIDE_BY}
    assert moves(Part.DECIDER, now=LATE) == {"CALL_EXAMINATION": DECIDE_BY, "DECIDE": DECIDE_BY}
    assert moves(Part.HR) == {"CALL_EXAMINATION": DECIDE_BY, "DESIGNATE": DECIDE_BY}
    assert moves(Part.EMPLOYEE) == {"WITHDRAW": DECIDE_BY}
    assert set(MADE_BY) == set(ObjectionMove)


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [
        (("MEETS", "MEETS"), ("BELOW", "MEETS", "NEEDS_IMPROVEMENT"), True),
        (("MEETS", "MEETS"), ("ABOVE", "BELOW", "POOR_MISCONDUCT"), True),
        (("ABOVE", "MEETS"), ("MEETS", "ABOVE"), True),
        (("BELOW", "MEETS", "NEEDS_IMPROVEMENT"), ("MEETS", "MEETS"), False),
        (("MEETS", "MEETS"), ("MEETS", "ABOVE"), False),
        (("MEETS", "MEETS", "VERY_GOOD"), ("MEETS", "MEETS"), True),
    ],
)
def test_worse_is_a_lower_predicate_or_a_lower_level(before, after, worse):
    assert is_worse(a_rating(*before), a_rating(*after)) is worse


BEFORE, WORSE = a_rating("MEETS", "MEETS"), a_rating("BELOW", "MEETS", "NEEDS_IMPROVEMENT")


@pytest.mark.parametrize(
    ("examinations", "is_enough"),
    [
        ((), False),
        ((an_examination(),), False),
        ((an_examination(present=[]),), True),
        ((an_examination(starts=FILED + 2 * DAY, present=[]),), False),
        ((an_examination(invited=[EVALUATION.appraiser_id], present=[EVALUATION.employee_id]),), False),
        ((an_examination(called=FILED - DAY, present=[]),), False),
    ],
    ids=["none", "not held", "held", "invited too late", "not invited", "before the objection"],
)
def test_nothing_is_made_worse_unless_the_employee_was_invited_in_time(examinations, is_enough):
    proceedings = Proceedings(an_objection(), examinations)
    proceedings.require_chance(BEFORE, None, SETTING)
    proceedings.require_chance(WORSE, BEFORE, SETTING)
    if is_enough:
        proceedings.require_chance(BEFORE, WORSE, SETTING)
    else:
        with pytest.raises(ExaminationRequired, match="paling lambat 3 hari"):
            proceedings.require_chance(BEFORE, WORSE, SETTING)


def test_the_days_of_notice_are_the_agencys_calendar_days():
    """20 January 23:00 in Jakarta to 23 January 01:00: three days, though fifty hours."""
    called, starts = datetime(2027, 1, 20, 16, tzinfo=UTC), datetime(2027, 1, 22, 18, tzinfo=UTC)
    held = an_examination(called=called, starts=starts, present=[])
    assert held.gave_the_chance_to(EVALUATION.employee_id, FILED, 3, "Asia/Jakarta")
    assert not held.gave_the_chance_to(EVALUATION.employee_id, FILED, 3, "UTC")


def test_an_examination_lies_ahead_and_its_minutes_follow_it():
    with pytest.raises(InvalidInput):
        an_examination(starts=FILED)
    called = an_examination()
    proceedings = Proceedings(an_objection(), (called,))
    with pytest.raises(ObjectionMoveRefused):
        proceedings.require(ObjectionMove.RECORD_MINUTES, FILED + 2 * DAY)
    proceedings.require(ObjectionMove.RECORD_MINUTES, called.starts_at)
    with pytest.raises(NotFound):
        proceedings.examination(new_id())


def test_a_late_statement_is_marked_as_late():
    assert not an_objection().answered("x", APPRAISER, STATEMENT_BY).statement_is_late
    assert an_objection().answered("x", APPRAISER, LATE).statement_is_late
    assert not an_objection(statement_by=None).answered("x", APPRAISER, LATE).statement_is_late


def test_what_is_late_is_marked_once():
    objection = an_objection()
    late = objection.statement_escalated(LATE)
    assert (late.statement_escalated_at, late.statement_escalated(LATE + DAY)) == (LATE, late)
    answered = objection.answered("x", APPRAISER, FILED)
    assert answered.statement_escalated(LATE) is answered


def test_an_agencys_own_rule_of_before_is_read():
    value = {"objection_days": 7, "decision_days": 10, "deemed_receipt_days": -1}
    own = Rule(RuleKind.OBJECTION, "own", FILED.date(), value, "x", verified=True)
    setting = replace(SETTING, rules=rule_book(national_rules(), [own]))
    assert setting.objection_deadlines(FILED).statement_by == datetime(2027, 1, 25, 16, 59, 59, tzinfo=UTC)
