"""Enter an agency into the register."""

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.agency import Agency, AgencyView, RegisterAgency
from personnel.domain.errors import AgencyExists
from personnel.events import AgencyChanged
from personnel.persistence.agencies import find_agency, insert_agency


def register_agency(work: UnitOfWork, actor: Principal, command: RegisterAgency) -> AgencyView:
    """Register an agency. Raise AgencyExists."""
    with work.transaction(command.agency_id) as tx:
        if find_agency(tx, command.agency_id) is not None:
            raise AgencyExists(agency=command.agency_id)
        agency = Agency(command.agency_id, command.name, command.time_zone)
        insert_agency(tx, agency)
        outbox.record(tx, AgencyChanged.of(agency))
        audit.record(tx, actor, "agency_registered", "agency", agency.agency_id)
        return AgencyView.of(agency)
