"""The words and headers of an e-mail: a sentence, a link, and nothing that belongs behind the door."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any
from uuid import UUID

_ADDRESS = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)*[A-Za-z0-9-]{1,63}$")
LONGEST_ADDRESS = 254


@dataclass(frozen=True)
class Letterhead:
    """Who writes, and where the links lead."""

    sender: str
    base_url: str
    domain: str


def is_address(text: str) -> bool:
    """An address that can be written on an envelope; whether anybody lives there only the server knows."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.match(text) is not None and parseaddr(text)[1] == text


def message_id(delivery_id: UUID, head: Letterhead) -> str:
    """The same for every attempt of one delivery, so that a mail program recognises a repeat."""
    return f"<{delivery_id}@{head.domain}>"


def compose(
    head: Letterhead, *, delivery_id: UUID, address: str, name: str | None, agency: str, at: datetime,
    content: Sequence[Mapping[str, Any]],
) -> EmailMessage:  # fmt: skip
    message = EmailMessage()
    message["From"] = head.sender
    message["To"] = address
    message["Subject"] = _subject(content)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(delivery_id, head)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    parts = [f"{item['body']}\n{head.base_url}{item['link']}" for item in content]
    greeting = f"Yth. {' '.join(name.split())}," if name else "Yth. Bapak/Ibu,"
    footer = (
        f"-- \n{' '.join(agency.split())}\nE-mail ini dikirim otomatis dan tidak perlu dibalas.\n"
        f"Pilihan pemberitahuan: {head.base_url}/pemberitahuan/pilihan"
    )
    message.set_content("\n\n".join([greeting, *parts, footer]) + "\n")
    return message


def _subject(content: Sequence[Mapping[str, Any]]) -> str:
    title = " ".join(str(content[0]["title"]).split()) if content else "Pemberitahuan"
    return title if len(content) <= 1 else f"{len(content)} pemberitahuan: {title}, dan lainnya"
