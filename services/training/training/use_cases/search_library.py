"""Search the library."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, literal_column, select

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.persistence import library
from training.persistence.models import ReferenceItem
from training.persistence.rows import View, contains, newest_first


def search_library(
    work: UnitOfWork, actor: Principal, filters: dict[str, Any], *, before: UUID | None, limit: int
) -> list[View]:
    """`filters`: text (words of title, author and subject, quotes and -word understood), competency_code, kind,
    language, year. Newest entries first.
    """
    with work.transaction(actor.agency_id) as tx:
        query = select(ReferenceItem).where(ReferenceItem.active)
        if filters["text"]:
            words = func.websearch_to_tsquery("simple", filters["text"])
            query = query.where(literal_column("reference_item.words").op("@@")(words))
        if filters["competency_code"]:
            query = query.where(contains(ReferenceItem.competency_codes, filters["competency_code"]))
        for column in (ReferenceItem.kind, ReferenceItem.language, ReferenceItem.year):
            if filters[column.key] is not None:
                query = query.where(column == filters[column.key])
        return [library.item_view(row) for row in newest_first(tx, query, ReferenceItem.id, before, limit)]
