"""How many people there are: for HR and inspectors of the whole agency, for leaders of the units they lead."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.authorisation import visible_units
from personnel.domain.employee_views import SummaryView
from personnel.persistence.agencies import today
from personnel.persistence.employees import count_by, count_by_unit, count_without_superior


def summarise_people(work: UnitOfWork, actor: Principal, *, unit_id: UUID | None) -> SummaryView:
    """Return counts of the people in service; `unit_id` narrows to a unit and those below."""
    with work.transaction(actor.agency_id) as tx:
        units = visible_units(tx, actor, unit_id)
        by_status = count_by(tx, "status", units)
        audit.record(tx, actor, "summary_read", "agency", tx.agency_id)
        return SummaryView(
            as_of=today(tx),
            total=sum(one.count for one in by_status),
            active=sum(one.count for one in by_status if one.value == "ACTIVE"),
            without_superior=count_without_superior(tx, units),
            by_employment_type=count_by(tx, "employment_type", units),
            by_status=by_status,
            by_position_kind=count_by(tx, "position_kind", units),
            by_unit=count_by_unit(tx, units),
        )
