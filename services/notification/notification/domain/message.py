"""Messages to people: what triggers one, the message made of it, and how its reader sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from notification.domain.templates import ROLE_OF, Audience, Template, Text, employee_of
from notification.domain.terms import DutyPart, Terms


@dataclass(frozen=True)
class Trigger:
    """What people are notified of: an event received, or something this service observed itself."""

    kind: str
    event_id: UUID
    time: datetime
    data: Mapping[str, Any]
    body: str = ""

    def moment_of(self, name: str) -> datetime | None:
        """Return the moment that a field holds; None where it is empty or missing."""
        value = self.data.get(name)
        return datetime.fromisoformat(str(value)) if value else None

    def id_of(self, name: str) -> UUID | None:
        """Return the id that a field holds; None where it is empty or missing."""
        value = self.data.get(name)
        return UUID(str(value)) if value else None


@dataclass(frozen=True)
class Notice:
    """One person is to be notified, in the words of a template; becomes a message before the commit."""

    recipient: str
    template: Template
    trigger: Trigger

    @property
    def about(self) -> UUID | None:
        """Return whom a message to an office is about, who does not read it: a colleague handles it."""
        return self.trigger.id_of("employee_id") if self.template.to in ROLE_OF else None

    @property
    def terms(self) -> Terms | None:
        """Return what must still hold when it is sent by e-mail; None where it is about nobody's duty."""
        trigger, duty_of = self.trigger, self.trigger.id_of(self.template.duty_of)
        if duty_of is None:
            return None
        part = DutyPart.ABOVE if self.template.to is Audience.SUPERIOR else DutyPart.IN_PLACE
        if employee_of(self.recipient) == duty_of:
            part = DutyPart.OWN
        until, of_service = trigger.moment_of(self.template.useful_until), bool(trigger.data.get("of_service", True))
        return Terms(trigger.time, part, duty_of, until, of_service)


@dataclass(frozen=True)
class Message:
    """A message to its `recipient`; one that is not `shown` is sent by e-mail only.

    `dedupe_key` makes a repeat of the same event recognisable; `read_at` is when the one who asks has read it. Of an
    office, `about` is the one who does not read it.
    """

    message_id: UUID
    recipient: str
    topic: str
    title: str
    body: str
    link: str
    template: str
    template_version: int
    audience: str
    event_id: UUID
    event_kind: str
    dedupe_key: str
    shown: bool
    created_at: datetime
    about: UUID | None = None
    read_at: datetime | None = None

    @classmethod
    def written(cls, message_id: UUID, notice: Notice, text: Text, now: datetime, *, shown: bool) -> "Message":
        """Make a message in the words of a template."""
        template, trigger = notice.template, notice.trigger
        return cls(
            message_id=message_id, recipient=notice.recipient, topic=template.topic, title=text.title, body=text.body,
            link=text.link, template=template.key, template_version=template.version, audience=template.to.value,
            event_id=trigger.event_id, event_kind=template.event, shown=shown, created_at=now, about=notice.about,
            dedupe_key=template.dedupe_key(trigger.event_id, trigger.data),
        )  # fmt: skip


@dataclass(frozen=True)
class MessageView:
    message_id: UUID
    topic: str
    title: str
    body: str
    link: Annotated[str, Meta(description="path in the portal")]
    created_at: datetime
    read_at: datetime | None
    audience: Annotated[str, Meta(description="as what the reader got it: EMPLOYEE, HR, …")]
    event_kind: Annotated[str, Meta(description="the event that caused it")]
    event_id: UUID
    template: str
    template_version: int
    legal_source: Annotated[str, Meta(description="why it must be sent; empty: by choice")]

    @classmethod
    def of(cls, message: Message, legal_source: str) -> "MessageView":
        return view_of(cls, message, legal_source=legal_source)


@dataclass(frozen=True)
class UnreadView:
    unread: int
    by_topic: dict[str, int]


@dataclass(frozen=True)
class ReadAllView:
    marked: int
