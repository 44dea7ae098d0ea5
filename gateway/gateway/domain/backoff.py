"""How long sign-in is blocked after failures: not at first, then twice as long each time.

What is counted is the name from one address, or from one known device of the owner. The name from everywhere has a
limit of its own, which whoever comes from a known device or address does not meet. So the owner is shut out only by
somebody behind the same address, and then not on a known device; or, at the second factor, by who has the password.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from uuid import UUID

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


# One name from one address, or from one device of its owner.
PER_SOURCE = Backoff(
    free=8, first=timedelta(seconds=15), longest=timedelta(minutes=15), expires_after=timedelta(hours=1)
)
# One name from all addresses from which its owner never signed in.
PER_ACCOUNT = Backoff(
    free=100, first=timedelta(seconds=15), longest=timedelta(minutes=15), expires_after=timedelta(hours=1)
)
# A whole office may share one address, so it has more free attempts.
PER_ADDRESS = Backoff(
    free=60, first=timedelta(seconds=5), longest=timedelta(minutes=5), expires_after=timedelta(minutes=15)
)
# The second factor of one account, from everywhere: whoever guesses it has the password or a code already.
PER_FACTOR = Backoff(
    free=10, first=timedelta(seconds=15), longest=timedelta(minutes=15), expires_after=timedelta(days=1)
)


@dataclass(frozen=True)
class FactorTried:
    """Six digits that are tried for an account, to sign in or to confirm a new secret; each is counted apart."""

    account_id: UUID
    kind: str = "factor"

    def counted(self) -> Iterator[tuple[str, Backoff]]:
        yield f"{self.kind}:{self.account_id}", PER_FACTOR


@dataclass(frozen=True)
class Attempted:
    """Who is tried from where. `device`: what proves an earlier sign-in of this very account, empty without proof.

    `is_known_address`: its owner has signed in from there. A name is empty where a code alone says who it is.
    """

    name: str
    address: str
    device: str = ""
    is_known_address: bool = False
    kind: str = "address"

    def counted(self) -> Iterator[tuple[str, Backoff]]:
        """Yield what the attempt is counted under, in an order in which the first that is blocked ends the counting.

        So an address that is shut adds nothing to the count of anybody's name.
        """
        if self.device:
            yield f"device:{self.name}:{self.device}", PER_SOURCE
            return
        network = network_of(self.address)
        if not self.is_known_address:
            yield f"{self.kind}:{network}", PER_ADDRESS
        if not self.name:
            return
        yield f"source:{self.name}:{network}", PER_SOURCE
        if not self.is_known_address:
            yield f"account:{self.name}", PER_ACCOUNT


def network_of(address: str) -> str:
    """Return the address, of IPv6 the first half: whoever has one of these has all 2^64."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else str(found)  # noqa: PLR2004


def require_no_block(wait: timedelta | None) -> None:
    """Raise SignInThrottled, with the seconds to wait, while a name or address is blocked."""
    if wait is not None:
        seconds = max(1, math.ceil(wait.total_seconds()))
        raise SignInThrottled(seconds=seconds, retry_after=seconds)
