"""Suggestions between rows and the domain."""

from uuid import UUID

from sqlalchemy import select

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_one, fetch_page, insert_record, matching
from chassis.unit_of_work import Transaction
from service_name.domain.suggestion import ListSuggestions, Suggestion
from service_name.persistence import models

_COLUMNS = columns_of(models.Suggestion, Suggestion)


def load_suggestion(tx: Transaction, suggestion_id: UUID) -> Suggestion:
    """Return a suggestion. Raise NotFound."""
    found = fetch_one(tx, select(*_COLUMNS).where(models.Suggestion.id == suggestion_id), Suggestion)
    return required(found, "usulan", suggestion_id)


def insert_suggestion(tx: Transaction, suggestion: Suggestion) -> None:
    insert_record(tx, models.Suggestion, suggestion)


def list_suggestions(tx: Transaction, wanted: ListSuggestions) -> Page[Suggestion]:
    """Return suggestions by id, the oldest first."""
    query = matching(select(*_COLUMNS), models.Suggestion, wanted)
    return fetch_page(tx, query, Suggestion, wanted.page, models.Suggestion.id)
