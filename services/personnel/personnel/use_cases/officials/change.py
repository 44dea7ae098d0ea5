"""Correct an official from outside, or end the term of office."""

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from personnel.domain.errors import NothingChanged
from personnel.domain.official import CONTACT, OFFICE, ChangeOfficial, OfficialView
from personnel.events import ExternalOfficialChanged, OfficialContactChanged
from personnel.persistence.officials import load_official, update_official


def change_official(work: UnitOfWork, actor: Principal, command: ChangeOfficial) -> OfficialView:
    """Change what is given. Raise NotFound, VersionConflict, InvalidInput, NothingChanged."""
    with work.transaction(actor.agency_id) as tx:
        before = load_official(tx, command.official_id, lock=True)
        require_version(command.expected_version, before.version)
        after = before.changed(command)
        if after == before:
            raise NothingChanged
        update_official(tx, before, after)
        saved = load_official(tx, before.id)
        if saved.differs(before, *OFFICE):
            outbox.record(tx, ExternalOfficialChanged.of(saved))
        if saved.differs(before, *CONTACT):
            outbox.record(tx, OfficialContactChanged.of(saved))
        audit.record(tx, actor, "official_changed", "external_official", before.id)
        return OfficialView.of(saved, with_email=True)
