"""Fill the texts of notices and put them in inboxes and e-mails: all of a batch at once."""

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from notification.domain.message import Message, Notice
from notification.domain.preference import Choice
from notification.domain.templates import EmailMode, Text, employee_of, fill
from notification.persistence import people
from notification.persistence.emails import NewEmail, enqueue
from notification.persistence.messages import insert_messages
from notification.persistence.preferences import choices_among
from notification.persistence.template_files import topics
from notification.use_cases.emails.collect import add_to_digests

# History that is played again fills inboxes, but does not send mail about what happened long ago.
EMAIL_WHILE_YOUNGER_THAN = timedelta(days=60)


def write_messages(tx: Transaction, notices: Collection[Notice]) -> None:
    """Write the messages, and the mail that their recipients want of them; a repeat of an event adds nothing."""
    people_notified = {person for notice in notices if (person := employee_of(notice.recipient))}
    choices = choices_among(tx, people_notified)
    texts = _Texts(tx, notices)
    written: dict[UUID, tuple[Message, EmailMode]] = {}
    for notice in notices:
        topic, person = topics()[notice.template.topic], employee_of(notice.recipient)
        choice = (choices.get((person, topic.key)) if person else None) or Choice.default(topic)
        is_old = tx.now - notice.trigger.time > EMAIL_WHILE_YOUNGER_THAN
        mode = EmailMode.OFF if is_old else choice.email_mode(notice.template)
        if choice.inbox or mode is not EmailMode.OFF:
            message = Message.written(new_id(), notice, texts.of(notice), tx.now, shown=choice.inbox)
            written[message.message_id] = (message, mode)
    if written:
        new = insert_messages(tx, [message for message, _ in written.values()])
        _mail(tx, [one for message_id, one in written.items() if message_id in new])


def _mail(tx: Transaction, written: Collection[tuple[Message, EmailMode]]) -> None:
    digests: dict[str, list[Text]] = defaultdict(list)
    at_once: list[NewEmail] = []
    for message, mode in written:
        text = Text(message.title, message.body, message.link)
        if mode is EmailMode.IMMEDIATE:
            at_once.append(NewEmail(message.recipient, [text]))
        elif mode is EmailMode.DAILY:
            digests[message.recipient].append(text)
    enqueue(tx, at_once)
    if digests:
        add_to_digests(tx, digests)


class _Texts:
    """The texts, with the names that the directory has now for what they mention."""

    def __init__(self, tx: Transaction, notices: Collection[Notice]) -> None:
        self._names = people.names_among(tx, _mentioned(notices, "employee_name", "employee_id"))
        self._units = people.unit_names_among(tx, _mentioned(notices, "unit_name", "unit_id"))
        mentions_a_day = any(notice.template.mentions_a_day for notice in notices)
        self._zone = people.agency_of(tx).time_zone if mentions_a_day else people.DEFAULT_TIME_ZONE

    def of(self, notice: Notice) -> Text:
        values = dict(notice.trigger.data)
        for name, key, known in (
            ("employee_name", "employee_id", self._names),
            ("unit_name", "unit_id", self._units),
        ):
            if notice.template.mentions(name) and (found := notice.trigger.id_of(key)) is not None:
                values[name] = known.get(found)
        return fill(notice.template, values, self._zone)


def _mentioned(notices: Collection[Notice], name: str, key: str) -> set[UUID]:
    return {
        found
        for notice in notices
        if notice.template.mentions(name) and (found := notice.trigger.id_of(key)) is not None
    }
