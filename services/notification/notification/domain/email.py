"""An e-mail: its words and headers, its states, and what a server's answer means for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from notification.domain.errors import DeliveryStateConflict
from notification.domain.retries import EMAIL_MINUTES, next_attempt
from notification.domain.templates import Text, employee_of
from notification.domain.terms import Dropped, Standing

_ADDRESS = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}$")
LONGEST_ADDRESS = 254


class EmailKind(StrEnum):
    MESSAGE = "MESSAGE"
    DIGEST = "DIGEST"
    NOTICE = "NOTICE"


class EmailState(StrEnum):
    COLLECTING = "COLLECTING"
    QUEUED = "QUEUED"
    SENT = "SENT"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    SKIPPED = "SKIPPED"


RETRIABLE = (EmailState.FAILED, EmailState.EXPIRED, EmailState.SKIPPED)


class DeliveryStatus(StrEnum):
    SENT = "SENT"
    REFUSED = "REFUSED"
    LATER = "LATER"


@dataclass(frozen=True)
class Answer:
    """What a mail server answered to one e-mail."""

    status: DeliveryStatus
    code: int | None
    reason: str | None


@dataclass(frozen=True)
class Email:
    """One e-mail: a message, a day's digest or a notice to a subscriber's contact, and what became of it."""

    delivery_id: UUID
    kind: EmailKind
    recipient: str
    address: str | None
    content: tuple[Text, ...]
    state: EmailState
    attempts: int
    code: int | None
    reason: str | None
    created_at: datetime
    last_attempt_at: datetime | None
    finished_at: datetime | None

    def finished(self, state: EmailState, now: datetime, reason: str | None = None) -> "Email":
        return replace(self, state=state, finished_at=now, reason=reason)

    def answered(self, answer: Answer, now: datetime) -> tuple["Email", datetime | None]:
        """Return it after an attempt, and when the next one is due, if there is to be one."""
        tried = replace(self, attempts=self.attempts + 1, code=answer.code, last_attempt_at=now)
        if answer.status is DeliveryStatus.SENT:
            return tried.finished(EmailState.SENT, now), None
        due = next_attempt(tried.attempts, now, EMAIL_MINUTES) if answer.status is DeliveryStatus.LATER else None
        if due is None:
            return tried.finished(EmailState.FAILED, now, answer.reason), None
        return replace(tried, reason=answer.reason or ""), due

    def without(self, standing: Standing) -> tuple["Email", list[Dropped]]:
        """Return it without the texts that hold no longer, and why each of those does not."""
        person, kept, dropped = employee_of(self.recipient), [], []
        for text in self.content:
            why = standing.dropped(person, text.terms) if person is not None and text.terms is not None else None
            if why is None:
                kept.append(text)
            else:
                dropped.append(why)
        return replace(self, content=tuple(kept)), dropped

    def retried(self) -> "Email":
        """Return it queued again. Raise DeliveryStateConflict unless it was given up."""
        if self.state not in RETRIABLE:
            raise DeliveryStateConflict(state=self.state, expected=" atau ".join(RETRIABLE))
        return replace(self, state=EmailState.QUEUED, finished_at=None, attempts=0)


@dataclass(frozen=True)
class EmailView:
    """Neither address nor text: operators see no personal records."""

    delivery_id: UUID
    kind: EmailKind
    state: EmailState
    attempts: int
    code: Annotated[int | None, Meta(description="last SMTP code")]
    reason: str | None
    created_at: datetime
    last_attempt_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, email: Email) -> "EmailView":
        return view_of(cls, email)


@dataclass(frozen=True)
class Letterhead:
    """Who writes, and where the links lead."""

    sender: str
    base_url: str
    domain: str


def is_address(text: str) -> bool:
    """Return whether this can be written on an envelope; whether anybody lives there only the server knows."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.match(text) is not None and parseaddr(text)[1] == text


def compose(
    head: Letterhead, *, delivery_id: UUID, address: str, name: str | None, agency: str, at: datetime,
    content: Sequence[Text],
) -> EmailMessage:  # fmt: skip
    """Write an e-mail. Every attempt of one delivery has the same Message-ID, so that a repeat is recognised."""
    message = EmailMessage()
    message["From"] = head.sender
    message["To"] = address
    message["Subject"] = _subject(content)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{delivery_id}@{head.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    parts = [f"{item.body}\n{head.base_url}{item.link}" for item in content]
    greeting = f"Yth. {' '.join(name.split())}," if name else "Yth. Bapak/Ibu,"
    footer = (
        f"-- \n{' '.join(agency.split())}\nE-mail ini dikirim otomatis dan tidak perlu dibalas.\n"
        f"Pilihan pemberitahuan: {head.base_url}/pemberitahuan/pilihan"
    )
    message.set_content("\n\n".join([greeting, *parts, footer]) + "\n")
    return message


def _subject(content: Sequence[Text]) -> str:
    title = " ".join(content[0].title.split()) if content else "Pemberitahuan"
    return title if len(content) <= 1 else f"{len(content)} pemberitahuan: {title}, dan lainnya"
