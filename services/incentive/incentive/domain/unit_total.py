"""Sums of a month's pay by unit, without any person's amount (UU 27/2022: financial data are specific personal data).

They are decided for the whole tree at once, when a month is first asked for, and stay: a sum that is made again after
the correction of one person would disclose the correction.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from disclosure.publication import Ledger, decide
from disclosure.rules import GroupRule, merged
from disclosure.suppression import Cell, Units
from disclosure.units import UnitTree

HIDDEN = (
    "kelompok terlalu kecil, jumlah tiap orang hampir sama, satu orang menerima sebagian besar, atau anggotanya hanya "
    "berubah beberapa orang dibandingkan dengan bulan lain yang sudah ditampilkan"
)
NOT_DECIDED = "tukin bulan ini belum disetujui"


@dataclass(frozen=True)
class DisclosureRules:
    """What a group must fulfil, and with how many months around it a month is compared: dated reference data.

    `minimum` counts whoever reads, who may be one of the group and know the own amount.
    """

    group: GroupRule
    window_months: int


STRICTEST_NEEDED = {"minimum": 6, "differing": 2, "dominance_percent": 10, "window_months": 12}


def disclosure_rules_from(data: Mapping[str, Any]) -> DisclosureRules:
    """Read the rules. Raise ValueError for what is no number, or protects people less than the default."""
    values = {name: int(data[name]) for name in STRICTEST_NEEDED}
    weaker = [name for name, least in STRICTEST_NEEDED.items() if values[name] < least]
    if weaker:
        raise ValueError(", ".join(f"{name}: paling sedikit {STRICTEST_NEEDED[name]}" for name in weaker))
    window = values.pop("window_months")
    return DisclosureRules(GroupRule(**values), window)


@dataclass(frozen=True)
class PaidPerson:
    """What somebody was granted for a month, and where they were then."""

    employee_id: UUID
    unit_id: UUID
    amount: int


@dataclass(frozen=True)
class UnitTotal:
    """The frozen sum of a unit and those below it; null where it is hidden."""

    unit_id: UUID
    people: int | None = None
    total: int | None = None


@dataclass(frozen=True)
class MonthTotals:
    """The sums of every unit, and the sets of units that the shown ones tell apart."""

    totals: Sequence[UnitTotal]
    rests: frozenset[Units]

    @classmethod
    def of(cls, tree: UnitTree, paid: Sequence[PaidPerson], rule: GroupRule, ledger: Ledger) -> "MonthTotals":
        """Sum what people were granted, where that may be shown."""
        amounts: dict[UUID, Counter[int]] = {}
        for person in paid:
            amounts.setdefault(person.unit_id, Counter())[person.amount] += 1
        report = decide(tree, amounts, rule, ledger)
        totals = [_total(unit, cell, amounts) for unit, cell in report.units.items()]
        return cls(totals, report.rests(tree))


def _total(unit: UUID, cell: Cell, amounts: Mapping[UUID, Mapping[int, int]]) -> UnitTotal:
    if not cell.shown:
        return UnitTotal(unit)
    counted = merged(amounts.get(one, {}) for one in cell.counted)
    return UnitTotal(unit, cell.answers, sum(amount * people for amount, people in counted.items()))


@dataclass(frozen=True)
class UnitTotalView:
    """`total` and `average` are null, never 0, where they would disclose what few people receive."""

    unit_id: UUID
    month: str
    people: int | None
    total: int | None
    average: int | None
    hidden_because: str | None

    @classmethod
    def of(cls, month: str, found: UnitTotal, *, decided: bool) -> "UnitTotalView":
        if found.people is None or found.total is None:
            return cls(found.unit_id, month, None, None, None, HIDDEN if decided else NOT_DECIDED)
        return cls(found.unit_id, month, found.people, found.total, found.total // found.people, None)
