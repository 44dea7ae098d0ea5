"""Search people: the whole agency for HR and inspectors, a leader's own units for him."""

from dataclasses import replace
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.nip import clean_nip, mask_nip
from personnel.domain.views import EmployeeFilter, ListedEmployee
from personnel.persistence.reading import list_views, units_below
from personnel.use_cases.access import WHOLE_AGENCY, viewer_of


def list_employees(
    work: UnitOfWork,
    actor: Principal,
    wanted: EmployeeFilter,
    *,
    unit_id: UUID | None,
    after: tuple[str, UUID] | None,
    limit: int,
) -> list[ListedEmployee]:
    """People by name; `unit_id` takes the units below it in."""
    with work.transaction(actor.agency_id) as tx:
        units = units_below(tx.session, unit_id) if unit_id else None
        if not actor.has(*WHOLE_AGENCY):
            led = viewer_of(tx, actor).led_units
            units = list(led) if units is None else [one for one in units if one in led]
        nip = clean_nip(wanted.nip) if wanted.nip else None
        found = list_views(tx.session, replace(wanted, units=units, nip=nip), after=after, limit=limit)
        detail = {"count": len(found), "unit": unit_id, "nip": mask_nip(nip) if nip else None}
        audit.record(
            tx, actor, "employees_listed", "agency", tx.agency_id, **{k: v for k, v in detail.items() if v is not None}
        )
        return found
