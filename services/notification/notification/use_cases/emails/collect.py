"""Collect texts into one e-mail a day, sent at seven in the morning of the agency."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chassis import timers
from chassis.unit_of_work import Transaction
from notification.domain.templates import Text
from notification.persistence.emails import collect

TIMER = "email_digest"


def add_to_digests(tx: Transaction, items: Mapping[str, Sequence[Text]], morning: datetime) -> None:
    """Collect texts by recipient; a digest that this opens is sent the next morning."""
    opened = collect(tx, items)
    if opened:
        timers.schedule_all(tx, TIMER, dict.fromkeys(opened, morning))
