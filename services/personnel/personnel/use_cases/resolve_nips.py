"""Who stands behind a NIP: for services that take in files with NIPs and keep none."""

from collections.abc import Sequence
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.persistence.reading import employees_behind


def resolve_nips(work: UnitOfWork, actor: Principal, nips: Sequence[str]) -> dict[str, UUID]:
    """The employees behind NIPs of the caller's agency, present and former numbers; unknown ones are left out."""
    with work.transaction(actor.agency_id) as tx:
        found = employees_behind(tx.session, nips)
        audit.record(tx, actor, "nips_resolved", "employee", "many", asked=len(nips), found=len(found))
        return found
