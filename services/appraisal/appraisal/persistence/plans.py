"""Plans between rows and the domain; each save is one statement that also writes the plan's history."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from appraisal.domain.plan import Move, Plan
from appraisal.domain.values import PlanState
from chassis.errors import NotFound, VersionConflict
from chassis.ids import new_id
from chassis.unit_of_work import Transaction

_HEAD = (
    "p.id, p.employee_id, p.year, p.unit_id, p.appraiser_id, p.reviewer_id, p.state, p.plan_version, "
    "p.active_version, p.version"
)
_FIND = text(f"SELECT {_HEAD}, p.content, p.updated_at FROM plan p WHERE p.id = :id")  # noqa: S608 - a constant
_FIND_MANY = text(f"SELECT {_HEAD} FROM plan p WHERE p.id = ANY(:ids)")  # noqa: S608
_NEWEST = text(
    f"SELECT {_HEAD}, p.content, p.updated_at FROM plan p "  # noqa: S608
    "WHERE p.employee_id = :employee AND p.year = :year ORDER BY p.state = 'CLOSED', p.id DESC LIMIT 1"
)
_INSERT = text(
    "INSERT INTO plan (id, agency_id, employee_id, year, unit_id, appraiser_id, reviewer_id, model, state, "
    "plan_version, active_version, version, content, created_at, updated_at) VALUES (:id, :agency, :employee_id, "
    ":year, :unit_id, :appraiser_id, :reviewer_id, :model, 'DRAFT', 1, NULL, 1, CAST(:content AS jsonb), :now, :now) "
    "ON CONFLICT (agency_id, employee_id, year) WHERE state <> 'CLOSED' DO NOTHING RETURNING id"
)
_SAVE = text(
    "WITH moved AS (UPDATE plan SET state = :state, plan_version = :plan_version, active_version = :active_version, "
    "version = :version, updated_at = :now, content = coalesce(CAST(:content AS jsonb), content), "
    "model = coalesce(CAST(:model AS text), model) WHERE id = :id AND version = :was RETURNING id, agency_id, content) "
    "INSERT INTO plan_move (id, agency_id, plan_id, plan_version, move, from_state, to_state, actor, reason, content, "
    "at) "
    "SELECT :move_id, agency_id, id, :plan_version, :move, :from_state, :state, :actor, :reason, "
    "CASE WHEN :snapshot THEN content END, :now FROM moved RETURNING id"
)
_EDIT = text(
    "UPDATE plan SET content = CAST(:content AS jsonb), model = :model, version = :version, updated_at = :now "
    "WHERE id = :id AND version = :was RETURNING id"
)
_ACTIVATE = text(
    "WITH given AS (SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:versions AS integer[]), CAST(:moves AS uuid[])) "
    "AS g (id, version, move_id)), moved AS (UPDATE plan p SET state = 'ACTIVE', active_version = p.plan_version, "
    "version = p.version + 1, updated_at = :now FROM given WHERE p.id = given.id AND p.version = given.version "
    "RETURNING p.id, p.agency_id, p.plan_version, given.move_id) "
    "INSERT INTO plan_move (id, agency_id, plan_id, plan_version, move, from_state, to_state, actor, reason, at) "
    "SELECT move_id, agency_id, id, plan_version, 'ACTIVATE', 'SUBMITTED', 'ACTIVE', :actor, '', :now FROM moved "
    "RETURNING plan_id"
)
_CLOSE = text(
    "WITH open AS (SELECT id, state FROM plan WHERE employee_id = :employee AND year = :year AND state <> 'CLOSED' "
    "FOR UPDATE), closed AS (UPDATE plan p SET state = 'CLOSED', version = p.version + 1, updated_at = :now FROM open "
    "WHERE p.id = open.id RETURNING p.id, p.agency_id, p.plan_version, open.state AS was) "
    "INSERT INTO plan_move (id, agency_id, plan_id, plan_version, move, from_state, to_state, actor, reason, at) "
    "SELECT :move_id, agency_id, id, plan_version, 'CLOSE', was, 'CLOSED', :actor, :reason, :now FROM closed"
)
_FOLLOW = text(
    "UPDATE plan SET appraiser_id = :appraiser, reviewer_id = :reviewer, unit_id = :unit, updated_at = :now "
    "WHERE employee_id = :employee AND state <> 'CLOSED' AND (appraiser_id IS DISTINCT FROM CAST(:appraiser AS uuid) "
    "OR reviewer_id IS DISTINCT FROM CAST(:reviewer AS uuid) OR unit_id <> :unit)"
)
_RESULTS = text(
    "SELECT p.id AS plan_id, p.state, p.content -> 'work_results' AS results FROM plan p "
    "WHERE p.employee_id = :employee AND p.year = :year ORDER BY p.state = 'CLOSED', p.id DESC LIMIT 1"
)


@dataclass(frozen=True)
class StoredPlan:
    plan: Plan
    content: dict[str, Any]
    updated_at: Any = None


def head_of(row: Row[Any]) -> Plan:
    return Plan(
        id=row.id,
        employee_id=row.employee_id,
        year=row.year,
        unit_id=row.unit_id,
        appraiser_id=row.appraiser_id,
        reviewer_id=row.reviewer_id,
        state=PlanState(row.state),
        plan_version=row.plan_version,
        active_version=row.active_version,
        version=row.version,
    )


def load_plan(tx: Transaction, plan_id: UUID) -> StoredPlan:
    """Give a plan with its content; raises NotFound."""
    row = tx.session.execute(_FIND, {"id": plan_id}).first()
    if row is None:
        raise NotFound(object="SKP", id=plan_id)
    return StoredPlan(head_of(row), row.content, row.updated_at)


def load_plans(tx: Transaction, plan_ids: Sequence[UUID]) -> dict[UUID, Plan]:
    return {row.id: head_of(row) for row in tx.session.execute(_FIND_MANY, {"ids": list(plan_ids)})}


def newest_plan(tx: Transaction, employee_id: UUID, year: int) -> StoredPlan | None:
    """A person's plan of a year: the open one, else the one closed last."""
    row = tx.session.execute(_NEWEST, {"employee": employee_id, "year": year}).first()
    return None if row is None else StoredPlan(head_of(row), row.content, row.updated_at)


