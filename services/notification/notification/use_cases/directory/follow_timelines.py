"""Notify people of a new superior once it has come, and of what has waited for somebody to arrive."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from chassis import timers
from chassis.ids import new_id
from chassis.timers import Timer
from chassis.unit_of_work import Transaction
from directory.keeping import TimelineChange, UnitChange
from directory.questions import days_ahead, people_changing_on
from directory.timelines import Cause
from notification.domain.message import Trigger
from notification.domain.people import NotifiedSuperior
from notification.persistence.people import (
    notified_superiors,
    save_notified_superiors,
    starts_of_days_to_come,
    stretches_held_on,
    today,
)
from notification.use_cases.messages.address import superiors_key, unit_key
from notification.use_cases.messages.notify import notify_people, notify_waiting

TIMER = "timelines_change"
PEOPLE_AT_ONCE = 500
KIND_OF = {
    Cause.CHANGE: "notification.SuperiorChanged.v1",
    Cause.CORRECTION: "notification.SuperiorCorrected.v1",
}


def follow_timelines(tx: Transaction, changes: Sequence[TimelineChange]) -> None:
    """Notify of superiors that have come; of those of days ahead on their day."""
    notify_waiting(tx, [superiors_key(change.employee_id) for change in changes if change.is_new])
    by_person = {change.employee_id: change for change in changes}
    _notify_of_superiors(tx, list(by_person), by_person)
    surely_past = tx.now.date() - timedelta(days=1)  # in no time zone is the day more than one behind
    ahead = days_ahead(tx, list(by_person), surely_past)
    if ahead:
        timers.schedule_all(tx, TIMER, starts_of_days_to_come(tx, ahead))


def follow_units(tx: Transaction, changes: Sequence[UnitChange]) -> None:
    notify_waiting(tx, [unit_key(change.unit_id) for change in changes if change.is_new])


def notify_on_the_day(tx: Transaction, timer: Timer) -> None:
    """Notify those for whom another superior begins on the day of the timer, a number of people at a time."""
    after = UUID(timer.data["after"]) if "after" in timer.data else None
    found = people_changing_on(tx, date.fromisoformat(timer.key), after, PEOPLE_AT_ONCE)
    _notify_of_superiors(tx, found, {})
    if len(found) == PEOPLE_AT_ONCE:
        # later than this timer, which would else be taken for done
        at = max(tx.now, timer.due_at + timedelta(microseconds=1))
        timers.schedule(tx, TIMER, timer.key, at, {"after": found[-1]})


def _notify_of_superiors(tx: Transaction, people: Collection[UUID], changes: Mapping[UUID, TimelineChange]) -> None:
    """Notify those whose superior of today is not the one of whom they were notified last.

    The first superior of a person notifies nobody: a new agency's import would write to everyone at once. Nobody
    is notified that somebody has left.
    """
    known, rows, day = notified_superiors(tx, people), [], today(tx)
    for employee_id, stretch in stretches_held_on(tx, people, day).items():
        superior_id = stretch.superior_id if stretch.in_service else None
        is_first = employee_id not in known
        if is_first or known[employee_id] != superior_id:
            rows.append(NotifiedSuperior(employee_id, superior_id))
        if not is_first and stretch.in_service and known[employee_id] != superior_id:
            change = changes.get(employee_id)
            cause = change.cause_on(day) if change else Cause.CHANGE
            notify_people(tx, _trigger(tx, rows[-1], known[employee_id], cause, change))
    save_notified_superiors(tx, rows)


def _trigger(
    tx: Transaction, now: NotifiedSuperior, before: UUID | None, cause: Cause, change: TimelineChange | None
) -> Trigger:
    event_id = UUID(change.causation.causation_id) if change and change.causation.causation_id else new_id()
    names = {"employee_id": now.employee_id, "appraiser_id": now.superior_id, "previous_appraiser_id": before}
    return Trigger(KIND_OF[cause], event_id, tx.now, names)
