"""Fill the texts that people are told and put them in inboxes and e-mails: all of a batch at once."""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from notification.domain.message import Message, Told
from notification.domain.preference import Choice
from notification.domain.templates import EmailMode, Text, employee_of, fill
from notification.persistence import people
from notification.persistence.emails import enqueue
from notification.persistence.messages import insert_messages
from notification.persistence.preferences import choices_among
from notification.persistence.template_files import topics
from notification.use_cases.emails.collect import add_to_digests

# History that is played again fills inboxes, but does not send mail about what happened long ago.
EMAIL_WHILE_YOUNGER_THAN = timedelta(days=60)


def write_messages(tx: Transaction, all_told: Collection[Told]) -> None:
    """Write the messages, and the mail that their recipients want of them; a repeat of a fact adds nothing."""
    people_told = {person for told in all_told if (person := employee_of(told.recipient))}
    choices = choices_among(tx, people_told)
    words = _Words(tx, all_told)
    written: dict[UUID, tuple[Message, EmailMode]] = {}
    for told in all_told:
        topic, person = topics()[told.template.topic], employee_of(told.recipient)
        choice = (choices.get((person, topic.key)) if person else None) or Choice.default(topic)
        is_old = tx.now - told.happening.time > EMAIL_WHILE_YOUNGER_THAN
        mode = EmailMode.OFF if is_old else choice.email_mode(told.template)
        if choice.inbox or mode is not EmailMode.OFF:
            message = Message.written(new_id(), told, words.of(told), tx.now, shown=choice.inbox)
            written[message.message_id] = (message, mode)
    if written:
        new = insert_messages(tx, [message for message, _ in written.values()])
        _mail(tx, [one for message_id, one in written.items() if message_id in new])


def _mail(tx: Transaction, written: Collection[tuple[Message, EmailMode]]) -> None:
    digests: dict[str, list[Text]] = defaultdict(list)
    for message, mode in written:
        text = Text(message.title, message.body, message.link)
        if mode is EmailMode.IMMEDIATE:
            enqueue(tx, message.recipient, [text])
        elif mode is EmailMode.DAILY:
            digests[message.recipient].append(text)
    if digests:
        add_to_digests(tx, digests)


class _Words:
    """The texts, with the names that the directory has now for what they mention."""

    def __init__(self, tx: Transaction, all_told: Collection[Told]) -> None:
        self._names = people.names_among(tx, _mentioned(all_told, "employee_name", "employee_id"))
        self._units = people.unit_names_among(tx, _mentioned(all_told, "unit_name", "unit_id"))
        tells_a_day = any(told.template.tells_a_day for told in all_told)
        self._zone = people.agency_of(tx).time_zone if tells_a_day else people.DEFAULT_TIME_ZONE

    def of(self, told: Told) -> Text:
        values = dict(told.happening.data)
        for name, key, known in (
            ("employee_name", "employee_id", self._names),
            ("unit_name", "unit_id", self._units),
        ):
            if told.template.mentions(name) and (found := told.happening.id_of(key)) is not None:
                values[name] = known.get(found)
        return fill(told.template, values, self._zone)


def _mentioned(all_told: Collection[Told], name: str, key: str) -> set[UUID]:
    return {
        found for told in all_told if told.template.mentions(name) and (found := told.happening.id_of(key)) is not None
    }
