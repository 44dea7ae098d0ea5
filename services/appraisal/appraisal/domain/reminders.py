"""Reminders: on which days before and after a deadline, and what one person is reminded of on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any
from uuid import UUID

from appraisal.domain.obligation import ObligationKind

# A receipt has its own reminders, since it mostly has no deadline: `use_cases/evaluations/remind.py`.
_REMINDED_OTHERWISE = frozenset({ObligationKind.RECEIPT})
# What stays with somebody who has left: a right of theirs, no duty of the office.
_OF_THE_PERSON = frozenset({ObligationKind.RECEIPT, ObligationKind.ANSWER})
_LONGEST, _MOST = 366, 12
_SATURDAY = 5


@dataclass(frozen=True)
class ReminderDays:
    """Days counted from the deadline's: before it (0: on it) and after; and after how many a superior is notified."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    superior_after: int | None

    @property
    def stages(self) -> tuple[int, ...]:
        return (*(-days for days in self.before), *self.after)

    def with_own(self, value: Mapping[str, Any]) -> "ReminderDays":
        """Return it with what a version names itself. Raise ValueError for a name that it has not."""
        if unknown := set(value) - {"before", "after", "superior_after"}:
            raise ValueError(f"tidak dikenal: {', '.join(sorted(unknown))}")
        superior_after = int(value.get("superior_after", -1 if self.superior_after is None else self.superior_after))
        before, after = (tuple(map(int, value.get(name, getattr(self, name)))) for name in ("before", "after"))
        return ReminderDays(before, after, None if superior_after < 0 else superior_after)

    @property
    def problem(self) -> str | None:
        """Return why these days cannot be used, or None when they can."""
        if len(self.before) > _MOST or len(self.after) > _MOST:
            return f"before, after: paling banyak {_MOST} hari"
        if not all(0 <= days <= _LONGEST for days in self.before):
            return f"before: 0 sampai {_LONGEST}"
        late = (*self.after, *(() if self.superior_after is None else (self.superior_after,)))
        return None if all(1 <= days <= _LONGEST for days in late) else f"after, superior_after: 1 sampai {_LONGEST}"


@dataclass(frozen=True)
class ReminderRule:
    """At which hour of the agency's day people are reminded, and on which days; a kind may have its own."""

    hour: int
    ordinary: ReminderDays
    own: Mapping[ObligationKind, ReminderDays] = field(default_factory=dict)

    @classmethod
    def parse(cls, value: Mapping[str, Any]) -> "ReminderRule":
        """Read the rule. Raise ValueError or KeyError."""
        named = {name: item for name, item in value.items() if name not in {"hour", "kinds"}}
        ordinary = ReminderDays(tuple(named["before"]), tuple(named["after"]), None).with_own(named)
        own = {ObligationKind(name): ordinary.with_own(days) for name, days in value.get("kinds", {}).items()}
        if twice := _REMINDED_OTHERWISE & own.keys():
            raise ValueError(f"{', '.join(twice)}: diatur oleh aturan OBJECTION (reminder_days, reminders)")
        return cls(int(value["hour"]), ordinary, own)

    def of(self, kind: ObligationKind) -> ReminderDays:
        return self.own.get(kind, self.ordinary)

    @property
    def kinds(self) -> tuple[ObligationKind, ...]:
        return tuple(kind for kind in ObligationKind if kind not in _REMINDED_OTHERWISE)

    @property
    def longest_before(self) -> int:
        return max((days for kind in self.kinds for days in self.of(kind).before), default=0)

    @property
    def problem(self) -> str | None:
        """Return why it cannot be used, or None when it can."""
        if not 0 <= self.hour <= 23:  # noqa: PLR2004
            return "hour: 0 sampai 23"
        return next((days.problem for days in (self.ordinary, *self.own.values()) if days.problem), None)


class ReminderRole(StrEnum):
    """Whose obligations these are: one's own, or an official's in whose place one stands."""

    OWES = "OWES"
    STANDS_IN = "STANDS_IN"


