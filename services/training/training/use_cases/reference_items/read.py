"""Search the library, and read one item."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from training.domain.reference_item import ReferenceItemView, SearchLibrary
from training.persistence.reference_items import load_item, search_items


def show_reference_item(work: UnitOfWork, actor: Principal, item_id: UUID) -> ReferenceItemView:
    with work.transaction(actor.agency_id) as tx:
        return ReferenceItemView.of(load_item(tx, item_id))


def search_library(work: UnitOfWork, actor: Principal, query: SearchLibrary) -> Page[ReferenceItemView]:
    with work.transaction(actor.agency_id) as tx:
        return search_items(tx, query).of(ReferenceItemView.of)
