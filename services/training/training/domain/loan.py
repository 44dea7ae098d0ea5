"""The library: who gets a copy, and until when."""

from datetime import date, timedelta
from enum import StrEnum


class LoanState(StrEnum):
    ON_LOAN = "ON_LOAN"
    RETURNED = "RETURNED"


class HoldState(StrEnum):
    WAITING = "WAITING"
    READY = "READY"
    FULFILLED = "FULFILLED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


LIVE_HOLDS = frozenset({HoldState.WAITING, HoldState.READY})


def copies_free(copies: int, on_loan: int, reserved: int) -> int:
    """Copies on the shelf that nobody has been promised."""
    return max(0, copies - on_loan - reserved)


def due_on(lent_on: date, days: int) -> date:
    return lent_on + timedelta(days=days)
