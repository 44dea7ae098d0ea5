"""What moved a deadline: the steps from where the rule ends it to where it ends, and no others."""

from datetime import UTC, datetime
from uuid import UUID

from appraisal.domain.deadline_moves import moves_of
from appraisal.domain.extensions import Deadline, DeadlineExtension, ExtensionCause, ExtensionOutcome
from appraisal.domain.obligation import ObligationKind, ObligationState

ID = UUID(int=1)


def on(day, hour=16):
    return datetime(2027, 1, day, hour, 59, 59, tzinfo=UTC)


def deadline(due):
    opened, original = on(12, 3), on(26)
    return Deadline(
        ID, ObligationKind.ANSWER, ID, "", ID, ID, ObligationState.OPEN, opened, on(due), original, ID, None
    )  # fmt: skip


def entry(before, after, cause="OUTAGE", set_on=20, outcome="EXTENDED"):
    outage = None if cause == "GRANT" else ID
    return DeadlineExtension(
        ID, ID, ExtensionCause(cause), outage, ExtensionOutcome(outcome), after - before, on(before), on(after), "x", "",
        ID, on(set_on, 3),
    )  # fmt: skip


def steps(due, *entries):
    return [(one.due_before.day, one.due_after.day, one.cause) for one in moves_of(deadline(due), entries)]


def test_a_deadline_where_the_rule_ends_it_was_not_moved():
    assert steps(26) == []
    assert steps(26, entry(26, 28), entry(28, 26, "WITHDRAWAL")) == []
    assert steps(26, entry(26, 28, outcome="FOR_HR")) == []


def test_the_steps_lead_from_the_rules_end_to_the_present_one():
    found = steps(29, entry(26, 28), entry(28, 30, "GRANT"), entry(30, 29, "WITHDRAWAL"))
    assert found == [(26, 28, "OUTAGE"), (28, 30, "GRANT"), (30, 29, "WITHDRAWAL")]


def test_entries_of_the_case_before_it_began_anew_are_none_of_it():
    assert steps(26, entry(18, 20, set_on=10)) == []
    assert steps(28, entry(18, 20, set_on=10), entry(26, 28)) == [(26, 28, "OUTAGE")]


def test_what_moved_it_when_it_was_opened_is_a_step_without_an_outage():
    (first, second) = moves_of(deadline(29), [entry(18, 20, set_on=10), entry(27, 29)])
    assert (first.outage_id, first.due_before, first.due_after) == (None, on(26), on(27))
    assert (first.cause, first.set_at) == (ExtensionCause.OUTAGE, on(12, 3))
    assert (second.outage_id, second.due_before, second.due_after) == (ID, on(27), on(29))