def insert_plan(tx: Transaction, plan: Plan, content: Mapping[str, Any]) -> bool:
    """Add a draft; False when the person has an open plan of that year."""
    values = {
        "id": plan.id,
        "agency": tx.agency_id,
        "employee_id": plan.employee_id,
        "year": plan.year,
        "unit_id": plan.unit_id,
        "appraiser_id": plan.appraiser_id,
        "reviewer_id": plan.reviewer_id,
        "model": content["model"],
        "content": json.dumps(content),
        "now": tx.now,
    }
    return tx.session.execute(_INSERT, values).first() is not None


def save_content(tx: Transaction, before: Plan, after: Plan, content: Mapping[str, Any]) -> None:
    values = {
        "id": before.id,
        "was": before.version,
        "version": after.version,
        "content": json.dumps(content),
        "model": content["model"],
        "now": tx.now,
    }
    if tx.session.execute(_EDIT, values).first() is None:
        raise VersionConflict


def save_move(
    tx: Transaction,
    before: Plan,
    after: Plan,
    move: Move,
    actor: str,
    *,
    reason: str = "",
    content: Mapping[str, Any] | None = None,
) -> None:
    """Write a plan's new state and the step there; a submission or a new link keeps the content as it stood."""
    values = {
        "id": before.id,
        "was": before.version,
        "state": after.state,
        "plan_version": after.plan_version,
        "active_version": after.active_version,
        "version": after.version,
        "now": tx.now,
        "content": None if content is None else json.dumps(content),
        "model": None if content is None else content["model"],
        "move_id": new_id(),
        "move": move,
        "from_state": before.state,
        "actor": actor,
        "reason": reason,
        "snapshot": move in {Move.SUBMIT, Move.LINK},
    }
    if tx.session.execute(_SAVE, values).first() is None:
        raise VersionConflict


def activate_plans(tx: Transaction, plans: Sequence[Plan], actor: str) -> set[UUID]:
    """Activate submitted plans, each as it was read; gives those that nobody changed meanwhile."""
    values = {
        "ids": [p.id for p in plans],
        "versions": [p.version for p in plans],
        "moves": [new_id() for _ in plans],
        "actor": actor,
        "now": tx.now,
    }
    return set(tx.session.execute(_ACTIVATE, values).scalars())


def close_plan_of_year(tx: Transaction, employee_id: UUID, year: int, actor: str, reason: str) -> None:
    values = {
        "employee": employee_id,
        "year": year,
        "move_id": new_id(),
        "actor": actor,
        "reason": reason,
        "now": tx.now,
    }
    tx.session.execute(_CLOSE, values)


def follow_assignment(
    tx: Transaction, employee_id: UUID, unit_id: UUID, appraiser_id: UUID | None, reviewer_id: UUID | None
) -> None:
    """Hand a person's open plans to the superiors that hold now."""
    values = {
        "employee": employee_id,
        "unit": unit_id,
        "appraiser": appraiser_id,
        "reviewer": reviewer_id,
        "now": tx.now,
    }
    tx.session.execute(_FOLLOW, values)


def results_of(tx: Transaction, employee_id: UUID, year: int) -> list[dict[str, Any]]:
    """The work results a subordinate may support; empty while that person has no plan."""
    row = tx.session.execute(_RESULTS, {"employee": employee_id, "year": year}).first()
    return [] if row is None else list(row.results)
