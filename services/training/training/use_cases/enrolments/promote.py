"""Confirm enrolments, and move the longest waiting up into free seats."""

from collections.abc import Sequence
from datetime import date

from chassis import outbox
from chassis.unit_of_work import Transaction
from training.domain.enrolment import Enrolment
from training.domain.session import TrainingSession
from training.events import TrainingEnrolled
from training.persistence.enrolments import update_enrolment, waiting_enrolments
from training.persistence.sessions import update_seats


def promote(tx: Transaction, session: TrainingSession, today: date) -> TrainingSession:
    """Return the session with the waiting moved up. The caller holds the lock on the session."""
    waiting = waiting_enrolments(tx, session.id)
    return confirm(tx, session, waiting[: session.promotable(len(waiting), today)])


def confirm(tx: Transaction, session: TrainingSession, enrolments: Sequence[Enrolment]) -> TrainingSession:
    """Confirm each with a seat and return the session. The caller holds the lock on the session."""
    for enrolment in enrolments:
        update_enrolment(tx, enrolment, enrolment.confirmed(tx.now))
        outbox.record(tx, TrainingEnrolled.of(enrolment, session))
    after = session.with_seats_taken(len(enrolments))
    update_seats(tx, session, after)
    return after
