"""Withdraw an outage that was a wrong entry, as long as nobody has used the time that it gave."""

from uuid import UUID

from appraisal.domain.deadlines import end_of_day
from appraisal.domain.extensions import ExtensionCause
from appraisal.domain.obligation import NOBODY
from appraisal.domain.outage_errors import OutageUsed
from appraisal.domain.outages import Outage, Outages, OutageView
from appraisal.persistence.evaluations import was_rated_after
from appraisal.persistence.extensions import moved_by, was_reopened
from appraisal.persistence.outages import load_outage, lock_outages, update_outage
from appraisal.use_cases.outages.move import PAGE, move_deadlines
from appraisal.use_cases.outages.read import view_outages
from appraisal.use_cases.outages.windows import shorten_windows, windows_near
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork


def withdraw_outage(work: UnitOfWork, actor: Principal, outage_id: UUID, *, reason: str) -> OutageView:
    """Let every deadline end when it would have without it. Raise OutageUsed."""
    with work.transaction(actor.agency_id) as tx:
        outages, before = lock_outages(tx), load_outage(tx, outage_id)
        after = before.withdrawn(actor.account_id, reason, tx.now)
        without = outages.without(outage_id)
        people, windows = _used_deadlines(tx, before, without), _used_windows(tx, before, without)
        if people or windows:
            raise OutageUsed(people=people, windows=windows)
        saved = update_outage(tx, before, after)
        shorten_windows(tx, without, saved)
        moved = move_deadlines(tx, actor, saved, ExtensionCause.WITHDRAWAL)
        audit.record(tx, actor, "outage_withdrawn", "outage", outage_id)
        return view_outages(tx, actor, [moved])[0]


def _used_deadlines(tx: Transaction, outage: Outage, without: Outages) -> int:
    """Return how many deadlines were met, or may still be met, only because of an outage, or run again by it."""
    used, after = int(was_reopened(tx, outage)), NOBODY
    while page := moved_by(tx, outage, after, PAGE):
        used += sum(one.is_used(one.due_with(without), tx.now) for one in page)
        after = page[-1].id
    return used


def _used_windows(tx: Transaction, outage: Outage, without: Outages) -> int:
    """Return in how many windows somebody was rated after their end without an outage."""
    return sum(
        was_rated_after(tx, window.period, end_of_day(window.closes_with(without), without.time_zone))
        for window in windows_near(tx, without, outage)
        if window.closes_with(without) < window.closes_on
    )
