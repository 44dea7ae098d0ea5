"""Notify the people whom a trigger concerns."""

from collections.abc import Collection, Sequence

from chassis.bus.envelope import Event
from chassis.unit_of_work import Transaction
from directory.answers import NotKnownYet
from notification.domain.message import Notice, Trigger
from notification.domain.templates import Template
from notification.persistence.feed import kind_of
from notification.persistence.messages import take_waiting, wait_for
from notification.persistence.template_files import template_book
from notification.use_cases.messages.address import Addressees, awaited_by
from notification.use_cases.messages.write import write_messages


def trigger_of(event: Event) -> Trigger:
    return Trigger(kind_of(event), event.id, event.time, event.data, event.body)


def notify_people(tx: Transaction, trigger: Trigger) -> None:
    """Write the messages of a trigger before the commit; a repeat of the same event adds nothing."""
    for template in template_book(tx.contracts.folder).for_event(trigger.kind):
        if template.fits(trigger.data):
            tx.before_commit(_address_after_all_others, (template, trigger))


def notify_waiting(tx: Transaction, awaited: Collection[str]) -> None:
    """Write the messages that waited for any of these to arrive."""
    book = template_book(tx.contracts.folder)
    for key, body in take_waiting(tx, awaited) if awaited else ():
        if key in book.by_key:
            tx.before_commit(_address_after_all_others, (book.by_key[key], trigger_of(Event.parse(body))))


def _address_after_all_others(tx: Transaction, notices: Sequence[tuple[Template, Trigger]]) -> None:
    """Leave them once more, behind what the batch brings of people: by that they are addressed, and name them."""
    for notice in notices:
        tx.before_commit(_address, notice)


def _address(tx: Transaction, notices: Sequence[tuple[Template, Trigger]]) -> None:
    addressees = Addressees(tx, notices)
    for template, trigger in notices:
        try:
            recipients = addressees.of(template.to, trigger)
        except NotKnownYet as unknown:
            awaited = awaited_by(template.to, unknown)
            wait_for(tx, awaited, event_id=trigger.event_id, template=template.key, body=trigger.body)
        else:
            for recipient in recipients:
                tx.before_commit(write_messages, Notice(recipient, template, trigger))
