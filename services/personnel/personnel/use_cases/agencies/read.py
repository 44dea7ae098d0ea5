"""Read the register of agencies: all of it for the operator, their own agency for everybody else."""

from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from personnel.domain.agency import AgencyView
from personnel.persistence import agencies


def list_agencies(work: UnitOfWork, actor: Principal, page: PageRequest) -> Page[AgencyView]:
    """Return agencies by identifier; an operator's only."""
    with work.transaction(actor.agency_id) as tx:
        return agencies.list_agencies(tx, page).of(AgencyView.of)


def show_agency(work: UnitOfWork, actor: Principal, agency_id: str) -> AgencyView:
    """Return one agency; another agency's is not found, except for an operator."""
    with work.transaction(actor.agency_id) as tx:
        if agency_id != actor.agency_id and not actor.has("operator"):
            raise NotFound(object="instansi", id=agency_id)
        return AgencyView.of(agencies.load_agency(tx, agency_id))
