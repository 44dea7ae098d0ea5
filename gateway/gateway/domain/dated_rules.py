"""Dated rules of an agency: which of several is in force on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar


class DatedRule(Protocol):
    """A rule that holds from a day on; of one day the newest version holds."""

    @property
    def valid_from(self) -> date: ...
    @property
    def version(self) -> int: ...


R = TypeVar("R", bound=DatedRule)


def in_force(rules: Sequence[R], day: date, default: R) -> R:
    """Return the rule in force on a day: of those that have begun the latest, and of one day the newest version."""
    begun = [one for one in rules if one.valid_from <= day]
    return max(begun, key=lambda one: (one.valid_from, one.version), default=default)
