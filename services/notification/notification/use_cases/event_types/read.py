"""Read which types of event may leave the deployment."""

from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from notification.domain.grant import EventTypeView
from notification.persistence.event_types import event_types


def list_event_types(work: UnitOfWork) -> Items[EventTypeView]:
    return Items(list(event_types(work.contracts.folder).values()))
