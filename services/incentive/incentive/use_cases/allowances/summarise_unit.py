"""Summarise a unit's month for its leader: sums of groups that disclose nobody's amount."""

from datetime import date
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from disclosure.rules import months_before
from disclosure.sets import Publication, ledger_of, record_sets
from incentive.authorisation import require_own_unit
from incentive.domain.months import first_day, last_day, month_text
from incentive.domain.unit_total import MonthTotals, UnitTotal, UnitTotalView
from incentive.persistence.allowance_lines import people_paid
from incentive.persistence.people import require_unit, today_of, unit_tree_on
from incentive.persistence.reference import disclosure_rules
from incentive.persistence.unit_totals import find_unit_total, insert_unit_totals, month_is_decided, publication_of

QUANTITY = "allowance"


def summarise_unit(work: UnitOfWork, actor: Principal, unit_id: UUID, *, month: date) -> UnitTotalView:
    """Return what the unit and those below it were granted, as it was when the month was first asked for."""
    with work.transaction(actor.agency_id) as tx:
        require_unit(tx, unit_id, last_day(month))
        require_own_unit(actor, unit_id)
        decided = month_is_decided(tx, first_day(month))
        if decided and publication_of(tx, first_day(month)) is None:
            _publish(tx, first_day(month))
        found = find_unit_total(tx, first_day(month), unit_id) or UnitTotal(unit_id)
        audit.record(tx, actor, "read_unit_allowances", "org_unit", unit_id, month=month_text(month))
        return UnitTotalView.of(month_text(month), found, decided=decided)


def _publish(tx: Transaction, month: date) -> None:
    rules = disclosure_rules(tx, today_of(tx))
    paid = people_paid(tx, month)
    people: dict[UUID, list[UUID]] = {}
    for person in paid:
        people.setdefault(person.unit_id, []).append(person.employee_id)
    # who waited here while another published finds it done
    ledger = ledger_of(tx, QUANTITY, months_before(month, rules.window_months), people)
    if publication_of(tx, month) is None:
        totals = MonthTotals.of(unit_tree_on(tx, last_day(month)), paid, rules.group, ledger)
        publication_id = insert_unit_totals(tx, month, totals.totals)
        record_sets(tx, Publication(QUANTITY, publication_id, month), [totals.rests], people)
