"""How long a door stays shut after failures: nothing at first, then twice as long each time."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Backoff:
    """`free` failures cost nothing; from then on the wait doubles from `first` up to `longest`.

    Failures older than `forget` count no more, so nobody stays shut out by yesterday's typing.
    """

    free: int
    first: timedelta
    longest: timedelta
    forget: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long after so many failures in a row nothing more is tried."""
        beyond = failures - self.free
        if beyond <= 0:
            return timedelta()
        if beyond > 30:  # noqa: PLR2004 - twice as long thirty times is beyond any limit, and beyond timedelta soon after
            return self.longest
        return min(self.first * (1 << (beyond - 1)), self.longest)


PER_ACCOUNT = Backoff(free=8, first=timedelta(seconds=15), longest=timedelta(minutes=15), forget=timedelta(hours=1))
# A whole office may stand behind one address, so it is given more.
PER_ADDRESS = Backoff(free=60, first=timedelta(seconds=5), longest=timedelta(minutes=5), forget=timedelta(minutes=15))
