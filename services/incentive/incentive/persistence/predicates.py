"""Predicates as they were told: what counts for a period, and what is only provisional."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from chassis.unit_of_work import Transaction
from incentive.domain.period import Period
from incentive.domain.values import PeriodKind, Predicate

_ADD = text(
    "INSERT INTO predicate_fact (agency_id, evaluation_id, stage, version, employee_id, period_kind, year, part, "
    "predicate, source, said_at) SELECT :agency, told.* FROM unnest(CAST(:evaluations AS uuid[]), "
    "CAST(:stages AS text[]), CAST(:versions AS integer[]), CAST(:employees AS uuid[]), CAST(:kinds AS text[]), "
    "CAST(:years AS integer[]), CAST(:parts AS integer[]), CAST(:predicates AS text[]), CAST(:sources AS text[]), "
    "CAST(:said_at AS timestamptz[])) AS told ORDER BY 2, 3, 4 "
    "ON CONFLICT DO NOTHING RETURNING evaluation_id, stage, version"
)
_ADD_MANY = text(
    "INSERT INTO predicate_fact (agency_id, evaluation_id, stage, version, employee_id, period_kind, year, part, "
    "predicate, source, said_at) VALUES (:agency, :evaluation, 'FINAL', :version, :employee, :kind, :year, :part, "
    ":predicate, 'HR', :said_at) ON CONFLICT DO NOTHING"
)
_COUNTS = "(source = 'APPRAISAL') DESC, version DESC, (stage = 'CORRECTED') DESC, said_at DESC, evaluation_id"
_FINAL = text(
    "SELECT DISTINCT ON (employee_id, year) employee_id, year, part, evaluation_id, version, predicate, source "  # noqa: S608 - constants
    "FROM predicate_fact WHERE agency_id = :agency AND employee_id = ANY(:ids) AND period_kind = :kind "
    "AND year = ANY(:years) AND part = :part AND stage IN ('FINAL', 'CORRECTED') "
    f"ORDER BY employee_id, year, {_COUNTS}"
)
_ISSUED = text(
    "SELECT DISTINCT ON (year) year, evaluation_id, version, predicate FROM predicate_fact f "
    "WHERE agency_id = :agency AND employee_id = :id AND period_kind = 'YEAR' AND stage = 'ISSUED' "
    "AND NOT EXISTS (SELECT 1 FROM predicate_fact g WHERE g.agency_id = f.agency_id AND g.employee_id = f.employee_id "
    "AND g.period_kind = 'YEAR' AND g.year = f.year AND g.stage IN ('FINAL', 'CORRECTED') AND g.source = 'APPRAISAL') "
    "ORDER BY year, version DESC"
)
_EVALUATION = text(
    "SELECT employee_id, period_kind, year, part, evaluation_id, version, predicate FROM predicate_fact "
    "WHERE agency_id = :agency AND evaluation_id = :id AND stage IN ('FINAL', 'CORRECTED') "
    "ORDER BY version DESC, (stage = 'CORRECTED') DESC LIMIT 1"
)
_APPRAISED_YEARS = text(
    "SELECT DISTINCT year FROM predicate_fact WHERE agency_id = :agency AND employee_id = :id AND period_kind = 'YEAR' "
    "AND stage IN ('FINAL', 'CORRECTED') AND source = 'APPRAISAL' AND year >= :since ORDER BY year"
)


@dataclass(frozen=True)
class FinalPredicate:
    """The predicate that counts for one period, and where it comes from."""

    period: Period
    evaluation_id: UUID
    version: int
    predicate: Predicate
    source: str


@dataclass(frozen=True)
class Evaluation:
    employee_id: UUID
    period: Period
    evaluation_id: UUID
    version: int
    predicate: Predicate


@dataclass(frozen=True)
class Told:
    """A predicate as another service has told it."""

    evaluation_id: UUID
    stage: str
    version: int
    employee_id: UUID
    period: Period
    predicate: Predicate
    source: str
    said_at: datetime


def add_facts(tx: Transaction, told: Sequence[Told]) -> list[Told]:
    """Keep predicates as told; gives those that were not known."""
    values = {
        "agency": tx.agency_id,
        "evaluations": [one.evaluation_id for one in told],
        "stages": [one.stage for one in told],
        "versions": [one.version for one in told],
        "employees": [one.employee_id for one in told],
        "kinds": [one.period.kind.value for one in told],
        "years": [one.period.year for one in told],
        "parts": [one.period.part for one in told],
        "predicates": [one.predicate.value for one in told],
        "sources": [one.source for one in told],
        "said_at": [one.said_at for one in told],
    }
    added = {(row.evaluation_id, row.stage, row.version) for row in tx.session.execute(_ADD, values)}
    return [one for one in told if (one.evaluation_id, one.stage, one.version) in added]


def add_history(tx: Transaction, told: Sequence[Evaluation]) -> None:
    """Keep predicates that HR has entered, many at once."""
    rows = [
        {
            "agency": tx.agency_id,
            "evaluation": one.evaluation_id,
            "version": one.version,
            "employee": one.employee_id,
            "kind": one.period.kind.value,
            "year": one.period.year,
            "part": one.period.part,
            "predicate": one.predicate.value,
            "said_at": tx.now,
        }
        for one in told
    ]
    if rows:
        tx.session.execute(_ADD_MANY, rows)


def final_predicates(tx: Transaction, ids: Sequence[UUID], period: Period) -> dict[UUID, FinalPredicate]:
    """What counts for one period, by employee."""
    values = {
        "agency": tx.agency_id,
        "ids": list(ids),
        "kind": period.kind.value,
        "years": [period.year],
        "part": period.part,
    }
    return {row.employee_id: _final(row, period) for row in tx.session.execute(_FINAL, values)}


def annual_predicates(tx: Transaction, ids: Sequence[UUID], years: Sequence[int]) -> dict[UUID, dict[int, Predicate]]:
    """Final annual predicates by employee and year."""
    values = {"agency": tx.agency_id, "ids": list(ids), "kind": "YEAR", "years": list(years), "part": 0}
    found: dict[UUID, dict[int, Predicate]] = {}
    for row in tx.session.execute(_FINAL, values):
        found.setdefault(row.employee_id, {})[row.year] = Predicate(row.predicate)
    return found


def provisional_years(tx: Transaction, employee_id: UUID) -> list[tuple[int, Predicate, UUID]]:
    """Years whose annual result is issued and not final."""
    rows = tx.session.execute(_ISSUED, {"agency": tx.agency_id, "id": employee_id})
    return [(row.year, Predicate(row.predicate), row.evaluation_id) for row in rows]


def appraised_years(tx: Transaction, employee_id: UUID, since: int) -> list[int]:
    rows = tx.session.execute(_APPRAISED_YEARS, {"agency": tx.agency_id, "id": employee_id, "since": since})
    return [row.year for row in rows]


def final_evaluation(tx: Transaction, evaluation_id: UUID) -> Evaluation | None:
    """A final evaluation in its newest version."""
    row = tx.session.execute(_EVALUATION, {"agency": tx.agency_id, "id": evaluation_id}).first()
    if row is None:
        return None
    period = Period(PeriodKind(row.period_kind), row.year, row.part)
    return Evaluation(row.employee_id, period, row.evaluation_id, row.version, Predicate(row.predicate))


def _final(row: Any, period: Period) -> FinalPredicate:
    return FinalPredicate(period, row.evaluation_id, row.version, Predicate(row.predicate), row.source)
