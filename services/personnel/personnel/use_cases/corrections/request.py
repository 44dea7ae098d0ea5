"""Ask HR to correct one's own data."""

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from personnel.domain.correction_request import CorrectionRequest, CorrectionRequestView, RequestCorrection
from personnel.persistence.correction_requests import insert_request
from personnel.persistence.employees import load_employee


def request_correction(work: UnitOfWork, actor: Principal, command: RequestCorrection) -> CorrectionRequestView:
    """File a request. Raise Forbidden for an account that is no employee."""
    with work.transaction(actor.agency_id) as tx:
        if actor.employee_id is None:
            raise Forbidden
        employee = load_employee(tx, actor.employee_id)
        request = CorrectionRequest(new_id(), employee.id, command.field, command.wanted, command.note, tx.now)
        insert_request(tx, request)
        audit.record(tx, actor, "correction_requested", "correction_request", request.id, field=command.field)
        return CorrectionRequestView.of(request)
