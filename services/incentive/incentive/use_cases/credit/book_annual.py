"""Convert a final annual evaluation to credit, once; whatever changes later is booked as the difference."""

from datetime import date
from uuid import UUID

from chassis import outbox
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from incentive.domain.credit import convert_year, months_by_level
from incentive.domain.credit_account import CreditEntry, EntryKind, used_months
from incentive.domain.months import months_of_year
from incentive.domain.period import Period
from incentive.domain.predicate import PredicateOrigin
from incentive.domain.values import PeriodKind
from incentive.events import CreditConverted
from incentive.persistence.credit import add_entry, entries_of, lock_credit, replace_periodic
from incentive.persistence.credit_levels import credit_levels
from incentive.persistence.predicates import final_predicates
from incentive.persistence.reference import credit_rules


def book_annual_credit(tx: Transaction, employee_id: UUID, year: int) -> None:
    """Bring the year's bookings to what the newest final evaluation gives; doing it again changes nothing.

    Only a final result of appraisal books (Peraturan BKN 3/2023): an issued one is provisional, a history entered by
    HR is contained in the opening balance.
    """
    lock_credit(tx, employee_id)
    final = final_predicates(tx, [employee_id], Period(PeriodKind.YEAR, year, 0)).get(employee_id)
    if final is None or final.source is not PredicateOrigin.APPRAISAL:
        return
    entries = [entry for entry in entries_of(tx, employee_id) if entry.year == year]
    rules, reference = credit_rules(tx, date(year, 12, 31))
    months = months_by_level(credit_levels(tx, employee_id, months_of_year(year)))
    targets = {item.level: item for item in convert_year(months, used_months(entries), final.predicate, rules)}
    lasting = [entry for entry in entries if not entry.is_periodic]
    for level in sorted({*targets, *(entry.level for entry in lasting)}):
        booked = [entry for entry in lasting if entry.level is level]
        entry = CreditEntry.annual(new_id(), level, final, targets.get(level), booked, reference.id)
        if entry is not None:
            _book(tx, employee_id, entry)


def _book(tx: Transaction, employee_id: UUID, entry: CreditEntry) -> None:
    add_entry(tx, employee_id, entry)
    if entry.kind is EntryKind.ANNUAL:
        replace_periodic(tx, employee_id, entry.year, entry.id)
    converted = CreditConverted(
        entry_id=entry.id, employee_id=employee_id, year=entry.year, evaluation_id=entry.evaluation_id
    )
    outbox.record(tx, converted)
