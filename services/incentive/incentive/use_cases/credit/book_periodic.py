"""Book credit of a part of the year, for somebody a little short of a step (Peraturan BKN 3/2023)."""

from datetime import date

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from directory.people import PositionLevel
from incentive.authorisation import require_colleague
from incentive.domain.credit import convert
from incentive.domain.credit_account import BookPeriodicCredit, CreditEntry, require_bookable
from incentive.domain.credit_views import CreditEntryView
from incentive.domain.errors import NoCreditLevel, NoFinalPredicate
from incentive.domain.period import months_determined_by
from incentive.events import CreditConverted
from incentive.persistence.credit import add_entries, entries_of, lock_credit, openings
from incentive.persistence.credit_levels import credit_levels
from incentive.persistence.people import level_on, today_of
from incentive.persistence.predicates import final_predicates
from incentive.persistence.reassessments import enqueue_reassessment
from incentive.persistence.reference import credit_rules


def book_periodic_credit(tx: Transaction, actor: Principal, command: BookPeriodicCredit) -> CreditEntryView:
    """Convert a month, or those of the first `months` of a quarter that count; the annual result will replace it."""
    employee_id, period = command.employee_id, command.period
    require_colleague(tx, actor, employee_id)
    lock_credit(tx, [employee_id])
    require_bookable((entry for entry in entries_of(tx, employee_id) if entry.year == command.year), period)
    final = final_predicates(tx, [employee_id], period).get(employee_id)
    if final is None:
        raise NoFinalPredicate(period=period.text())
    level, months = _one_level(tx, command)
    rules, reference = credit_rules(tx, date(command.year, 12, 31))
    done = convert(months, final.predicate, level, rules)
    entry = CreditEntry.periodic(new_id(), period, final, done, reference.id)
    add_entries(tx, [(employee_id, entry)])
    converted = CreditConverted(
        entry_id=entry.id, employee_id=employee_id, year=command.year, evaluation_id=final.evaluation_id
    )
    outbox.record(tx, converted)
    enqueue_reassessment(tx, employee_id)
    audit.record(tx, actor, "book_periodic_credit", "employee", employee_id, entry_id=entry.id)
    present, opening = level_on(tx, employee_id, today_of(tx)), openings(tx, [employee_id]).get(employee_id)
    return CreditEntryView.of(entry, present, opening)


def _one_level(tx: Transaction, command: BookPeriodicCredit) -> tuple[PositionLevel, int]:
    """Return the jenjang of the months that count, and how many do.

    Raise InvalidInput where the jenjangs differ, NoCreditLevel where none of the months counts.
    """
    months = months_determined_by(command.period, 0)[: command.months]
    levels = [
        level for level in credit_levels(tx, [command.employee_id], months)[command.employee_id] if level is not None
    ]
    if len(set(levels)) > 1:
        expected = "bulan-bulan dalam satu jenjang"
        raise InvalidInput(errors=[FieldError("months", "levels_differ", command.months, expected)])
    if not levels:
        raise NoCreditLevel(when=command.period.text())
    return levels[0], len(levels)
