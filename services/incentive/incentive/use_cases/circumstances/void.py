"""Void an entry: it no longer counts, and stays readable."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.unit_of_work import UnitOfWork
from incentive.domain.circumstance import CircumstanceView
from incentive.persistence.circumstances import load_circumstance, update_voiding
from incentive.persistence.recalculations import enqueue_since


def void_circumstance(work: UnitOfWork, actor: Principal, circumstance_id: UUID) -> CircumstanceView:
    """Doing it again changes nothing."""
    with work.transaction(actor.agency_id) as tx:
        before = load_circumstance(tx, circumstance_id)
        need_other(actor, before.employee_id)
        after = before.voided(actor.account_id, tx.now)
        if after is not before:
            update_voiding(tx, after)
            enqueue_since(tx, {after.employee_id: after.from_month}, "circumstance")
            audit.record(tx, actor, "void_circumstance", "employee", after.employee_id, circumstance_id=after.id)
        return CircumstanceView.of(after)
