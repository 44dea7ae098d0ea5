"""Fill the texts that people are told and put them in inboxes and e-mails: all of a batch at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from notification.domain.preferences import Choice, default_choice, email_mode
from notification.domain.templates import EmailMode, Template, Text, employee_of, fill
from notification.persistence import emails, messages, people
from notification.persistence.messages import Note
from notification.persistence.template_files import template_book
from notification.use_cases.email_digest import add_to_digests

# History that is played again fills inboxes, but does not send mail about what happened long ago.
EMAIL_WHILE_YOUNGER_THAN = timedelta(days=60)


@dataclass(frozen=True)
class Happening:
    """What people are told about: an event heard, or something this service saw itself."""

    kind: str
    event_id: UUID
    time: datetime
    data: Mapping[str, Any]
    body: str = ""


@dataclass(frozen=True)
class Told:
    """Somebody is to be told of something, in the words of a template."""

    recipient: str
    template: Template
    happening: Happening


def write_messages(tx: Transaction, all_told: Collection[Told]) -> None:
    """Write the messages, and the mail that their recipients want of them; a repeat of a fact adds nothing."""
    people_told = {person for told in all_told if (person := employee_of(told.recipient))}
    choices = messages.choices_among(tx, people_told)
    words = _Words(tx, all_told)
    notes: dict[UUID, tuple[Note, EmailMode]] = {}
    for told in all_told:
        choice = _choice(told, choices)
        mode = email_mode(told.template, choice)
        if tx.now - told.happening.time > EMAIL_WHILE_YOUNGER_THAN:
            mode = EmailMode.OFF
        if choice.inbox or mode is not EmailMode.OFF:
            note = _note(told, words.of(told), shown=choice.inbox)
            notes[note.message_id] = (note, mode)
    if notes:
        new = messages.add_messages(tx, [note for note, _ in notes.values()])
        _mail(tx, [one for message_id, one in notes.items() if message_id in new])


def _choice(told: Told, choices: Mapping[tuple[UUID, str], Choice]) -> Choice:
    topic = template_book().topics[told.template.topic]
    person = employee_of(told.recipient)
    return (choices.get((person, topic.key)) if person else None) or default_choice(topic)


def _note(told: Told, text: Text, *, shown: bool) -> Note:
    happening = told.happening
    dedupe_key = told.template.dedupe_key(happening.event_id, happening.data)
    return Note(new_id(), told.recipient, told.template, text, happening.event_id, dedupe_key, shown)


def _mail(tx: Transaction, notes: Collection[tuple[Note, EmailMode]]) -> None:
    digests: dict[str, list[dict[str, str]]] = defaultdict(list)
    for note, mode in notes:
        text = note.text
        item = {"message_id": str(note.message_id), "title": text.title, "body": text.body, "link": text.link}
        match mode:
            case EmailMode.IMMEDIATE:
                emails.enqueue(tx, note.recipient, [item])
            case EmailMode.DAILY:
                digests[note.recipient].append(item)
            case EmailMode.OFF:
                pass
    if digests:
        add_to_digests(tx, digests)


class _Words:
    """The texts, with the names that the directory has now for what they mention."""

    def __init__(self, tx: Transaction, all_told: Collection[Told]) -> None:
        self._names = people.names_among(tx, _mentioned(all_told, "employee_name", "employee_id"))
        self._units = people.unit_names_among(tx, _mentioned(all_told, "unit_name", "unit_id"))
        tells_a_day = any(told.template.tells_a_day for told in all_told)
        self._zone = people.time_zone(tx) if tells_a_day else people.DEFAULT_TIME_ZONE

    def of(self, told: Told) -> Text:
        values = dict(told.happening.data)
        for name, key, known in (
            ("employee_name", "employee_id", self._names),
            ("unit_name", "unit_id", self._units),
        ):
            if told.template.mentions(name) and values.get(key):
                values[name] = known.get(UUID(str(values[key])))
        return fill(told.template, values, self._zone)


def _mentioned(all_told: Collection[Told], name: str, key: str) -> set[UUID]:
    return {
        UUID(str(told.happening.data[key]))
        for told in all_told
        if told.template.mentions(name) and told.happening.data.get(key)
    }
