"""A person's credit points: opening balance, bookings and decisions (PAK); the balance is a sum of rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from chassis.errors import FieldError, InvalidInput
from directory.people import PositionLevel
from directory.performance import Predicate
from incentive.domain.credit import Conversion
from incentive.domain.errors import CreditNotUsable, PeriodAlreadyBooked, YearAlreadyBooked
from incentive.domain.months import months_of_quarter
from incentive.domain.period import Period, months_determined_by
from incentive.domain.predicate import FinalPredicate
from incentive.domain.values import PeriodKind

NO_CREDIT = Decimal("0.000")


class EntryKind(StrEnum):
    """PERIODIC entries are provisional bookings of a part of the year; corrections hold the difference."""

    PERIODIC = "PERIODIC"
    ANNUAL = "ANNUAL"
    CORRECTION = "CORRECTION"


class DecisionPurpose(StrEnum):
    RANK = "RANK"
    LEVEL = "LEVEL"
    RECORD = "RECORD"


@dataclass(frozen=True)
class OpeningBalance:
    """The balance that a person brings along at one jenjang; `base` is the part the entry grade stands for."""

    employee_id: UUID
    level: PositionLevel
    balance: Decimal
    base: Decimal
    as_of: date
    entry_grade: str | None
    reference: str

    def check(self, today: date) -> None:
        """Raise InvalidInput for a day in the future or a base above the balance."""
        found = []
        if self.as_of > today:
            found.append(FieldError("as_of", "date_in_future", str(self.as_of), f"paling akhir {today}"))
        if self.base > self.balance:
            found.append(FieldError("base", "base_above_balance", str(self.base), "tidak melebihi balance"))
        if found:
            raise InvalidInput(errors=found)

    def same_as(self, other: "OpeningBalance") -> bool:
        """Return whether both say the same, whatever paper they refer to."""
        return all(getattr(self, name) == getattr(other, name) for name in _COMPARED)


_COMPARED = ("level", "balance", "base", "as_of", "entry_grade")


@dataclass(frozen=True)
class Opening(OpeningBalance):
    """An opening balance as stored; the highest number counts."""

    number: int


@dataclass(frozen=True)
class BookPeriodicCredit:
    """Credit of the first `months` of a quarter, or of a month."""

    employee_id: UUID
    year: int
    quarter: int | None
    month: int | None
    months: int

    @property
    def period(self) -> Period:
        if self.month is not None:
            return Period(PeriodKind.MONTH, self.year, self.month)
        assert self.quarter is not None
        return Period(PeriodKind.QUARTER, self.year, self.quarter)


@dataclass(frozen=True)
class DecideCredit:
    employee_id: UUID
    number: str
    decided_on: date
    purpose: DecisionPurpose
    entry_ids: list[UUID]


@dataclass(frozen=True)
class CreditEntry:
    """One booking, with the working of its conversion. One that is replaced counts no more."""

    id: UUID
    kind: EntryKind
    level: PositionLevel
    year: int
    part: int
    months: int
    evaluation_id: UUID
    evaluation_version: int
    predicate: Predicate
    percent: Decimal
    coefficient: Decimal
    converted: Decimal
    credit: Decimal
    reference_id: UUID
    corrects_id: UUID | None = None
    replaced_by: UUID | None = None
    decision_id: UUID | None = None
    month: int | None = None

    @classmethod
    def periodic(
        cls, entry_id: UUID, period: Period, final: FinalPredicate, done: Conversion, reference_id: UUID
    ) -> "CreditEntry":
        return cls(
            id=entry_id,
            kind=EntryKind.PERIODIC,
            level=done.level,
            year=period.year,
            part=period.part if period.kind is PeriodKind.QUARTER else 0,
            month=period.part if period.kind is PeriodKind.MONTH else None,
            months=done.months,
            evaluation_id=final.evaluation_id,
            evaluation_version=final.version,
            predicate=final.predicate,
            percent=done.percent,
            coefficient=done.coefficient,
            converted=done.credit,
            credit=done.credit,
            reference_id=reference_id,
        )

    @classmethod
    def annual(
        cls,
        entry_id: UUID,
        level: PositionLevel,
        final: FinalPredicate,
        target: Conversion | None,
        booked: Sequence["CreditEntry"],
        reference_id: UUID,
    ) -> "CreditEntry | None":
        """Make the entry that brings a jenjang's bookings of the year to `target`; None when they are there already.

        Without bookings it is the annual entry, otherwise a correction with the difference.
        """
        converted = target.credit if target else Decimal(0)
        difference = converted - sum((entry.credit for entry in booked), Decimal(0))
        if booked and difference == 0:
            return None
        return cls(
            id=entry_id,
            kind=EntryKind.CORRECTION if booked else EntryKind.ANNUAL,
            level=level,
            year=final.period.year,
            part=0,
            months=target.months if target else 0,
            evaluation_id=final.evaluation_id,
            evaluation_version=final.version,
            predicate=final.predicate,
            percent=target.percent if target else Decimal(0),
            coefficient=target.coefficient if target else Decimal(0),
            converted=converted,
            credit=difference,
            reference_id=reference_id,
            corrects_id=booked[0].id if booked else None,
        )

    @property
    def booked_months(self) -> list[date]:
        """Return the months of the quarter, or the month, whose result was converted; none of an annual entry."""
        if self.month is not None:
            return [date(self.year, self.month, 1)]
        return months_of_quarter(self.year, self.part) if self.part else []

    @property
    def is_periodic(self) -> bool:
        return self.kind is EntryKind.PERIODIC

    @property
    def is_open(self) -> bool:
        """Return whether it is neither replaced nor used by a decision."""
        return self.replaced_by is None and self.decision_id is None


@dataclass(frozen=True)
class CreditDecision:
    """PAK (penetapan angka kredit); the entries that it names are used, and never replaced later."""

    id: UUID
    employee_id: UUID
    number: str
    decided_on: date
    purpose: DecisionPurpose
    level: PositionLevel
    total: Decimal
    balance: Decimal
    decided_by: UUID
    entered_at: datetime

    @classmethod
    def taken(
        cls,
        decision_id: UUID,
        command: DecideCredit,
        level: PositionLevel,
        entries: Iterable[CreditEntry],
        balance: Decimal,
        by: UUID,
        now: datetime,
    ) -> "CreditDecision":
        """Make a decision. Raise CreditNotUsable for entries that are used, replaced, or not of this jenjang."""
        usable = {entry.id: entry.credit for entry in entries if entry.is_open and entry.level is level}
        chosen = set(command.entry_ids)
        refused = sorted(str(one) for one in chosen - set(usable))
        if refused:
            code, expected = CreditNotUsable.code, "butir yang masih terbuka, dari jenjang ini"
            raise CreditNotUsable(errors=[FieldError("entry_ids", code, one, expected) for one in refused])
        return cls(
            id=decision_id,
            employee_id=command.employee_id,
            number=command.number,
            decided_on=command.decided_on,
            purpose=command.purpose,
            level=level,
            total=sum((usable[one] for one in chosen), NO_CREDIT),
            balance=balance,
            decided_by=by,
            entered_at=now,
        )


def require_bookable(entries_of_year: Iterable[CreditEntry], period: Period) -> None:
    """Raise YearAlreadyBooked or PeriodAlreadyBooked unless periodic credit may still be booked for `period`."""
    entries = list(entries_of_year)
    if any(entry.kind is EntryKind.ANNUAL for entry in entries):
        raise YearAlreadyBooked(year=period.year)
    months = set(months_determined_by(period, 0))
    if any(months.intersection(entry.booked_months) for entry in entries):
        raise PeriodAlreadyBooked(period=period.text())


def used_months(entries_of_year: Iterable[CreditEntry]) -> dict[PositionLevel, int]:
    """Return the months of the year whose periodic credit a decision has used, by jenjang."""
    used: dict[PositionLevel, int] = {}
    for entry in entries_of_year:
        if entry.is_periodic and entry.decision_id is not None:
            used[entry.level] = used.get(entry.level, 0) + entry.months
    return used


def replaced_by(annual: CreditEntry, entries_of_year: Iterable[CreditEntry]) -> dict[UUID, UUID]:
    """Return which entries an annual one replaces: the year's periodic ones that no decision has used."""
    if annual.kind is not EntryKind.ANNUAL:
        return {}
    return {entry.id: annual.id for entry in entries_of_year if entry.is_periodic and entry.is_open}


def first_year_after(as_of: date) -> int:
    """Return the first year whose credit an opening of that day does not hold yet: only a whole year can be in it."""
    return as_of.year + 1 if (as_of.month, as_of.day) == (12, 31) else as_of.year
