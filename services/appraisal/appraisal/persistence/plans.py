"""Plans between rows and the domain; each move is one statement that also writes the plan's history."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import Select, and_, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from appraisal.domain.explanation import PlanOfYearView
from appraisal.domain.plan import Content, FullPlan, ListPlans, Plan, PlanMove, WorkResult
from appraisal.domain.plan_views import PlanMoveView, PlanRowView, SubmittedContent
from appraisal.domain.role_results import SubordinateResult
from appraisal.domain.values import Capacity, PlanState
from appraisal.persistence import models
from chassis.errors import VersionConflict, required
from chassis.ids import new_id
from chassis.pagination import Page, PageRequest
from chassis.records import (
    columns_of,
    fetch_all,
    fetch_one,
    fetch_page,
    matching,
    table_of,
    update_record,
    values_of,
)
from chassis.unit_of_work import Transaction
from directory.models import Stretch
from directory.questions.parts import Official, holds_on, in_service

P = TypeVar("P", bound=Plan)
_HEAD = columns_of(models.Plan, Plan)
_FULL = columns_of(models.Plan, FullPlan)
_ROW = columns_of(models.Plan, PlanRowView)
_INSERT = (
    insert(table_of(models.Plan))
    .on_conflict_do_nothing(index_elements=["agency_id", "employee_id", "year"], index_where=text("state <> 'CLOSED'"))
    .returning(models.Plan.id)
)
# Set-based: any number of plans is moved, and each move written down, in one statement. A plan that somebody else
# changed meanwhile is left out of the answer.
_SAVE_MOVES = text(
    "WITH after AS (SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:versions AS integer[]), "
    "CAST(:from_states AS text[]), CAST(:states AS text[]), CAST(:plan_versions AS integer[]), "
    "CAST(:active_versions AS integer[]), CAST(:move_ids AS uuid[])) "
    "AS a (id, version, from_state, state, plan_version, active_version, move_id)), "
    "moved AS (UPDATE plan p SET state = after.state, plan_version = after.plan_version, "
    "active_version = after.active_version, version = p.version + 1, updated_at = :now, "
    "content = coalesce(CAST(:content AS jsonb), p.content) FROM after "
    "WHERE p.id = after.id AND p.version = after.version "
    "RETURNING p.id, p.agency_id, p.plan_version, after.from_state, p.state, p.content, after.move_id) "
    "INSERT INTO plan_move (id, agency_id, plan_id, plan_version, move, from_state, to_state, actor, reason, content, "
    "capacity, at) SELECT move_id, agency_id, id, plan_version, :move, from_state, state, :actor, :reason, "
    "CASE WHEN :snapshot THEN content END, :capacity, :now FROM moved RETURNING plan_id"
)
# Locking: whoever changes the plan at the same moment waits, and every open state allows CLOSE.
_CLOSE_YEAR = text(
    "WITH open AS (SELECT id, state FROM plan WHERE employee_id = :employee AND year = :year AND state <> 'CLOSED' "
    "FOR UPDATE), closed AS (UPDATE plan p SET state = 'CLOSED', version = p.version + 1, updated_at = :now FROM open "
    "WHERE p.id = open.id RETURNING p.id, p.agency_id, p.plan_version, open.state AS was) "
    "INSERT INTO plan_move (id, agency_id, plan_id, plan_version, move, from_state, to_state, actor, reason, at) "
    "SELECT :move_id, agency_id, id, plan_version, 'CLOSE', was, 'CLOSED', :actor, :reason, :now FROM closed"
)
# Set-based: one row for each result inside the JSON of the subordinates' plans.
_SUBORDINATE_RESULTS = text(
    "SELECT p.employee_id, p.state, CAST(r.value ->> 'id' AS uuid) AS work_result_id, r.value ->> 'title' AS title, "
    "CAST(r.value ->> 'parent_work_result_id' AS uuid) AS parent_id "
    "FROM plan p, jsonb_array_elements(p.content -> 'work_results') r "
    "WHERE p.appraiser_id = :leader AND p.year = :year AND p.state <> 'CLOSED' ORDER BY p.employee_id, p.id"
)


def load_plan(tx: Transaction, plan_id: UUID) -> FullPlan:
    """Return a plan with its content. Raise NotFound."""
    return required(fetch_one(tx, select(*_FULL).where(models.Plan.id == plan_id), FullPlan), "SKP", plan_id)


def load_plans(tx: Transaction, plan_ids: Sequence[UUID]) -> dict[UUID, Plan]:
    """Return those of these plans that exist, without their content."""
    return {plan.id: plan for plan in fetch_all(tx, select(*_HEAD).where(models.Plan.id.in_(plan_ids)), Plan)}


def latest_plan(tx: Transaction, employee_id: UUID, year: int) -> FullPlan | None:
    """Return a person's plan of a year: the open one, else the one closed last."""
    return fetch_one(tx, _latest(select(*_FULL), employee_id, year), FullPlan)


def work_results_of(tx: Transaction, employee_id: UUID, year: int) -> tuple[WorkResult, ...]:
    """Return the work results a subordinate may support; empty while that person has no plan."""
    query = select(models.Plan.content["work_results"].label("work_results"))
    found = tx.session.execute(_latest(query, employee_id, year)).scalar()
    return () if found is None else msgspec.convert(found, tuple[WorkResult, ...])


def work_result_ids_of(tx: Transaction, employee_id: UUID | None, year: int) -> set[UUID]:
    return set() if employee_id is None else {result.id for result in work_results_of(tx, employee_id, year)}


def insert_plan(tx: Transaction, plan: Plan, content: Content) -> bool:
    """Insert a draft; return False when the person has an open plan of that year."""
    row = {**values_of(models.Plan, plan), "agency_id": tx.agency_id, "created_at": tx.now, "updated_at": tx.now}
    row |= {"model": content.model, "content": msgspec.to_builtins(content)}
    return tx.session.execute(_INSERT, row).first() is not None


