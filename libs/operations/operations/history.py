"""Use cases of reconciliation: what one side has recorded, what the other has processed, and what is missing."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from chassis.auth import Principal
from chassis.db.retention_watermark import older_than_retention
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from operations import queries
from operations.views import EventIdsView, ProcessedEventView, RecordedEventView

DEFAULT_PERIOD = timedelta(days=1)


def list_history(
    work: UnitOfWork, actor: Principal, *, since: datetime | None, page: PageRequest
) -> Page[RecordedEventView]:
    """Return the events this service has recorded since a moment, in order, by default of the last 24 hours."""
    with work.transaction(actor.agency_id) as tx:
        return queries.recorded_events(tx, since or _default_since(), page)


def list_processed_events(
    work: UnitOfWork, actor: Principal, *, producer: str, since: datetime | None, page: PageRequest
) -> Page[ProcessedEventView]:
    """Return a producer's events that have taken effect here since a moment, by default in the last 24 hours."""
    with work.transaction(actor.agency_id) as tx:
        return queries.processed_events(tx, producer, since or _default_since(), page)


def find_unprocessed_events(work: UnitOfWork, actor: Principal, ids: Sequence[UUID]) -> EventIdsView:
    """Return the events that have neither taken effect here nor failed, as far as the inbox reaches back."""
    with work.transaction(actor.agency_id) as tx:
        purged = older_than_retention(tx.session, "inbox", ids)
        return EventIdsView([one for one in queries.not_received(tx, ids) if one not in purged])


def find_unpublished_events(work: UnitOfWork, actor: Principal, ids: Sequence[UUID]) -> EventIdsView:
    """Return the events that this service has never recorded, as far as the outbox reaches back."""
    with work.transaction(actor.agency_id) as tx:
        purged = older_than_retention(tx.session, "outbox", ids)
        return EventIdsView([one for one in queries.not_recorded(tx, ids) if one not in purged])


def _default_since() -> datetime:
    return datetime.now(UTC) - DEFAULT_PERIOD
