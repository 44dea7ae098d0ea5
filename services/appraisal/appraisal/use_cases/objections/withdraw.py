"""The employee withdraws an objection that is not decided yet."""

from datetime import timedelta
from uuid import UUID

from appraisal.authorisation import require_self
from appraisal.domain.cases import CaseEnd
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.objection_views import ObjectionView
from appraisal.domain.obligation import ObligationKind, ObligationState
from appraisal.domain.proceedings import ObjectionMove
from appraisal.events import ObjectionWithdrawn
from appraisal.persistence.cases import answer_until, end_case, lock_case, lock_objection, reopen_answer
from appraisal.persistence.evaluations import load_evaluation, update_evaluation
from appraisal.persistence.objections import load_objection, load_proceedings, update_objection
from appraisal.use_cases.evaluations.finalise import finalise_evaluation
from appraisal.use_cases.objections.read import view_objection
from chassis import audit, outbox, timers
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork


def withdraw_objection(work: UnitOfWork, actor: Principal, objection_id: UUID, *, reason: str) -> ObjectionView:
    """Record it, with a reason or without; what officials owe ends, and the window goes on until its own end.

    Within it the employee may still accept, or object again (PP 30/2019 Art. 59 counts days, not objections); after it
    the evaluation is final as it was issued.
    """
    with work.transaction(actor.agency_id) as tx:
        evaluation_id = load_objection(tx, objection_id).evaluation_id
        lock_case(tx, ObligationKind.ANSWER, evaluation_id)
        lock_objection(tx, objection_id)
        proceedings = load_proceedings(tx, objection_id)
        before = proceedings.objection
        require_self(actor, before.employee_id)
        proceedings.require(ObjectionMove.WITHDRAW, tx.now)
        after = before.withdrawn(reason, tx.now)
        update_objection(tx, before, after)
        for kind, timer in (("STATEMENT", "statement_deadline"), ("DECISION", "decision_deadline")):
            end_case(tx, ObligationKind(kind), objection_id, ObligationState.CANCELLED, CaseEnd.WITHDRAWN)
            timers.cancel(tx, timer, objection_id)
        outbox.record(tx, ObjectionWithdrawn.of(after))
        audit.record(tx, actor, "objection_withdrawn", "objection", objection_id, evaluation_id=evaluation_id)
        _resume(tx, actor, load_evaluation(tx, evaluation_id))
        return view_objection(tx, actor, objection_id)


def _resume(tx: Transaction, actor: Principal, before: Evaluation) -> None:
    """Let the window of the evaluation run on, or make it final where that has ended."""
    issued = update_evaluation(tx, before, before.objection_withdrawn(answer_until(tx, before.id)))
    reopen_answer(tx, issued.id)
    issued = load_evaluation(tx, issued.id)
    assert issued.objection_until is not None
    if not issued.window_ended(tx.now):
        timers.schedule(tx, "objection_window", issued.id, issued.objection_until + timedelta(seconds=1))
        return
    end_case(tx, ObligationKind.ANSWER, issued.id, ObligationState.LAPSED, CaseEnd.EXPIRED)
    timers.cancel(tx, "objection_window", issued.id)
    finalise_evaluation(tx, update_evaluation(tx, issued, issued.expired(tx.now)), str(actor.employee_id))
