"""Read which types of event may leave the deployment, and who takes one."""

from chassis.auth import Principal
from chassis.errors import required
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from notification.authorisation import agency_for
from notification.domain.event_type import EventTypeView, SubscriberView
from notification.persistence.event_types import event_catalogue
from notification.persistence.subscribers import subscribers_of


def list_event_types(work: UnitOfWork) -> Items[EventTypeView]:
    """Return the types that may leave; one that ends names its last day and its successor."""
    return Items(list(event_catalogue(work.contracts.folder).types.values()))


def list_subscribers(
    work: UnitOfWork, actor: Principal, name: str, agency_id: str | None = None
) -> Items[SubscriberView]:
    """Return who takes a type in the caller's agency, or in the one that an operator names.

    Raise NotFound for a type that is not in the catalogue, Forbidden for another agency.
    """
    required(event_catalogue(work.contracts.folder).types.get(name), "jenis peristiwa", name)
    with work.transaction(agency_for(actor, agency_id)) as tx:
        return Items(subscribers_of(tx, [name]))
