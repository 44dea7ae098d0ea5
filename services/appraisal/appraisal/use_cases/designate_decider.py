"""HR names the official (PPK or delegate) who decides an objection that has no impartial reviewer, or whose is away."""

from typing import Any
from uuid import UUID

from appraisal.domain.errors import DeciderNotAllowed, ObjectionAlreadyDecided
from appraisal.domain.evaluation import may_decide
from appraisal.persistence.evaluations import load_evaluation
from appraisal.persistence.objections import load_objection, save_designation
from appraisal.persistence.people import staff_member
from appraisal.use_cases.objection_views import objection_view
from appraisal.use_cases.rights import self_of
from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.unit_of_work import UnitOfWork


def designate_decider(
    work: UnitOfWork, actor: Principal, objection_id: UUID, official: UUID, reason: str
) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        objection = load_objection(tx, objection_id)
        if self_of(actor) in (objection.employee_id, objection.appraiser_id):
            raise Forbidden
        if objection.outcome is not None:
            raise ObjectionAlreadyDecided
        evaluation = load_evaluation(tx, objection.evaluation_id).evaluation
        if not may_decide(evaluation, official) or official == objection.appraiser_id:
            raise DeciderNotAllowed
        if staff_member(tx, official) is None:
            fault = FieldError("decider_id", "unknown_employee", str(official), "pegawai instansi ini")
            raise InvalidInput(errors=[fault])
        save_designation(tx, objection, official, self_of(actor), reason)
        audit.record(tx, actor, "objection_decider_designated", "objection", objection_id, decider_id=official)
        return objection_view(load_objection(tx, objection_id))
