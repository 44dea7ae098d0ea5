"""Needs with their causes and moves, individual plans with their items."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from chassis.unit_of_work import Transaction
from training.domain.competency import gap
from training.domain.needs import LIVE, NeedSource, leading_source
from training.domain.plans import PlanState
from training.persistence.models import Assessment, Need, NeedCause, NeedMove, Plan, PlanItem, Reading, ReferenceItem
from training.persistence.rows import View, flat


def live(tx: Transaction, employee_id: UUID, competency_code: str) -> Need | None:
    query = select(Need).where(
        Need.employee_id == employee_id, Need.competency_code == competency_code, Need.state.in_(LIVE)
    )
    return tx.session.scalar(query)


def live_of(tx: Transaction, employee_id: UUID) -> list[Need]:
    return list(tx.session.scalars(select(Need).where(Need.employee_id == employee_id, Need.state.in_(LIVE))))


def comparable(tx: Transaction, employee_ids: Sequence[UUID]) -> set[UUID]:
    """Those of these people who were ever assessed or have a live need: nobody else can have a gap."""
    assessed = select(Assessment.employee_id).where(Assessment.employee_id.in_(employee_ids))
    needing = select(Need.employee_id).where(Need.employee_id.in_(employee_ids), Need.state.in_(LIVE))
    return set(tx.session.scalars(assessed.union(needing)))


def get(tx: Transaction, need_id: UUID, *, for_update: bool = False) -> Need | None:
    query = select(Need).where(Need.id == need_id)
    return tx.session.scalar(query.with_for_update() if for_update else query)


def follow_up_known(tx: Transaction, follow_up_id: UUID, competency_code: str) -> bool:
    query = select(NeedCause.id).where(
        NeedCause.source == NeedSource.EVALUATION,
        NeedCause.source_id == follow_up_id,
        NeedCause.competency_code == competency_code,
    )
    return tx.session.scalar(query) is not None


def gap_known(tx: Transaction, assessment_id: UUID | None, standard_id: UUID | None) -> bool:
    query = select(NeedCause.id).where(
        NeedCause.source == NeedSource.COMPETENCY_GAP,
        NeedCause.assessment_id == assessment_id,
        NeedCause.standard_id == standard_id,
    )
    return tx.session.scalar(query) is not None


def causes_of(tx: Transaction, need_ids: Sequence[UUID]) -> dict[UUID, list[NeedCause]]:
    found: dict[UUID, list[NeedCause]] = {need_id: [] for need_id in need_ids}
    query = select(NeedCause).where(NeedCause.need_id.in_(need_ids)).order_by(NeedCause.id)
    for row in tx.session.scalars(query):
        found[row.need_id].append(row)
    return found


def moves_of(tx: Transaction, need_id: UUID) -> list[View]:
    return [
        flat(row)
        for row in tx.session.scalars(select(NeedMove).where(NeedMove.need_id == need_id).order_by(NeedMove.id))
    ]


def views(tx: Transaction, rows: Sequence[Need]) -> list[View]:
    """Needs with their gap and what raised them."""
    causes = causes_of(tx, [row.id for row in rows])
    return [
        flat(
            row,
            gap=gap(row.required_level, row.actual_level),
            source=leading_source([NeedSource(cause.source) for cause in causes[row.id]]),
            causes=[flat(cause) for cause in causes[row.id]],
        )
        for row in rows
    ]


def plan(tx: Transaction, plan_id: UUID, *, for_update: bool = False) -> Plan | None:
    query = select(Plan).where(Plan.id == plan_id)
    return tx.session.scalar(query.with_for_update() if for_update else query)


def plans_of_year(tx: Transaction, employee_id: UUID, year: int) -> list[Plan]:
    query = select(Plan).where(Plan.employee_id == employee_id, Plan.year == year).order_by(Plan.revision)
    return list(tx.session.scalars(query))


def items_of(tx: Transaction, plan_id: UUID) -> list[PlanItem]:
    return list(tx.session.scalars(select(PlanItem).where(PlanItem.plan_id == plan_id).order_by(PlanItem.id)))


def item_to_finish(tx: Transaction, employee_id: UUID, year: int, course_code: str) -> PlanItem | None:
    """The first open item of the agreed plan that a finished course answers."""
    query = (
        select(PlanItem)
        .join(Plan, Plan.id == PlanItem.plan_id)
        .where(
            Plan.employee_id == employee_id,
            Plan.year == year,
            Plan.state == PlanState.AGREED,
            PlanItem.course_code == course_code,
            PlanItem.state == "PLANNED",
        )
        .order_by(PlanItem.due_on.nulls_last(), PlanItem.id)
        .limit(1)
    )
    return tx.session.scalar(query.with_for_update(of=PlanItem))


def items_done_by(tx: Transaction, record_id: UUID) -> list[PlanItem]:
    return list(tx.session.scalars(select(PlanItem).where(PlanItem.record_id == record_id).with_for_update()))


def plan_view(tx: Transaction, row: Plan) -> View:
    """A plan with its items and their reading lists, and the JP planned and done."""
    items = items_of(tx, row.id)
    readings: dict[UUID, list[View]] = {item.id: [] for item in items}
    query = (
        select(Reading, ReferenceItem.title)
        .join(ReferenceItem, ReferenceItem.id == Reading.item_id)
        .where(Reading.plan_item_id.in_(readings))
        .order_by(Reading.id)
    )
    for reading, title in tx.session.execute(query):
        readings[reading.plan_item_id].append(flat(reading, title=title))
    return flat(
        row,
        items=[flat(item, reading_list=readings[item.id]) for item in items],
        planned_jp=sum(item.jp for item in items),
        done_jp=sum(item.jp for item in items if item.state == "DONE"),
    )
