from datetime import date

import pytest

from training.domain import needs, plans, records
from training.domain.library import copies_free, due_on
from training.domain.needs import NeedSource, NeedState, leading_source
from training.domain.plans import PlanState
from training.domain.records import RecordState, same_certificate
from training.domain.sessions import EnrolmentState, Window, attended_enough, days_of, place, promotable
from training.domain.suggestions import course_fit, item_fit


@pytest.mark.parametrize(
    ("seats", "taken", "waiting", "expected"),
    [
        (2, 1, 0, EnrolmentState.CONFIRMED),
        (2, 2, 0, EnrolmentState.WAITING),
        (2, 1, 1, EnrolmentState.WAITING),
    ],
    ids=["free", "full", "somebody waits"],
)
def test_a_seat_goes_to_the_longest_waiting_first(seats, taken, waiting, expected):
    assert place(seats, taken, waiting) is expected


def test_nobody_moves_up_into_a_session_that_has_begun():
    start = date(2026, 9, 1)
    assert promotable(5, 3, 4, today=date(2026, 9, 1), starts_on=start) == 2
    assert promotable(5, 3, 1, today=date(2026, 8, 1), starts_on=start) == 1
    assert promotable(5, 3, 4, today=date(2026, 9, 2), starts_on=start) == 0
    assert promotable(3, 5, 4, today=date(2026, 8, 1), starts_on=start) == 0


def test_both_days_of_a_window_are_inside():
    window = Window(date(2026, 8, 1), date(2026, 8, 10))
    assert [window.is_open(date(2026, 8, day)) for day in (1, 10, 11)] == [True, True, False]
    assert not window.is_open(date(2026, 7, 31))


@pytest.mark.parametrize(
    ("present", "held", "enough"), [(4, 5, True), (3, 5, False), (1, 1, True), (0, 0, False), (0, 3, False)]
)
def test_attendance_is_measured_over_the_days_held(present, held, enough):
    assert attended_enough(present, held, 80) is enough


def test_days_of_a_session_include_both_ends():
    assert days_of(date(2026, 2, 28), date(2026, 3, 1)) == [date(2026, 2, 28), date(2026, 3, 1)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("ABC/12-2026", "abc 12 2026"), ("No. 7", "NO7"), ("PUSDIKLAT  Contoh", "Pusdiklat contoh"), ("１２", "12")],
)
def test_one_certificate_typed_in_two_ways_is_one(first, second):
    assert same_certificate(first) == same_certificate(second)


def test_different_numbers_stay_different():
    assert same_certificate("A-1") != same_certificate("A-2")


def test_the_states_move_only_forward():
    assert records.may_move(RecordState.SUBMITTED, RecordState.VERIFIED)
    assert not records.may_move(RecordState.REVOKED, RecordState.VERIFIED)
    assert not records.may_move(RecordState.SUBMITTED, RecordState.REVOKED)
    assert needs.may_move(NeedState.OPEN, NeedState.PLANNED)
    assert not any(needs.may_move(NeedState.MET, target) for target in NeedState)
    assert plans.may_move(PlanState.SUBMITTED, PlanState.AGREED)
    assert not plans.may_move(PlanState.AGREED, PlanState.DRAFT)


def test_an_evaluation_outweighs_a_gap_and_a_gap_a_wish():
    assert leading_source([NeedSource.REQUEST, NeedSource.EVALUATION]) is NeedSource.EVALUATION
    assert leading_source([NeedSource.REQUEST, NeedSource.COMPETENCY_GAP]) is NeedSource.COMPETENCY_GAP


def test_a_course_that_leads_to_the_required_level_comes_first():
    right = course_fit(level=3, required_level=3, actual_level=2, seats_free=0, competencies=1)
    above = course_fit(level=5, required_level=3, actual_level=2, seats_free=0, competencies=1)
    known = course_fit(level=2, required_level=3, actual_level=2, seats_free=0, competencies=1)
    seated = course_fit(level=3, required_level=3, actual_level=2, seats_free=4, competencies=1)
    assert seated.score > right.score > above.score > known.score
    assert any("sudah dimiliki" in reason for reason in known.reasons)


def test_reading_that_can_be_opened_at_once_comes_before_what_must_be_waited_for():
    open_one = item_fit(competencies=1, subject_hit=False, open_access=True, copies_free=0)
    shelf = item_fit(competencies=1, subject_hit=False, open_access=False, copies_free=2)
    out = item_fit(competencies=1, subject_hit=False, open_access=False, copies_free=0)
    assert open_one.score > shelf.score > out.score


def test_copies_promised_are_not_free():
    assert copies_free(3, 1, 1) == 1
    assert copies_free(1, 1, 0) == 0
    assert due_on(date(2026, 7, 6), 14) == date(2026, 7, 20)
