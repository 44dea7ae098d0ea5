"""Whether a failure means that the database is away, and the reason for it on one line."""

from typing import Any

import psycopg
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

LONGEST_REASON = 300
# SQLSTATE classes of a server that cannot serve: connection, authorisation, resources, shutdown or start.
# Deadlocks, lock timeouts and cancelled statements are OperationalErrors too, of a server that is there.
_AWAY = ("08", "28", "53", "57P")
# A deadlock of which this transaction is the victim, or a lock that did not come: tried again, both get through.
_LOCK_CONFLICT = ("40P01", "55P03")


def is_away(error: BaseException) -> bool:
    """Return whether the error says that the database cannot be reached or used, whatever is asked of it."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, OperationalError | InterfaceError | psycopg.OperationalError | psycopg.InterfaceError):
        return False
    state = _state_of(error)
    return state is None or state.startswith(_AWAY)


def is_lock_conflict(error: BaseException) -> bool:
    """Return whether the error says that this transaction gave way to another one that locks the same rows."""
    return _state_of(error) in _LOCK_CONFLICT


def _state_of(error: BaseException) -> str | None:
    state: str | None = getattr(getattr(error, "orig", error), "sqlstate", None)
    return state


def reason_of(error: BaseException) -> str:
    """Return the driver's own words on one line, without statement, parameters and trace."""
    words = str(getattr(error, "orig", None) or error) or type(error).__name__
    return " ".join(words.split())[:LONGEST_REASON]


def failure_of(error: Exception) -> dict[str, Any]:
    """Return what to log of a failure: its trace, or the reason alone when the database is away."""
    return {"exc_info": False, "reason": reason_of(error)} if is_away(error) else {"exc_info": error}
