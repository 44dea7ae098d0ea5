"""Effective-dated series: rows are only added; which one holds on a day follows from dates and order of recording."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol, TypeVar


class Dated(Protocol):
    """One row: from which day it holds, on which day it was recorded, and whether it speaks for all days up to then.

    A row that `replaces_later` sets aside what was recorded before it for days between its start and its recording:
    "since March the superior is B" is the whole truth until today. A plan for a day still ahead stays. A row that does
    not replace fills a gap in the past and leaves later rows alone.
    """

    @property
    def effective_from(self) -> date: ...

    @property
    def recorded_on(self) -> date: ...

    @property
    def replaces_later(self) -> bool: ...


D = TypeVar("D", bound=Dated)


class TakesEffect(StrEnum):
    """What recording a row does to the state of today."""

    NOW = "NOW"
    LATER = "LATER"
    PAST_ONLY = "PAST_ONLY"


def standing(entries: Sequence[D]) -> list[D]:
    """Return the entries (in order of recording) that no later recording has set aside, by the day they start."""
    kept = [
        entry
        for number, entry in enumerate(entries)
        if not any(
            later.effective_from == entry.effective_from
            or (later.replaces_later and later.effective_from <= entry.effective_from <= later.recorded_on)
            for later in entries[number + 1 :]
        )
    ]
    return sorted(kept, key=lambda entry: entry.effective_from)


def in_force(entries: Sequence[D], on: date) -> D | None:
    """Return the entry that holds on a day: of those that stand, the one that started last."""
    return next((entry for entry in reversed(standing(entries)) if entry.effective_from <= on), None)


def takes_effect(entries: Sequence[D], today: date) -> TakesEffect:
    """Return what the entry recorded last does: it holds today, waits for its day, or concerns the past only."""
    newest = entries[-1]
    if newest.effective_from > today:
        return TakesEffect.LATER
    return TakesEffect.NOW if in_force(entries, today) is newest else TakesEffect.PAST_ONLY
