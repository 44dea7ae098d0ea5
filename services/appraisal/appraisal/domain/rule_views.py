"""What a new version of a rule changes, and where another one holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from msgspec import Meta

from appraisal.domain.cycle import PeriodRow
from appraisal.domain.rules import Rule, RuleBook, RuleView
from chassis.views import view_of


@dataclass(frozen=True)
class PeriodKeptView:
    """A period that was opened before a rule came, and the version that holds in it."""

    year: int
    quarter: int | None
    month: int | None
    last_day: date
    closes_on: date
    rule_version: str


@dataclass(frozen=True)
class RuleSetView(RuleView):
    """A new version of a rule, and the opened periods that keep their version of it."""

    kept: Annotated[
        tuple[PeriodKeptView, ...],
        Meta(description="opened periods of its days, not closed yet, in which another version holds"),
    ]

    @classmethod
    def added(cls, rule: Rule, rules: RuleBook, rows: Iterable[PeriodRow], today: date) -> "RuleSetView":
        in_force = rules.on(rule.kind, today).rule_version == rule.rule_version
        kept = tuple(
            view_of(PeriodKeptView, row, row.period, rule_version=row.pinned[rule.kind])
            for row in rows
            if row.is_without(rule, rules)
        )
        return view_of(cls, rule, in_force=in_force, kept=kept)
