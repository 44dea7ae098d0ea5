from datetime import UTC, date, datetime

import pytest

from chassis.ids import new_id
from training.domain.enrolment import attended_enough
from training.domain.errors import (
    EnrolmentWindowClosed,
    NeedClosed,
    NoCopyFree,
    PlanWrongState,
    RecordClosed,
)
from training.domain.loan import due_on
from training.domain.need import Need, NeedSource, NeedState, leading_source
from training.domain.plan import Plan, PlanState
from training.domain.record import CertificateKey, Record, RecordOrigin, RecordState
from training.domain.reference_item import ItemKind, ReferenceItem
from training.domain.session import TrainingSession, days_between
from training.domain.suggestions import course_fit, item_fit

NOW = datetime(2026, 7, 6, tzinfo=UTC)


def a_session(
    seats: int = 5, taken: int = 3, opens_on: date = date(2026, 8, 1), closes_on: date = date(2026, 8, 10)
) -> TrainingSession:
    return TrainingSession(
        id=new_id(),
        course_code="WS-PA",
        jp=8,
        seats=seats,
        taken=taken,
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 9, 3),
        enrol_opens_on=opens_on,
        enrol_closes_on=closes_on,
        place="",
        trainer_id=None,
    )


def a_record(state: RecordState) -> Record:
    return Record(
        id=new_id(),
        employee_id=new_id(),
        origin=RecordOrigin.EXTERNAL,
        course_code="EXTERNAL",
        title="Coaching",
        kind_code="COACHING",
        competency_codes=(),
        provider="Biro SDM",
        provider_key="birosdm",
        certificate_number="X-1",
        certificate_key="x1",
        jp=4,
        started_on=date(2026, 7, 1),
        completed_on=date(2026, 7, 2),
        issued_on=date(2026, 7, 2),
        evidence_link=None,
        state=state,
        created_at=NOW,
    )


def a_need(state: NeedState = NeedState.OPEN) -> Need:
    return Need(new_id(), new_id(), "process_analysis", state, 3, 2, NOW, 2026)


def an_item(copies: int, on_loan: int, reserved: int) -> ReferenceItem:
    return ReferenceItem(
        id=new_id(),
        code="B-1",
        title="Buku",
        author="",
        year=None,
        kind=ItemKind.BOOK,
        subject="",
        competency_codes=(),
        language="id",
        licence="",
        link=None,
        copies=copies,
        on_loan=on_loan,
        reserved=reserved,
        active=True,
    )


@pytest.mark.parametrize(
    ("seats", "taken", "waiting", "free"),
    [(2, 1, 0, True), (2, 2, 0, False), (2, 1, 1, False)],
    ids=["free", "full", "somebody waits"],
)
def test_a_seat_goes_to_the_longest_waiting_first(seats, taken, waiting, free):
    assert a_session(seats, taken).has_free_seat(waiting) is free


def test_nobody_moves_up_into_a_session_that_has_begun():
    assert a_session(5, 3).promotable(4, date(2026, 9, 1)) == 2
    assert a_session(5, 3).promotable(1, date(2026, 8, 1)) == 1
    assert a_session(5, 3).promotable(4, date(2026, 9, 2)) == 0
    assert a_session(3, 5).promotable(4, date(2026, 8, 1)) == 0


def test_both_days_of_a_window_are_inside():
    for day in (1, 10):
        a_session().require_enrolment(date(2026, 8, day), by_hr=False)
    for day in (date(2026, 8, 11), date(2026, 7, 31)):
        with pytest.raises(EnrolmentWindowClosed):
            a_session().require_enrolment(day, by_hr=False)


@pytest.mark.parametrize(
    ("present", "held", "enough"), [(4, 5, True), (3, 5, False), (1, 1, True), (0, 0, False), (0, 3, False)]
)
def test_attendance_is_measured_over_the_days_held(present, held, enough):
    assert attended_enough(present, held, 80) is enough


def test_days_of_a_session_include_both_ends():
    assert days_between(date(2026, 2, 28), date(2026, 3, 1)) == [date(2026, 2, 28), date(2026, 3, 1)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("ABC/12-2026", "abc 12 2026"), ("No. 7", "NO7"), ("PUSDIKLAT  Contoh", "Pusdiklat contoh"), ("１２", "12")],
)
def test_one_certificate_typed_in_two_ways_is_one(first, second):
    assert CertificateKey.of("P", first) == CertificateKey.of("P", second)


def test_different_numbers_stay_different():
    assert CertificateKey.of("P", "A-1") != CertificateKey.of("P", "A-2")


def test_the_states_move_only_forward():
    assert a_record(RecordState.SUBMITTED).verified(3).jp == 3
    for closed in (RecordState.REVOKED, RecordState.REJECTED, RecordState.VERIFIED):
        with pytest.raises(RecordClosed):
            a_record(closed).verified(None)
    with pytest.raises(RecordClosed):
        a_record(RecordState.SUBMITTED).revoked()
    assert a_need().moved(NeedState.PLANNED).moved(NeedState.OPEN).is_live
    for target in NeedState:
        with pytest.raises(NeedClosed):
            a_need(NeedState.MET).moved(target)
    draft = Plan.drafted(new_id(), new_id(), 2026, NOW)
    agreed = draft.submitted(has_items=True).agreed(new_id(), NOW, "")
    assert (agreed.state, agreed.superseded().agreed_at) == (PlanState.AGREED, NOW)
    with pytest.raises(PlanWrongState):
        draft.revised(new_id(), NOW)
    with pytest.raises(PlanWrongState):
        agreed.submitted(has_items=True)


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
    assert an_item(3, 1, 1).copies_free == 1
    assert an_item(1, 0, 1).lent_from_reserve().copies_free == 0
    with pytest.raises(NoCopyFree):
        an_item(1, 1, 0).lent()
    assert due_on(date(2026, 7, 6), 14) == date(2026, 7, 20)
