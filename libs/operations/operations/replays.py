"""Use cases of replays: publish this service's history again, to one consumer only."""

from datetime import datetime

from chassis import audit
from chassis.auth import Principal
from chassis.bus.contracts import EVERYTHING
from chassis.errors import FieldError, InvalidInput
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from operations import queries
from operations.views import ReplayView


def request_replay(work: UnitOfWork, actor: Principal, service: str, *, consumer: str, since: datetime) -> ReplayView:
    """Queue a replay of this service's history since a moment. Raise InvalidInput for an unknown consumer."""
    subscriptions = [one for one in work.contracts.subscriptions(consumer) if one == EVERYTHING or one[0] == service]
    if not subscriptions:
        expected = "layanan yang tercantum dalam subscriptions.toml"
        raise InvalidInput(errors=[FieldError("consumer", "consumer_unknown", consumer, expected)])
    with work.transaction(actor.agency_id) as tx:
        replay = queries.insert_replay(
            tx, consumer=consumer, subscriptions=subscriptions, since=since, by=str(actor.account_id)
        )
        audit.record(tx, actor, "replay_requested", "replay", replay.id, consumer=consumer)
        return replay


def list_replays(work: UnitOfWork, actor: Principal) -> Items[ReplayView]:
    """Return the latest replays, the newest first."""
    with work.transaction(actor.agency_id) as tx:
        return Items(queries.replays(tx))
