"""Collect texts into one e-mail a day, sent at seven in the morning of the agency."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from chassis import timers
from chassis.unit_of_work import Transaction
from notification.domain.templates import Text
from notification.persistence.emails import collect
from notification.persistence.people import agency_of

TIMER = "email_digest"
SENT_AT = time(7, 0)


def add_to_digests(tx: Transaction, items: Mapping[str, Sequence[Text]]) -> None:
    """Collect texts by recipient; a digest that this opens is sent the next morning."""
    opened = collect(tx, items)
    if opened:
        morning = _next_morning(tx.now, ZoneInfo(agency_of(tx).time_zone))
        timers.schedule_all(tx, TIMER, dict.fromkeys(opened, morning))


def _next_morning(now: datetime, zone: ZoneInfo) -> datetime:
    local = now.astimezone(zone)
    morning = datetime.combine(local.date(), SENT_AT, zone)
    return morning if morning > local else morning + timedelta(days=1)
