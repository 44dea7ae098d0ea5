"""Plans between rows and the domain; each move is one statement that also writes the plan's history."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import Select, and_, func, literal_column, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from appraisal.domain.plan import FullPlan, ListPlans, Plan, PlanMove
from appraisal.domain.plan_changes import PlanEdit
from appraisal.domain.plan_version import PlanVersion
from appraisal.domain.plan_views import PlanRowView
from appraisal.domain.values import Capacity, PlanState
from appraisal.persistence import models
from appraisal.persistence.plan_history import changes_since, insert_edit
from appraisal.persistence.plan_versions import overwrite_draft
from chassis.errors import VersionConflict, required
from chassis.ids import new_id
from chassis.pagination import Page, PageRequest
from chassis.records import (
    among,
    columns_of,
    fetch_all,
    fetch_one,
    fetch_page,
    insert_records,
    matching,
    table_of,
    update_record,
    values_of,
)
from chassis.unit_of_work import Transaction
from directory.models import Stretch
from directory.questions.parts import OfficialOfEach, holds_on, in_service

P = TypeVar("P", bound=Plan)
_HEAD = columns_of(models.Plan, Plan)
_PRESENT = aliased(models.PlanVersion, name="present_row")
_AGREED = aliased(models.PlanVersion, name="agreed_row")
_VERSIONS = (("present_row", "present"), ("agreed_row", "agreed_version"))
_ROW = columns_of(models.Plan, PlanRowView)
_INSERT = (
    insert(table_of(models.Plan))
    .on_conflict_do_nothing(index_elements=["agency_id", "employee_id", "year"], index_where=text("state <> 'CLOSED'"))
    .returning(models.Plan.id)
)
# Set-based: any number of plans is moved, each with its version and its history, in one statement. A plan that somebody
# else changed meanwhile is left out of the answer.
_SAVE_MOVES = text(
    "WITH after AS (SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:versions AS integer[]), "
    "CAST(:from_states AS text[]), CAST(:states AS text[]), CAST(:numbers AS integer[]), "
    "CAST(:plan_versions AS integer[]), CAST(:active_versions AS integer[]), CAST(:version_states AS text[]), "
    "CAST(:move_ids AS uuid[])) AS a (id, version, from_state, state, number, plan_version, active_version, "
    "version_state, move_id)), "
    "moved AS (UPDATE plan p SET state = after.state, plan_version = after.plan_version, "
    "active_version = after.active_version, version = p.version + 1, updated_at = :now FROM after "
    "WHERE p.id = after.id AND p.version = after.version RETURNING p.id, p.agency_id, p.plan_version, p.version, "
    "after.from_state, p.state, after.number, after.version_state, after.move_id), "
    "written AS (UPDATE plan_version v SET state = m.version_state, "
    "submitted_by = CASE m.version_state WHEN 'SUBMITTED' THEN CAST(:official AS uuid) WHEN 'DRAFT' THEN NULL "
    "ELSE v.submitted_by END, submitted_at = CASE m.version_state WHEN 'SUBMITTED' THEN CAST(:now AS timestamptz) "
    "WHEN 'DRAFT' THEN NULL ELSE v.submitted_at END, "
    "agreed_by = CASE m.version_state WHEN 'AGREED' THEN CAST(:official AS uuid) ELSE v.agreed_by END, "
    "agreed_at = CASE m.version_state WHEN 'AGREED' THEN CAST(:now AS timestamptz) ELSE v.agreed_at END, "
    "agreed_capacity = CASE m.version_state WHEN 'AGREED' THEN CAST(:capacity AS text) ELSE v.agreed_capacity END "
    "FROM moved m WHERE m.version_state IS NOT NULL AND v.plan_id = m.id AND v.number = m.number) "
    "INSERT INTO plan_move (id, agency_id, plan_id, plan_version, version, move, from_state, to_state, actor, reason, "
    "content, fields, capacity, at) SELECT m.move_id, m.agency_id, m.id, m.plan_version, m.version, "
    "CAST(:move AS text), m.from_state, m.state, :actor, :reason, v.content, CAST(:fields AS jsonb), :capacity, :now "
    "FROM moved m LEFT JOIN plan_version v ON CAST(:move AS text) = 'SUBMIT' AND v.plan_id = m.id "
    "AND v.number = m.number RETURNING plan_id"
)
# Locking: whoever changes the plan at the same moment waits, and every open state allows CLOSE.
_CLOSE_YEAR = text(
    "WITH open AS (SELECT id, state FROM plan WHERE employee_id = :employee AND year = :year AND state <> 'CLOSED' "
    "FOR UPDATE), closed AS (UPDATE plan p SET state = 'CLOSED', version = p.version + 1, updated_at = :now FROM open "
    "WHERE p.id = open.id RETURNING p.id, p.agency_id, p.plan_version, p.version, open.state AS was) "
    "INSERT INTO plan_move (id, agency_id, plan_id, plan_version, version, move, from_state, to_state, actor, reason, "
    "at) SELECT :move_id, agency_id, id, plan_version, version, 'CLOSE', was, 'CLOSED', :actor, :reason, :now "
    "FROM closed"
)


def load_plan(tx: Transaction, plan_id: UUID) -> FullPlan:
    """Return a plan with its content. Raise NotFound."""
    return required(fetch_one(tx, _full().where(models.Plan.id == plan_id), FullPlan), "SKP", plan_id)


def load_plans(tx: Transaction, plan_ids: Sequence[UUID]) -> dict[UUID, Plan]:
    """Return those of these plans that exist, without their content."""
    return {plan.id: plan for plan in fetch_all(tx, select(*_HEAD).where(models.Plan.id.in_(plan_ids)), Plan)}


def latest_plan(tx: Transaction, employee_id: UUID, year: int) -> FullPlan | None:
    """Return a person's plan of a year: the open one, else the one closed last."""
    return fetch_one(tx, _latest(_full(), employee_id, year), FullPlan)


