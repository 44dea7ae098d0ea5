"""Read correction orders: one, or those that wait."""

from uuid import UUID

from appraisal.authorisation import WHOLE_AGENCY, may_correct, require_order_reader, self_of
from appraisal.domain.correction import CorrectionOrderView, ListCorrections
from appraisal.persistence import corrections
from appraisal.persistence.evaluations import evaluations_by_id, load_evaluation
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork


def show_correction(work: UnitOfWork, actor: Principal, order_id: UUID) -> CorrectionOrderView:
    with work.transaction(actor.agency_id) as tx:
        order = corrections.load_order(tx, order_id)
        evaluation = load_evaluation(tx, order.evaluation_id)
        require_order_reader(tx, actor, order, evaluation)
        deciding = may_correct(tx, actor, [evaluation])
        audit.record(tx, actor, "correction_read", "correction_order", order_id)
        return CorrectionOrderView.of(order, order.moves(actor.employee_id, may_decide=evaluation.id in deciding))


def list_corrections(work: UnitOfWork, actor: Principal, query: ListCorrections) -> Page[CorrectionOrderView]:
    """HR and inspectors list all; everybody else what they proposed, or of what they review. Nobody their own."""
    with work.transaction(actor.agency_id) as tx:
        officer = None if actor.has(*WHOLE_AGENCY) else self_of(actor)
        found = corrections.list_orders(tx, query, officer=officer, not_about=actor.employee_id)
        deciding = may_correct(tx, actor, evaluations_by_id(tx, [one.evaluation_id for one in found.items]))
        audit.record(tx, actor, "corrections_listed", "correction_list", officer or "all")
        return found.of(
            lambda one: CorrectionOrderView.of(
                one, one.moves(actor.employee_id, may_decide=one.evaluation_id in deciding)
            )
        )
