"""The tree of units, for anybody inside the agency."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.views import UnitView
from personnel.persistence.units import list_tree
from personnel.use_cases.steps import unit_of


def list_org_units(
    work: UnitOfWork,
    actor: Principal,
    *,
    below: UUID | None,
    as_of: date | None,
    inactive: bool,
    after: Sequence[str] | None,
    limit: int,
) -> list[UnitView]:
    """Units in the order of the tree, as they are or as they were on a day; `below` starts at one unit."""
    with work.transaction(actor.agency_id) as tx:
        return list_tree(tx.session, root=below, as_of=as_of, inactive=inactive, after=after, limit=limit)


def show_org_unit(work: UnitOfWork, actor: Principal, unit_id: UUID) -> UnitView:
    """One unit as it is; raises NotFound."""
    with work.transaction(actor.agency_id) as tx:
        unit_of(tx, unit_id)
        return list_tree(tx.session, root=unit_id, as_of=None, inactive=True, after=None, limit=1)[0]
