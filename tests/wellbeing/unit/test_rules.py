from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from chassis.errors import InvalidInput
from disclosure.units import UnitTree
from wellbeing.domain import ballot, report_code
from wellbeing.domain.deadlines import add_working_days, danger_due_by_the_day, release_at, start_of_day, triage_due
from wellbeing.domain.errors import ReportCodeUnknown, SurveyTokenInvalid, TicketMoveNotAllowed
from wellbeing.domain.measurement import Finding, Measure, assess
from wellbeing.domain.reference import DEFAULTS, Reference, ReferenceKind, in_force
from wellbeing.domain.reference_values import Triage, require_valid, threshold, working_hours
from wellbeing.domain.survey import Answer, Question, QuestionKind, mean_score, unit_large_enough, valid_answers
from wellbeing.domain.ticket import MOVES, MoveTicket, Referral, Ticket, TicketKind, TicketState
from wellbeing.domain.working_hours import schedule_on

DAY = date(2026, 8, 10)


@pytest.mark.parametrize(
    ("measure", "value", "finding"),
    [
        (Measure.LIGHT, "210", Finding.TOO_LOW),
        (Measure.LIGHT, "300", Finding.WITHIN),
        (Measure.TEMPERATURE, "26", Finding.WITHIN),
        (Measure.TEMPERATURE, "26.01", Finding.TOO_HIGH),
        (Measure.HUMIDITY, "60", Finding.WITHIN),
        (Measure.HUMIDITY, "60.5", Finding.TOO_HIGH),
        (Measure.CO2, "1000", Finding.WITHIN),
        (Measure.NOISE, "65.1", Finding.TOO_HIGH),
    ],
)
def test_measurements_against_the_office_health_rule(measure, value, finding):
    limits = threshold(in_force((), ReferenceKind.ENVIRONMENT, DAY), measure)
    assert assess(Decimal(value), limits) is finding


def test_only_what_was_seen_in_a_source_is_marked_verified():
    limits = {measure: threshold(in_force((), ReferenceKind.ENVIRONMENT, DAY), measure) for measure in Measure}
    assert {measure for measure, limit in limits.items() if limit.verified} == {
        Measure.LIGHT, Measure.TEMPERATURE, Measure.HUMIDITY,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("from_day", "count", "holidays", "expected"),
    [
        (date(2026, 8, 10), 3, (), date(2026, 8, 13)),
        (date(2026, 8, 13), 3, (), date(2026, 8, 18)),
        (date(2026, 8, 13), 3, (date(2026, 8, 17),), date(2026, 8, 19)),
        (date(2026, 8, 15), 1, (), date(2026, 8, 17)),
    ],
)
def test_working_days_leave_out_weekends_and_holidays(from_day, count, holidays, expected):
    assert add_working_days(from_day, count, holidays) == expected


def due(received_at, *, danger, time_zone="Asia/Jakarta"):
    return triage_due(received_at, Triage(24, 3), danger=danger, time_zone=time_zone, holidays=())


def test_danger_is_due_by_the_clock_and_the_rest_at_the_end_of_a_local_day():
    received = datetime(2026, 8, 10, 16, 30, tzinfo=UTC)
    assert due(received, danger=True) == datetime(2026, 8, 11, 16, 30, tzinfo=UTC)
    assert due(received, danger=False) == datetime(2026, 8, 13, 17, tzinfo=UTC)
    assert due(received, danger=False, time_zone="Asia/Jayapura") == datetime(2026, 8, 14, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "hour", "begins", "ends", "released"),
    [
        ("Asia/Jakarta", 16, (9, 17), (10, 17), (11, 0)),
        ("Asia/Jakarta", 17, (10, 17), (11, 17), (12, 0)),
        ("Asia/Jayapura", 14, (9, 15), (10, 15), (10, 22)),
        ("Asia/Jayapura", 15, (10, 15), (11, 15), (11, 22)),
    ],
)
def test_of_an_anonymous_moment_only_the_day_is_kept_in_the_agencys_own_zone(zone, hour, begins, ends, released):
    moment = lambda day, hour: datetime(2026, 8, day, hour, tzinfo=UTC)  # noqa: E731
    received = start_of_day(datetime(2026, 8, 10, hour, 59, 59, 5, tzinfo=UTC), zone)
    assert received == moment(*begins)
    assert danger_due_by_the_day(received, Triage(24, 3), zone) == moment(*ends)
    assert release_at(received, 7, zone) == moment(*released)


