"""Predicates as received: what counts for a period, and what is only provisional."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select, text
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import aliased

from chassis.records import among, table_of
from chassis.unit_of_work import Transaction
from directory.performance import Predicate
from incentive.domain.period import Period
from incentive.domain.predicate import FinalPredicate, IssuedPredicate, PredicateOrigin, ReceivedPredicate, Stage
from incentive.domain.values import PeriodKind
from incentive.persistence import models

# Text because it builds a set: the predicates of a whole batch of events in one statement, in one order.
_ADD_RECEIVED = text(
    "INSERT INTO predicate_fact (agency_id, evaluation_id, stage, version, employee_id, period_kind, year, part, "
    "predicate, source, said_at) SELECT :agency, received.* FROM unnest(CAST(:evaluations AS uuid[]), "
    "CAST(:stages AS text[]), CAST(:versions AS integer[]), CAST(:employees AS uuid[]), CAST(:kinds AS text[]), "
    "CAST(:years AS integer[]), CAST(:parts AS integer[]), CAST(:predicates AS text[]), CAST(:sources AS text[]), "
    "CAST(:recorded_at AS timestamptz[])) AS received ORDER BY 2, 3, 4 "
    "ON CONFLICT DO NOTHING RETURNING evaluation_id, stage, version"
)
_RECORD = models.PredicateRecord
_FINAL = _RECORD.stage.in_([Stage.FINAL, Stage.CORRECTED])
_APPRAISED = _RECORD.source == PredicateOrigin.APPRAISAL.value
# Which record counts: appraisal's before HR's, the highest version, and of one version its correction.
_PRECEDENCE = (
    _APPRAISED.desc(),
    _RECORD.version.desc(),
    (_RECORD.stage == Stage.CORRECTED.value).desc(),
    _RECORD.recorded_at.desc(),
    _RECORD.evaluation_id,
)
_COLUMNS = (
    _RECORD.employee_id,
    _RECORD.period_kind,
    _RECORD.year,
    _RECORD.part,
    _RECORD.evaluation_id,
    _RECORD.version,
    _RECORD.predicate,
    _RECORD.source,
)


def add_received(tx: Transaction, received: Sequence[ReceivedPredicate]) -> list[ReceivedPredicate]:
    """Store predicates as received. Return those that were not known."""
    values = {
        "agency": tx.agency_id,
        "evaluations": [one.evaluation_id for one in received],
        "stages": [one.stage.value for one in received],
        "versions": [one.version for one in received],
        "employees": [one.employee_id for one in received],
        "kinds": [one.period.kind.value for one in received],
        "years": [one.period.year for one in received],
        "parts": [one.period.part for one in received],
        "predicates": [one.predicate.value for one in received],
        "sources": [PredicateOrigin.APPRAISAL.value for _ in received],
        "recorded_at": [one.recorded_at for one in received],
    }
    added = {(row.evaluation_id, row.stage, row.version) for row in tx.session.execute(_ADD_RECEIVED, values)}
    return [one for one in received if (one.evaluation_id, one.stage, one.version) in added]


def add_history(tx: Transaction, entered: Sequence[FinalPredicate]) -> None:
    """Store predicates that HR has entered, many at once."""
    rows = [
        {
            "agency_id": tx.agency_id,
            "evaluation_id": one.evaluation_id,
            "stage": Stage.FINAL.value,
            "version": one.version,
            "employee_id": one.employee_id,
            "period_kind": one.period.kind.value,
            "year": one.period.year,
            "part": one.period.part,
            "predicate": one.predicate.value,
            "source": one.source.value,
            "recorded_at": tx.now,
        }
        for one in entered
    ]
    if rows:
        tx.session.execute(insert(table_of(_RECORD)).on_conflict_do_nothing(), rows)


def final_predicates(tx: Transaction, ids: Sequence[UUID], period: Period) -> dict[UUID, FinalPredicate]:
    """Return what counts for one period, by person."""
    return {one.employee_id: one for one in _counting(tx, ids, period.kind, [period.year], period.part)}


def annual_predicates(tx: Transaction, ids: Sequence[UUID], years: Sequence[int]) -> dict[UUID, dict[int, Predicate]]:
    """Return the final annual predicates by person and year."""
    found: dict[UUID, dict[int, Predicate]] = {}
    for one in _counting(tx, ids, PeriodKind.YEAR, years, 0):
        found.setdefault(one.employee_id, {})[one.period.year] = one.predicate
    return found


def provisional_years(tx: Transaction, employee_id: UUID) -> list[IssuedPredicate]:
    """Return the annual results that are issued and not final."""
    final = aliased(_RECORD)
    is_final = exists().where(
        final.employee_id == _RECORD.employee_id,
        final.period_kind == PeriodKind.YEAR.value,
        final.year == _RECORD.year,
        final.stage.in_([Stage.FINAL, Stage.CORRECTED]),
        final.source == PredicateOrigin.APPRAISAL.value,
    )
    query = (
        select(_RECORD.year, _RECORD.predicate, _RECORD.evaluation_id)
        .ext(distinct_on(_RECORD.year))
        .where(_RECORD.employee_id == employee_id, _RECORD.period_kind == PeriodKind.YEAR.value)
        .where(_RECORD.stage == Stage.ISSUED.value, ~is_final)
        .order_by(_RECORD.year, _RECORD.version.desc())
    )
    return [IssuedPredicate(row.year, Predicate(row.predicate), row.evaluation_id) for row in tx.session.execute(query)]


def appraised_years(tx: Transaction, since: Mapping[UUID, int]) -> list[tuple[UUID, int]]:
    """Return the years of these people, each from its own on, that have a final annual result of appraisal."""
    query = (
        select(_RECORD.employee_id, _RECORD.year)
        .distinct()
        .where(among(_RECORD.employee_id, since), _RECORD.period_kind == PeriodKind.YEAR.value)
        .where(_FINAL, _APPRAISED, _RECORD.year >= min(since.values()))
    )
    found = tx.session.execute(query.order_by(_RECORD.employee_id, _RECORD.year))
    return [(employee_id, year) for employee_id, year in found if year >= since[employee_id]]


def final_evaluation(tx: Transaction, evaluation_id: UUID) -> FinalPredicate | None:
    """Return a final evaluation in its newest version."""
    query = select(*_COLUMNS).where(_RECORD.evaluation_id == evaluation_id, _FINAL)
    newest = query.order_by(_RECORD.version.desc(), (_RECORD.stage == Stage.CORRECTED.value).desc()).limit(1)
    row = tx.session.execute(newest).first()
    return None if row is None else _final(row)


def _counting(
    tx: Transaction, ids: Sequence[UUID], kind: PeriodKind, years: Sequence[int], part: int
) -> list[FinalPredicate]:
    query = (
        select(*_COLUMNS)
        .ext(distinct_on(_RECORD.employee_id, _RECORD.year))
        .where(among(_RECORD.employee_id, ids), _RECORD.period_kind == kind.value)
        .where(among(_RECORD.year, years), _RECORD.part == part, _FINAL)
        .order_by(_RECORD.employee_id, _RECORD.year, *_PRECEDENCE)
    )
    return [_final(row) for row in tx.session.execute(query)]


def _final(row: Any) -> FinalPredicate:
    return FinalPredicate(
        row.employee_id,
        Period(PeriodKind(row.period_kind), row.year, row.part),
        row.evaluation_id,
        row.version,
        Predicate(row.predicate),
        PredicateOrigin(row.source),
    )
