"""List every organisation predicate that a unit ever had, newest first."""

from uuid import UUID

from appraisal.authorisation import require_unit
from appraisal.domain.org_predicate import OrgPredicatesView
from appraisal.persistence import units
from appraisal.persistence.people import load_unit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def list_org_predicates(
    work: UnitOfWork, actor: Principal, unit_id: UUID, *, year: int | None = None
) -> OrgPredicatesView:
    with work.transaction(actor.agency_id) as tx:
        load_unit(tx, unit_id, today(tx))
        require_unit(tx, actor, unit_id)
        found = units.list_org_predicates(tx, unit_id, year)
        return OrgPredicatesView(tuple(found))