def update_content(tx: Transaction, before: FullPlan, content: Content) -> Plan:
    """Save the content and return the plan. Raise VersionConflict."""
    stored = msgspec.to_builtins(content)
    update_record(tx, models.Plan, before, before, content=stored, model=content.model, updated_at=tx.now)
    return replace(before, content=content, version=before.version + 1)


def save_move(
    tx: Transaction,
    before: Plan,
    after: P,
    move: PlanMove,
    actor: str,
    *,
    reason: str = "",
    content: Content | None = None,
    capacity: Capacity | None = None,
) -> P:
    """Save a move and return the plan as it is now. Raise VersionConflict.

    A submission, or a new link, stores the content as it stood in the history.
    """
    if not save_moves(tx, [(before, after)], move, actor, reason=reason, content=content, capacity=capacity):
        raise VersionConflict
    return replace(after, version=before.version + 1)


def save_moves(
    tx: Transaction,
    moved: Sequence[tuple[Plan, Plan]],
    move: PlanMove,
    actor: str,
    *,
    reason: str = "",
    content: Content | None = None,
    capacity: Capacity | None = None,
) -> set[UUID]:
    """Save the same move of many plans; return the ids of those that nobody changed meanwhile."""
    if not moved:
        return set()
    values = {
        "ids": [before.id for before, _ in moved],
        "versions": [before.version for before, _ in moved],
        "from_states": [before.state for before, _ in moved],
        "states": [after.state for _, after in moved],
        "plan_versions": [after.plan_version for _, after in moved],
        "active_versions": [after.active_version for _, after in moved],
        "move_ids": [new_id() for _ in moved],
        "content": None if content is None else msgspec.json.encode(content).decode(),
        "snapshot": move in {PlanMove.SUBMIT, PlanMove.LINK},
        "move": move,
        "actor": actor,
        "reason": reason,
        "capacity": capacity,
        "now": tx.now,
    }
    return set(tx.session.execute(_SAVE_MOVES, values).scalars())


def close_plan_of_year(tx: Transaction, employee_id: UUID, year: int, actor: str, reason: str) -> None:
    values = {"employee": employee_id, "year": year, "move_id": new_id(), "actor": actor, "reason": reason}
    tx.session.execute(_CLOSE_YEAR, {**values, "now": tx.now})


def list_plans(
    tx: Transaction, wanted: ListPlans, *, appraiser_id: UUID | None, units: Collection[UUID] | None
) -> Page[PlanRowView]:
    """Return plans by id; `units` and `appraiser_id` limit the list to what the caller may see."""
    plan = models.Plan
    query = matching(select(*_ROW), plan, wanted)
    if wanted.unit is not None:
        query = query.where(plan.unit_id == wanted.unit)
    if appraiser_id is not None:
        query = query.where(plan.appraiser_id == appraiser_id)
    if units is not None:
        query = query.where(plan.unit_id.in_(units))
    return fetch_page(tx, query, PlanRowView, wanted.page, plan.id)


def without_active_appraiser(tx: Transaction, page: PageRequest, day: date) -> Page[Plan]:
    """Return open plans of people who are not known to have left, whose appraiser is not at work on a day."""
    plan, appraiser, employee = models.Plan, Official(), aliased(Stretch)
    left = and_(employee.employee_id == plan.employee_id, holds_on(employee), ~in_service(employee))
    joined = appraiser.join(table_of(plan).outerjoin(employee, left), plan.appraiser_id)
    query = select(*_HEAD).select_from(joined).where(plan.state != PlanState.CLOSED, employee.employee_id.is_(None))
    query = query.where(or_(plan.appraiser_id.is_(None), ~appraiser.is_reachable))
    return fetch_page(tx, query.params(day=day), Plan, page, plan.id)


def list_moves(tx: Transaction, plan_id: UUID) -> list[PlanMoveView]:
    move = models.PlanMove
    query = select(*columns_of(move, PlanMoveView)).where(move.plan_id == plan_id).order_by(move.at, move.id)
    return fetch_all(tx, query, PlanMoveView)


def submitted_content(tx: Transaction, plan_id: UUID, number: int) -> SubmittedContent:
    """Return the content of a version as it was last submitted. Raise NotFound."""
    move = models.PlanMove
    query = select(*columns_of(move, SubmittedContent)).where(move.plan_id == plan_id, move.plan_version == number)
    query = query.where(move.content.is_not(None)).order_by(move.at.desc(), move.id.desc()).limit(1)
    return required(fetch_one(tx, query, SubmittedContent), "versi SKP", number)


def plans_of_year(tx: Transaction, employee_id: UUID, year: int) -> tuple[PlanOfYearView, ...]:
    """Return a person's plans of a year that were ever agreed."""
    plan = models.Plan
    query = select(plan.id.label("plan_id"), *columns_of(plan, PlanOfYearView))
    query = query.where(plan.employee_id == employee_id, plan.year == year, plan.active_version.is_not(None))
    return tuple(fetch_all(tx, query.order_by(plan.id), PlanOfYearView))


def subordinate_results(tx: Transaction, leader_id: UUID, year: int) -> list[SubordinateResult]:
    """Return every work result of the open plans that a leader appraises."""
    return fetch_all(tx, _SUBORDINATE_RESULTS, SubordinateResult, {"leader": leader_id, "year": year})


def _latest(query: Select[Any], employee_id: UUID, year: int) -> Select[Any]:
    plan = models.Plan
    query = query.where(plan.employee_id == employee_id, plan.year == year)
    return query.order_by(plan.state == PlanState.CLOSED, plan.id.desc()).limit(1)
