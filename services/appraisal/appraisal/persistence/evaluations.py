"""Evaluations between rows and the domain; every judgement that stood stays as a row of its own."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, text

from appraisal.domain.evaluation import Evaluation, Judgement
from appraisal.domain.plan import Plan
from appraisal.domain.values import (
    Capacity,
    CompletedBy,
    EvaluationKind,
    EvaluationState,
    Predicate,
    Rating,
    Receipt,
)
from appraisal.persistence import models
from appraisal.persistence.plans import head_of
from chassis.bus.envelope import to_json
from chassis.errors import NotFound, VersionConflict
from chassis.unit_of_work import Transaction

_COLUMNS = (
    "e.id, e.plan_id, e.plan_version, e.employee_id, e.unit_id, e.appraiser_id, e.reviewer_id, e.rated_by, e.kind, "
    "e.year, e.quarter, e.state, e.work_result, e.behaviour, e.work_result_note, e.behaviour_note, e.predicate, "
    "e.competency_codes, e.revision, e.version, e.issued_at, e.received_at, e.receipt, e.objection_until, e.final_at, "
    "e.completed_by"
)
_FIND = text(
    f"SELECT {_COLUMNS}, s.appraiser_id AS present_appraiser, s.reviewer_id AS present_reviewer, "  # noqa: S608 - constant
    "o.decider_id FROM evaluation e LEFT JOIN staff s ON s.employee_id = e.employee_id "
    "LEFT JOIN objection o ON o.evaluation_id = e.id WHERE e.id = :id"
)
_FIND_PERIOD = text(
    f"SELECT {_COLUMNS} FROM evaluation e WHERE e.employee_id = ANY(:employees) AND e.year = :year "  # noqa: S608
    "AND coalesce(e.quarter, 0) = :quarter"
)
_RATABLE = text(
    "SELECT p.id, p.employee_id, p.year, p.unit_id, p.appraiser_id, p.reviewer_id, p.state, p.plan_version, "
    "p.active_version, p.version, EXISTS (SELECT 1 FROM evaluation e WHERE e.employee_id = p.employee_id "
    "AND e.year = :year AND coalesce(e.quarter, 0) = :quarter) AS evaluated, "
    "ARRAY(SELECT e.id FROM evaluation e WHERE e.employee_id = p.employee_id AND e.year = :year "
    "AND e.kind = 'PERIODIC' AND e.state = 'FINAL' AND :quarter = 0 ORDER BY e.quarter) AS periodic_ids, "
    "ARRAY(SELECT e.predicate FROM evaluation e WHERE e.employee_id = p.employee_id AND e.kind = 'PERIODIC' "
    "AND e.state = 'FINAL' AND (e.year, e.quarter) < (:year, :quarter) AND e.year >= :year - 1 "
    "ORDER BY e.year DESC, e.quarter DESC LIMIT 3) AS before "
    "FROM plan p WHERE p.employee_id = ANY(:employees) AND p.year = :year AND p.state <> 'CLOSED'"
)
_ADD = text(
    "WITH added AS (INSERT INTO evaluation SELECT * FROM jsonb_populate_recordset(CAST(NULL AS evaluation), "
    "CAST(:heads AS jsonb)) ON CONFLICT DO NOTHING RETURNING id), "
    "judged AS (INSERT INTO evaluation_version SELECT * FROM "
    "jsonb_populate_recordset(CAST(NULL AS evaluation_version), CAST(:versions AS jsonb))) SELECT id FROM added"
)
_UPDATE = text(
    "UPDATE evaluation SET state = :state, work_result = :work_result, behaviour = :behaviour, "
    "work_result_note = :work_result_note, behaviour_note = :behaviour_note, predicate = :predicate, "
    "competency_codes = CAST(:codes AS jsonb), rated_by = :rated_by, revision = :revision, version = :version, "
    "issued_at = :issued_at, received_at = :received_at, receipt = :receipt, objection_until = :objection_until, "
    "final_at = :final_at, completed_by = :completed_by WHERE id = :id AND version = :was RETURNING id"
)
_FOLLOW = text(
    "UPDATE evaluation SET appraiser_id = coalesce(CAST(:appraiser AS uuid), appraiser_id), reviewer_id = :reviewer "
    "WHERE employee_id = :employee AND state <> 'FINAL'"
)
_VERSIONS = text("SELECT * FROM evaluation_version WHERE evaluation_id = :id ORDER BY revision")


@dataclass(frozen=True)
class Ratable:
    """A plan that may be rated, with what the judgement is to consider."""

    plan: Plan
    evaluated: bool
    periodic_ids: tuple[str, ...]
    before: tuple[Predicate, ...]


@dataclass(frozen=True)
class StoredEvaluation:
    evaluation: Evaluation
    present_appraiser: UUID | None
    present_reviewer: UUID | None
    decider_id: UUID | None


@dataclass(frozen=True)
class Verdict:
    """Who judged, in which capacity and by which rule: the row beside a judgement."""

    decided_by: UUID
    capacity: Capacity
    rule_version: str
    considered: tuple[str, ...] = ()
    reason: str = ""
    order_reference: str = ""


def evaluation_of(row: Row[Any]) -> Evaluation:
    judgement = Judgement(
        Rating(row.work_result),
        Rating(row.behaviour),
        row.work_result_note,
        row.behaviour_note,
        Predicate(row.predicate),
    )
    return Evaluation(
        id=row.id,
        plan_id=row.plan_id,
        plan_version=row.plan_version,
        employee_id=row.employee_id,
        unit_id=row.unit_id,
        appraiser_id=row.appraiser_id,
        reviewer_id=row.reviewer_id,
        rated_by=row.rated_by,
        kind=EvaluationKind(row.kind),
        year=row.year,
        quarter=row.quarter,
        state=EvaluationState(row.state),
        judgement=judgement,
        competency_codes=tuple(row.competency_codes),
        revision=row.revision,
        version=row.version,
        issued_at=row.issued_at,
        received_at=row.received_at,
        receipt=Receipt(row.receipt) if row.receipt else None,
        objection_until=row.objection_until,
        final_at=row.final_at,
        completed_by=CompletedBy(row.completed_by) if row.completed_by else None,
    )


def load_evaluation(tx: Transaction, evaluation_id: UUID) -> StoredEvaluation:
    """Give an evaluation with those who stand around it; raises NotFound."""
    row = tx.session.execute(_FIND, {"id": evaluation_id}).first()
    if row is None:
        raise NotFound(object="evaluasi", id=evaluation_id)
    return StoredEvaluation(evaluation_of(row), row.present_appraiser, row.present_reviewer, row.decider_id)


def ratable(tx: Transaction, employee_ids: Sequence[UUID], year: int, quarter: int | None) -> dict[UUID, Ratable]:
    """The open plans of these people, with earlier periods, in one statement."""
    values = {"employees": list(employee_ids), "year": year, "quarter": quarter or 0}
    return {
        row.employee_id: Ratable(
            head_of(row),
            row.evaluated,
            tuple(str(i) for i in row.periodic_ids),
            tuple(Predicate(p) for p in row.before),
        )
        for row in tx.session.execute(_RATABLE, values)
    }


def evaluations_of_period(
    tx: Transaction, employee_ids: Sequence[UUID], year: int, quarter: int | None
) -> dict[UUID, Evaluation]:
    values = {"employees": list(employee_ids), "year": year, "quarter": quarter or 0}
    return {row.employee_id: evaluation_of(row) for row in tx.session.execute(_FIND_PERIOD, values)}


def add_evaluations(tx: Transaction, pairs: Sequence[tuple[Evaluation, Verdict]]) -> set[UUID]:
    """Add new evaluations with their first judgement, in one statement.

    Gives those added; any other met one that another request had just made, and the caller must not go on.
    """
    if not pairs:
        return set()
    heads = [{**_row(e), "agency_id": tx.agency_id, "created_at": tx.now} for e, _ in pairs]
    versions = [_version_row(tx, e, v) for e, v in pairs]
    values = {"heads": json.dumps(to_json(heads)), "versions": json.dumps(to_json(versions))}
    return set(tx.session.execute(_ADD, values).scalars())


def add_versions(tx: Transaction, pairs: Sequence[tuple[Evaluation, Verdict]]) -> None:
    """Keep each judgement as it was made."""
    if pairs:
        tx.session.execute(insert(models.table(models.EvaluationVersion)), [_version_row(tx, e, v) for e, v in pairs])


def update_evaluation(tx: Transaction, before: Evaluation, after: Evaluation) -> None:
    """Save a step; raises VersionConflict when somebody else took one meanwhile."""
    values = {k: v for k, v in _row(after).items() if k != "competency_codes"}
    values |= {"was": before.version, "codes": _json_list(after.competency_codes)}
    if tx.session.execute(_UPDATE, values).first() is None:
        raise VersionConflict


def follow_assignment(tx: Transaction, employee_id: UUID, appraiser_id: UUID | None, reviewer_id: UUID | None) -> None:
    """Hand what is not final yet to the superiors that hold now; who rated stays recorded in rated_by."""
    values = {"employee": employee_id, "appraiser": appraiser_id, "reviewer": reviewer_id}
    tx.session.execute(_FOLLOW, values)


def versions_of(tx: Transaction, evaluation_id: UUID) -> list[dict[str, Any]]:
    return [dict(row) for row in tx.session.execute(_VERSIONS, {"id": evaluation_id}).mappings()]


def _row(e: Evaluation) -> dict[str, Any]:
    values = {k: v for k, v in vars(e).items() if k != "judgement"}
    return {**values, **vars(e.judgement), "competency_codes": list(e.competency_codes)}


def _version_row(tx: Transaction, e: Evaluation, verdict: Verdict) -> dict[str, Any]:
    return {
        **vars(e.judgement),
        **vars(verdict),
        "considered": list(verdict.considered),
        "evaluation_id": e.id,
        "revision": e.revision,
        "agency_id": tx.agency_id,
        "plan_version": e.plan_version,
        "at": tx.now,
    }


def _json_list(values: Sequence[str]) -> str:
    return json.dumps(list(values))
