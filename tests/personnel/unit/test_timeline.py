"""Facts of five series become one timeline, whatever the order and the lateness in which they were recorded."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.people import EmployeeStatus, EmploymentType, PositionKind, PositionLevel
from personnel.domain.records import (
    Cause,
    EmploymentTypeRecord,
    GradeRecord,
    PersonRecords,
    PositionRecord,
    Series,
    Source,
    StatusRecord,
    SuperiorRecord,
)
from personnel.domain.stretches import first_differences
from personnel.domain.timeline import SERVICE_START, VALUES, VersionChange, next_published, stretches

SITI, BUREAU, OTHER = UUID(int=1), UUID(int=11), UUID(int=12)
HEAD, CHIEF = UUID(int=2), UUID(int=3)
START = date(2023, 1, 2)


def day(month: int, of: int = 1) -> date:
    return date(2026, month, of)


def dated(kind, effective_from, *, recorded_on=None, replaces_later=False, **values):
    recorded_on = recorded_on or effective_from
    return kind(
        employee_id=SITI,
        effective_from=effective_from,
        recorded_on=recorded_on,
        replaces_later=replaces_later,
        recorded_at=datetime.combine(recorded_on, datetime.min.time(), UTC),
        recorded_by=None,
        source=Source.HAND,
        **values,
    )


def position(since, job_class=8, unit=BUREAU, **more):
    values = {
        "unit_id": unit,
        "position_code": "ASDM-1",
        "position_title": "Analis SDM",
        "position_kind": PositionKind.JF,
        "position_level": PositionLevel.AHLI_PERTAMA,
        "job_class": job_class,
    }
    return dated(PositionRecord, since, **{**values, **more})


def superior(since, who, **more):
    return dated(SuperiorRecord, since, superior_id=who, **more)


def status(since, value, **more):
    return dated(StatusRecord, since, status=value, **more)


def kind(since, value=EmploymentType.PNS, **more):
    return dated(EmploymentTypeRecord, since, employment_type=value, **more)


def grade(since, value="III/b", **more):
    return dated(GradeRecord, since, grade=value, grade_since=since, **more)


BEGINNING = (position(START), superior(START, HEAD), status(START, EmployeeStatus.ACTIVE), kind(START), grade(START))


def timeline(*more, beginning=BEGINNING):
    return stretches(PersonRecords.sorted_from([*beginning, *more]))


def changed_from(before, after):
    """Return the first day on which two timelines differ, or None."""
    return min(first_differences(before, after, VALUES).values(), default=None)


def days_of(found, name):
    return [(one.first_day, getattr(one, name)) for one in found]


# a life: for each series days of its own, and on each of them a value
changes = st.lists(st.integers(0, 400), unique=True, max_size=5)
lives = st.tuples(
    changes.flatmap(
        lambda days: st.tuples(
            *(st.builds(position, st.just(START + timedelta(one)), st.integers(1, 3), st.sampled_from([BUREAU, OTHER]))
              for one in days)
        )
    ),
    changes.flatmap(
        lambda days: st.tuples(
            *(st.builds(superior, st.just(START + timedelta(one)), st.sampled_from([HEAD, CHIEF, None])) for one in days)
        )
    ),
    changes.flatmap(
        lambda days: st.tuples(
            *(
                st.builds(
                    status,
                    st.just(START + timedelta(one)),
                    st.sampled_from(EmployeeStatus),
                    until=st.none() | st.integers(0, 60).map(lambda n, one=one: START + timedelta(one + n)),
                )
                for one in days
            )
        )
    ),
    changes.flatmap(
        lambda days: st.tuples(
            *(st.builds(kind, st.just(START + timedelta(one)), st.sampled_from(EmploymentType)) for one in days)
        )
    ),
    changes.flatmap(
        lambda days: st.tuples(
            *(st.builds(grade, st.just(START + timedelta(one)), st.sampled_from(["III/a", "III/b"])) for one in days)
        )
    ),
).map(lambda series: [record for one in series for record in one])  # fmt: skip


def known_from_the_start(records):
    """Say each day of a life without the code under test: the value begun last, else the first one."""
    last = max((one.until or one.effective_from for one in records), default=START)
    starts = [one.effective_from for one in records if isinstance(one, PositionRecord)]
    if not starts:
        return {}
    found = {}
    for offset in range((last - min(starts)).days + 2):
        on = min(starts) + timedelta(offset)
        values = {}
        for series in (PositionRecord, SuperiorRecord, StatusRecord, EmploymentTypeRecord, GradeRecord):
            rows = sorted((one for one in records if type(one) is series), key=lambda one: one.effective_from)
            begun = [one for one in rows if one.effective_from <= on <= (one.until or on)] or rows[:1]
            for name in series.VALUES:
                values[name] = getattr(begun[-1], name) if begun else None
        found[on] = values
    return found


@given(lives, st.randoms(use_true_random=False))
def test_changes_recorded_in_any_order_ahead_or_late_end_the_same(life, chance):
    life = [*life, *(one for one in BEGINNING if type(one) not in {type(other) for other in life})]
    shuffled = [
        dated(
            type(one),
            one.effective_from,
            recorded_on=one.effective_from + timedelta(chance.randint(-200, 200)),
            **{name: getattr(one, name) for name in (*one.VALUES, "until")},
        )
        for one in chance.sample(life, len(life))
    ]
    found = stretches(PersonRecords.sorted_from(shuffled))
    assert found == stretches(PersonRecords.sorted_from(life))
    for on, values in known_from_the_start(life).items():
        (held,) = [one for one in found if one.holds_on(on)]
        assert {name: getattr(held, name) for name in values if name != "position_title"} == {
            name: value for name, value in values.items() if name != "position_title"
        }


@given(lives)
def test_a_timeline_is_contiguous_and_maximal_and_starts_with_the_first_position(life):
    records = PersonRecords.sorted_from([*BEGINNING, *life])
    found = stretches(records)
    assert found[0].first_day == min(one.effective_from for one in records.positions)
    assert found[-1].last_day is None
    for one, following in pairwise(found):
        assert one.last_day is not None
        assert one.last_day + timedelta(days=1) == following.first_day
        assert changed_from([one], [following]) is not None
        values = [name for name in vars(one) if name not in {"first_day", "last_day"}]
        assert any(getattr(one, name) != getattr(following, name) for name in values)


@given(lives, lives)
def test_timelines_agree_before_the_first_day_that_differs_and_disagree_on_it(life, other):
    before, after = timeline(*life), timeline(*other)
    found = changed_from(before, after)
    assert found == changed_from(after, before)
    assert (found is None) == (before == after)
    assert changed_from(before, before) is None
    for number in range(470):
        on = START + timedelta(number)
        here, there = ([one for one in side if one.holds_on(on)] for side in (before, after))
        same = changed_from(here, there) is None or all(
            getattr(here[0], name) == getattr(there[0], name)
            for name in vars(here[0])
            if name not in {"first_day", "last_day"}
        )
        if found is None or on < found:
            assert same
        if on == found:
            assert not same
            break


def test_a_gap_of_the_past_is_filled_and_the_later_class_stands():
    august = position(day(8), 9, recorded_on=day(8))
    before = timeline(august)
    after = timeline(august, position(day(5), 10, recorded_on=day(9)))
    assert days_of(after, "job_class") == [(START, 8), (day(5), 10), (day(8), 9)]
    assert changed_from(before, after) == day(5)


def test_a_correction_sets_the_days_until_its_recording_aside():
    may, correction = position(day(5), 9), position(day(3), 10, recorded_on=day(6), replaces_later=True)
    assert days_of(timeline(may, correction), "job_class") == [(START, 8), (day(3), 10)]
    ahead = position(day(8), 11, recorded_on=day(4))
    assert days_of(timeline(may, ahead, correction), "job_class") == [(START, 8), (day(3), 10), (day(8), 11)]


def test_a_leave_recorded_late_leaves_a_rise_recorded_in_time_alone():
    rise = grade(day(4), "III/c", recorded_on=day(4))
    leave = status(day(3), EmployeeStatus.UNPAID_LEAVE, recorded_on=day(6), replaces_later=True)
    found = timeline(rise, leave)
    assert days_of(found, "grade") == [(START, "III/b"), (day(3), "III/b"), (day(4), "III/c")]
    assert found[-1].status is EmployeeStatus.UNPAID_LEAVE


def test_what_is_withdrawn_was_never_recorded():
    wrong = position(day(3), 10, recorded_on=day(6), replaces_later=True)
    at = datetime(2026, 7, 1, tzinfo=UTC)
    assert timeline(position(day(5), 9), wrong.withdrawn(at, None, "salah orang")) == timeline(position(day(5), 9))


def test_what_was_known_on_a_day_is_known_for_ever():
    wrong = position(day(3), 10, recorded_on=day(6)).withdrawn(datetime(2026, 7, 1, tzinfo=UTC), None, "salah orang")
    records = PersonRecords.sorted_from([*BEGINNING, wrong, position(day(5), 9, recorded_on=day(8))])

    def known(month):
        return days_of(stretches(records.as_known_on(datetime(2026, month, 15, tzinfo=UTC))), "job_class")

    assert known(5) == [(START, 8)]
    assert known(6) == [(START, 8), (day(3), 10)]
    assert known(7) == [(START, 8)]
    assert known(8) == [(START, 8), (day(5), 9)]


def test_a_series_that_begins_late_holds_its_first_value_back_to_the_first_position():
    found = timeline(beginning=(position(START), status(START, EmployeeStatus.ACTIVE), kind(day(2)), grade(START)))
    assert [(one.first_day, one.employment_type, one.superior_id) for one in found] == [
        (START, EmploymentType.PNS, None)
    ]


def test_a_person_of_whom_too_little_is_known_has_no_timeline():
    assert timeline(beginning=BEGINNING[1:]) == []
    assert timeline(beginning=BEGINNING[:2]) == []
    assert next_published(None, SITI, START, [], Cause.CHANGE) is None


@pytest.mark.parametrize(
    ("service_start", "more", "expected"),
    [
        (START, (), None),
        (START, (position(day(5), 9),), day(5)),
        (START - timedelta(days=1), (), START),
        (START - timedelta(days=1), (position(day(5), 9),), START),
    ],
)
def test_a_timeline_is_published_again_when_something_of_it_differs(service_start, more, expected):
    first = next_published(None, SITI, START, timeline(), Cause.CHANGE)
    assert first is not None
    assert (first.timeline.version, first.changed_from) == (1, START)
    found = next_published(first.timeline, SITI, service_start, timeline(*more), Cause.CHANGE)
    assert (found and (found.timeline.version, found.changed_from)) == (expected and (2, expected))


def test_each_series_differs_from_a_day_of_its_own():
    first = next_published(None, SITI, START, timeline(), Cause.CHANGE)
    assert first is not None
    assert first.first_days == dict.fromkeys([*VALUES, SERVICE_START], START)
    leave = status(day(5), EmployeeStatus.UNPAID_LEAVE)
    found = next_published(first.timeline, SITI, START, timeline(position(day(8), 9), leave), Cause.CORRECTION)
    assert found is not None
    assert found.first_days == {Series.STATUS: day(5), Series.POSITION: day(8)}
    assert list(found.timeline.changes) == [
        VersionChange(1, START, Cause.CHANGE),
        VersionChange(2, day(5), Cause.CORRECTION),
    ]


def test_an_event_says_of_its_last_fifty_versions_why_they_differed():
    found = next_published(None, SITI, START, timeline(), Cause.CHANGE)
    for number in range(60):
        assert found is not None
        grades = grade(day(5), ("III/c", "III/d")[number % 2])
        found = next_published(found.timeline, SITI, START, timeline(grades), Cause.CORRECTION)
    assert found is not None
    assert [one.version for one in found.timeline.changes] == list(range(12, 62))
