"""Use cases on parked events in groups of one cause: list, retry, discard."""

from dataclasses import asdict

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from operations import queries
from operations.views import AffectedView, ParkedGroupKey, ParkedGroupView


def list_parked_groups(work: UnitOfWork, actor: Principal) -> Items[ParkedGroupView]:
    """Return parked events by producer, name and cause, the largest group first."""
    with work.transaction(actor.agency_id) as tx:
        return Items(queries.parked_groups(tx))


def retry_parked_group(work: UnitOfWork, actor: Principal, group: ParkedGroupKey) -> AffectedView:
    """Make a group of parked events due now."""
    with work.transaction(actor.agency_id) as tx:
        affected = queries.retry_group(tx, group)
        audit.record(tx, actor, "events_retried", "event_group", group.cause, **asdict(group), affected=affected)
        return AffectedView(affected)


def discard_parked_group(work: UnitOfWork, actor: Principal, group: ParkedGroupKey, reason: str) -> AffectedView:
    """Discard a group of parked events."""
    with work.transaction(actor.agency_id) as tx:
        affected = queries.discard_group(tx, group, reason)
        audit.record(
            tx, actor, "events_discarded", "event_group", group.cause, **asdict(group), reason=reason, affected=affected
        )
        return AffectedView(affected)
