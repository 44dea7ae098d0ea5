"""The rule of reminders: its days by kind, what is wrong about one, and a digest of what is owed."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from appraisal.domain.obligation import KeptObligation, ObligationKind, ObligationState
from appraisal.domain.obligation_moves import ObligationCaller, ObligationMove
from appraisal.domain.reminders import OthersDue, PersonDue, ReminderRule, digests, digests_in_place, next_working_day
from appraisal.domain.rules import RuleKind, problem_of
from appraisal.persistence.rules import national_rules
from chassis.ids import new_id

NATIONAL = next(one.value for one in national_rules() if one.kind is RuleKind.REMINDER)
DUE, LATER = (datetime(2026, 1, day, 16, 59, 59, tzinfo=UTC) for day in (30, 31))
SITI, HEAD, CHIEF, BUDI = (UUID(int=number) for number in (1, 2, 3, 4))
KEPT, DAY = UUID(int=9), date(2026, 1, 24)
PLAN, QUARTER = ObligationKind.PLAN, ObligationKind.PERIODIC_EVALUATION


def test_every_kind_is_reminded_of_by_the_days_of_all_unless_it_has_its_own():
    rule = ReminderRule.parse(NATIONAL)
    assert rule.of(PLAN).stages == (-7, 0, 1, 8, 15, 22)
    assert rule.of(ObligationKind.STATEMENT).stages == (-2, 0, 1, 8, 15, 22)
    assert (rule.of(ObligationKind.ANSWER).stages, rule.of(ObligationKind.ANSWER).superior_after) == ((-3, 0), None)
    assert (rule.of(PLAN).superior_after, rule.hour, rule.longest_before) == (7, 7, 7)
    assert set(rule.kinds) == set(ObligationKind) - {ObligationKind.RECEIPT}, "which has reminders of its own"


def test_a_kind_names_only_what_differs():
    rule = ReminderRule.parse({"hour": 8, "before": [3], "after": [1], "kinds": {"PLAN": {"before": [14, 7]}}})
    assert (rule.of(PLAN).stages, rule.of(QUARTER).stages, rule.longest_before) == ((-14, -7, 1), (-3, 1), 14)
    assert rule.of(PLAN).superior_after is None


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({}, None),
        ({"before": [], "after": [], "superior_after": -1, "kinds": {}}, None),
        ({"hour": 24}, "hour: 0 sampai 23"),
        ({"before": [-1]}, "before: 0 sampai 366"),
        ({"after": [0]}, "after, superior_after: 1 sampai 366"),
        ({"superior_after": 0}, "after, superior_after: 1 sampai 366"),
        ({"before": list(range(13))}, "before, after: paling banyak 12 hari"),
        ({"kinds": {"PLAN": {"after": [400]}}}, "after, superior_after: 1 sampai 366"),
        ({"kinds": {"RECEIPT": {"before": [1]}}}, "ValueError: RECEIPT: diatur oleh aturan OBJECTION"),
        ({"kinds": {"PARTY": {}}}, "ValueError: 'PARTY' is not a valid ObligationKind"),
        ({"kinds": {"PLAN": {"days": [1]}}}, "ValueError: tidak dikenal: days"),
        ({"often": True}, "ValueError: tidak dikenal: often"),
        ({"hour": "pagi"}, "ValueError"),
    ],
)
def test_a_rule_that_cannot_be_used_says_why(change, problem):
    found = problem_of(RuleKind.REMINDER, {**NATIONAL, **change})
    assert found is None if problem is None else found.startswith(problem)


def due(kind, count, due_at, who=HEAD, *, own=False, late=False):
    return PersonDue(kind, own, count, due_at, who, late)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        ("2026-01-29", "2026-01-30"),
        ("2026-01-30", "2026-02-02"),
        ("2026-01-31", "2026-02-02"),
        ("2026-02-01", "2026-02-02"),
    ],
)
def test_the_day_after_a_friday_is_monday(day, after):
    assert next_working_day(date.fromisoformat(day)) == date.fromisoformat(after)


def test_a_digest_is_of_use_until_the_first_deadline_that_it_names_as_one_to_keep():
    (both,) = digests([due(PLAN, 1, DUE, late=True), due(QUARTER, 1, LATER)], date(2026, 1, 31))
    (late,) = digests([due(PLAN, 1, DUE, late=True)], date(2026, 1, 31))
    assert (both.useful_until, late.useful_until) == (LATER, None)
    (own,) = digests([due(ObligationKind.ANSWER, 1, LATER, SITI, own=True), due(PLAN, 1, LATER, SITI, own=True)], DAY)
    assert (own.of_service, both.of_service) == (False, True)


def test_a_digest_has_what_approaches_and_what_is_late_and_the_nearest_deadline():
    rows = [due(QUARTER, 2, DUE), due(PLAN, 3, LATER), due(PLAN, 1, LATER, SITI, own=True)]
    head, siti = digests(rows, date(2026, 1, 24))
    assert (head.content, head.approaching_count, head.late_count, head.due_at) == ("APPROACHING", 5, 0, DUE)
    assert (siti.employee_id, siti.approaching, siti.role) == (SITI, (rows[2].counted,), "OWES")
    (both,) = digests([due(QUARTER, 1, DUE, late=True), due(PLAN, 1, LATER)], date(2026, 1, 31))
    assert (both.content, both.due_at) == ("BOTH", LATER)
    (late,) = digests([due(QUARTER, 1, LATER, late=True), due(PLAN, 1, DUE, late=True)], date(2026, 2, 1))
    assert (late.content, late.due_at, late.late_count) == ("LATE", DUE, 2)


def test_whoever_stands_in_has_a_digest_of_those_they_appraise_only():
    quarters = {SITI: LATER, BUDI: DUE, CHIEF: DUE}
    owed = [OthersDue(new_id(), HEAD, who, QUARTER, at, False) for who, at in quarters.items()]
    owed += [OthersDue(new_id(), HEAD, SITI, kind, DUE, True) for kind in (PLAN, ObligationKind.STATEMENT)]
    may = dict(zip([one.id for one in owed], (CHIEF, CHIEF, BUDI, CHIEF), strict=False))
    first, second = digests_in_place(owed, may, date(2026, 1, 24))
    assert (first.employee_id, first.in_place_of_id, first.role, first.content) == (CHIEF, HEAD, "STANDS_IN", "BOTH")
    assert [(one.kind, one.count, one.due_at) for one in first.approaching] == [(QUARTER, 2, DUE)]
    assert [(one.kind, one.count) for one in first.late] == [(PLAN, 1)]
    assert (second.employee_id, second.approaching_count) == (BUDI, 1)


def kept(kind=QUARTER, **fields):
    values = {"employee_id": SITI, "subject": "2026-Q1", "owed_by": HEAD, "owed_to": SITI, "due_at": LATER}
    more = {"id": KEPT, "excused_by": None, "excuse": "", "order_reference": "", "version": 1}
    return KeptObligation(kind=kind, **{**values, **more, **fields})


@pytest.mark.parametrize(
    ("one", "caller", "late", "moves"),
    [
        (kept(), ObligationCaller(HEAD, with_plan=frozenset({(SITI, 2026)})), False, ["FULFIL"]),
        (kept(), ObligationCaller(HEAD, with_plan=frozenset({(SITI, 2026)})), True, ["ASK_EXTENSION"]),
        (kept(), ObligationCaller(HEAD), False, []),
        (kept(opens_at=LATER), ObligationCaller(HEAD, with_plan=frozenset({(SITI, 2026)})), False, []),
        (kept(state=ObligationState.DONE), ObligationCaller(HEAD, with_plan=frozenset({(SITI, 2026)})), False, []),
        (kept(PLAN), ObligationCaller(CHIEF, frozenset({KEPT})), True, ["FULFIL"]),
        (kept(PLAN), ObligationCaller(CHIEF, frozenset({SITI})), True, []),
        (kept(ObligationKind.DECISION), ObligationCaller(CHIEF, frozenset({KEPT})), False, ["FULFIL"]),
        (kept(PLAN), ObligationCaller(HEAD, is_away=True), False, []),
        (kept(PLAN, employee_id=HEAD), ObligationCaller(HEAD, is_away=True), False, ["FULFIL"]),
        (
            kept(ObligationKind.DECISION, owed_by=None),
            ObligationCaller(CHIEF, is_hr=True),
            True,
            ["EXTEND", "DESIGNATE"],
        ),
        (kept(ObligationKind.REVIEW), ObligationCaller(HEAD), True, ["FULFIL"]),
        (kept(ObligationKind.REVIEW), ObligationCaller(CHIEF, is_hr=True), False, ["EXTEND"]),
        (kept(ObligationKind.REVIEW), ObligationCaller(CHIEF, is_hr=True), True, ["EXTEND", "DESIGNATE"]),
        (
            kept(ObligationKind.REVIEW, owed_by=None),
            ObligationCaller(CHIEF, is_hr=True),
            False,
            ["EXTEND", "DESIGNATE"],
        ),
        (kept(state=ObligationState.LAPSED), ObligationCaller(CHIEF, is_hr=True), True, ["EXCUSE"]),
        (kept(owed_by=CHIEF), ObligationCaller(CHIEF, is_hr=True), True, []),
        (kept(owed_to=CHIEF), ObligationCaller(CHIEF, is_hr=True), True, ["EXCUSE"]),
        (kept(), ObligationCaller(None, is_hr=True), True, ["EXTEND", "EXCUSE"]),
    ],
)
def test_each_caller_is_shown_what_they_may_do(one, caller, late, moves):
    now = LATER.replace(day=28 if not late else 31, hour=23)
    assert list(caller.moves(one, now)) == moves
    is_bounded = ObligationMove.FULFIL in caller.moves(one, now) and one.kind is QUARTER
    assert caller.moves_until(one, now) == (LATER if is_bounded else None)
