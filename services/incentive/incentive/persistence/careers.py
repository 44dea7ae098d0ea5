"""Careers as eligibility is judged by, for many people at once."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.unit_of_work import Transaction
from incentive.domain.career import Career
from incentive.domain.values import PenaltyLevel, PositionLevel
from incentive.persistence.credit import balances, openings
from incentive.persistence.people import assignments_on, employees_on
from incentive.persistence.predicates import annual_predicates
from incentive.persistence.reference import reference

YEARS_BACK = 6

_ATTESTED = text(
    "SELECT DISTINCT ON (employee_id) employee_id, number, vacancy, competency_test, "
    "professional_development, last_raise_on, "
    "reference FROM attestation WHERE agency_id = :agency AND employee_id = ANY(:ids) ORDER BY employee_id, number DESC"
)
_PENALTIES = text(
    "SELECT DISTINCT employee_id, level FROM discipline_penalty "
    "WHERE agency_id = :agency AND employee_id = ANY(:ids) AND revoked_at IS NULL"
)
_UNPAID = text(
    "SELECT DISTINCT employee_id FROM employee_version "
    "WHERE agency_id = :agency AND employee_id = ANY(:ids) AND status = 'UNPAID_LEAVE'"
)
_GRANTED = text(
    "SELECT employee_id, kind FROM award WHERE agency_id = :agency AND employee_id = ANY(:ids) AND state = 'GRANTED' "
    "AND kind = ANY(:kinds)"
)
_HOURS = text(
    "SELECT employee_id, year, sum(jp) AS jp FROM training_record WHERE agency_id = :agency AND "
    "employee_id = ANY(:ids) "
    "AND finished AND NOT reversed GROUP BY employee_id, year"
)


def load_careers(tx: Transaction, ids: Sequence[UUID], today: date) -> dict[UUID, Career]:
    """Everybody's career as of `today`; people not known are left out."""
    known = list(ids)
    values = {"agency": tx.agency_id, "ids": known}
    people, assigned = employees_on(tx, known, today), assignments_on(tx, known, today)
    opened = openings(tx, known)
    levels = {one: told.position_level for one, told in assigned.items() if told.position_level}
    credit = balances(tx, levels, opened)
    annual = annual_predicates(tx, known, [today.year - back for back in range(YEARS_BACK)])
    attested = {row.employee_id: row for row in tx.session.execute(_ATTESTED, values)}
    penalties: dict[UUID, set[PenaltyLevel]] = {}
    for row in tx.session.execute(_PENALTIES, values):
        penalties.setdefault(row.employee_id, set()).add(PenaltyLevel(row.level))
    unpaid = {row.employee_id for row in tx.session.execute(_UNPAID, values)}
    medals = _medals(tx, known, today)
    hours = _hours(tx, values)
    return {
        one: Career(
            employment_type=person.employment_type,
            status=person.status,
            grade=person.grade,
            grade_since=person.grade_since,
            service_start=person.service_start,
            position_kind=assigned[one].position_kind if one in assigned else None,
            position_level=levels.get(one),
            annual=annual.get(one, {}),
            credit_balance=credit.get(one, Decimal("0.000")),
            entry_grade=_entry_grade(opened.get(one), levels.get(one)),
            vacancy=bool(one in attested and attested[one].vacancy),
            competency_test=bool(one in attested and attested[one].competency_test),
            professional_development=bool(one in attested and attested[one].professional_development),
            last_raise_on=attested[one].last_raise_on if one in attested else None,
            penalties=frozenset(penalties.get(one, ())),
            unpaid_leave_taken=one in unpaid,
            medals=frozenset(medals.get(one, ())),
            training_hours=hours.get(one, {}),
        )
        for one, person in people.items()
    }


def _entry_grade(opening: Any, level: PositionLevel | None) -> str | None:
    return opening.entry_grade if opening is not None and opening.level is level else None


def _medals(tx: Transaction, ids: Sequence[UUID], today: date) -> dict[UUID, set[int]]:
    """Years of the service medals granted, by the kinds of award that are medals."""
    kinds = {
        kind["code"]: int(kind["medal_years"])
        for kind in reference(tx, "AWARDS", today).data["kinds"]
        if kind.get("medal_years")
    }
    found: dict[UUID, set[int]] = {}
    values = {"agency": tx.agency_id, "ids": list(ids), "kinds": list(kinds)}
    for row in tx.session.execute(_GRANTED, values):
        found.setdefault(row.employee_id, set()).add(kinds[row.kind])
    return found


def _hours(tx: Transaction, values: dict[str, Any]) -> dict[UUID, dict[int, int]]:
    found: dict[UUID, dict[int, int]] = {}
    for row in tx.session.execute(_HOURS, values):
        found.setdefault(row.employee_id, {})[row.year] = int(row.jp)
    return found
