"""Use cases on parked events in groups of one cause: list, retry, discard."""

from dataclasses import asdict

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from operations import queries
from operations.views import ParkedGroup, ParkedGroupKey


def list_parked_groups(work: UnitOfWork, actor: Principal) -> list[ParkedGroup]:
    """Return parked events by producer, name and cause, the largest group first."""
    with work.transaction(actor.agency_id) as tx:
        return queries.parked_groups(tx.session)


def retry_parked_group(work: UnitOfWork, actor: Principal, group: ParkedGroupKey) -> int:
    """Make a group of parked events due now and return their number."""
    with work.transaction(actor.agency_id) as tx:
        affected = queries.retry_group(tx.session, group)
        audit.record(tx, actor, "events_retried", "event_group", group.cause, **asdict(group), affected=affected)
        return affected


def discard_parked_group(work: UnitOfWork, actor: Principal, group: ParkedGroupKey, reason: str) -> int:
    """Discard a group of parked events and return their number."""
    with work.transaction(actor.agency_id) as tx:
        affected = queries.discard_group(tx.session, group, reason)
        audit.record(
            tx, actor, "events_discarded", "event_group", group.cause, **asdict(group), reason=reason, affected=affected
        )
        return affected
