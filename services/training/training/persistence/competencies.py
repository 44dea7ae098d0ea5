"""Competencies, the standards of posts, and what people have shown."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from chassis.unit_of_work import Transaction
from training.domain.competency import Levels, Standard, standard_in_force
from training.persistence.models import Assessment, Competency, CompetencyStandard, Employee
from training.persistence.reference import ensure_reference


def competency(tx: Transaction, code: str) -> Competency | None:
    ensure_reference(tx)
    return tx.session.get(Competency, (tx.agency_id, code))


def known_codes(tx: Transaction, codes: list[str]) -> set[str]:
    ensure_reference(tx)
    return set(tx.session.scalars(select(Competency.code).where(Competency.code.in_(codes), Competency.active)))


def standards_of(tx: Transaction, position_code: str | None) -> list[Standard]:
    """All rows of a post in the order they were recorded."""
    order = (CompetencyStandard.recorded_at, CompetencyStandard.id)
    rows = tx.session.scalars(
        select(CompetencyStandard).where(CompetencyStandard.position_code == position_code).order_by(*order)
    )
    return [
        Standard(r.id, r.competency_code, r.position_code, r.position_level, r.required_level, r.valid_from)
        for r in rows
    ]


def latest_assessments(tx: Transaction, employee_id: UUID) -> dict[str, Assessment]:
    """The newest assessment of each competency; of two on one day the one recorded later."""
    query = (
        select(Assessment)
        .where(Assessment.employee_id == employee_id)
        .ext(distinct_on(Assessment.competency_code))
        .order_by(
            Assessment.competency_code,
            Assessment.assessed_on.desc(),
            Assessment.recorded_at.desc(),
            Assessment.id.desc(),
        )
    )
    return {row.competency_code: row for row in tx.session.scalars(query)}


def profile(tx: Transaction, employee_id: UUID, on: date) -> dict[str, Levels]:
    """Every competency that the person's post asks for or that was assessed: required, actual, and where from."""
    person = tx.session.get(Employee, employee_id)
    standards = standards_of(tx, person.position_code) if person and person.position_code else []
    assessed = latest_assessments(tx, employee_id)
    codes = sorted({row.competency_code for row in standards} | set(assessed))
    result = {}
    for code in codes:
        rows = [row for row in standards if row.competency_code == code]
        required = standard_in_force(rows, person.position_code, person.position_level, on) if person else None
        actual = assessed.get(code)
        result[code] = Levels(
            required=required.required_level if required else None,
            actual=actual.actual_level if actual else None,
            standard_id=required.id if required else None,
            assessment_id=actual.id if actual else None,
        )
    return result
