"""Read the versions of the tables of legal numbers."""

from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from incentive.domain.reference import ReferenceKind, ReferenceView
from incentive.persistence import reference


def list_references(work: UnitOfWork, actor: Principal, *, kind: ReferenceKind | None) -> Items[ReferenceView]:
    with work.transaction(actor.agency_id) as tx:
        return Items(reference.list_references(tx, kind))
