"""Suggestions between rows and the domain."""

from uuid import UUID

from sqlalchemy import select

from chassis.errors import NotFound
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import columns_of, fetch_all, fetch_one, insert_record, keyset
from chassis.unit_of_work import Transaction
from service_name.domain.suggestion import Suggestion
from service_name.persistence import models

_COLUMNS = columns_of(models.Suggestion, Suggestion)


def load_suggestion(tx: Transaction, suggestion_id: UUID) -> Suggestion:
    """Return a suggestion. Raise NotFound."""
    found = fetch_one(tx, select(*_COLUMNS).where(models.Suggestion.id == suggestion_id), Suggestion)
    if found is None:
        raise NotFound(object="usulan", id=suggestion_id)
    return found


def insert_suggestion(tx: Transaction, suggestion: Suggestion) -> None:
    insert_record(tx, models.Suggestion, suggestion)


def list_suggestions(tx: Transaction, author: UUID | None, page: PageRequest) -> Page[Suggestion]:
    """Return suggestions by id: all, or those of one author."""
    query = select(*_COLUMNS)
    if author is not None:
        query = query.where(models.Suggestion.employee_id == author)
    found = fetch_all(tx, keyset(query, page, models.Suggestion.id), Suggestion)
    return page_of(found, page, lambda suggestion: suggestion.id)
