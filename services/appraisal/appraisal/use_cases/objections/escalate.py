"""Mark an objection whose decision is late."""

from uuid import UUID

from appraisal.persistence.objections import load_objection, update_objection
from chassis import audit
from chassis.unit_of_work import Transaction


def escalate_objection(tx: Transaction, objection_id: UUID) -> None:
    before = load_objection(tx, objection_id)
    after = before.escalated(tx.now)
    if after is not before:
        update_objection(tx, before, after)
        audit.record(tx, "system", "objection_escalated", "objection", objection_id)
