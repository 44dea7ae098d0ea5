"""Use cases on failed events one by one: list, read, retry, edit, discard, archive."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.inbox import malformed
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from operations import queries
from operations.errors import EventNotDiscarded, EventNotEditable
from operations.views import AffectedView, FailedEventDetailView, FailedEventView, ListFailedEvents

MAX_MESSAGE_LENGTH = 500


def list_failed_events(work: UnitOfWork, actor: Principal, command: ListFailedEvents) -> Page[FailedEventView]:
    """Return failed events in the order of their ids."""
    with work.transaction(actor.agency_id) as tx:
        return queries.failed_events(tx, command)


def show_failed_event(work: UnitOfWork, actor: Principal, event_id: UUID) -> FailedEventDetailView:
    """Return one failed event with its envelope and error. Raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        audit.record(tx, actor, "event_read", "event", event_id)
        return queries.failed_event(tx, event_id)


def retry_failed_event(work: UnitOfWork, actor: Principal, event_id: UUID) -> AffectedView:
    """Make one failed event due now. Raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        queries.failed_event(tx, event_id)
        queries.retry_event(tx, event_id)
        audit.record(tx, actor, "event_retried", "event", event_id)
        return AffectedView(1)


def edit_failed_event(
    work: UnitOfWork, actor: Principal, event_id: UUID, *, data: dict[str, Any], reason: str
) -> AffectedView:
    """Replace the data of a parked event; its envelope, and so its id, stays.

    Raise NotFound, EventNotEditable, or InvalidInput for data that violate the event's schema.
    """
    with work.transaction(actor.agency_id) as tx:
        found = queries.failed_event(tx, event_id)
        if found.parked_at is None or found.discarded_at is not None or found.cause == malformed.CAUSE:
            raise EventNotEditable
        violation = tx.contracts.first_violation(found.producer, found.name, found.version, data)
        if violation is not None:
            expected = f"sesuai skema {found.name}.v{found.version}: {violation.message}"[:MAX_MESSAGE_LENGTH]
            raise InvalidInput(errors=[FieldError(violation.path, "event_data_invalid", violation.value, expected)])
        queries.replace_body(tx, event_id, {**found.body, "data": data})
        audit.record(tx, actor, "event_edited", "event", event_id, reason=reason)
        return AffectedView(1)


def discard_failed_event(work: UnitOfWork, actor: Principal, event_id: UUID, reason: str) -> AffectedView:
    """Discard one failed event, which can still be retried. Raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        queries.failed_event(tx, event_id)
        queries.discard_event(tx, event_id, reason)
        audit.record(tx, actor, "event_discarded", "event", event_id, reason=reason)
        return AffectedView(1)


def archive_failed_events(work: UnitOfWork, actor: Principal, ids: Sequence[UUID]) -> AffectedView:
    """Delete discarded events and mark them as processed. Raise EventNotDiscarded."""
    with work.transaction(actor.agency_id) as tx:
        discarded = queries.discarded_among(tx, ids)
        other = next((one for one in ids if one not in discarded), None)
        if other is not None:
            fault = FieldError("event_id", EventNotDiscarded.code, str(other), "peristiwa yang sudah dibuang")
            raise EventNotDiscarded(errors=[fault])
        queries.archive_events(tx, ids)
        for event_id in ids:
            audit.record(tx, actor, "event_archived", "event", event_id)
        return AffectedView(len(discarded))
