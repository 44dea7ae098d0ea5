"""Search the library, and read one item."""

from dataclasses import dataclass
from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from training.domain.reference_item import ItemKind, ReferenceItemView
from training.persistence.reference_items import load_item, search_items


@dataclass(frozen=True)
class SearchLibrary:
    """`text` is words of title, author and subject; quotes and -word are understood."""

    page: PageRequest
    text: str | None = None
    competency_code: str | None = None
    kind: ItemKind | None = None
    language: str | None = None
    year: int | None = None


def show_reference_item(work: UnitOfWork, actor: Principal, item_id: UUID) -> ReferenceItemView:
    with work.transaction(actor.agency_id) as tx:
        return ReferenceItemView.of(load_item(tx, item_id))


def search_library(work: UnitOfWork, actor: Principal, query: SearchLibrary) -> Page[ReferenceItemView]:
    with work.transaction(actor.agency_id) as tx:
        found = search_items(
            tx,
            query.page,
            text=query.text,
            competency_code=query.competency_code,
            kind=query.kind,
            language=query.language,
            year=query.year,
        )
        return found.of(ReferenceItemView.of)
