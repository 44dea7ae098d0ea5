"""Which types of event may leave the deployment."""

from chassis.unit_of_work import UnitOfWork
from notification.persistence.event_types import EventType, event_types


def list_event_types(work: UnitOfWork) -> list[EventType]:
    return list(event_types(work.contracts.folder).values())
