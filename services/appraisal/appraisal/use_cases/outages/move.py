"""Move every running deadline of an agency by an outage, or back by its withdrawal, page by page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from appraisal.domain.cases import CaseEnd
from appraisal.domain.extensions import ExtensionCause, ExtensionOutcome, ExtensionRole, Move, PersonMoved, move_of
from appraisal.domain.obligation import NOBODY, ObligationKind
from appraisal.domain.outages import Outage
from appraisal.domain.values import EvaluationState, Receipt
from appraisal.events import DeadlineExtended
from appraisal.persistence.cases import end_answer_anew
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.persistence.extensions import (
    count_in,
    deadlines_in,
    lock_deadline,
    people_moved,
    save_moves,
)
from appraisal.persistence.outages import load_outage, load_outages, update_outage
from appraisal.use_cases.evaluations.receive import start_objection_window
from appraisal.use_cases.obligations.hand_back import hand_back
from appraisal.use_cases.obligations.withdraw_reminders import withdraw_reminders
from chassis import jobs, outbox, timers
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction

JOB = "move_deadlines"
AT_ONCE, PAGE = 5000, 1000


class Phase(StrEnum):
    MOVE = "MOVE"
    NOTIFY = "NOTIFY"
    DONE = "DONE"


@dataclass(frozen=True)
class MoveDeadlines:
    outage_id: UUID
    cause: ExtensionCause


@dataclass(frozen=True)
class Progress:
    """How far it has come: the last obligation, or the last person, of its phase."""

    phase: Phase = Phase.MOVE
    after: UUID = NOBODY
    processed: int = 0


def move_deadlines(tx: Transaction, actor: Principal, outage: Outage, cause: ExtensionCause) -> Outage:
    """Move all deadlines at once, or by a job where they are many; return the outage as it is then."""
    if count_in(tx, outage, AT_ONCE) > AT_ONCE:
        jobs.start(tx, JOB, MoveDeadlines(outage.id, cause), actor.account_id, key=f"{outage.id}/{cause}")
        return outage
    progress = Progress()
    while progress.phase is not Phase.DONE:
        progress = _next(tx, outage, cause, progress)
    return load_outage(tx, outage.id)


def move_deadlines_step(tx: Transaction, job: Job) -> Step:
    """Move a page of deadlines, or notify a page of people; a step that is repeated finds nothing left to move."""
    wanted = job.params_as(MoveDeadlines)
    outage = load_outage(tx, wanted.outage_id)
    progress = _next(tx, outage, wanted.cause, job.cursor_as(Progress))
    return Step(finished=progress.phase is Phase.DONE, processed=progress.processed, cursor=progress)


def _next(tx: Transaction, outage: Outage, cause: ExtensionCause, progress: Progress) -> Progress:
    if progress.phase is Phase.MOVE:
        outages = load_outages(tx)
        found = deadlines_in(tx, outage, progress.after, PAGE)
        moves = (move_of(new_id(), one, outages, outage, cause, tx.now) for one in found)
        _move(tx, [one for one in moves if one is not None])
        if len(found) == PAGE:
            return replace(progress, after=found[-1].id, processed=len(found))
        return Progress(Phase.NOTIFY, processed=len(found))
    people = people_moved(tx, outage.id, cause, progress.after, PAGE)
    _notify(tx, people, outage, cause)
    if len(people) == PAGE:
        return replace(progress, after=people[-1].employee_id, processed=0)
    update_outage(tx, outage, outage.applied(tx.now))
    return Progress(Phase.DONE)


def _move(tx: Transaction, moves: Sequence[Move]) -> None:
    """Save the moves. Of a receipt that was deemed within the outage the case goes back to before it."""
    undone: set[str] = set()
    gone: set[str] = set()
    for one in moves:
        if one.entry.outcome is ExtensionOutcome.REOPENED and one.deadline.kind is ObligationKind.RECEIPT:
            (undone if _undo_receipt(tx, one) else gone).add(one.deadline.subject)
    kept = [
        one
        for one in moves
        if not (one.deadline.kind is ObligationKind.ANSWER and one.deadline.subject in undone)
        and not (one.deadline.kind is ObligationKind.RECEIPT and one.deadline.subject in gone)
    ]
    save_moves(tx, kept)
    hand_back(tx, [one.deadline for one in kept])
    for one in kept:
        has_passed = one.entry.due_after <= tx.now
        if has_passed and one.deadline.kind is ObligationKind.RECEIPT and one.deadline.subject in undone:
            # As if it had counted on its later day, which has passed already.
            before = load_evaluation(tx, UUID(one.deadline.subject))
            start_objection_window(tx, before, one.entry.due_after, Receipt.DEEMED)


def _undo_receipt(tx: Transaction, move: Move) -> bool:
    """Undo a deemed receipt; return False where the employee, or time, has meanwhile gone on in the case."""
    subject = UUID(move.deadline.subject)
    lock_deadline(tx, ObligationKind.ANSWER, subject)
    before = load_evaluation(tx, subject)
    if before.state is not EvaluationState.ISSUED or before.receipt is not Receipt.DEEMED:
        return False
    update_evaluation(tx, before, before.receipt_undone())
    end_answer_anew(tx, subject, CaseEnd.REOPENED)
    timers.cancel(tx, "objection_window", subject)
    return True


def _notify(tx: Transaction, people: Collection[PersonMoved], outage: Outage, cause: ExtensionCause) -> None:
    """Publish one event for each person, however many of their deadlines were moved."""
    for one in people:
        event = DeadlineExtended(
            employee_id=one.employee_id,
            obligation_id=one.obligation_id,
            kind=one.kind,
            role=ExtensionRole.OWES,
            cause=cause,
            outage_id=outage.id,
            due_at=one.due_at,
            deadlines=one.deadlines,
        )
        outbox.record(tx, event)
    withdraw_reminders(tx, [one.employee_id for one in people])
