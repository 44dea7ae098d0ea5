"""Take what a leased subscription may be sent now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chassis.unit_of_work import UnitOfWork
from notification.authorisation import find_grant
from notification.clients.sealing import SecretBox
from notification.domain.delivery import Outgoing, chains
from notification.domain.grant import Channel
from notification.domain.subscription import TYPES_RETIRED
from notification.persistence import deliveries, webhook_queue
from notification.persistence.event_types import event_catalogue
from notification.persistence.subscriptions import load_subscription, save_standing, sealed_secrets
from notification.persistence.webhook_queue import Lease
from notification.use_cases.subscriptions.disable import disable_subscription

WINDOW = 200


@dataclass(frozen=True)
class Load:
    """What goes out now, one chain for each subject."""

    url: str
    secrets: Sequence[str]
    chains: Sequence[Sequence[Outgoing]]


def take_deliveries(work: UnitOfWork, lease: Lease, box: SecretBox) -> Load | None:
    """Return what may be sent; an endpoint that fails is probed with one.

    None when the lease or the grant is over, or all has been sent of types that are not published any more.
    """
    with work.transaction(lease.agency_id) as tx:
        before = load_subscription(tx, lease.subscription_id, lock=True)
        if not before.is_active or not webhook_queue.is_held(tx, lease):
            return None
        grant = find_grant(tx, before.client_id, Channel.WEBHOOK)
        if grant is None:
            disable_subscription(tx, before, before.disabled("GRANT_ENDED"))
            return None
        kinds = [kind for kind in before.event_types if kind in grant.event_types]
        current = replace(before, position=deliveries.line_up(tx, before, kinds))
        save_standing(tx, before, current)
        waiting = deliveries.list_waiting(tx, before.subscription_id)
        if not waiting and event_catalogue(tx.contracts.folder).are_over(before.event_types):
            disable_subscription(tx, current, current.disabled(TYPES_RETIRED))
            return None
        room = WINDOW if before.consecutive_failures == 0 else 1
        chosen = chains(waiting, room)
        found = deliveries.outgoing(tx, before.subscription_id, [position for chain in chosen for position in chain])
        secrets = [box.open(sealed) for sealed in sealed_secrets(tx, before.subscription_id)]
        return Load(before.url, secrets, [[found[position] for position in chain] for chain in chosen])
