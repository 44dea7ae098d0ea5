"""Turn an event into messages for the people it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.bus.envelope import Event
from chassis.unit_of_work import Transaction
from notification.domain.templates import (
    EVERYONE,
    ROLE_OF,
    Audience,
    Template,
    recipient_of_employee,
    recipient_of_role,
)
from notification.persistence import messages, people
from notification.persistence.feed import kind_of
from notification.persistence.template_files import template_book
from notification.use_cases.write_messages import Happening, Told, write_messages


@dataclass(frozen=True)
class Unknown:
    """The addressee is named by a fact that has not arrived."""

    fact: str


def above_fact(employee_id: UUID) -> str:
    return f"above:{employee_id}"


def unit_fact(unit_id: UUID) -> str:
    return f"unit:{unit_id}"


def tell_people(tx: Transaction, event: Event) -> None:
    """Write the messages of a heard event; a repeat of the same fact adds nothing."""
    tell(tx, happening_of(event))


def happening_of(event: Event) -> Happening:
    return Happening(kind_of(event), event.id, event.time, event.data, event.body)


def tell(tx: Transaction, happening: Happening) -> None:
    for template in template_book().for_event(happening.kind):
        if template.fits(happening.data):
            _tell_one(tx, template, happening)


def tell_waiting(tx: Transaction, fact: str) -> None:
    """Write the messages that waited for this fact."""
    for notice in messages.take_waiting(tx, fact):
        template = template_book().by_key.get(notice.template)
        if template is not None:
            _tell_one(tx, template, happening_of(Event.parse(notice.body)))


def _tell_one(tx: Transaction, template: Template, happening: Happening) -> None:
    match _addressee(tx, template.to, happening.data):
        case None:
            return
        case Unknown(fact):
            messages.wait_for(tx, fact, event_id=happening.event_id, template=template.key, body=happening.body)
        case str(recipient):
            tx.before_commit(write_messages, Told(recipient, template, happening))


def _addressee(tx: Transaction, audience: Audience, data: Mapping[str, Any]) -> str | Unknown | None:
    match audience:
        case Audience.HR | Audience.OPERATOR:
            return recipient_of_role(ROLE_OF[audience])
        case Audience.EVERYONE:
            return EVERYONE
        case Audience.EMPLOYEE:
            return _person(data.get("employee_id"))
        case Audience.PREVIOUS_APPRAISER:
            return _person(data.get("previous_appraiser_id"))
        case Audience.UNIT_LEADER:
            unit_id = UUID(str(data["unit_id"]))
            unit = people.unit_of(tx, unit_id)
            return Unknown(unit_fact(unit_id)) if unit is None else _person(unit.leader_id)
        case Audience.APPRAISER | Audience.REVIEWER:
            return _superior(tx, "appraiser_id" if audience is Audience.APPRAISER else "reviewer_id", data)


def _superior(tx: Transaction, name: str, data: Mapping[str, Any]) -> str | Unknown | None:
    if name in data:
        return _person(data[name])
    employee_id = UUID(str(data["employee_id"]))
    above = people.above_of(tx, employee_id)
    return Unknown(above_fact(employee_id)) if above is None else _person(getattr(above, name))


def _person(employee_id: object) -> str | None:
    return recipient_of_employee(str(employee_id)) if employee_id else None
