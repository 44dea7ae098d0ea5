"""Fill the texts of notices and put them in inboxes and e-mails: all of a batch at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from notification.domain.message import Message, Notice
from notification.domain.preference import Choice
from notification.domain.templates import EmailMode, Text, employee_of, fill
from notification.domain.terms import Terms
from notification.persistence import people
from notification.persistence.emails import NewEmail, enqueue
from notification.persistence.held_emails import hold, hold_in_digests
from notification.persistence.messages import insert_messages
from notification.persistence.preferences import choices_among
from notification.persistence.quiet_hours import mail_times
from notification.persistence.template_files import obligation_words, topics
from notification.use_cases.emails.collect import add_to_digests
from notification.use_cases.emails.release import release_later

# History that is played again fills inboxes, but does not send mail about what happened long ago.
EMAIL_WHILE_YOUNGER_THAN = timedelta(days=60)


@dataclass(frozen=True)
class _Written:
    message: Message
    mode: EmailMode
    terms: Terms | None


def write_messages(tx: Transaction, notices: Collection[Notice]) -> None:
    """Write the messages, and the mail that their recipients want of them; a repeat of an event adds nothing."""
    people_notified = {person for notice in notices if (person := employee_of(notice.recipient))}
    choices = choices_among(tx, people_notified)
    texts = _Texts(tx, notices)
    written: dict[UUID, _Written] = {}
    for notice in notices:
        topic, person = topics()[notice.template.topic], employee_of(notice.recipient)
        choice = (choices.get((person, topic.key)) if person else None) or Choice.default(topic)
        is_old = tx.now - notice.trigger.time > EMAIL_WHILE_YOUNGER_THAN
        mode = EmailMode.OFF if is_old else choice.email_mode(notice.template)
        if choice.inbox or mode is not EmailMode.OFF:
            message = Message.written(new_id(), notice, texts.of(notice), tx.now, shown=choice.inbox)
            written[message.message_id] = _Written(message, mode, notice.terms)
    if written:
        new = insert_messages(tx, [one.message for one in written.values()])
        _mail(tx, [one for message_id, one in written.items() if message_id in new])


def _mail(tx: Transaction, written: Collection[_Written]) -> None:
    mails = [one for one in written if one.mode is not EmailMode.OFF]
    if not mails:
        return
    times = mail_times(tx)
    at_once: dict[datetime | None, list[NewEmail]] = defaultdict(list)
    digests: dict[datetime | None, dict[str, list[Text]]] = defaultdict(lambda: defaultdict(list))
    for one in mails:
        message, terms = one.message, one.terms
        text = Text(message.title, message.body, message.link, terms)
        deadline = None if terms is None else terms.useful_until
        mode, until = times.in_time(one.mode, topics()[message.topic].quiet, deadline)
        if mode is EmailMode.IMMEDIATE:
            at_once[until].append(NewEmail(message.recipient, [text]))
        else:
            digests[until][message.recipient].append(text)
    enqueue(tx, at_once.pop(None, []))
    if (tomorrow := digests.pop(None, None)) is not None:
        add_to_digests(tx, tomorrow, times.next_morning)
    _hold(tx, at_once, digests)


def _hold(
    tx: Transaction,
    letters: Mapping[datetime | None, Sequence[NewEmail]],
    digests: Mapping[datetime | None, Mapping[str, Sequence[Text]]],
) -> None:
    """Hold back what is not sent yet, each until its moment."""
    moments = sorted(one for one in {*letters, *digests} if one is not None)
    for until in moments:
        if found := letters.get(until):
            hold(tx, found, until)
        if items := digests.get(until):
            hold_in_digests(tx, items, until)
    release_later(tx, moments)


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
        return fill(notice.template, values, self._zone, obligation_words())


def _mentioned(notices: Collection[Notice], name: str, key: str) -> set[UUID]:
    return {
        found
        for notice in notices
        if notice.template.mentions(name) and (found := notice.trigger.id_of(key)) is not None
    }
