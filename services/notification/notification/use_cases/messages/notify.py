"""Notify the people whom a trigger concerns."""

from uuid import UUID

from chassis.bus.envelope import Event
from chassis.unit_of_work import Transaction
from notification.domain.message import Notice, Trigger
from notification.domain.templates import (
    EVERYONE,
    ROLE_OF,
    Audience,
    Template,
    recipient_of_employee,
    recipient_of_role,
)
from notification.persistence import people
from notification.persistence.feed import kind_of
from notification.persistence.messages import take_waiting, wait_for
from notification.persistence.template_files import template_book
from notification.use_cases.messages.write import write_messages


class _Unknown(Exception):
    """The addressee is named by an event that has not arrived; the message is its key."""


def superiors_key(employee_id: UUID) -> str:
    return f"above:{employee_id}"


def unit_key(unit_id: UUID) -> str:
    return f"unit:{unit_id}"


def trigger_of(event: Event) -> Trigger:
    return Trigger(kind_of(event), event.id, event.time, event.data, event.body)


def notify_people(tx: Transaction, trigger: Trigger) -> None:
    """Write the messages of a trigger; a repeat of the same event adds nothing."""
    for template in template_book(tx.contracts.folder).for_event(trigger.kind):
        if template.fits(trigger.data):
            _notify(tx, template, trigger)


def notify_waiting(tx: Transaction, awaited: str) -> None:
    """Write the messages that waited for the event of this key."""
    for key, body in take_waiting(tx, awaited):
        template = template_book(tx.contracts.folder).by_key.get(key)
        if template is not None:
            _notify(tx, template, trigger_of(Event.parse(body)))


def _notify(tx: Transaction, template: Template, trigger: Trigger) -> None:
    try:
        recipient = _recipient(tx, template.to, trigger)
    except _Unknown as awaited:
        wait_for(tx, str(awaited), event_id=trigger.event_id, template=template.key, body=trigger.body)
    else:
        if recipient is not None:
            tx.before_commit(write_messages, Notice(recipient, template, trigger))


def _recipient(tx: Transaction, audience: Audience, trigger: Trigger) -> str | None:
    """Return whom a message goes to; None when the event names nobody. Raise _Unknown."""
    match audience:
        case Audience.HR | Audience.OPERATOR:
            return recipient_of_role(ROLE_OF[audience])
        case Audience.EVERYONE:
            return EVERYONE
        case Audience.EMPLOYEE:
            return _person(trigger.id_of("employee_id"))
        case Audience.PREVIOUS_APPRAISER:
            return _person(trigger.id_of("previous_appraiser_id"))
        case Audience.UNIT_LEADER:
            unit_id = UUID(str(trigger.data["unit_id"]))
            unit = people.find_unit(tx, unit_id)
            if unit is None:
                raise _Unknown(unit_key(unit_id))
            return _person(unit.leader_id)
        case Audience.APPRAISER | Audience.REVIEWER:
            return _superior(tx, "appraiser_id" if audience is Audience.APPRAISER else "reviewer_id", trigger)


def _superior(tx: Transaction, name: str, trigger: Trigger) -> str | None:
    if name in trigger.data:
        return _person(trigger.id_of(name))
    employee_id = UUID(str(trigger.data["employee_id"]))
    superiors = people.find_superiors(tx, employee_id)
    if superiors is None:
        raise _Unknown(superiors_key(employee_id))
    return _person(superiors.appraiser_id if name == "appraiser_id" else superiors.reviewer_id)


def _person(employee_id: UUID | None) -> str | None:
    return recipient_of_employee(employee_id) if employee_id else None
