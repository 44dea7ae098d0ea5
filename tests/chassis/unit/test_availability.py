"""Which failures mean that the database is away, and what is logged of them."""

import psycopg
import pytest
from psycopg import errors
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from chassis.db.availability import failure_of, is_away, reason_of

WRONG = """connection failed: connection to server at "10.0.0.5", port 5432 failed:
FATAL:  password authentication failed for user "training"
"""


def wrapped(error, kind=OperationalError):
    return kind("SELECT secret FROM account", {"name": "Siti"}, error)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (wrapped(psycopg.OperationalError(WRONG)), True),
        (psycopg.OperationalError(WRONG), True),
        (wrapped(errors.AdminShutdown("terminating connection")), True),
        (wrapped(errors.TooManyConnections("too many connections for role")), True),
        (PoolTimeoutError("QueuePool limit of size 4 overflow 4 reached"), True),
        (wrapped(errors.DeadlockDetected("deadlock detected")), False),
        (wrapped(errors.LockNotAvailable("lock timeout")), False),
        (wrapped(errors.QueryCanceled("statement timeout")), False),
        (wrapped(errors.UniqueViolation("twice"), IntegrityError), False),
        (ValueError("x"), False),
    ],
)
def test_a_server_that_is_there_but_refuses_one_statement_is_not_away(error, expected):
    assert is_away(error) is expected


def test_the_reason_is_one_line_of_the_drivers_words_and_says_nothing_of_the_statement():
    reason = reason_of(wrapped(psycopg.OperationalError(WRONG)))
    assert reason.endswith('FATAL: password authentication failed for user "training"')
    assert "\n" not in reason
    assert not any(word in reason for word in ("SELECT", "Siti"))
    assert reason_of(psycopg.OperationalError()) == "OperationalError"
    assert len(reason_of(psycopg.OperationalError("x" * 1000))) == 300


def test_only_what_was_not_foreseen_brings_its_trace():
    away, fault = psycopg.OperationalError(WRONG), ValueError("x")
    assert failure_of(away) == {"exc_info": False, "reason": reason_of(away)}
    assert failure_of(fault) == {"exc_info": fault}
