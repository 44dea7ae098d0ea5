"""Find the people behind NIPs: for services that read files with NIPs and keep none."""

from collections.abc import Sequence

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.employee_views import ResolvedNip, ResolvedNipsView
from personnel.persistence.records import employees_behind


def resolve_nips(work: UnitOfWork, actor: Principal, nips: Sequence[str]) -> ResolvedNipsView:
    """Return the employees behind present and former numbers of the caller's agency; unknown ones are left out."""
    with work.transaction(actor.agency_id) as tx:
        found = employees_behind(tx, nips)
        audit.record(tx, actor, "nips_resolved", "employee", "many", asked=len(nips), found=len(found))
        return ResolvedNipsView([ResolvedNip(nip, employee_id) for nip, employee_id in found.items()])
