"""Waiting for other processes: as long as something moves, however slowly, and no longer.

A fixed deadline fails on a busy machine although the work goes on. Here the caller says what remains, and the wait
ends with an error only when that has not changed for `stall_seconds`.
"""

import time
from collections.abc import Callable, Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Literal, TypeVar

T = TypeVar("T")
Work = int | str | Collection[object]

STALL_SECONDS = 120.0
REPORT_SECONDS = 15.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.02, 1.0
EXAMPLES = 3


@dataclass(frozen=True)
class Remaining:
    """What is still to be done: a number, the missing items, or a text. A different value counts as progress."""

    work: Work

    def __post_init__(self) -> None:
        # a snapshot: the caller may go on to change the same object
        if isinstance(self.work, AbstractSet):
            object.__setattr__(self, "work", frozenset(self.work))
        elif not isinstance(self.work, int | str):
            object.__setattr__(self, "work", tuple(self.work))

    def __str__(self) -> str:
        if isinstance(self.work, int | str):
            return str(self.work)
        examples = ", ".join(sorted(str(item) for item in islice(self.work, EXAMPLES)))
        return f"{len(self.work)} ({examples}{', …' if len(self.work) > EXAMPLES else ''})"


@dataclass(frozen=True)
class WaitState:
    """How a wait stands: what is awaited, what remains of it, and for how many seconds that has not changed."""

    what: str
    remaining: Remaining | None
    waited: float
    unchanged: float

    @property
    def unchanged_since(self) -> datetime:
        """Return the local time of the last change."""
        return datetime.now().astimezone() - timedelta(seconds=self.unchanged)

    def __str__(self) -> str:
        remaining = f", remaining: {self.remaining}" if self.remaining else ""
        since = f"since {self.unchanged_since:%H:%M:%S}, for {self.unchanged:.0f} of {self.waited:.0f} s"
        return f"{self.what}{remaining}; unchanged {since}"


class Stalled(Exception):
    """Nothing has changed for too long."""

    def __init__(self, state: WaitState) -> None:
        self.state = state
        super().__init__(f"stalled: {state}")


def wait_for(
    what: str,
    ask: Callable[[], T | Remaining | None],
    *,
    stall_seconds: float = STALL_SECONDS,
    ignoring: tuple[type[Exception], ...] = (),
    report: Callable[[WaitState], None] | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> T:
    """Ask until there is an answer, and return it; raise Stalled when nothing changes for `stall_seconds`.

    `Remaining` and whatever is false mean "not yet", and so does an exception of `ignoring`. `report` is called every
    fifteen seconds. `pause` replaces the sleep between two questions.
    """
    started = changed = reported = time.monotonic()
    last: Remaining | None = None
    while True:
        try:
            answer = ask()
        except ignoring as error:
            answer = Remaining(repr(error))
        if answer and not isinstance(answer, Remaining):
            return answer
        now, remaining = time.monotonic(), answer if isinstance(answer, Remaining) else None
        if remaining != last:
            last, changed = remaining, now
        state = WaitState(what, remaining, now - started, now - changed)
        if state.unchanged > stall_seconds:
            raise Stalled(state)
        if report and now - reported > REPORT_SECONDS:
            reported = now
            report(state)
        # a tenth of what it has taken so far: neither busy nor late
        pause(min(max(state.unchanged / 10, SHORTEST_PAUSE), LONGEST_PAUSE))


def wait_until_empty(
    what: str,
    remaining: Callable[[], Work],
    *,
    stall_seconds: float = STALL_SECONDS,
    report: Callable[[WaitState], None] | None = None,
) -> None:
    """Wait until nothing remains: zero, no item, or an empty text."""

    def ask() -> Remaining | Literal[True]:
        work = remaining()
        return Remaining(work) if work else True

    wait_for(what, ask, stall_seconds=stall_seconds, report=report)
