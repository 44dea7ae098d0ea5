"""The deadlines of cases: opened and ended with the case, in its transaction."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, case, cast, exists, select, text, update

from appraisal.domain.cases import CaseEnd, answer_of, decision_of, receipt_of
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.extensions import Deadline, ExtensionCause, Move, move_of
from appraisal.domain.obligation import Obligation, ObligationKind, ObligationState
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import EvaluationState
from appraisal.persistence import models
from appraisal.persistence.evaluations import evaluations_where
from appraisal.persistence.extensions import lock_deadline, save_moves
from appraisal.persistence.objections import open_objections_without_deadline
from appraisal.persistence.obligations import put_obligations
from appraisal.persistence.outages import load_outages
from appraisal.persistence.periods import setting_of
from appraisal.persistence.reviews import open_review
from chassis.ids import new_id
from chassis.records import among, table_of
from chassis.unit_of_work import Transaction

_ROW = models.Obligation
_AT_ONCE = 1000
# Joins three tables: what an earlier release, which keeps no deadlines, has ended beside this one.
_END_UNRECORDED = text(
    "UPDATE obligation o SET state = 'CANCELLED', reason = :reason, done_at = :now, version = o.version + 1, "
    "updated_at = :now WHERE o.state = 'OPEN' AND (o.kind IN ('RECEIPT', 'ANSWER') "
    "AND EXISTS (SELECT FROM evaluation e WHERE e.id = o.matter_id AND (e.state <> 'ISSUED' "
    "OR (o.kind = 'RECEIPT' AND e.received_at IS NOT NULL))) "
    "OR o.kind IN ('STATEMENT', 'DECISION') AND EXISTS "
    "(SELECT FROM objection b WHERE b.id = o.matter_id AND b.outcome IS NOT NULL))"
)
# Joins two tables: the window that people are shown is always the one of the deadline.
_SHOW_ANSWERS = text(
    "UPDATE evaluation e SET objection_until = o.due_at, version = e.version + 1 FROM obligation o "
    "WHERE o.kind = 'ANSWER' AND o.state = 'OPEN' AND o.due_at > e.objection_until AND e.id = o.matter_id "
    "AND e.state = 'ISSUED'"
)


def open_later(tx: Transaction, deadline: Obligation) -> None:
    """Open a deadline before the commit, with all others of the transaction; nothing in it may read the deadline."""
    tx.before_commit(put_obligations, deadline)


def open_case(tx: Transaction, *deadlines: Obligation) -> None:
    put_obligations(tx, deadlines)


def due_with_outages(tx: Transaction, due_at: datetime, opened_at: datetime) -> datetime:
    """Return a deadline that is just being opened with the outages that were recorded before."""
    return load_outages(tx).extend(due_at, opened_at).due_at


def end_case(
    tx: Transaction,
    kind: ObligationKind,
    subject: object,
    state: ObligationState = ObligationState.DONE,
    reason: CaseEnd | None = None,
) -> None:
    """End and lock the deadline of a case, if it runs."""
    _end(tx, (_ROW.kind == kind) & (_ROW.subject == str(subject)), state, reason)


def end_answer_anew(tx: Transaction, evaluation_id: UUID, reason: CaseEnd) -> None:
    """Cancel the window to object, which a later receipt begins anew: without the days it was extended by."""
    query = update(table_of(_ROW)).where(_ROW.kind == ObligationKind.ANSWER, _ROW.subject == str(evaluation_id))
    values = {"state": ObligationState.CANCELLED, "reason": reason, "due_at": _ROW.original_due_at, "done_at": tx.now}
    tx.session.execute(query.values(**values, updated_at=tx.now, version=_ROW.version + 1))


def answer_until(tx: Transaction, evaluation_id: UUID) -> datetime | None:
    """Return until when the window to object runs, with the outages since its answer; None without a deadline."""
    found = lock_deadline(tx, ObligationKind.ANSWER, evaluation_id)
    return None if found is None else max(found.due_at, found.due_with(load_outages(tx)))


def reopen_answer(tx: Transaction, evaluation_id: UUID) -> None:
    """Let the window to object run on until its own end: its answer was taken back. Outages since move it now."""
    query = update(table_of(_ROW)).where(_ROW.kind == ObligationKind.ANSWER, _ROW.subject == str(evaluation_id))
    values = {"state": ObligationState.OPEN, "reason": "", "done_at": None, "updated_at": tx.now}
    tx.session.execute(query.values(**values, version=_ROW.version + 1))
    move = missed_move(tx, lock_deadline(tx, ObligationKind.ANSWER, evaluation_id))
    if move is not None:
        save_moves(tx, [move])


def missed_move(tx: Transaction, found: Deadline | None) -> Move | None:
    """Return how outages move a deadline that stood still when they were recorded; None where none does."""
    if found is None:
        return None
    outages = load_outages(tx)
    steps = outages.extend(found.original_due_at, found.opened_at, found.grants).steps
    touching = [one for step in steps for one in step.pause.outages]
    if not touching:
        return None
    latest = max(touching, key=lambda one: one.recorded_at)
    return move_of(new_id(), found, outages, latest, ExtensionCause.OUTAGE, tx.now)


def end_dialogues(tx: Transaction, evaluation_id: UUID, employee_id: UUID) -> None:
    """End what an appraiser owes in the dialogue on an evaluation: it is answered."""
    which = (_ROW.kind == ObligationKind.DIALOGUE) & (_ROW.matter_id == evaluation_id)
    which &= _ROW.employee_id == employee_id
    _end(tx, which, ObligationState.DONE, None)


def dialogue_is_open(tx: Transaction, evaluation_id: UUID, employee_id: UUID) -> bool:
    """Return whether a request for a dialogue on an evaluation has not been answered yet."""
    running = exists().where(
        _ROW.employee_id == employee_id,
        _ROW.kind == ObligationKind.DIALOGUE,
        _ROW.matter_id == evaluation_id,
        _ROW.state == ObligationState.OPEN,
    )
    return bool(tx.session.scalar(select(running)))


def lock_case(tx: Transaction, kind: ObligationKind, subject: object) -> Deadline | None:
    """Return and lock the deadline of a case as it is with every outage, also one that a job has not come to yet.

    Lock it before the case is read: outages, too, lock the deadline first.
    """
    outages = load_outages(tx)
    found = lock_deadline(tx, kind, subject)
    if found is None or not found.is_open:
        return found
    for outage in outages.unapplied:
        move = move_of(new_id(), found, outages, outage, ExtensionCause.OUTAGE, tx.now)
        if move is not None:
            save_moves(tx, [move])
            return lock_deadline(tx, kind, subject)
    return found


def lock_objection(tx: Transaction, objection_id: UUID) -> None:
    """Lock the deadlines of an objection, in the order in which they were opened, as those who move many do."""
    for kind in (ObligationKind.STATEMENT, ObligationKind.DECISION):
        lock_case(tx, kind, objection_id)


def lock_review(tx: Transaction, evaluation_id: UUID) -> UUID | None:
    """Return the running review of an evaluation, and lock its deadline; None where none runs."""
    review = open_review(tx, evaluation_id)
    if review is None:
        return None
    lock_case(tx, ObligationKind.REVIEW, review.id)
    still_open = open_review(tx, evaluation_id)
    return review.id if still_open is not None and still_open.id == review.id else None


def complete_cases(tx: Transaction) -> None:
    """Enter the running deadlines of cases that an earlier release has begun, and end those that it has ended."""
    tx.session.execute(_END_UNRECORDED, {"reason": CaseEnd.UNRECORDED, "now": tx.now})
    while missing := evaluations_where(tx, _without_deadline(), _AT_ONCE):
        settings = {period: setting_of(tx, period) for period in {one.period for one in missing}}
        put_obligations(tx, [_running(one, settings[one.period]) for one in missing])
    while objections := open_objections_without_deadline(tx, _AT_ONCE):
        found = evaluations_where(tx, among(models.Evaluation.id, [one.evaluation_id for one in objections]), _AT_ONCE)
        evaluations = {one.id: one for one in found}
        put_obligations(tx, [decision_of(evaluations[one.evaluation_id], one) for one in objections])
    tx.session.execute(_SHOW_ANSWERS)


def _running(evaluation: Evaluation, setting: AgencySetting) -> Obligation:
    if evaluation.objection_until is not None:
        return answer_of(evaluation, evaluation.objection_until)
    return receipt_of(evaluation, setting.deemed_receipt(evaluation))


def _without_deadline() -> ColumnElement[bool]:
    evaluation, subject = models.Evaluation, cast(models.Evaluation.id, Text)
    kind = case((evaluation.received_at.is_(None), ObligationKind.RECEIPT), else_=ObligationKind.ANSWER)
    there = exists().where(_ROW.employee_id == evaluation.employee_id, _ROW.kind == kind, _ROW.subject == subject)
    return and_(evaluation.state == EvaluationState.ISSUED, ~there)


def _end(tx: Transaction, which: ColumnElement[bool], state: ObligationState, reason: CaseEnd | None) -> None:
    values = {"state": state, "reason": reason or "", "done_at": tx.now, "updated_at": tx.now}
    query = update(table_of(_ROW)).where(which, _ROW.state == ObligationState.OPEN)
    tx.session.execute(query.values(**values, version=_ROW.version + 1))
