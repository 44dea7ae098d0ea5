"""Use cases on failed events one by one: list, read, retry, edit, discard, archive."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput, NotFound
from chassis.inbox import malformed
from chassis.unit_of_work import Transaction, UnitOfWork
from operations import queries
from operations.errors import EventNotDiscarded, EventNotEditable
from operations.views import FailedEvent, FailedEventDetail, FailedEventFilter

MAX_MESSAGE_LENGTH = 500


def list_failed_events(
    work: UnitOfWork, actor: Principal, criteria: FailedEventFilter, *, after: UUID | None, limit: int
) -> list[FailedEvent]:
    """Return failed events in the order of their ids."""
    with work.transaction(actor.agency_id) as tx:
        return queries.failed_events(tx.session, criteria, after=after, limit=limit)


def get_failed_event(work: UnitOfWork, actor: Principal, event_id: UUID) -> FailedEventDetail:
    """Return one failed event with its envelope and error; raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        audit.record(tx, actor, "event_read", "event", event_id)
        return _find(tx, event_id)


def retry_failed_event(work: UnitOfWork, actor: Principal, event_id: UUID) -> None:
    """Make one failed event due now; raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        _find(tx, event_id)
        queries.retry_event(tx.session, event_id)
        audit.record(tx, actor, "event_retried", "event", event_id)


def edit_failed_event(work: UnitOfWork, actor: Principal, event_id: UUID, data: dict[str, Any], reason: str) -> None:
    """Replace the data of a parked event; its envelope, and so its id, stays.

    Raise NotFound, EventNotEditable, or InvalidInput for data that violate the event's schema.
    """
    with work.transaction(actor.agency_id) as tx:
        found = _find(tx, event_id)
        if found.parked_at is None or found.discarded_at is not None or found.cause == malformed.CAUSE:
            raise EventNotEditable(id=event_id)
        violation = tx.contracts.first_violation(found.producer, found.name, found.version, data)
        if violation is not None:
            expected = f"sesuai skema {found.name}.v{found.version}: {violation.message}"[:MAX_MESSAGE_LENGTH]
            raise InvalidInput(errors=[FieldError(violation.path, "event_data_invalid", violation.value, expected)])
        queries.replace_body(tx.session, event_id, {**found.body, "data": data})
        audit.record(tx, actor, "event_edited", "event", event_id, reason=reason)


def discard_failed_event(work: UnitOfWork, actor: Principal, event_id: UUID, reason: str) -> None:
    """Discard one failed event, which can still be retried; raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        _find(tx, event_id)
        queries.discard_event(tx.session, event_id, reason)
        audit.record(tx, actor, "event_discarded", "event", event_id, reason=reason)


def archive_failed_events(work: UnitOfWork, actor: Principal, ids: Sequence[UUID]) -> int:
    """Delete discarded events, mark them as processed, and return their number; raise EventNotDiscarded."""
    with work.transaction(actor.agency_id) as tx:
        discarded = queries.discarded_among(tx.session, ids)
        other = next((one for one in ids if one not in discarded), None)
        if other is not None:
            raise EventNotDiscarded(id=other)
        queries.archive_events(tx.session, ids)
        for event_id in ids:
            audit.record(tx, actor, "event_archived", "event", event_id)
        return len(discarded)


def _find(tx: Transaction, event_id: UUID) -> FailedEventDetail:
    found = queries.failed_event(tx.session, event_id)
    if found is None:
        raise NotFound(object="peristiwa gagal", id=event_id)
    return found
