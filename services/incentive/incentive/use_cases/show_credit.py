"""A person's credit points: balance, provisional figure, every booking with its working, decisions, what is needed."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.domain.credit import CreditRules, convert_year, months_by_level
from incentive.domain.months import last_day, months_of_year
from incentive.domain.values import PositionLevel
from incentive.persistence.credit import Entry, Opening, balances, decisions, entries, first_year_after, openings
from incentive.persistence.people import assignments_on, employees_on, levels_on, today_of
from incentive.persistence.predicates import provisional_years
from incentive.persistence.reference import ReferenceVersion, credit_rules
from incentive.use_cases.access import may_read
from incentive.use_cases.book_annual_credit import used_months

SENTENCE = "AK = bulan/12 × persentase predikat × koefisien tahunan jenjang, dibulatkan tiga angka (setengah ke atas)"


def show_credit(work: UnitOfWork, actor: Principal, employee_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        may_read(tx, actor, employee_id)
        audit.record(tx, actor, "read_credit", "employee", employee_id)
        today = today_of(tx)
        rules, reference = credit_rules(tx, today)
        assignment = assignments_on(tx, [employee_id], today).get(employee_id)
        level = assignment.position_level if assignment else None
        opening = openings(tx, [employee_id]).get(employee_id)
        known = entries(tx, employee_id)
        balance = balances(tx, {employee_id: level})[employee_id] if level else None
        coming = _provisional(tx, employee_id, level, opening, known, rules) if level else []
        return {
            "employee_id": employee_id,
            "level": level,
            "as_of": today,
            "balance": balance,
            "provisional": _sum(balance, coming),
            "provisional_years": coming,
            "opening": opening and {**opening.__dict__, "counts": opening.level is level},
            "entries": [_entry(entry, level, opening) for entry in known],
            "decisions": decisions(tx, employee_id),
            "needs": _needs(tx, employee_id, level, opening, rules, today),
            "rule": _rule(reference),
        }


def _sum(balance: Decimal | None, coming: list[dict[str, Any]]) -> Decimal | None:
    """The balance as it would be; None where nothing is issued and open."""
    if balance is None or not coming:
        return None
    return balance + sum((item["change"] for item in coming), Decimal(0))


def _provisional(
    tx: Transaction,
    employee_id: UUID,
    level: PositionLevel,
    opening: Opening | None,
    known: list[Entry],
    rules: CreditRules,
) -> list[dict[str, Any]]:
    """What issued, not yet final results would add at the present jenjang, less the periodic credit they replace."""
    found = []
    for year, predicate, evaluation_id in provisional_years(tx, employee_id):
        if opening is not None and year < first_year_after(opening.as_of):
            continue
        of_year = [entry for entry in known if entry.year == year]
        months = months_by_level(levels_on(tx, employee_id, [last_day(month) for month in months_of_year(year)]))
        add = [item for item in convert_year(months, used_months(of_year), predicate, rules) if item.level is level]
        gone = sum((e.credit for e in of_year if _replaceable(e) and e.level is level), Decimal(0))
        credit = sum((item.credit for item in add), Decimal(0))
        found.append(
            {
                "year": year,
                "predicate": predicate.value,
                "evaluation_id": evaluation_id,
                "months": sum(item.months for item in add),
                "credit": credit,
                "change": credit - gone,
            }
        )
    return found


def _replaceable(entry: Entry) -> bool:
    return entry.kind == "PERIODIC" and entry.replaced_by is None and entry.decision_id is None


def _entry(entry: Entry, level: PositionLevel | None, opening: Opening | None) -> dict[str, Any]:
    late = opening is None or entry.year >= first_year_after(opening.as_of)
    counts = entry.replaced_by is None and entry.level is level and late
    formula = f"{entry.months}/12 × {entry.percent.normalize():f}% × {entry.coefficient.normalize():f}"
    return {**entry.__dict__, "counts": counts, "formula": f"{formula} = {entry.converted}"}


def _needs(
    tx: Transaction,
    employee_id: UUID,
    level: PositionLevel | None,
    opening: Opening | None,
    rules: CreditRules,
    today: date,
) -> dict[str, Any] | None:
    if level is None or level not in rules.levels:
        return None
    table = rules.levels[level]
    person = employees_on(tx, [employee_id], today).get(employee_id)
    entry = opening.entry_grade if opening and opening.level is level else None
    return {
        "rank": table.need_for_rank(person.grade, entry) if person else None,
        "level": table.need_for_level(entry),
        "next_level": table.next_level,
    }


def _rule(reference: ReferenceVersion) -> dict[str, Any]:
    return {
        "formula": SENTENCE,
        "reference_id": reference.id,
        "version": reference.number,
        "legal_source": reference.legal_source,
        "verified": reference.verified,
        "percent": reference.data["percent"],
        "levels": reference.data["levels"],
    }