@pytest.mark.parametrize(("hours", "days"), [(1, 1), (24, 1), (25, 2), (48, 2), (72, 3)])
def test_hours_of_danger_become_whole_days_and_none_of_them_has_passed(hours, days):
    received = start_of_day(datetime(2026, 8, 10, 16, 59, tzinfo=UTC), "Asia/Jakarta")
    due_at = danger_due_by_the_day(received, Triage(hours, 3), "Asia/Jakarta")
    assert due_at == datetime(2026, 8, 9 + days, 17, tzinfo=UTC)


@pytest.mark.parametrize("state", TicketState)
@pytest.mark.parametrize("target", TicketState)
def test_a_ticket_moves_only_along_its_way(state, target):
    now = datetime(2026, 8, 10, 2, tzinfo=UTC)
    ticket = Ticket(
        uuid4(), TicketKind.HAZARD, "SAFETY", False, uuid4(), "", "Kabel", False, uuid4(), None, now, now, "", state
    )
    step = MoveTicket(
        ticket.ticket_id,
        target,
        "catatan",
        resolve_by=DAY if target is TicketState.TRIAGED else None,
        referral=Referral.MEDICAL if target is TicketState.REFERRED else None,
    )
    if target in MOVES[state]:
        assert ticket.moved(step, now, DAY, "Asia/Jakarta", owner_id=None).state is target
    else:
        with pytest.raises(TicketMoveNotAllowed):
            ticket.moved(step, now, DAY, "Asia/Jakarta", owner_id=None)


def test_a_ballot_is_read_back_and_a_changed_or_foreign_one_is_refused():
    given = ballot.Ballot("kemcontoh", uuid4(), uuid4())
    secret = ballot.new_secret()
    token, other = ballot.seal(given, secret), ballot.seal(given, secret)

    assert ballot.read_claim(token) == given
    assert ballot.verified_digest(token, secret) != ballot.verified_digest(other, secret)
    for wrong, key in ((token[:-4] + ("A" if token[-4] != "A" else "B") + token[-3:], secret), (token, other)):
        with pytest.raises(SurveyTokenInvalid):
            ballot.verified_digest(wrong, key)


def test_a_seal_written_in_another_way_is_still_the_same_vote():
    """The last letter of a seal holds spare bits: four letters mean the same seal."""
    secret = ballot.new_secret()
    token = ballot.seal(ballot.Ballot("kemcontoh", uuid4(), uuid4()), secret)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    votes = []
    for letter in letters:
        with suppress(SurveyTokenInvalid):
            votes.append(ballot.verified_digest(token[:-1] + letter, secret))
    assert len(votes) > 1
    assert len(set(votes)) == 1


@pytest.mark.parametrize("nonsense", ["", "a.b", ".eJw", "W10.x", "é", "bnVsbA.x", "WzEsMiwzLDRd.x"])
def test_a_token_that_is_none_is_refused(nonsense):
    with pytest.raises(SurveyTokenInvalid):
        ballot.read_claim(nonsense)


def test_a_report_code_names_its_agency_and_nothing_else():
    code = report_code.new_code("kemcontoh")
    assert report_code.agency_of(code) == "kemcontoh"
    assert report_code.digest(code) != report_code.digest(report_code.new_code("kemcontoh"))
    for wrong in ("", "kemcontoh", code + "\n", code.replace("-", ""), "KEM." + code.split(".")[1]):
        with pytest.raises(ReportCodeUnknown):
            report_code.agency_of(wrong)


BUREAU, TEAM, LONER = (UUID(int=number) for number in range(1, 4))


