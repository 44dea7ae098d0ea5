"""Objections, corrections and follow-ups as heads, in one list; no column with anybody's words is read."""

from typing import Any
from uuid import UUID

from sqlalchemy import Date, DateTime, Select, Uuid, case, cast, func, literal, null, select, union_all

from appraisal.domain.case_head import CaseHeadView, CaseKind, CaseState, ListCases
from appraisal.persistence import models
from chassis.pagination import Page, page_of
from chassis.records import fetch_all
from chassis.unit_of_work import Transaction

_OBJECTION, _ORDER, _FOLLOW_UP = models.Objection, models.CorrectionOrder, models.FollowUp
_ACTION, _EVALUATION = models.FollowUpAction, models.Evaluation
_NOBODY, _NO_MOMENT, _NO_DAY = cast(null(), Uuid), cast(null(), DateTime(timezone=True)), cast(null(), Date)
_WAITING = (CaseState.OPEN, CaseState.PROPOSED)


def list_cases(tx: Transaction, wanted: ListCases, *, not_about: UUID) -> Page[CaseHeadView]:
    """Return cases by id, of all kinds or one, but none about the reader."""
    heads = union_all(_objections(), _corrections(), _follow_ups()).subquery("head")
    rated = (_EVALUATION.unit_id, _EVALUATION.year, _EVALUATION.quarter, _EVALUATION.month)
    query = select(heads, *rated).join(_EVALUATION, _EVALUATION.id == heads.c.evaluation_id)
    query = query.where(heads.c.employee_id != not_about)
    if wanted.kind is not None:
        query = query.where(heads.c.kind == wanted.kind)
    if wanted.year is not None:
        query = query.where(_EVALUATION.year == wanted.year)
    if wanted.unit is not None:
        query = query.where(_EVALUATION.unit_id == wanted.unit)
    if wanted.open is not None:
        is_waiting = heads.c.state.in_(_WAITING)
        query = query.where(is_waiting if wanted.open else ~is_waiting)
    after = wanted.page.after(UUID)
    if after is not None:
        query = query.where(heads.c.id > after[0])
    found = fetch_all(tx, query.order_by(heads.c.id).limit(wanted.page.limit + 1), CaseHeadView)
    return page_of(found, wanted.page, lambda head: head.id)


def _objections() -> Select[Any]:
    row = _OBJECTION
    state = case((row.outcome.is_(None), CaseState.OPEN), else_=CaseState.CLOSED)
    return select(
        row.id,
        literal(CaseKind.OBJECTION).label("kind"),
        cast(null(), _FOLLOW_UP.kind.type).label("follow_up_kind"),
        row.evaluation_id,
        row.employee_id,
        state.label("state"),
        row.filed_at.label("opened_at"),
        row.employee_id.label("opened_by"),
        row.decider_id.label("official_id"),
        row.decide_by.label("due_at"),
        _NO_DAY.label("due_on"),
        row.escalated_at.is_not(None).label("escalated"),
        func.coalesce(row.decided_at, row.withdrawn_at).label("closed_at"),
        case((row.withdrawn_at.is_not(None), row.employee_id), else_=row.decided_by).label("closed_by"),
    )


def _corrections() -> Select[Any]:
    row = _ORDER
    return select(
        row.id,
        literal(CaseKind.CORRECTION),
        cast(null(), _FOLLOW_UP.kind.type),
        row.evaluation_id,
        row.employee_id,
        row.state,
        row.proposed_at,
        row.proposed_by,
        _NOBODY,
        _NO_MOMENT,
        _NO_DAY,
        literal(False),
        row.ended_at,
        row.ended_by,
    )


def _follow_ups() -> Select[Any]:
    row = _FOLLOW_UP
    due_on = select(func.min(_ACTION.due_on)).where(_ACTION.follow_up_id == row.id, _ACTION.done_on.is_(None))
    return select(
        row.id,
        literal(CaseKind.FOLLOW_UP),
        row.kind,
        row.evaluation_id,
        row.employee_id,
        row.state,
        row.opened_at,
        _NOBODY,
        row.assigned_to,
        _NO_MOMENT,
        due_on.scalar_subquery(),
        literal(False),
        row.closed_at,
        _NOBODY,
    )
