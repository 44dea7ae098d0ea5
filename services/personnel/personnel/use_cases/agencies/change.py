"""Correct an agency's name or time zone, or set its highest job class."""

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from personnel.domain.agency import AgencyView, ChangeAgency
from personnel.events import AgencyChanged
from personnel.persistence.agencies import load_agency, update_agency


def change_agency(work: UnitOfWork, actor: Principal, command: ChangeAgency) -> AgencyView:
    """Change what is given; the same values again change nothing. Raise NotFound, VersionConflict."""
    with work.transaction(command.agency_id) as tx:
        before = load_agency(tx, command.agency_id, lock=True)
        require_version(command.expected_version, before.version)
        if before.changed(command) == before:
            return AgencyView.of(before)
        update_agency(tx, before, before.changed(command))
        after = load_agency(tx, command.agency_id)
        outbox.record(tx, AgencyChanged.of(after))
        audit.record(tx, actor, "agency_changed", "agency", after.agency_id, version=after.version)
        return AgencyView.of(after)