@pytest.mark.parametrize(
    ("unit", "members", "expected"),
    [
        (TEAM, {TEAM: 5}, TEAM),
        (TEAM, {TEAM: 4}, BUREAU),
        (TEAM, {TEAM: 4, BUREAU: 1}, BUREAU),
        (LONER, {LONER: 1}, LONER),
    ],
)
def test_an_answer_is_stored_under_a_unit_that_could_be_shown(unit, members, expected):
    assert unit_large_enough(unit, UnitTree({BUREAU: None, TEAM: BUREAU, LONER: None}), members, 5) == expected


SCORE, TEXT = Question(uuid4(), QuestionKind.SCORE, "Puas?"), Question(uuid4(), QuestionKind.TEXT, "Saran?")


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([], "answer_missing"),
        ([Answer(TEXT.question_id, text="x")], "answer_missing"),
        ([Answer(SCORE.question_id, score=0)], "score_out_of_range"),
        ([Answer(SCORE.question_id, score=6)], "score_out_of_range"),
        ([Answer(SCORE.question_id)], "score_out_of_range"),
        ([Answer(SCORE.question_id, score=3, text="x")], "text_not_asked"),
        ([Answer(SCORE.question_id, score=3), Answer(SCORE.question_id, score=4)], "answered_twice"),
        ([Answer(SCORE.question_id, score=3), Answer(TEXT.question_id, score=4)], "score_not_asked"),
        ([Answer(SCORE.question_id, score=3), Answer(TEXT.question_id, text="x" * 2001)], "text_too_long"),
        ([Answer(uuid4(), score=3)], "unknown_question"),
    ],
)
def test_a_form_filled_in_wrongly_names_the_field(answers, code):
    with pytest.raises(InvalidInput) as caught:
        valid_answers([SCORE, TEXT], answers)
    assert caught.value.errors[0].code == code


def test_an_empty_text_is_no_answer_and_texts_are_optional():
    filled = [Answer(SCORE.question_id, score=3), Answer(TEXT.question_id, text="  ")]
    assert valid_answers([SCORE, TEXT], filled) == [filled[0]]


@pytest.mark.parametrize(("total", "answers", "mean"), [(89, 23, "3.87"), (5, 2, "2.50"), (401, 200, "2.01")])
def test_means_are_rounded_half_up_to_two_places(total, answers, mean):
    assert mean_score(total, answers) == Decimal(mean)


def test_every_default_is_well_formed_and_of_two_rows_the_later_begun_holds():
    for default in DEFAULTS:
        require_valid(default.kind, default.body, default.valid_from)
    own = [
        Reference(ReferenceKind.TRIAGE, date(2026, 1, 1), "one", {}, "", verified=True),
        Reference(ReferenceKind.TRIAGE, date(2026, 9, 1), "two", {}, "", verified=True),
        Reference(ReferenceKind.TRIAGE, date(2026, 1, 1), "one corrected", {}, "", verified=True),
    ]
    assert in_force(own, ReferenceKind.TRIAGE, date(2025, 12, 31)).version == "default-triage-1"
    assert in_force(own, ReferenceKind.TRIAGE, date(2026, 8, 31)).version == "one corrected"
    assert in_force(own, ReferenceKind.TRIAGE, date(2026, 9, 1)).version == "two"


def test_weekly_hours_of_perpres_21_2023():
    hours = working_hours(in_force((), ReferenceKind.WORKING_HOURS, DAY))
    ordinary = schedule_on(DAY, hours)
    assert (ordinary.weekly_hours, ordinary.start) == (Decimal("37.5"), "07:30")
    assert (ordinary.break_minutes, ordinary.friday_break_minutes) == (60, 90)
    assert (hours.ramadan.weekly_hours, hours.ramadan.start) == (Decimal("32.5"), "08:00")


def test_a_tree_with_a_loop_or_a_missing_parent_still_ends():
    one, two, three = (UUID(int=number) for number in range(1, 4))
    tree = UnitTree({one: two, two: one, three: UUID(int=99)})
    assert tree.ancestors(one) == (two,)
    assert set(tree.subtree(tree.tops())) == {one, two, three}
