"""HR names the official (PPK or delegate) who decides an objection that has no impartial reviewer, or whose is away."""

from uuid import UUID

from appraisal.authorisation import self_of
from appraisal.domain.objection import ObjectionView
from appraisal.domain.obligation import ObligationKind
from appraisal.persistence.case_officials import follow_case_officials
from appraisal.persistence.cases import lock_case
from appraisal.persistence.evaluations import load_evaluation
from appraisal.persistence.objections import load_objection, update_objection
from appraisal.persistence.people import is_in_service
from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def designate_decider(
    work: UnitOfWork, actor: Principal, objection_id: UUID, *, decider_id: UUID, reason: str
) -> ObjectionView:
    with work.transaction(actor.agency_id) as tx:
        lock_case(tx, ObligationKind.DECISION, objection_id)
        before = load_objection(tx, objection_id)
        if self_of(actor) in (before.employee_id, before.appraiser_id):
            raise Forbidden
        evaluation = load_evaluation(tx, before.evaluation_id)
        after = before.designated(evaluation, decider_id, self_of(actor), reason)
        if not is_in_service(tx, decider_id, today(tx)):
            fault = FieldError("decider_id", "unknown_employee", str(decider_id), "pegawai instansi ini")
            raise InvalidInput(errors=[fault])
        update_objection(tx, before, after)
        follow_case_officials(tx, [before.employee_id])
        audit.record(tx, actor, "objection_decider_designated", "objection", objection_id, decider_id=decider_id)
        return ObjectionView.of(load_objection(tx, objection_id))
