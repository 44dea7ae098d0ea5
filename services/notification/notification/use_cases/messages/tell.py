"""Turn what happened into messages for the people it concerns."""

from uuid import UUID

from chassis.bus.envelope import Event
from chassis.unit_of_work import Transaction
from notification.domain.message import Happening, Told
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
    """The addressee is named by a fact that has not arrived."""


def superiors_fact(employee_id: UUID) -> str:
    return f"above:{employee_id}"


def unit_fact(unit_id: UUID) -> str:
    return f"unit:{unit_id}"


def happening_of(event: Event) -> Happening:
    return Happening(kind_of(event), event.id, event.time, event.data, event.body)


def tell_people(tx: Transaction, happening: Happening) -> None:
    """Write the messages of what happened; a repeat of the same fact adds nothing."""
    for template in template_book(tx.contracts.folder).for_event(happening.kind):
        if template.fits(happening.data):
            _tell(tx, template, happening)


def tell_waiting(tx: Transaction, fact: str) -> None:
    """Write the messages that waited for this fact."""
    for key, body in take_waiting(tx, fact):
        template = template_book(tx.contracts.folder).by_key.get(key)
        if template is not None:
            _tell(tx, template, happening_of(Event.parse(body)))


def _tell(tx: Transaction, template: Template, happening: Happening) -> None:
    try:
        recipient = _recipient(tx, template.to, happening)
    except _Unknown as fact:
        wait_for(tx, str(fact), event_id=happening.event_id, template=template.key, body=happening.body)
    else:
        if recipient is not None:
            tx.before_commit(write_messages, Told(recipient, template, happening))


def _recipient(tx: Transaction, audience: Audience, happening: Happening) -> str | None:
    """Return whom a message goes to; None when the event names nobody. Raise _Unknown."""
    match audience:
        case Audience.HR | Audience.OPERATOR:
            return recipient_of_role(ROLE_OF[audience])
        case Audience.EVERYONE:
            return EVERYONE
        case Audience.EMPLOYEE:
            return _person(happening.id_of("employee_id"))
        case Audience.PREVIOUS_APPRAISER:
            return _person(happening.id_of("previous_appraiser_id"))
        case Audience.UNIT_LEADER:
            unit_id = UUID(str(happening.data["unit_id"]))
            unit = people.find_unit(tx, unit_id)
            if unit is None:
                raise _Unknown(unit_fact(unit_id))
            return _person(unit.leader_id)
        case Audience.APPRAISER | Audience.REVIEWER:
            return _superior(tx, "appraiser_id" if audience is Audience.APPRAISER else "reviewer_id", happening)


def _superior(tx: Transaction, name: str, happening: Happening) -> str | None:
    if name in happening.data:
        return _person(happening.id_of(name))
    employee_id = UUID(str(happening.data["employee_id"]))
    superiors = people.find_superiors(tx, employee_id)
    if superiors is None:
        raise _Unknown(superiors_fact(employee_id))
    return _person(superiors.appraiser_id if name == "appraiser_id" else superiors.reviewer_id)


def _person(employee_id: UUID | None) -> str | None:
    return recipient_of_employee(employee_id) if employee_id else None
