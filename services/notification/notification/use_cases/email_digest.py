"""Collect texts into one e-mail a day, sent at seven in the morning of the agency."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chassis import timers
from chassis.unit_of_work import Transaction
from notification.persistence import emails, people

TIMER = "email_digest"
SENT_AT = time(7, 0)


def add_to_digests(tx: Transaction, items: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Collect texts by recipient; a digest that this opens is sent the next morning."""
    opened = emails.collect(tx, items)
    if opened:
        morning = next_morning(tx.now, people.time_zone(tx))
        for recipient in opened:
            timers.schedule(tx, TIMER, recipient, morning)


def next_morning(now: datetime, time_zone: str) -> datetime:
    """The next SENT_AT in the agency's time zone."""
    local = now.astimezone(ZoneInfo(time_zone))
    morning = datetime.combine(local.date(), SENT_AT, ZoneInfo(time_zone))
    return morning if morning > local else morning + timedelta(days=1)


def send_digest(tx: Transaction, recipient: str) -> None:
    emails.close_digest(tx, recipient)
