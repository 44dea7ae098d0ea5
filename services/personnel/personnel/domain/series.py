"""Effective-dated series: rows are only added; which one holds on a day follows from dates and order of recording."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar


class Dated(Protocol):
    """One row: what holds from which day, on which day it was recorded, and whether it speaks for all days up to then.

    A row sets aside an earlier recorded one of the same day. A row that `replaces_later` also sets aside those that
    start between its own day and the day of its recording: "since March the superior is B" is the whole truth until
    today. A plan for a day still ahead stays. A row that was withdrawn counts as never recorded.

    A row with a last day, `until`, lies above those that began before: on the next day holds what would have held
    without it, whatever is recorded when. So it leaves a row of the same day that has no end and says something else
    beneath it.
    """

    @property
    def effective_from(self) -> date: ...

    @property
    def recorded_on(self) -> date: ...

    @property
    def replaces_later(self) -> bool: ...

    @property
    def until(self) -> date | None: ...

    @property
    def value(self) -> object: ...

    @property
    def withdrawn_at(self) -> datetime | None: ...


D = TypeVar("D", bound=Dated)


class TakesEffect(StrEnum):
    """What recording a row does to the state of today."""

    NOW = "NOW"
    LATER = "LATER"
    PAST_ONLY = "PAST_ONLY"


def standing(entries: Sequence[D]) -> list[D]:
    """Return the entries (in order of recording) that no later one has set aside and nobody withdrew, by day."""
    valid = [entry for entry in entries if entry.withdrawn_at is None]
    kept = [
        entry
        for number, entry in enumerate(valid)
        if not any(_sets_aside(later, entry) for later in valid[number + 1 :])
    ]
    return sorted(kept, key=lambda entry: entry.effective_from)


def in_force(entries: Sequence[D], on: date) -> D | None:
    """Return the entry that holds on a day: of those that stand and have not ended, the one that started last."""
    return _last_begun(standing(entries), on)


def held_on(entries: Sequence[D], on: date) -> D | None:
    """Return the entry in force on a day; where there is none, the first: the best that is known."""
    return held(kept, on) if (kept := standing(entries)) else None


def held(kept: Sequence[D], on: date) -> D:
    """Return the same of entries that stand, of which there must be one."""
    return _last_begun(kept, on) or kept[0]


def days_of_change(kept: Sequence[D]) -> set[date]:
    """Return the days on which entries that stand begin, and those after their last."""
    return {one.effective_from for one in kept} | {
        one.until + timedelta(days=1) for one in kept if one.until is not None
    }


def takes_effect(entries: Sequence[D], entry: D, today: date) -> TakesEffect:
    """Return what one of the entries does: it holds today, waits for its day, or concerns the past only."""
    if entry.effective_from > today:
        return TakesEffect.LATER
    return TakesEffect.NOW if in_force(entries, today) is entry else TakesEffect.PAST_ONLY


def _last_begun(kept: Sequence[D], on: date) -> D | None:
    return next((one for one in reversed(kept) if one.effective_from <= on and not _has_ended(one, on)), None)


def _has_ended(entry: Dated, on: date) -> bool:
    return entry.until is not None and entry.until < on


def _sets_aside(later: Dated, entry: Dated) -> bool:
    if later.effective_from == entry.effective_from:
        return later.until is None or entry.until is not None or entry.value == later.value
    if not later.replaces_later or _has_ended(later, entry.effective_from):
        return False
    return later.effective_from <= entry.effective_from <= later.recorded_on
