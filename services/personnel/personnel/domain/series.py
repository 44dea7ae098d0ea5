"""Effective-dated series: rows are only added; which one holds on a day follows from dates and order of recording."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar


class Dated(Protocol):
    """One row: from which day it holds, on which day it was recorded, and whether it speaks for all days up to then.

    A row sets aside an earlier recorded one of the same day. A row that `replaces_later` also sets aside those that
    start between its own day and the day of its recording: "since March the superior is B" is the whole truth until
    today. A plan for a day still ahead stays. A row that was withdrawn counts as never recorded.
    """

    @property
    def effective_from(self) -> date: ...

    @property
    def recorded_on(self) -> date: ...

    @property
    def replaces_later(self) -> bool: ...

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
        if not any(
            later.effective_from == entry.effective_from
            or (later.replaces_later and later.effective_from <= entry.effective_from <= later.recorded_on)
            for later in valid[number + 1 :]
        )
    ]
    return sorted(kept, key=lambda entry: entry.effective_from)


def in_force(entries: Sequence[D], on: date) -> D | None:
    """Return the entry that holds on a day: of those that stand, the one that started last."""
    return next((entry for entry in reversed(standing(entries)) if entry.effective_from <= on), None)


def held_on(entries: Sequence[D], on: date) -> D | None:
    """Return the entry in force on a day; before the first one begins, the first: the best that is known."""
    return in_force(entries, on) or next(iter(standing(entries)), None)


def takes_effect(entries: Sequence[D], entry: D, today: date) -> TakesEffect:
    """Return what one of the entries does: it holds today, waits for its day, or concerns the past only."""
    if entry.effective_from > today:
        return TakesEffect.LATER
    return TakesEffect.NOW if in_force(entries, today) is entry else TakesEffect.PAST_ONLY
