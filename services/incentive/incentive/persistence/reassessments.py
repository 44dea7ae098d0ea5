"""The reassessment queue: people whose eligibility must be assessed again, and the sweep that works it off."""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text

from chassis import timers
from chassis.records import table_of
from chassis.unit_of_work import Transaction
from incentive.persistence import models

SWEEP, REVIEW = "eligibility_sweep", "eligibility_review"
# An import brings a person in several events: who is assessed while they still come is assessed in vain.
QUIET, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)
# Text because each builds its set of people in the database, in one order.
_ENQUEUE = text(
    "INSERT INTO eligibility_due (agency_id, employee_id, enqueued_at) SELECT :agency, e, :now "
    "FROM unnest(CAST(:ids AS uuid[])) e ORDER BY e ON CONFLICT DO NOTHING"
)
_ENQUEUE_DUE = text(
    "INSERT INTO eligibility_due (agency_id, employee_id, enqueued_at) SELECT DISTINCT agency_id, employee_id, "
    "CAST(:now AS timestamptz) FROM eligibility WHERE agency_id = :agency AND review_on <= :today "
    "ORDER BY 2 ON CONFLICT DO NOTHING"
)
_ENQUEUE_ALL = text(
    "INSERT INTO eligibility_due (agency_id, employee_id, enqueued_at) SELECT agency_id, employee_id, :now "
    "FROM directory_person WHERE agency_id = :agency ORDER BY 2 ON CONFLICT DO NOTHING"
)
# Text because of their locks: whoever enqueues shares the sweep's row until the commit; a sweep that ends waits for it.
_SHARE_SWEEP = text("SELECT 1 FROM eligibility_sweep WHERE agency_id = :agency FOR KEY SHARE")
_ANNOUNCE_SWEEP = text(
    "INSERT INTO eligibility_sweep (agency_id) VALUES (:agency) ON CONFLICT DO NOTHING RETURNING agency_id"
)
_LOCK_SWEEP = text("SELECT 1 FROM eligibility_sweep WHERE agency_id = :agency FOR UPDATE")
_DEQUEUE = text(
    "DELETE FROM eligibility_due WHERE (agency_id, employee_id) IN (SELECT agency_id, employee_id FROM eligibility_due "
    "WHERE agency_id = :agency ORDER BY employee_id LIMIT :limit FOR UPDATE SKIP LOCKED) RETURNING employee_id"
)


def enqueue_reassessment(tx: Transaction, *ids: UUID) -> None:
    """Enqueue people and make sure that a sweep is scheduled, with one timer for however many events."""
    tx.session.execute(_ENQUEUE, {"agency": tx.agency_id, "ids": list(ids), "now": tx.now})
    _schedule_sweep(tx)


def enqueue_due_reviews(tx: Transaction, today: date) -> None:
    """Enqueue everybody whose day of review has come."""
    tx.session.execute(_ENQUEUE_DUE, {"agency": tx.agency_id, "today": today, "now": tx.now})
    _schedule_sweep(tx)


def enqueue_everybody(tx: Transaction) -> None:
    tx.session.execute(_ENQUEUE_ALL, {"agency": tx.agency_id, "now": tx.now})
    _schedule_sweep(tx)


def quiet_at(tx: Transaction) -> datetime | None:
    """Return when the sweep may begin: once nobody has been enqueued for a while, or some have waited long enough."""
    due = models.EligibilityDue.enqueued_at
    oldest, newest = tx.session.execute(select(func.min(due), func.max(due))).one()
    return None if newest is None else min(newest + QUIET, oldest + LONGEST_WAIT)


def dequeue(tx: Transaction, limit: int) -> list[UUID]:
    """Remove and return the next people, in the order of their ids."""
    return sorted(tx.session.scalars(_DEQUEUE, {"agency": tx.agency_id, "limit": limit}))


def end_sweep(tx: Transaction) -> bool:
    """End the sweep, unless somebody has enqueued people meanwhile. Return whether it is over."""
    tx.session.execute(_LOCK_SWEEP, {"agency": tx.agency_id})
    if tx.session.execute(select(models.EligibilityDue.employee_id).limit(1)).first() is not None:
        return False
    tx.session.execute(delete(table_of(models.EligibilitySweep)))
    return True


def next_review(tx: Transaction) -> date | None:
    """Return the next day on which time alone may change a finding."""
    return tx.session.execute(select(func.min(models.Eligibility.review_on))).scalar()


def _schedule_sweep(tx: Transaction) -> None:
    agency = {"agency": tx.agency_id}
    if tx.session.execute(_SHARE_SWEEP, agency).first() is not None:
        return
    if tx.session.execute(_ANNOUNCE_SWEEP, agency).first() is not None:
        timers.schedule(tx, SWEEP, tx.agency_id, tx.now)
    elif tx.session.execute(_SHARE_SWEEP, agency).first() is None:
        _schedule_sweep(tx)
