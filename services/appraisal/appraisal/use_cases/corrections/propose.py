"""Propose the correction of a final evaluation, as its reviewer or as HR: an order that a second officer decides."""

from appraisal.authorisation import correcting_officer, self_of
from appraisal.domain.correction import CorrectionOrder, CorrectionOrderView, ProposeCorrection
from appraisal.domain.correction_errors import CorrectionWaiting
from appraisal.domain.evaluation import RatedBy
from appraisal.events import CorrectionProposed
from appraisal.persistence.corrections import insert_order
from appraisal.persistence.evaluations import load_evaluation
from appraisal.persistence.periods import setting_of
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def propose_correction(work: UnitOfWork, actor: Principal, command: ProposeCorrection) -> CorrectionOrderView:
    """Neither the employee nor whoever rated may order it, nor anybody below the employee."""
    with work.transaction(actor.agency_id) as tx:
        evaluation = load_evaluation(tx, command.evaluation_id)
        capacity = correcting_officer(tx, actor, evaluation)
        by = RatedBy(self_of(actor), capacity)
        rated = setting_of(tx, evaluation.period).rate(evaluation.period, command)
        order = CorrectionOrder.proposed(new_id(), evaluation, command, rated, by, tx.now)
        if not insert_order(tx, order):
            raise CorrectionWaiting
        outbox.record(tx, CorrectionProposed.of(order, evaluation))
        detail = {"evaluation_id": evaluation.id, "order_reference": order.order_reference}
        audit.record(tx, actor, "correction_proposed", "correction_order", order.id, **detail)
        return CorrectionOrderView.of(order, order.moves(actor.employee_id, may_decide=True))
