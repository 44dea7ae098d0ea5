"""Patterns in how a period was rated that are worth a look. None of them says that anybody did anything wrong."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from appraisal.domain.oversight_errors import AnomalyMoveRefused
from appraisal.domain.periods import Period
from appraisal.domain.values import PeriodKind
from chassis.ids import new_id
from chassis.pagination import PageRequest
from chassis.views import view_of

_PER_YEAR = {PeriodKind.MONTH: 12, PeriodKind.QUARTER: 4, PeriodKind.YEAR: 1}


class AnomalyKind(StrEnum):
    IDENTICAL_TEXTS = "IDENTICAL_TEXTS"
    LAST_MINUTES = "LAST_MINUTES"
    QUICK_SUCCESSION = "QUICK_SUCCESSION"
    NO_EVIDENCE = "NO_EVIDENCE"
    NEVER_DIFFERS = "NEVER_DIFFERS"
    PROPOSAL_TURNED = "PROPOSAL_TURNED"


class AnomalyState(StrEnum):
    OPEN = "OPEN"
    LOOKED_AT = "LOOKED_AT"


class AnomalyMove(StrEnum):
    LOOK_AT = "LOOK_AT"


MOVES: dict[AnomalyState, dict[AnomalyMove, AnomalyState]] = {
    AnomalyState.OPEN: {AnomalyMove.LOOK_AT: AnomalyState.LOOKED_AT},
    AnomalyState.LOOKED_AT: {},
}


@dataclass(frozen=True)
class AnomalyThresholds:
    """From how many on a pattern is one; each number itself counts.

    `same_text_people` got the same text of one official, or `same_text_officials` wrote it; a text of fewer than
    `shortest_text` characters counts for nothing. `last_people` were finished within `last_minutes` before the end of
    the window, `quick_people` rated within `quick_minutes`. `never_differs_people` in each of `never_differs_periods`
    got one and the same predicate. `no_evidence_people` and `turned_people` are of one official, the latter's
    proposals changed by HR's order at most `turned_hours` before they were finished. A number that is added later has a
    default, for the runs that are on record.
    """

    same_text_people: int
    same_text_officials: int
    shortest_text: int
    last_people: int
    last_minutes: int
    quick_people: int
    quick_minutes: int
    no_evidence_people: int
    never_differs_people: int
    never_differs_periods: int
    turned_people: int
    turned_hours: int

    @classmethod
    def parse(cls, value: Mapping[str, Any]) -> "AnomalyThresholds":
        return cls(**{one.name: int(value[one.name]) for one in fields(cls)})


# The least that makes sense: one person's text is no pattern, and one official's differs from nobody's.
LEAST = {
    **{one.name: 1 for one in fields(AnomalyThresholds)},
    **dict.fromkeys(("same_text_people", "same_text_officials", "never_differs_people", "never_differs_periods"), 2),
}
MOST = {
    **dict.fromkeys(LEAST, 1000),
    "shortest_text": 4000,
    "last_minutes": 44640,
    "quick_minutes": 1440,
    "never_differs_periods": 12,
    "turned_hours": 8784,
}


def with_earlier(period: Period, count: int) -> tuple[Period, ...]:
    """Return a period after the ones before it of the same kind, `count` in all."""
    per_year = _PER_YEAR[period.kind]
    last = period.year if period.is_year else period.year * per_year + period.number - 1
    numbers = range(last - count + 1, last + 1)
    if period.is_year:
        return tuple(Period(period.kind, year) for year in numbers)
    return tuple(Period(period.kind, one // per_year, one % per_year + 1) for one in numbers)


@dataclass(frozen=True)
class Found:
    """An evaluation that belongs to a pattern; `subject` names the pattern within its kind and period."""

    subject: str
    official_id: UUID | None
    evaluation_id: UUID
    employee_id: UUID


@dataclass(frozen=True)
class Anomaly:
    """`official_id` is whose ratings it is about; None where it is about those of several."""

    id: UUID
    kind: AnomalyKind
    year: int
    quarter: int | None
    month: int | None
    subject: str
    official_id: UUID | None
    evaluations: int
    people: int
    rule_version: str
    state: AnomalyState
    opened_at: datetime
    looked_at_by: UUID | None = None
    looked_at: datetime | None = None
    remark: str = ""
    version: int = 1

    def looked_into(self, by: UUID, remark: str, now: datetime) -> "Anomaly":
        """Return it with what the inspector found. Raise AnomalyMoveRefused."""
        target = MOVES[self.state].get(AnomalyMove.LOOK_AT)
        if target is None:
            allowed = ", ".join(MOVES[self.state]) or "-"
            raise AnomalyMoveRefused(state=self.state, move=AnomalyMove.LOOK_AT, allowed=allowed)
        return replace(self, state=target, looked_at_by=by, looked_at=now, remark=remark)


@dataclass(frozen=True)
class KnownAnomaly:
    """An anomaly of an earlier run, with the evaluations that it rests on and whose they are."""

    anomaly: Anomaly
    basis: Mapping[UUID, UUID]


@dataclass(frozen=True)
class AnomalyChange:
    """An anomaly that is new, or rests on more than before: what is to be written."""

    before: Anomaly | None
    after: Anomaly
    added: Mapping[UUID, UUID]


@dataclass(frozen=True)
class SearchedKind:
    """Which kind was searched for, in which period, and by which version of the rule."""

    kind: AnomalyKind
    period: Period
    rule_version: str


@dataclass
class _Pattern:
    official_id: UUID | None
    basis: dict[UUID, UUID] = field(default_factory=dict)


def patterns_of(found: Iterable[Found]) -> dict[str, _Pattern]:
    patterns: dict[str, _Pattern] = {}
    for one in found:
        pattern = patterns.setdefault(one.subject, _Pattern(one.official_id))
        pattern.basis[one.evaluation_id] = one.employee_id
    return patterns


def changes_of(
    searched: SearchedKind, found: Iterable[Found], known: Sequence[KnownAnomaly], now: datetime
) -> list[AnomalyChange]:
    """Return what a run adds: an open anomaly grows, and what was looked at stays as it is.

    A pattern that was looked at is opened anew only where it rests on an evaluation that nobody has looked at in it.
    """
    open_ones = {one.anomaly.subject: one for one in known if one.anomaly.state is AnomalyState.OPEN}
    looked_at: dict[str, set[UUID]] = {}
    for one in known:
        if one.anomaly.state is AnomalyState.LOOKED_AT:
            looked_at.setdefault(one.anomaly.subject, set()).update(one.basis)
    changes = []
    for subject, pattern in patterns_of(found).items():
        if earlier := open_ones.get(subject):
            changes += _growth(earlier, pattern)
        elif not pattern.basis.keys() <= looked_at.get(subject, set()):
            changes.append(AnomalyChange(None, _opened(searched, subject, pattern, now), pattern.basis))
    return changes


def _growth(known: KnownAnomaly, pattern: _Pattern) -> list[AnomalyChange]:
    added = {one: person for one, person in pattern.basis.items() if one not in known.basis}
    if not added:
        return []
    people = {*known.basis.values(), *added.values()}
    after = replace(known.anomaly, evaluations=len(known.basis) + len(added), people=len(people))
    return [AnomalyChange(known.anomaly, after, added)]


def _opened(searched: SearchedKind, subject: str, pattern: _Pattern, now: datetime) -> Anomaly:
    return view_of(
        Anomaly,
        searched,
        searched.period,
        id=new_id(),
        subject=subject,
        official_id=pattern.official_id,
        evaluations=len(pattern.basis),
        people=len(set(pattern.basis.values())),
        state=AnomalyState.OPEN,
        opened_at=now,
        looked_at_by=None,
        looked_at=None,
        remark="",
        version=1,
    )


@dataclass(frozen=True)
class AnomalyRun:
    """One search through a period, by the thresholds of its day; `found` counts patterns, new ones or not."""

    id: UUID
    year: int
    quarter: int | None
    month: int | None
    rule_version: str
    thresholds: AnomalyThresholds
    started_by: UUID
    started_at: datetime
    finished_at: datetime | None = None
    found: dict[AnomalyKind, int] = field(default_factory=dict)
    opened: dict[AnomalyKind, int] = field(default_factory=dict)
    version: int = 1

    @property
    def period(self) -> Period:
        return Period.of(self.year, self.quarter, self.month)

    def searched(self, kind: AnomalyKind, found: int, opened: int) -> "AnomalyRun":
        """Return it with what the search for one kind gave."""
        return replace(self, found={**self.found, kind: found}, opened={**self.opened, kind: opened})

    def finished(self, now: datetime) -> "AnomalyRun":
        return replace(self, finished_at=now)


@dataclass(frozen=True)
class LookAtAnomaly:
    """`expected_version` is the version that the inspector has read: an open anomaly may have grown since."""

    anomaly_id: UUID
    remark: str
    expected_version: int


@dataclass(frozen=True)
class ListAnomalies:
    page: PageRequest
    year: int | None = None
    quarter: int | None = None
    month: int | None = None
    kind: AnomalyKind | None = None
    state: AnomalyState | None = None
    official_id: UUID | None = None