def insert_plans(tx: Transaction, plans: Sequence[Plan], written: Mapping[UUID, PlanVersion]) -> set[UUID]:
    """Insert drafts and return their ids, without those of people who have an open plan of that year.

    In the order of people: of two who draft for the same ones at once, one waits for the other, and never both.
    """
    if not plans:
        return set()
    own = {"agency_id": tx.agency_id, "created_at": tx.now, "updated_at": tx.now}
    ordered = sorted(plans, key=lambda one: one.employee_id)
    rows = [{**values_of(models.Plan, one), "model": written[one.id].content.model, **own} for one in ordered]
    inserted = set(tx.session.scalars(_INSERT, rows))
    insert_records(tx, models.PlanVersion, [written[one] for one in inserted])
    return inserted


def save_edit(
    tx: Transaction, before: FullPlan, written: PlanVersion, editor: UUID | None, linked: Sequence[str]
) -> Plan:
    """Save the content with its history and return the plan. Raise VersionConflict.

    `linked` are the fields by which links have changed.
    """
    try:
        update_record(tx, models.Plan, before, before, model=written.content.model, updated_at=tx.now)
    except VersionConflict as conflict:
        raise conflict_of(tx, before) from conflict
    overwrite_draft(tx, before, written)
    saved = replace(before, present=written, version=before.version + 1)
    fields = (*written.content.changes_of(before.content), *linked)
    insert_edit(tx, PlanEdit.of(saved, editor, fields, tx.now))
    return saved


def save_move(
    tx: Transaction,
    before: Plan,
    after: P,
    move: PlanMove,
    actor: UUID | None,
    *,
    reason: str = "",
    fields: Sequence[str] | None = None,
    capacity: Capacity | None = None,
) -> P:
    """Save a move and return the plan as it is now. Raise VersionConflict, with what has changed meanwhile."""
    if not save_moves(tx, [(before, after)], move, actor, reason=reason, fields=fields, capacity=capacity):
        raise conflict_of(tx, before)
    return replace(after, version=before.version + 1)


def save_moves(
    tx: Transaction,
    moved: Sequence[tuple[Plan, Plan]],
    move: PlanMove,
    actor: UUID | None,
    *,
    reason: str = "",
    fields: Sequence[str] | None = None,
    capacity: Capacity | None = None,
) -> set[UUID]:
    """Save the same move of many plans; return the ids of those that nobody changed meanwhile.

    A submission stores the content as it is submitted in the history, too.
    """
    if not moved:
        return set()
    values = {
        "ids": [before.id for before, _ in moved],
        "versions": [before.version for before, _ in moved],
        "from_states": [before.state for before, _ in moved],
        "states": [after.state for _, after in moved],
        "numbers": [before.plan_version for before, _ in moved],
        "plan_versions": [after.plan_version for _, after in moved],
        "active_versions": [after.active_version for _, after in moved],
        "version_states": [before.version_after(move) for before, _ in moved],
        "move_ids": [new_id() for _ in moved],
        "move": move,
        "actor": str(actor),
        "official": actor,
        "reason": reason,
        "fields": None if fields is None else msgspec.json.encode(fields).decode(),
        "capacity": capacity,
        "now": tx.now,
    }
    return set(tx.session.execute(_SAVE_MOVES, values).scalars())


def conflict_of(tx: Transaction, before: Plan) -> VersionConflict:
    """Return the refusal of a step on a plan that somebody else has changed since it was read."""
    return VersionConflict(changes=changes_since(tx, before, before.version))


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
    plan, employee = models.Plan, aliased(Stretch)
    appraiser = OfficialOfEach(plan.appraiser_id, "appraiser")
    left = and_(employee.employee_id == plan.employee_id, holds_on(employee), ~in_service(employee))
    joined = appraiser.join(table_of(plan).outerjoin(employee, left))
    query = select(*_HEAD).select_from(joined).where(plan.state != PlanState.CLOSED, employee.employee_id.is_(None))
    query = query.where(or_(plan.appraiser_id.is_(None), ~appraiser.is_reachable))
    return fetch_page(tx, query.params(day=day), Plan, page, plan.id)


def agreed_years(tx: Transaction, people: Collection[UUID]) -> frozenset[tuple[UUID, int]]:
    """Return of these people the years of which a plan was ever agreed."""
    plan = models.Plan
    query = select(plan.employee_id, plan.year).where(among(plan.employee_id, people), plan.active_version.is_not(None))
    return frozenset((person, year) for person, year in tx.session.execute(query.distinct()))


def _full() -> Select[Any]:
    """A plan with two of its versions, as one row: the present one, and the one in force where there is one."""
    plan = models.Plan
    rows = [func.to_jsonb(literal_column(name)).label(label) for name, label in _VERSIONS]
    joined = select(*_HEAD, plan.updated_at, *rows)
    present = and_(_PRESENT.plan_id == plan.id, _PRESENT.number == plan.plan_version)
    agreed = and_(_AGREED.plan_id == plan.id, _AGREED.number == plan.active_version)
    return joined.join(_PRESENT, present).outerjoin(_AGREED, agreed)


def _latest(query: Select[Any], employee_id: UUID, year: int) -> Select[Any]:
    plan = models.Plan
    query = query.where(plan.employee_id == employee_id, plan.year == year)
    return query.order_by(plan.state == PlanState.CLOSED, plan.id.desc()).limit(1)
