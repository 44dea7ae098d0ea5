"""Book credit of a part of the year, for somebody a little short of a step (Peraturan BKN 3/2023)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from incentive.domain.credit import convert
from incentive.domain.errors import NoCreditLevel, NoFinalPredicate, PeriodAlreadyBooked, YearAlreadyBooked
from incentive.domain.months import last_day, months_of_quarter
from incentive.domain.period import Period
from incentive.domain.values import PeriodKind
from incentive.events import CreditConverted
from incentive.persistence.credit import Entry, add_entry, entries, lock_credit
from incentive.persistence.eligibility import look_again
from incentive.persistence.people import levels_on, require_employee
from incentive.persistence.predicates import final_predicates
from incentive.persistence.reference import credit_rules


@dataclass(frozen=True)
class BookPeriodicCredit:
    employee_id: UUID
    year: int
    quarter: int
    months: int


def book_periodic_credit(work: UnitOfWork, actor: Principal, command: BookPeriodicCredit) -> Entry:
    """Convert the first `months` of a quarter by its final predicate; the annual result will replace it."""
    period = Period(PeriodKind.QUARTER, command.year, command.quarter)
    with work.transaction(actor.agency_id) as tx:
        require_employee(tx, command.employee_id)
        need_other(actor, command.employee_id)
        lock_credit(tx, command.employee_id)
        of_year = [entry for entry in entries(tx, command.employee_id) if entry.year == command.year]
        if any(entry.kind == "ANNUAL" for entry in of_year):
            raise YearAlreadyBooked(year=command.year)
        if any(entry.part == command.quarter for entry in of_year):
            raise PeriodAlreadyBooked(period=period.text())
        final = final_predicates(tx, [command.employee_id], period).get(command.employee_id)
        if final is None:
            raise NoFinalPredicate(period=period.text())
        days = [last_day(month) for month in months_of_quarter(command.year, command.quarter)[: command.months]]
        levels = set(levels_on(tx, command.employee_id, days))
        level = next(iter(levels)) if len(levels) == 1 else None
        if level is None:
            if len(levels) > 1:
                words = "bulan-bulan dalam satu jenjang"
                raise InvalidInput(errors=[FieldError("months", "levels_differ", command.months, words)])
            raise NoCreditLevel(when=period.text())
        rules, reference = credit_rules(tx, date(command.year, 12, 31))
        done = convert(command.months, final.predicate, level, rules)
        entry_id = new_id()
        values = {
            "id": entry_id,
            "employee_id": command.employee_id,
            "kind": "PERIODIC",
            "level": level.value,
            "year": command.year,
            "part": command.quarter,
            "months": command.months,
            "evaluation_id": final.evaluation_id,
            "evaluation_version": final.version,
            "predicate": final.predicate.value,
            "percent": done.percent,
            "coefficient": done.coefficient,
            "converted": done.credit,
            "credit": done.credit,
            "reference_id": reference.id,
        }
        add_entry(tx, values)
        outbox.record(
            tx,
            CreditConverted(
                entry_id=entry_id,
                employee_id=command.employee_id,
                year=command.year,
                evaluation_id=final.evaluation_id,
            ),
        )
        look_again(tx, command.employee_id)
        audit.record(tx, actor, "book_periodic_credit", "employee", command.employee_id, entry_id=entry_id)
        return next(entry for entry in entries(tx, command.employee_id) if entry.id == entry_id)
