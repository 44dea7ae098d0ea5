"""Records of days to come, of all series, as rows of one list."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Text, cast, exists, literal, null, or_, select, union_all
from sqlalchemy.orm import Mapped, aliased, declared_attr

from chassis.pagination import Page
from chassis.records import columns_of, fetch_page, matching
from chassis.unit_of_work import Transaction
from personnel.domain.record_views import DueRecordView, ListDue
from personnel.domain.records import Series
from personnel.persistence import models
from personnel.persistence.records import SERIES

_VALUES = {
    "unit_id": models.PositionRecord.unit_id,
    "position_title": models.PositionRecord.position_title,
    "job_class": models.PositionRecord.job_class,
    "superior_id": models.SuperiorRecord.superior_id,
    "status": models.StatusRecord.status,
    "employment_type": models.EmploymentTypeRecord.employment_type,
    "grade": models.GradeRecord.grade,
}


def _days(model: Any, series: str, day: Any, *, ends: bool) -> Any:
    """Return the records of one series that are not withdrawn and that no other of the same day has set aside."""
    later = aliased(model)
    replaced = exists().where(
        later.employee_id == model.employee_id,
        later.effective_from == model.effective_from,
        later.id > model.id,
        later.withdrawn_at.is_(None),
        *_sets_aside(later, model),
    )
    values = [
        (column if column.class_ is model else cast(null(), column.type)).label(name)
        for name, column in _VALUES.items()
    ]
    return select(
        (literal(f"{series.lower()}-") + cast(model.id, Text)).label("id"),
        literal(series).label("series"),
        model.employee_id,
        day.label("effective_from"),
        literal(ends).label("ends"),
        model.cause,
        model.decision_number,
        model.reason,
        *values,
    ).where(model.withdrawn_at.is_(None), ~replaced)


def _sets_aside(later: Any, model: Any) -> list[Any]:
    """Return what else it takes: a status with a last day leaves one of the same day that has none beneath it."""
    if model is not models.StatusRecord:
        return []
    return [or_(later.until.is_(None), model.until.is_not(None), later.status == model.status)]


_ROWS = union_all(
    *(_days(model, kind.SERIES, model.effective_from, ends=False) for model, kind in SERIES.items()),
    _days(models.StatusRecord, Series.STATUS, models.StatusRecord.until + 1, ends=True),
).subquery("due_record")


class _DueRecord(models.Base):
    if TYPE_CHECKING:
        id: Mapped[str]
        employee_id: Mapped[UUID]
        effective_from: Mapped[date]
    __table__ = _ROWS

    @declared_attr.directive
    def __mapper_args__(self) -> dict[str, Any]:
        return {"primary_key": [_ROWS.c.id]}


def list_due_records(tx: Transaction, wanted: ListDue, today: date) -> Page[DueRecordView]:
    """Return what holds only after today, by day."""
    query = (
        select(*columns_of(_DueRecord, DueRecordView), models.Employee.name.label("employee_name"))
        .join(models.Employee, models.Employee.id == _DueRecord.employee_id)
        .where(_DueRecord.effective_from > today)
    )
    if wanted.until is not None:
        query = query.where(_DueRecord.effective_from <= wanted.until)
    query = matching(query, _DueRecord, wanted)
    return fetch_page(tx, query, DueRecordView, wanted.page, _DueRecord.effective_from, _DueRecord.id)
