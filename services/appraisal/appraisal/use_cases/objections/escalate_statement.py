"""Report that the appraiser has not answered an objection in time: it may be decided without that."""

from datetime import timedelta
from uuid import UUID

from appraisal.domain.cases import CaseEnd
from appraisal.domain.obligation import ObligationKind, ObligationState
from appraisal.events import ObjectionStatementOverdue
from appraisal.persistence.cases import end_case, lock_case
from appraisal.persistence.objections import load_objection, update_objection
from chassis import audit, outbox, timers
from chassis.unit_of_work import Transaction


def escalate_statement(tx: Transaction, objection_id: UUID) -> None:
    """Publish that a statement is late, once for each deadline that passed; one that is not late yet waits again."""
    lock_case(tx, ObligationKind.STATEMENT, objection_id)
    before = load_objection(tx, objection_id)
    if not before.is_open:
        end_case(tx, ObligationKind.STATEMENT, objection_id, ObligationState.CANCELLED, CaseEnd.UNRECORDED)
        return
    if before.statement_by is not None and before.awaits_statement(tx.now):
        timers.schedule(tx, "statement_deadline", objection_id, before.statement_by + timedelta(seconds=1))
        return
    after = before.statement_escalated(tx.now)
    if after is before:
        return
    update_objection(tx, before, after)
    outbox.record(tx, ObjectionStatementOverdue.of(after))
    audit.record(tx, "system", "objection_statement_overdue", "objection", objection_id)
