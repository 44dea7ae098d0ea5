"""Withdraw a correction order as the officer who proposed it."""

from dataclasses import replace

from appraisal.authorisation import self_of
from appraisal.domain.correction import CorrectionOrderView, EndCorrection
from appraisal.persistence.corrections import load_order, update_order
from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork


def withdraw_correction(work: UnitOfWork, actor: Principal, command: EndCorrection) -> CorrectionOrderView:
    with work.transaction(actor.agency_id) as tx:
        order = load_order(tx, command.order_id)
        withdrawn = order.withdrawn(self_of(actor), command.reason, tx.now)
        require_version(command.expected_version, order.version)
        update_order(tx, order, withdrawn)
        audit.record(tx, actor, "correction_withdrawn", "correction_order", order.id)
        return CorrectionOrderView.of(replace(withdrawn, version=order.version + 1), ())
