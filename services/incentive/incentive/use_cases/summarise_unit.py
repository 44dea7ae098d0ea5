"""What a unit was given in a month, for its leader: sums of groups of at least five, never a person's amount."""

from datetime import date
from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from incentive.domain.aggregate import summarise
from incentive.domain.months import first_day, month_text
from incentive.persistence.line_views import amounts_of_units
from incentive.persistence.people import unit, units_below


def summarise_unit(work: UnitOfWork, actor: Principal, unit_id: UUID, month: date) -> dict[str, Any]:
    """A leader sees the own unit only: sums of units inside one another would give single amounts away."""
    with work.transaction(actor.agency_id) as tx:
        unit(tx, unit_id)
        leader = not actor.has("hr_officer", "inspector")
        if leader and actor.unit_id != unit_id:
            raise Forbidden
        amounts = amounts_of_units(
            tx, units_below(tx, unit_id), first_day(month), actor.employee_id if leader else None
        )
        shown = summarise(amounts)
        audit.record(tx, actor, "read_unit_allowances", "org_unit", unit_id, month=month_text(month))
        return {"unit_id": unit_id, "month": month_text(month), **shown.__dict__}
