"""Correct an agency's name or time zone."""

from dataclasses import dataclass

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from personnel.domain.views import AgencyView
from personnel.persistence.models import Agency
from personnel.use_cases.register_agency import tell_agency
from personnel.use_cases.steps import as_view, check_version


@dataclass(frozen=True)
class ChangeAgency:
    agency_id: str
    expected_version: int | None
    name: str | None = None
    time_zone: str | None = None


def change_agency(work: UnitOfWork, actor: Principal, command: ChangeAgency) -> AgencyView:
    """Change what is given; the same values again change nothing."""
    with work.transaction(command.agency_id) as tx:
        agency = tx.session.get(Agency, command.agency_id, with_for_update=True)
        if agency is None:
            raise NotFound(object="instansi", id=command.agency_id)
        check_version(command.expected_version, agency.version)
        name, time_zone = command.name or agency.name, command.time_zone or agency.time_zone
        if (name, time_zone) == (agency.name, agency.time_zone):
            return as_view(AgencyView, agency)
        agency.name, agency.time_zone = name, time_zone
        agency.version += 1
        agency.updated_at = tx.now
        tell_agency(tx, agency)
        audit.record(tx, actor, "agency_changed", "agency", agency.agency_id, version=agency.version)
        return as_view(AgencyView, agency)
