"""Escalate an objection whose decision is late: to the decider's superior, and to HR."""

from datetime import timedelta
from uuid import UUID

from appraisal.domain.obligation import ObligationKind
from appraisal.events import ObjectionEscalated
from appraisal.persistence.cases import lock_case
from appraisal.persistence.objections import load_objection, update_objection
from chassis import audit, outbox, timers
from chassis.unit_of_work import Transaction
from directory.questions import superiors_on, today


def escalate_objection(tx: Transaction, objection_id: UUID) -> None:
    """Publish that a decision is late, once for each deadline that passed; one that is not late yet waits again."""
    lock_case(tx, ObligationKind.DECISION, objection_id)
    before = load_objection(tx, objection_id)
    if before.is_open and tx.now <= before.decide_by:
        timers.schedule(tx, "decision_deadline", objection_id, before.decide_by + timedelta(seconds=1))
        return
    after = before.escalated(tx.now)
    if after is before:
        return
    update_objection(tx, before, after)
    outbox.record(tx, ObjectionEscalated.of(after, _superior_of(tx, after.decider_id)))
    audit.record(tx, "system", "objection_escalated", "objection", objection_id)


def _superior_of(tx: Transaction, decider_id: UUID | None) -> UUID | None:
    """Return who is above the decider today, or stands in there; None without a decider, or where it is not known."""
    if decider_id is None:
        return None
    found = superiors_on(tx, [decider_id], today(tx)).known.get(decider_id)
    return None if found is None else found.superior_id
