"""A wait ends with the answer, or when nothing has changed for too long; never because the whole took long."""

import pytest

from chassis import waiting
from chassis.waiting import Remaining, Stalled, WaitState, wait_for, wait_until_empty


def test_the_answer_is_returned_as_soon_as_there_is_one():
    answers = iter([None, False, Remaining(1), {"id": 7}])
    assert wait_for("a job", lambda: next(answers)) == {"id": 7}


@pytest.mark.parametrize("nothing", [0, "", [], None, False])
def test_an_empty_answer_means_not_yet(nothing):
    answers = iter([nothing, "found"])
    assert wait_for("anything", lambda: next(answers)) == "found"


def test_whoever_makes_progress_is_waited_for_however_long_it_takes():
    left = iter(range(50, -1, -1))
    wait_until_empty("fifty steps", lambda: next(left), stall_seconds=0)


def test_the_same_set_with_other_items_is_progress():
    missing = set()
    later = iter(range(50))

    def ask():
        missing.clear()
        missing.update([next(later, None)])
        return missing - {None} and missing

    wait_until_empty("all of them", ask, stall_seconds=0)


def test_a_wait_in_which_nothing_moves_ends_with_what_remains_and_since_when():
    told = r"stalled: events of appraisal, remaining: 2 \(a, b\); unchanged since \d\d:\d\d:\d\d, for 0 of 0 s"
    with pytest.raises(Stalled, match=told):
        wait_until_empty("events of appraisal", lambda: {"b", "a"}, stall_seconds=0.05)


def test_progress_starts_the_count_again_and_the_error_names_both_times():
    left = iter([3, 2, *[1] * 10_000])
    with pytest.raises(Stalled) as stalled:
        wait_until_empty("three", lambda: next(left), stall_seconds=0.05)
    state = stalled.value.state
    assert state.remaining == Remaining(1)
    assert 0.05 < state.unchanged < state.waited


def test_no_answer_at_all_ends_too():
    with pytest.raises(Stalled, match="stalled: a letter; unchanged"):
        wait_for("a letter", lambda: None, stall_seconds=0.05)


def test_a_named_error_means_not_yet_and_is_reported_at_the_end_but_no_other_is_hidden():
    answers = iter([ConnectionError("away"), ConnectionError("away"), "here"])

    def ask():
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    assert wait_for("a server", ask, ignoring=(OSError,)) == "here"
    with pytest.raises(ZeroDivisionError):
        wait_for("a server", lambda: 1 // 0, ignoring=(OSError,))
    with pytest.raises(Stalled, match=r"remaining: ConnectionError\('gone'\)"):
        wait_for(
            "a server", lambda: (_ for _ in ()).throw(ConnectionError("gone")), ignoring=(OSError,), stall_seconds=0
        )


def test_what_remains_is_reported_now_and_then(monkeypatch):
    monkeypatch.setattr(waiting, "REPORT_SECONDS", 0)
    told: list[WaitState] = []
    left = iter([2, 1, 0])
    wait_until_empty("two", lambda: next(left), report=told.append)
    assert [str(state.remaining) for state in told] == ["2", "1"]


def test_a_long_list_is_reported_by_its_length_and_three_examples():
    assert str(Remaining(["a", "b", "c", "d"])) == "4 (a, b, c, …)"
    assert str(Remaining(4)) == "4"
    assert str(Remaining("PostgreSQL")) == "PostgreSQL"
