"""Read correction requests: one's own, or the agency's for HR."""

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from personnel.domain.correction_request import CorrectionRequestView, ListCorrections
from personnel.persistence.correction_requests import list_requests


def list_own_corrections(work: UnitOfWork, actor: Principal, page: PageRequest) -> Page[CorrectionRequestView]:
    """Return the caller's own requests in the order they came; none for an account that is no employee."""
    with work.transaction(actor.agency_id) as tx:
        if actor.employee_id is None:
            return Page([], None)
        return list_requests(tx, ListCorrections(page), actor.employee_id).of(CorrectionRequestView.of)


def list_corrections(work: UnitOfWork, actor: Principal, query: ListCorrections) -> Page[CorrectionRequestView]:
    """Return the agency's requests in the order they came."""
    with work.transaction(actor.agency_id) as tx:
        audit.record(tx, actor, "corrections_listed", "agency", tx.agency_id)
        return list_requests(tx, query, None).of(CorrectionRequestView.of)
