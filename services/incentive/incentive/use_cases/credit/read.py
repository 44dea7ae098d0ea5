"""Read a person's credit points: balance, provisional figure, bookings with their working, decisions, needs."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.people import PositionLevel
from incentive.authorisation import require_reader
from incentive.domain.credit import CreditRules, convert_year, months_by_level
from incentive.domain.credit_account import CreditEntry, Opening, first_year_after, used_months
from incentive.domain.credit_views import (
    CreditDecisionView,
    CreditEntryView,
    CreditMonthRuleView,
    CreditNeedsView,
    CreditRuleView,
    CreditView,
    OpeningView,
    ProvisionalYearView,
    provisional_balance,
)
from incentive.domain.months import months_of_year
from incentive.persistence.credit import balances, decisions_of, entries_of, openings
from incentive.persistence.credit_levels import credit_levels
from incentive.persistence.people import level_on, stretch_on, today_of
from incentive.persistence.predicates import provisional_years
from incentive.persistence.reference import credit_months, credit_rules


def show_credit(work: UnitOfWork, actor: Principal, employee_id: UUID) -> CreditView:
    with work.transaction(actor.agency_id) as tx:
        require_reader(tx, actor, employee_id)
        audit.record(tx, actor, "read_credit", "employee", employee_id)
        today = today_of(tx)
        rules, reference = credit_rules(tx, today)
        level = level_on(tx, employee_id, today)
        person = stretch_on(tx, employee_id, today)
        opening = openings(tx, [employee_id]).get(employee_id)
        entries = entries_of(tx, employee_id)
        balance = balances(tx, {employee_id: level})[employee_id] if level else None
        provisional = _provisional(tx, employee_id, level, opening, entries, rules) if level else []
        return CreditView(
            employee_id=employee_id,
            level=level,
            as_of=today,
            balance=balance,
            provisional=provisional_balance(balance, provisional),
            provisional_years=provisional,
            opening=OpeningView.of(opening, level) if opening else None,
            entries=[CreditEntryView.of(entry, level, opening) for entry in entries],
            decisions=[CreditDecisionView.of(decision) for decision in decisions_of(tx, employee_id)],
            needs=CreditNeedsView.of(rules, level, person.grade if person else None, opening),
            rule=CreditRuleView.of(reference),
            month_rule=CreditMonthRuleView.of(credit_months(tx, today)[1]),
        )


def _provisional(
    tx: Transaction,
    employee_id: UUID,
    level: PositionLevel,
    opening: Opening | None,
    entries: list[CreditEntry],
    rules: CreditRules,
) -> list[ProvisionalYearView]:
    """Return what issued, not yet final results would add; years inside the opening balance are left out."""
    found = []
    for issued in provisional_years(tx, employee_id):
        if opening is not None and issued.year < first_year_after(opening.as_of):
            continue
        of_year = [entry for entry in entries if entry.year == issued.year]
        months = months_by_level(credit_levels(tx, [employee_id], months_of_year(issued.year))[employee_id])
        conversions = convert_year(months, used_months(of_year), issued.predicate, rules)
        found.append(ProvisionalYearView.of(issued, conversions, level, of_year))
    return found
