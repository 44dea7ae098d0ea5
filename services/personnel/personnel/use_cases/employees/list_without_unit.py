"""List people in service who stand in no open unit on a day."""

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from personnel.domain.without_unit import ListWithoutUnit, WithoutUnitView
from personnel.persistence import without_unit
from personnel.persistence.agencies import today


def list_without_unit(work: UnitOfWork, actor: Principal, query: ListWithoutUnit) -> Page[WithoutUnitView]:
    """Return them by name, each with the way out."""
    with work.transaction(actor.agency_id) as tx:
        now = today(tx)
        found = without_unit.list_without_unit(tx, query, query.on or now, now)
        audit.record(tx, actor, "people_without_unit_listed", "agency", tx.agency_id, count=len(found.items))
        return found.of(WithoutUnitView.of)
