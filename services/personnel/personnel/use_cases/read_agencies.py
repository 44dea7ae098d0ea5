"""The register of agencies: all of them for the operator, his own for anybody else."""

from sqlalchemy import select

from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from personnel.domain.views import AgencyView
from personnel.persistence.models import Agency
from personnel.use_cases.steps import as_view


def list_agencies(work: UnitOfWork, actor: Principal, *, after: str | None, limit: int) -> list[AgencyView]:
    """Agencies by identifier; an operator's only."""
    with work.transaction(actor.agency_id) as tx:
        query = select(Agency).order_by(Agency.agency_id).limit(limit)
        if after is not None:
            query = query.where(Agency.agency_id > after)
        return [as_view(AgencyView, agency) for agency in tx.session.execute(query).scalars()]


def show_agency(work: UnitOfWork, actor: Principal, agency_id: str) -> AgencyView:
    """One agency; another agency's is not found, except for an operator."""
    with work.transaction(actor.agency_id) as tx:
        agency = tx.session.get(Agency, agency_id)
        if agency is None or (agency_id != actor.agency_id and not actor.has("operator")):
            raise NotFound(object="instansi", id=agency_id)
        return as_view(AgencyView, agency)
