"""Individual plans with their items and reading lists."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete, select

from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, insert_record, insert_records, update_record
from chassis.unit_of_work import Transaction
from chassis.views import view_of
from training.domain.people import Scope
from training.domain.plan import ItemState, Plan, PlanItem, PlanItemView, PlanState, PlanView, Reading, ReadingView
from training.persistence import models
from training.persistence.locked_rows import update_locked
from training.persistence.people import within

_PLAN = columns_of(models.Plan, Plan)
_ITEM = columns_of(models.PlanItem, PlanItem)
_READING = columns_of(models.Reading, Reading)


def load_plan(tx: Transaction, plan_id: UUID) -> Plan:
    """Return a plan. Raise NotFound."""
    found = fetch_one(tx, select(*_PLAN).where(models.Plan.id == plan_id), Plan)
    return required(found, "rencana pengembangan", plan_id)


def lock_plan(tx: Transaction, plan_id: UUID) -> Plan:
    """Return a plan and lock its row: its items and readings change under this lock. Raise NotFound."""
    query = select(*_PLAN).where(models.Plan.id == plan_id).with_for_update()
    return required(fetch_one(tx, query, Plan), "rencana pengembangan", plan_id)


def plans_of_year(tx: Transaction, employee_id: UUID, year: int) -> list[Plan]:
    """Return the revisions of a person's plan of a year, in order."""
    query = select(*_PLAN).where(models.Plan.employee_id == employee_id, models.Plan.year == year)
    return fetch_all(tx, query.order_by(models.Plan.revision), Plan)


def insert_plan(tx: Transaction, plan: Plan) -> None:
    insert_record(tx, models.Plan, plan)


def update_plan(tx: Transaction, before: Plan, after: Plan) -> Plan:
    """Save a move, or that the items have changed, and return the plan with its new version."""
    update_record(tx, models.Plan, before, after)
    return replace(after, version=before.version + 1)


def items_of(tx: Transaction, plan_id: UUID) -> list[PlanItem]:
    query = select(*_ITEM).where(models.PlanItem.plan_id == plan_id).order_by(models.PlanItem.id)
    return fetch_all(tx, query, PlanItem)


def items_by_id(tx: Transaction, item_ids: Sequence[UUID]) -> dict[UUID, PlanItem]:
    if not item_ids:
        return {}
    found = fetch_all(tx, select(*_ITEM).where(models.PlanItem.id.in_(item_ids)), PlanItem)
    return {item.id: item for item in found}


def load_item(tx: Transaction, plan_id: UUID, item_id: UUID) -> PlanItem:
    """Return an item of a plan. Raise NotFound, also for an item of another plan."""
    query = select(*_ITEM).where(models.PlanItem.id == item_id, models.PlanItem.plan_id == plan_id)
    return required(fetch_one(tx, query, PlanItem), "kegiatan rencana", item_id)


def find_planned_item(tx: Transaction, employee_id: UUID, item_id: UUID) -> PlanItem | None:
    """Return an item that is still planned in a plan of this person, or None."""
    query = (
        select(*_ITEM)
        .join(models.Plan, models.Plan.id == models.PlanItem.plan_id)
        .where(
            models.PlanItem.id == item_id,
            models.PlanItem.state == ItemState.PLANNED,
            models.Plan.employee_id == employee_id,
        )
    )
    return fetch_one(tx, query, PlanItem)


def lock_item(tx: Transaction, item_id: UUID) -> PlanItem | None:
    query = select(*_ITEM).where(models.PlanItem.id == item_id).with_for_update()
    return fetch_one(tx, query, PlanItem)


def lock_item_to_finish(tx: Transaction, employee_id: UUID, year: int, course_code: str) -> PlanItem | None:
    """Return, and lock, the first planned item of the agreed plan that a finished course answers."""
    query = (
        select(*_ITEM)
        .join(models.Plan, models.Plan.id == models.PlanItem.plan_id)
        .where(
            models.Plan.employee_id == employee_id,
            models.Plan.year == year,
            models.Plan.state == PlanState.AGREED,
            models.PlanItem.course_code == course_code,
            models.PlanItem.state == ItemState.PLANNED,
        )
        .order_by(models.PlanItem.due_on.nulls_last(), models.PlanItem.id)
        .limit(1)
        .with_for_update(of=models.PlanItem)
    )
    return fetch_one(tx, query, PlanItem)


