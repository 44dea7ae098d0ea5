"""Competencies, the standards of posts, and what people have shown."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from chassis.errors import FieldError, InvalidInput, required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, insert_record, matching, update_record
from chassis.unit_of_work import Transaction
from training.domain.competency import (
    Assessment,
    Competency,
    Levels,
    ListCompetencies,
    ListStandards,
    Standard,
    StandardView,
    standard_in_force,
)
from training.domain.people import Employee
from training.persistence import models
from training.persistence.people import find_employee
from training.persistence.reference import ensure_reference

_COMPETENCY = columns_of(models.Competency, Competency)
_STANDARD = columns_of(models.CompetencyStandard, Standard)
_STANDARD_VIEW = columns_of(models.CompetencyStandard, StandardView)
_ASSESSMENT = columns_of(models.Assessment, Assessment)


def find_competency(tx: Transaction, code: str) -> Competency | None:
    ensure_reference(tx)
    return fetch_one(tx, select(*_COMPETENCY).where(models.Competency.code == code), Competency)


def load_competency(tx: Transaction, code: str) -> Competency:
    """Return a competency. Raise NotFound."""
    return required(find_competency(tx, code), "kompetensi", code)


def competencies_by_code(tx: Transaction, codes: Collection[str]) -> dict[str, Competency]:
    """Return those of these competencies that are in the dictionary."""
    ensure_reference(tx)
    found = fetch_all(tx, select(*_COMPETENCY).where(models.Competency.code.in_(codes)), Competency)
    return {competency.code: competency for competency in found}


def list_competencies(tx: Transaction, wanted: ListCompetencies) -> Page[Competency]:
    ensure_reference(tx)
    query = matching(select(*_COMPETENCY), models.Competency, wanted)
    return fetch_page(tx, query, Competency, wanted.page, models.Competency.code)


def known_competencies(tx: Transaction, field: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Return the codes without repeats, in their order. Raise InvalidInput that names each unknown or inactive one."""
    ensure_reference(tx)
    unique = tuple(dict.fromkeys(codes))
    query = select(models.Competency.code).where(models.Competency.code.in_(unique), models.Competency.active)
    known = set(tx.session.scalars(query))
    expected = "kode kompetensi aktif dari kamus kompetensi instansi"
    faults = [
        FieldError(f"{field}.{place}", "competency_unknown", code, expected)
        for place, code in enumerate(codes)
        if code not in known
    ]
    if faults:
        raise InvalidInput(errors=faults)
    return unique


def insert_competency(tx: Transaction, competency: Competency) -> None:
    insert_record(tx, models.Competency, competency)


def update_competency(tx: Transaction, before: Competency, after: Competency) -> Competency:
    """Save a change and return the competency with its new version. Raise VersionConflict."""
    update_record(tx, models.Competency, before, after)
    return replace(after, version=before.version + 1)


def insert_standard(tx: Transaction, standard: StandardView) -> None:
    insert_record(tx, models.CompetencyStandard, standard)


def list_standards(tx: Transaction, wanted: ListStandards) -> Page[StandardView]:
    """Return standards, the newest first."""
    query = matching(select(*_STANDARD_VIEW), models.CompetencyStandard, wanted)
    return fetch_page(tx, query, StandardView, wanted.page, models.CompetencyStandard.id, descending=True)


def standards_of(tx: Transaction, position_code: str) -> list[Standard]:
    """Return all rows of a post in the order they were recorded."""
    model = models.CompetencyStandard
    query = select(*_STANDARD).where(model.position_code == position_code).order_by(model.recorded_at, model.id)
    return fetch_all(tx, query, Standard)


def insert_assessment(tx: Transaction, assessment: Assessment) -> None:
    insert_record(tx, models.Assessment, assessment)


def latest_assessments(tx: Transaction, employee_id: UUID) -> dict[str, Assessment]:
    """Return the newest assessment of each competency; of two on one day the one recorded later."""
    model = models.Assessment
    query = (
        select(*_ASSESSMENT)
        .where(model.employee_id == employee_id)
        .ext(distinct_on(model.competency_code))
        .order_by(model.competency_code, model.assessed_on.desc(), model.recorded_at.desc(), model.id.desc())
    )
    return {assessment.competency_code: assessment for assessment in fetch_all(tx, query, Assessment)}


def load_profile(tx: Transaction, employee_id: UUID, on: date) -> dict[str, Levels]:
    """Return by code every competency that the person's post requires or that was assessed, with its levels."""
    return profile_of(tx, find_employee(tx, employee_id), employee_id, on)


def profile_of(tx: Transaction, person: Employee | None, employee_id: UUID, on: date) -> dict[str, Levels]:
    """Like `load_profile`, of a person who has been read already."""
    standards = standards_of(tx, person.position_code) if person and person.position_code else []
    assessed = latest_assessments(tx, employee_id)
    codes = sorted({standard.competency_code for standard in standards} | set(assessed))
    result = {}
    for code in codes:
        rows = [standard for standard in standards if standard.competency_code == code]
        required = standard_in_force(rows, person.position_code, person.position_level, on) if person else None
        actual = assessed.get(code)
        result[code] = Levels(
            required=required.required_level if required else None,
            actual=actual.actual_level if actual else None,
            standard_id=required.id if required else None,
            assessment_id=actual.id if actual else None,
        )
    return result
