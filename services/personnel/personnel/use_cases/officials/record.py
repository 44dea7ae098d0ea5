"""Record an official who is no civil servant of the agency."""

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from personnel.domain.official import ExternalOfficial, OfficialView, RecordOfficial
from personnel.events import ExternalOfficialChanged, OfficialContactChanged
from personnel.persistence.officials import insert_official


def record_official(work: UnitOfWork, actor: Principal, command: RecordOfficial) -> OfficialView:
    """Record the official and publish the office; the name goes to messages only. Raise InvalidInput."""
    with work.transaction(actor.agency_id) as tx:
        official = ExternalOfficial.recorded(new_id(), command)
        insert_official(tx, official)
        outbox.record(tx, ExternalOfficialChanged.of(official))
        outbox.record(tx, OfficialContactChanged.of(official))
        audit.record(tx, actor, "official_recorded", "external_official", official.id)
        return OfficialView.of(official, with_email=True)
