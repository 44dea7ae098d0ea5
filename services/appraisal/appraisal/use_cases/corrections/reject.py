"""Reject a correction order as the second officer, with a reason."""

from dataclasses import replace

from appraisal.authorisation import correcting_officer, self_of
from appraisal.domain.correction import CorrectionOrderView, EndCorrection
from appraisal.domain.evaluation import RatedBy
from appraisal.persistence.corrections import load_order, update_order
from appraisal.persistence.evaluations import load_evaluation
from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork


def reject_correction(work: UnitOfWork, actor: Principal, command: EndCorrection) -> CorrectionOrderView:
    with work.transaction(actor.agency_id) as tx:
        order = load_order(tx, command.order_id)
        evaluation = load_evaluation(tx, order.evaluation_id)
        by = RatedBy(self_of(actor), correcting_officer(tx, actor, evaluation))
        require_version(command.expected_version, order.version)
        rejected = order.rejected(by, command.reason, tx.now)
        update_order(tx, order, rejected)
        audit.record(tx, actor, "correction_rejected", "correction_order", order.id)
        return CorrectionOrderView.of(replace(rejected, version=order.version + 1), ())