def lock_items_done_by(tx: Transaction, record_id: UUID) -> list[PlanItem]:
    query = select(*_ITEM).where(models.PlanItem.record_id == record_id).with_for_update()
    return fetch_all(tx, query, PlanItem)


def insert_items(tx: Transaction, items: Sequence[PlanItem]) -> None:
    insert_records(tx, models.PlanItem, items)


def update_item(tx: Transaction, before: PlanItem, after: PlanItem) -> None:
    update_locked(tx, models.PlanItem, before, after)


def delete_item(tx: Transaction, item_id: UUID) -> None:
    """Delete an item with its reading list."""
    tx.session.execute(delete(models.Reading).where(models.Reading.plan_item_id == item_id))
    tx.session.execute(delete(models.PlanItem).where(models.PlanItem.id == item_id))


def readings_of(tx: Transaction, plan_item_ids: Sequence[UUID]) -> list[Reading]:
    query = select(*_READING).where(models.Reading.plan_item_id.in_(plan_item_ids)).order_by(models.Reading.id)
    return fetch_all(tx, query, Reading)


def find_reading(tx: Transaction, plan_item_id: UUID, item_id: UUID) -> Reading | None:
    query = select(*_READING).where(models.Reading.plan_item_id == plan_item_id, models.Reading.item_id == item_id)
    return fetch_one(tx, query, Reading)


def insert_readings(tx: Transaction, readings: Sequence[Reading]) -> None:
    insert_records(tx, models.Reading, readings)


def update_reading(tx: Transaction, before: Reading, after: Reading) -> None:
    update_locked(tx, models.Reading, before, after)


def view_plan(tx: Transaction, plan: Plan) -> PlanView:
    """Return a plan with its items and their reading lists."""
    return _views(tx, [plan])[plan.id]


def list_plans(tx: Transaction, scope: Scope, year: int | None, page: PageRequest) -> Page[PlanView]:
    """Return plans, the newest first."""
    query = within(select(*_PLAN), models.Plan.employee_id, scope)
    if year is not None:
        query = query.where(models.Plan.year == year)
    shown = fetch_page(tx, query, Plan, page, models.Plan.id, descending=True)
    views = _views(tx, shown.items)
    return shown.of(lambda plan: views[plan.id])


def _views(tx: Transaction, plans: Sequence[Plan]) -> dict[UUID, PlanView]:
    """Return the views of several plans, with two statements for all of them."""
    items: dict[UUID, list[PlanItem]] = {plan.id: [] for plan in plans}
    query = select(*_ITEM).where(models.PlanItem.plan_id.in_(items)).order_by(models.PlanItem.id)
    for item in fetch_all(tx, query, PlanItem):
        items[item.plan_id].append(item)
    readings = _reading_lists(tx, [item.id for plan_items in items.values() for item in plan_items])
    return {
        plan.id: view_of(
            PlanView,
            plan,
            items=[view_of(PlanItemView, item, reading_list=readings[item.id]) for item in items[plan.id]],
            planned_jp=sum(item.jp for item in items[plan.id]),
            done_jp=sum(item.jp for item in items[plan.id] if item.state is ItemState.DONE),
        )
        for plan in plans
    }


def _reading_lists(tx: Transaction, plan_item_ids: Sequence[UUID]) -> dict[UUID, list[ReadingView]]:
    found: dict[UUID, list[ReadingView]] = {item_id: [] for item_id in plan_item_ids}
    query = (
        select(*_READING, models.ReferenceItem.title)
        .join(models.ReferenceItem, models.ReferenceItem.id == models.Reading.item_id)
        .where(models.Reading.plan_item_id.in_(plan_item_ids))
        .order_by(models.Reading.id)
    )
    for row in tx.session.execute(query):
        found[row.plan_item_id].append(ReadingView(row.item_id, row.title, row.added_at, row.read_on))
    return found
