"""Turn a final annual evaluation into credit, once; whatever changes later is booked as the difference."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis import outbox
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from incentive.domain.credit import Conversion, convert_year, months_by_level
from incentive.domain.months import last_day, months_of_year
from incentive.domain.period import Period
from incentive.domain.values import PeriodKind, PositionLevel
from incentive.events import CreditConverted
from incentive.persistence.credit import Entry, add_entry, entries, lock_credit, replace_periodic
from incentive.persistence.people import levels_on
from incentive.persistence.predicates import FinalPredicate, final_predicates
from incentive.persistence.reference import ReferenceVersion, credit_rules


def book_annual_credit(tx: Transaction, employee_id: UUID, year: int) -> None:
    """Bring the year's bookings to what the newest final evaluation gives; doing it again changes nothing.

    Only an appraisal heard as final books (Peraturan BKN 3/2023): an issued one is provisional, a history entered by HR
    is contained in the opening balance.
    """
    lock_credit(tx, employee_id)
    final = final_predicates(tx, [employee_id], Period(PeriodKind.YEAR, year, 0)).get(employee_id)
    if final is None or final.source != "APPRAISAL":
        return
    known = [entry for entry in entries(tx, employee_id) if entry.year == year]
    rules, reference = credit_rules(tx, date(year, 12, 31))
    months = months_by_level(levels_on(tx, employee_id, [last_day(month) for month in months_of_year(year)]))
    target = {item.level: item for item in convert_year(months, used_months(known), final.predicate, rules)}
    for level in sorted({*target, *(entry.level for entry in known if entry.kind != "PERIODIC")}):
        _book_level(tx, employee_id, year, level, target.get(level), known, final, reference)


def used_months(known: list[Entry]) -> dict[PositionLevel, int]:
    """Months of the year whose periodic credit a decision has used."""
    used: dict[PositionLevel, int] = {}
    for entry in known:
        if entry.kind == "PERIODIC" and entry.decision_id is not None:
            used[entry.level] = used.get(entry.level, 0) + entry.months
    return used


def _book_level(
    tx: Transaction,
    employee_id: UUID,
    year: int,
    level: PositionLevel,
    target: Conversion | None,
    known: list[Entry],
    final: FinalPredicate,
    reference: ReferenceVersion,
) -> None:
    booked = [entry for entry in known if entry.level is level and entry.kind != "PERIODIC"]
    credit = target.credit if target else Decimal(0)
    difference = credit - sum((entry.credit for entry in booked), Decimal(0))
    if booked and difference == 0:
        return
    entry_id = new_id()
    add_entry(
        tx,
        {
            "id": entry_id,
            "employee_id": employee_id,
            "kind": "CORRECTION" if booked else "ANNUAL",
            "level": level.value,
            "year": year,
            "part": 0,
            "months": target.months if target else 0,
            "evaluation_id": final.evaluation_id,
            "evaluation_version": final.version,
            "predicate": final.predicate.value,
            "percent": target.percent if target else Decimal(0),
            "coefficient": target.coefficient if target else Decimal(0),
            "converted": credit,
            "credit": difference,
            "corrects_id": booked[0].id if booked else None,
            "reference_id": reference.id,
        },
    )
    if not booked:
        replace_periodic(tx, employee_id, year, entry_id)
    outbox.record(
        tx, CreditConverted(entry_id=entry_id, employee_id=employee_id, year=year, evaluation_id=final.evaluation_id)
    )
