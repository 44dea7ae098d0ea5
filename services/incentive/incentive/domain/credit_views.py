"""Credit points as they are read: balance, provisional figure, every booking with its working, what is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from directory.people import EmployeeStatus, PositionLevel
from directory.performance import Predicate
from incentive.domain.credit import Conversion, CreditRules
from incentive.domain.credit_account import (
    CreditDecision,
    CreditEntry,
    DecisionPurpose,
    EntryKind,
    Opening,
    first_year_after,
)
from incentive.domain.credit_months import credit_months_from
from incentive.domain.predicate import IssuedPredicate
from incentive.domain.reference import ReferenceView

FORMULA = "AK = bulan/12 × persentase predikat × koefisien tahunan jenjang, dibulatkan tiga angka (setengah ke atas)"


@dataclass(frozen=True)
class OpeningView:
    number: int
    level: PositionLevel
    balance: Decimal
    base: Decimal
    as_of: date
    entry_grade: str | None
    reference: str
    counts: Annotated[bool, Meta(description="whether it belongs to the present jenjang")]

    @classmethod
    def of(cls, opening: Opening, level: PositionLevel | None) -> "OpeningView":
        return view_of(cls, opening, counts=opening.level is level)


@dataclass(frozen=True)
class CreditEntryView:
    id: UUID
    kind: EntryKind
    level: PositionLevel
    year: int
    part: Annotated[int, Meta(description="quarter of a periodic entry, else 0")]
    month: Annotated[int | None, Meta(description="month of a periodic entry of one month")]
    months: int
    evaluation_id: UUID
    evaluation_version: int
    predicate: Predicate
    percent: Decimal
    coefficient: Decimal
    converted: Decimal
    credit: Annotated[Decimal, Meta(description="what this entry adds")]
    corrects_id: UUID | None
    replaced_by: UUID | None
    reference_id: UUID
    decision_id: UUID | None
    counts: bool
    formula: str

    @classmethod
    def of(cls, entry: CreditEntry, level: PositionLevel | None, opening: Opening | None) -> "CreditEntryView":
        late = opening is None or entry.year >= first_year_after(opening.as_of)
        counts = entry.replaced_by is None and entry.level is level and late
        working = f"{entry.months}/12 × {entry.percent.normalize():f}% × {entry.coefficient.normalize():f}"
        return view_of(cls, entry, counts=counts, formula=f"{working} = {entry.converted}")


@dataclass(frozen=True)
class CreditDecisionView:
    id: UUID
    number: str
    decided_on: date
    purpose: DecisionPurpose
    level: PositionLevel
    total: Decimal
    balance: Decimal
    decided_by: UUID

    @classmethod
    def of(cls, decision: CreditDecision) -> "CreditDecisionView":
        return view_of(cls, decision)


@dataclass(frozen=True)
class ProvisionalYearView:
    """What an issued, not yet final result would add at the present jenjang."""

    year: int
    predicate: Predicate
    evaluation_id: UUID
    months: int
    credit: Decimal
    change: Decimal

    @classmethod
    def of(
        cls,
        issued: IssuedPredicate,
        conversions: Sequence[Conversion],
        level: PositionLevel,
        entries_of_year: Sequence[CreditEntry],
    ) -> "ProvisionalYearView":
        """`change` is less the open periodic credit that the result would replace."""
        added = [item for item in conversions if item.level is level]
        replaced = (e.credit for e in entries_of_year if e.is_periodic and e.is_open and e.level is level)
        credit = sum((item.credit for item in added), Decimal(0))
        return view_of(
            cls,
            issued,
            months=sum(item.months for item in added),
            credit=credit,
            change=credit - sum(replaced, Decimal(0)),
        )


@dataclass(frozen=True)
class CreditNeedsView:
    """The balances that the next rank and the next jenjang ask for."""

    rank: Decimal | None
    level: Decimal | None
    next_level: PositionLevel | None

    @classmethod
    def of(
        cls, rules: CreditRules, level: PositionLevel | None, grade: str | None, opening: Opening | None
    ) -> "CreditNeedsView | None":
        if level is None or level not in rules.levels:
            return None
        table = rules.levels[level]
        entry = opening.entry_grade if opening and opening.level is level else None
        return cls(
            rank=table.need_for_rank(grade, entry) if grade is not None else None,
            level=table.need_for_level(entry),
            next_level=table.next_level,
        )


@dataclass(frozen=True)
class CreditMonthRuleView:
    """Which months give credit: those with so many days on which the status is none of these."""

    without_credit: list[EmployeeStatus]
    least_days: int
    legal_source: str
    verified: dict[str, Any]

    @classmethod
    def of(cls, reference: ReferenceView) -> "CreditMonthRuleView":
        rule = credit_months_from(reference.data)
        return view_of(cls, reference, without_credit=sorted(rule.without_credit), least_days=rule.least_days)


@dataclass(frozen=True)
class CreditRuleView:
    formula: str
    reference_id: UUID
    version: int
    legal_source: str
    verified: dict[str, Any]
    percent: dict[str, Any]
    levels: dict[str, Any]

    @classmethod
    def of(cls, reference: ReferenceView) -> "CreditRuleView":
        return view_of(
            cls,
            reference,
            formula=FORMULA,
            reference_id=reference.id,
            version=reference.number,
            percent=reference.data["percent"],
            levels=reference.data["levels"],
        )


@dataclass(frozen=True)
class CreditView:
    employee_id: UUID
    level: PositionLevel | None
    as_of: date
    balance: Decimal | None
    provisional: Annotated[Decimal | None, Meta(description="with results issued and not final; books nothing")]
    provisional_years: list[ProvisionalYearView]
    opening: OpeningView | None
    entries: list[CreditEntryView]
    decisions: list[CreditDecisionView]
    needs: CreditNeedsView | None
    rule: CreditRuleView
    month_rule: CreditMonthRuleView


def provisional_balance(balance: Decimal | None, years: Sequence[ProvisionalYearView]) -> Decimal | None:
    """Return the balance as it would be; None where nothing is issued and open."""
    if balance is None or not years:
        return None
    return balance + sum((item.change for item in years), Decimal(0))