class ReminderContent(StrEnum):
    APPROACHING = "APPROACHING"
    LATE = "LATE"
    BOTH = "BOTH"


@dataclass(frozen=True)
class DueCount:
    """How many obligations of a kind somebody has, and which deadline of them ends first; `own`: about themselves."""

    kind: ObligationKind
    own: bool
    count: int
    due_at: datetime


@dataclass(frozen=True)
class PersonDue(DueCount):
    """The same with whose they are, and whether their deadline is over."""

    employee_id: UUID
    late: bool

    @property
    def counted(self) -> DueCount:
        return DueCount(self.kind, self.own, self.count, self.due_at)


@dataclass(frozen=True)
class OthersDue:
    """An obligation of an official who is away, about an employee."""

    id: UUID
    owed_by: UUID
    employee_id: UUID
    kind: ObligationKind
    due_at: datetime
    late: bool


@dataclass(frozen=True)
class Digest:
    """All that one person is reminded of on a day, by kind; `in_place_of_id` for whom they stand in."""

    employee_id: UUID
    day: date
    approaching: tuple[DueCount, ...]
    late: tuple[DueCount, ...]
    in_place_of_id: UUID | None = None

    @property
    def role(self) -> ReminderRole:
        return ReminderRole.OWES if self.in_place_of_id is None else ReminderRole.STANDS_IN

    @property
    def content(self) -> ReminderContent:
        if not self.late:
            return ReminderContent.APPROACHING
        return ReminderContent.BOTH if self.approaching else ReminderContent.LATE

    @property
    def approaching_count(self) -> int:
        return sum(one.count for one in self.approaching)

    @property
    def late_count(self) -> int:
        return sum(one.count for one in self.late)

    @property
    def due_at(self) -> datetime:
        """Return the nearest deadline that has not passed, or where all have, the one that passed first."""
        return min(one.due_at for one in self.approaching or self.late)

    @property
    def useful_until(self) -> datetime | None:
        """Return the first deadline that it says is to be kept, after which it is wrong; None where all are over."""
        return self.due_at if self.approaching else None

    @property
    def of_service(self) -> bool:
        """Return whether all of it ends with the service of whose it is."""
        return all(one.kind not in _OF_THE_PERSON for one in (*self.approaching, *self.late))


def next_working_day(day: date) -> date:
    """Return the next day after one that is no Saturday or Sunday; no calendar of holidays is known here."""
    after = day + timedelta(days=1)
    return after if after.weekday() < _SATURDAY else next_working_day(after)


def digests(found: Iterable[PersonDue], day: date) -> list[Digest]:
    """Return a digest for each person; what is found of one person comes together."""
    return [_digest(person, list(rows), day) for person, rows in groupby(found, lambda one: one.employee_id)]


def digests_in_place(found: Iterable[OthersDue], stand_ins: Mapping[UUID, UUID], day: date) -> list[Digest]:
    """Return the digests of those who stand in: `stand_ins` names by obligation who may do it today, if anybody."""
    counts: dict[tuple[UUID, UUID], dict[tuple[bool, ObligationKind], PersonDue]] = {}
    for one in found:
        if (substitute := stand_ins.get(one.id)) is None:
            continue
        kinds = counts.setdefault((substitute, one.owed_by), {})
        row = PersonDue(one.kind, False, 1, one.due_at, substitute, one.late)
        if (known := kinds.get((one.late, one.kind))) is not None:
            row = replace(known, count=known.count + 1, due_at=min(known.due_at, one.due_at))
        kinds[one.late, one.kind] = row
    return [
        replace(_digest(person, list(kinds.values()), day), in_place_of_id=official)
        for (person, official), kinds in sorted(counts.items())
    ]


def _digest(person: UUID, rows: Sequence[PersonDue], day: date) -> Digest:
    late = tuple(one.counted for one in rows if one.late)
    return Digest(person, day, tuple(one.counted for one in rows if not one.late), late)
