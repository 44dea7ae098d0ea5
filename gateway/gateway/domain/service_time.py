"""When somebody is in an agency's service: what accounts follow of a person's timeline, or of an official's term."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from gateway.domain.account_rules import AccountRule, rule_on

LEFT_SERVICE = frozenset({"RETIRED", "DECEASED", "DISMISSED", "TRANSFERRED"})
ONE_DAY = timedelta(days=1)
AHEAD = "AHEAD"


class Access(StrEnum):
    """What the timeline leaves of an account: everything, the person's own records to read, or nothing."""

    FULL = "FULL"
    OWN_RECORDS = "OWN_RECORDS"
    NONE = "NONE"


@dataclass(frozen=True)
class ServiceStretch:
    """Days in which neither status, unit nor superior changed; without a last day it still holds."""

    first_day: date
    last_day: date | None
    status: str
    unit_id: UUID
    superior_id: UUID | None = None


@dataclass(frozen=True)
class Term:
    """The days of an office that is held by somebody who is no civil servant."""

    first_day: date
    last_day: date | None


@dataclass(frozen=True)
class AccessToday:
    """What an account may do on a day, why, until when, and the next day on which that may be otherwise."""

    access: Access
    because: str
    readable_until: date | None = None
    next_day: date | None = None


@dataclass(frozen=True)
class ServiceTime:
    """A person's days in the agency: no gaps, the last stretch open."""

    stretches: tuple[ServiceStretch, ...]

    def on(self, day: date) -> ServiceStretch | None:
        """Return what held on a day; None before the first day."""
        return next((one for one in reversed(self.stretches) if one.first_day <= day), None)

    def left_on(self, day: date) -> date | None:
        """Return since when, without a break until `day`, the person has not been in service; None while they are."""
        since = None
        for one in self.stretches:
            if one.first_day > day:
                break
            since = (since or one.first_day) if one.status in LEFT_SERVICE else None
        return since

    def access_on(self, day: date, rules: Sequence[AccountRule]) -> AccessToday:
        """Return what the account may do. Who has not begun yet has it already, to be ready on the first day."""
        ahead = next((one.first_day for one in self.stretches if one.first_day > day), None)
        here, left = self.on(day), self.left_on(day)
        if here is None or left is None:
            return AccessToday(Access.FULL, here.status if here else AHEAD, next_day=ahead)
        # the days that the rule of the last day in service grants; a death closes at once, whatever it followed
        readable_until = left + timedelta(days=rule_on(rules, left).days_after(here.status)) - ONE_DAY
        if day > readable_until:
            return AccessToday(Access.NONE, here.status, next_day=ahead)
        next_day = min(filter(None, (ahead, readable_until + ONE_DAY)))
        return AccessToday(Access.OWN_RECORDS, here.status, readable_until, next_day)

    def ends_roles(self, granted: date, day: date, statuses: Iterable[str]) -> bool:
        """Return whether the person was in one of these statuses on any day since a role was granted."""
        wanted = frozenset(statuses)
        return any(one.status in wanted for one in self._between(granted, day))

    def has_moved(self, granted: date, day: date) -> bool:
        """Return whether the person was in more than one unit since a role was granted."""
        return len({one.unit_id for one in self._between(granted, day)}) > 1

    def _between(self, first: date, last: date) -> list[ServiceStretch]:
        return [
            one
            for one in self.stretches
            if one.first_day <= last and (one.last_day is None or one.last_day >= min(first, last))
        ]


def access_in_term(term: Term, day: date) -> AccessToday:
    """Return what an official's account may do: everything in the days of the office, nothing before and after."""
    if day < term.first_day:
        return AccessToday(Access.NONE, AHEAD, next_day=term.first_day)
    if term.last_day is not None and day > term.last_day:
        return AccessToday(Access.NONE, "TERM_ENDED")
    return AccessToday(Access.FULL, "IN_OFFICE", next_day=term.last_day + ONE_DAY if term.last_day else None)


def joined(stretches: Iterable[ServiceStretch]) -> tuple[ServiceStretch, ...]:
    """Return the stretches with neighbours joined that differ in nothing which accounts follow."""
    found: list[ServiceStretch] = []
    for one in stretches:
        if found and replace(found[-1], first_day=one.first_day, last_day=one.last_day) == one:
            found[-1] = replace(found[-1], last_day=one.last_day)
        else:
            found.append(one)
    return tuple(found)
