"""What was recorded of a person: positions, superiors, employment, numbers, each with its days and its source."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.relation import Relation
from personnel.domain.timeline import D, standing
from personnel.domain.views import EmploymentState, History, IdentifierPeriod, PositionPeriod, SuperiorPeriod
from personnel.persistence.models import Employee, EmployeeIdentifier, EmploymentRecord, OrgUnit
from personnel.use_cases.access import require_record
from personnel.use_cases.settle import position_records, superior_records
from personnel.use_cases.steps import employee_of

_TRACE = ("recorded_at", "recorded_by", "source", "reason")
_POSITION = ("unit_id", "position_code", "position_title", "position_kind", "position_level", "job_class")
_EMPLOYMENT = ("employment_type", "status", "grade", "grade_since", "service_start", "effective_from", *_TRACE)
_IDENTIFIER = ("type", "value", "valid_from", "valid_to")


def show_history(work: UnitOfWork, actor: Principal, employee_id: UUID) -> History:
    """The whole history, for those who may see the record; raises NotFound, Forbidden."""
    with work.transaction(actor.agency_id) as tx:
        relation = require_record(tx, actor, employee_of(tx, employee_id))
        if relation is not Relation.SELF:
            audit.record(tx, actor, "history_read", "employee", employee_id, relation=relation)
        return History(
            employee_id=employee_id,
            positions=_positions(tx, employee_id),
            superiors=_superiors(tx, employee_id),
            employment=[EmploymentState(**_take(row, _EMPLOYMENT)) for row in _rows(tx, EmploymentRecord, employee_id)],
            identifiers=[
                IdentifierPeriod(**_take(row, _IDENTIFIER)) for row in _rows(tx, EmployeeIdentifier, employee_id)
            ],
        )


def _positions(tx: Transaction, employee_id: UUID) -> list[PositionPeriod]:
    records = position_records(tx, employee_id)
    wanted = {record.unit_id for record in records}
    names = dict(tx.session.execute(select(OrgUnit.id, OrgUnit.name).where(OrgUnit.id.in_(wanted))).all())
    return [
        PositionPeriod(
            unit_name=names[record.unit_id],
            effective_from=record.effective_from,
            until=until,
            replaced=replaced,
            **_take(record, _POSITION + _TRACE),
        )
        for record, until, replaced in _stretches(records)
    ]


def _superiors(tx: Transaction, employee_id: UUID) -> list[SuperiorPeriod]:
    records = superior_records(tx, employee_id)
    wanted = {record.superior_id for record in records}
    names = dict(tx.session.execute(select(Employee.id, Employee.name).where(Employee.id.in_(wanted))).all())
    return [
        SuperiorPeriod(
            superior_id=record.superior_id,
            superior_name=names.get(record.superior_id) if record.superior_id else None,
            effective_from=record.effective_from,
            until=until,
            replaced=replaced,
            **_take(record, _TRACE),
        )
        for record, until, replaced in _stretches(records)
    ]


def _stretches(records: Sequence[D]) -> list[tuple[D, date | None, bool]]:
    """Each record with the last day it held, and whether a later recording has set it aside."""
    kept = standing(records)
    ends = {id(kept[number]): later.effective_from - timedelta(days=1) for number, later in enumerate(kept[1:])}
    return [(record, ends.get(id(record)), not any(record is one for one in kept)) for record in records]


def _rows(tx: Transaction, model: Any, employee_id: UUID) -> list[Any]:
    return list(tx.session.execute(select(model).where(model.employee_id == employee_id).order_by(model.id)).scalars())


def _take(record: object, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}
