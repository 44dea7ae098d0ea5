"""Enter an agency into the register."""

from dataclasses import dataclass

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.errors import AgencyExists
from personnel.domain.views import AgencyView
from personnel.events import AgencyChanged
from personnel.persistence.models import Agency
from personnel.use_cases.steps import as_view


@dataclass(frozen=True)
class RegisterAgency:
    agency_id: str
    name: str
    time_zone: str


def register_agency(work: UnitOfWork, actor: Principal, command: RegisterAgency) -> AgencyView:
    """Register an agency; raises AgencyExists."""
    with work.transaction(command.agency_id) as tx:
        if tx.session.get(Agency, command.agency_id) is not None:
            raise AgencyExists(agency=command.agency_id)
        agency = Agency(
            agency_id=command.agency_id,
            name=command.name,
            time_zone=command.time_zone,
            version=1,
            created_at=tx.now,
            updated_at=tx.now,
        )
        tx.session.add(agency)
        tell_agency(tx, agency)
        audit.record(tx, actor, "agency_registered", "agency", agency.agency_id)
        return as_view(AgencyView, agency)


def tell_agency(tx: Transaction, agency: Agency) -> None:
    """Say how the agency now stands."""
    fact = AgencyChanged(
        agency_id=agency.agency_id, name=agency.name, time_zone=agency.time_zone, version=agency.version
    )
    outbox.record(tx, fact)
