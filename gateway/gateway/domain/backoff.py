"""How long sign-in is blocked after failures: not at first, then twice as long each time."""

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gateway.domain.errors import SignInThrottled


@dataclass(frozen=True)
class Backoff:
    """`free` failures cost nothing; from then on the wait doubles from `first` up to `longest`.

    Failures older than `expires_after` no longer count, so nobody stays blocked by yesterday's typing.
    """

    free: int
    first: timedelta
    longest: timedelta
    expires_after: timedelta

    def wait(self, failures: int) -> timedelta:
        """Return how long nothing more is tried after so many failures in a row."""
        beyond = failures - self.free
        if beyond <= 0:
            return timedelta()
        if beyond > 30:  # noqa: PLR2004 - twice as long thirty times is beyond any limit, and beyond timedelta soon after
            return self.longest
        return min(self.first * (1 << (beyond - 1)), self.longest)


@dataclass(frozen=True)
class FailureCount:
    """The failures in a row of one name or address."""

    failures: int
    last_at: datetime
    blocked_until: datetime | None

    def remaining_block(self, now: datetime) -> timedelta | None:
        return self.blocked_until - now if self.blocked_until is not None and self.blocked_until > now else None

    def with_attempt(self, backoff: Backoff, now: datetime) -> "FailureCount":
        """Count an attempt as failed; whoever signs in successfully clears the count afterwards."""
        is_expired = self.last_at < now - backoff.expires_after
        failures = 1 if is_expired else self.failures + 1
        wait = backoff.wait(failures)
        return replace(self, failures=failures, last_at=now, blocked_until=now + wait if wait else None)


PER_ACCOUNT = Backoff(
    free=8, first=timedelta(seconds=15), longest=timedelta(minutes=15), expires_after=timedelta(hours=1)
)
# A whole office may share one address, so it has more free attempts.
PER_ADDRESS = Backoff(
    free=60, first=timedelta(seconds=5), longest=timedelta(minutes=5), expires_after=timedelta(minutes=15)
)


def require_no_block(wait: timedelta | None) -> None:
    """Raise SignInThrottled, with the seconds to wait, while a name or address is blocked."""
    if wait is not None:
        seconds = max(1, math.ceil(wait.total_seconds()))
        raise SignInThrottled(seconds=seconds, retry_after=seconds)
