"""Convert final annual evaluations to credit, once; whatever changes later is booked as the difference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import outbox
from chassis.causation import Causation, caused_by
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from incentive.domain.credit import convert_year, months_by_level
from incentive.domain.credit_account import CreditEntry, replaced_by, used_months
from incentive.domain.months import months_of_year
from incentive.domain.period import Period
from incentive.domain.predicate import PredicateOrigin
from incentive.domain.values import PeriodKind
from incentive.events import CreditConverted
from incentive.persistence.credit import add_entries, entries_of_year, lock_credit, replace_entries
from incentive.persistence.credit_levels import credit_levels
from incentive.persistence.predicates import final_predicates
from incentive.persistence.reference import credit_rules


@dataclass(frozen=True)
class YearToBook:
    """A person's year of which something has changed, with the causation of the event that changed it."""

    employee_id: UUID
    year: int
    causation: Causation


def book_annual_credit(tx: Transaction, due: Sequence[YearToBook]) -> None:
    """Bring the bookings of these years to what the newest final evaluations give; doing it again changes nothing.

    Only a final result of appraisal books (Peraturan BKN 3/2023): an issued one is provisional, a history entered by
    HR is contained in the opening balance. A batch of people takes as many statements as one.
    """
    lock_credit(tx, {one.employee_id for one in due})
    for year in sorted({one.year for one in due}):
        _book_year(tx, year, {one.employee_id: one.causation for one in due if one.year == year})


def _book_year(tx: Transaction, year: int, causations: Mapping[UUID, Causation]) -> None:
    found = final_predicates(tx, list(causations), Period(PeriodKind.YEAR, year, 0))
    finals = {one: final for one, final in found.items() if final.source is PredicateOrigin.APPRAISAL}
    if not finals:
        return
    rules, reference = credit_rules(tx, date(year, 12, 31))
    levels, before = credit_levels(tx, finals, months_of_year(year)), entries_of_year(tx, finals, year)
    booked: list[tuple[UUID, CreditEntry]] = []
    replaced: dict[UUID, UUID] = {}
    for employee_id, final in finals.items():
        entries = before.get(employee_id, [])
        done = convert_year(months_by_level(levels[employee_id]), used_months(entries), final.predicate, rules)
        targets, lasting = {item.level: item for item in done}, [entry for entry in entries if not entry.is_periodic]
        for level in sorted({*targets, *(entry.level for entry in lasting)}):
            of_level = [entry for entry in lasting if entry.level is level]
            entry = CreditEntry.annual(new_id(), level, final, targets.get(level), of_level, reference.id)
            if entry is not None:
                booked.append((employee_id, entry))
                replaced = replaced_by(entry, entries) | replaced
    add_entries(tx, booked)
    replace_entries(tx, replaced)
    for employee_id, entry in booked:
        with caused_by(causations[employee_id]):
            _record(tx, employee_id, entry)


def _record(tx: Transaction, employee_id: UUID, entry: CreditEntry) -> None:
    converted = CreditConverted(
        entry_id=entry.id, employee_id=employee_id, year=entry.year, evaluation_id=entry.evaluation_id
    )
    outbox.record(tx, converted)
