"""Enter, void and list what pay depends on and personnel does not tell: MPP leave, BLU remuneration, study leave."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput, NotFound
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from incentive.domain.months import first_day, month_text
from incentive.domain.values import CircumstanceKind, StudyLevel
from incentive.persistence.marks import mark_since
from incentive.persistence.models import Circumstance
from incentive.persistence.people import require_employee
from incentive.use_cases.access import may_read


@dataclass(frozen=True)
class EnterCircumstance:
    employee_id: UUID
    kind: CircumstanceKind
    from_month: date
    to_month: date | None
    study_level: StudyLevel | None
    extension: bool
    reference: str


@dataclass(frozen=True)
class CircumstanceView:
    id: UUID
    employee_id: UUID
    kind: str
    from_month: str
    to_month: str | None
    study_level: str | None
    extension: bool
    reference: str
    entered_at: datetime
    voided_at: datetime | None


def enter_circumstance(work: UnitOfWork, actor: Principal, command: EnterCircumstance) -> CircumstanceView:
    studying = command.kind is CircumstanceKind.STUDY_LEAVE
    if studying is not (command.study_level is not None):
        words = "S2_S3 atau S1_DIPLOMA bila STUDY_LEAVE, selain itu kosong"
        raise InvalidInput(errors=[FieldError("study_level", "study_level_wrong", command.study_level, words)])
    if command.to_month is not None and command.to_month < command.from_month:
        raise InvalidInput(
            errors=[
                FieldError("to_month", "before_from_month", month_text(command.to_month), "tidak sebelum from_month")
            ]
        )
    with work.transaction(actor.agency_id) as tx:
        require_employee(tx, command.employee_id)
        need_other(actor, command.employee_id)
        row = Circumstance(
            id=new_id(),
            agency_id=tx.agency_id,
            employee_id=command.employee_id,
            kind=command.kind.value,
            from_month=first_day(command.from_month),
            to_month=first_day(command.to_month) if command.to_month else None,
            study_level=command.study_level.value if command.study_level else None,
            extension=command.extension,
            reference=command.reference,
            entered_by=actor.account_id,
            entered_at=tx.now,
        )
        tx.session.add(row)
        tx.session.flush()
        mark_since(tx, command.employee_id, row.from_month, "circumstance")
        audit.record(tx, actor, "enter_circumstance", "employee", command.employee_id, circumstance_id=row.id)
        return _view(row)


def void_circumstance(work: UnitOfWork, actor: Principal, circumstance_id: UUID) -> CircumstanceView:
    """Take an entry out of account; it stays readable, and doing it again changes nothing."""
    with work.transaction(actor.agency_id) as tx:
        row = tx.session.get(Circumstance, circumstance_id, with_for_update=True)
        if row is None:
            raise NotFound(object="keadaan pegawai", id=circumstance_id)
        need_other(actor, row.employee_id)
        if row.voided_at is None:
            row.voided_at, row.voided_by = tx.now, actor.account_id
            tx.session.flush()
            mark_since(tx, row.employee_id, row.from_month, "circumstance")
            audit.record(tx, actor, "void_circumstance", "employee", row.employee_id, circumstance_id=row.id)
        return _view(row)


def list_circumstances(work: UnitOfWork, actor: Principal, employee_id: UUID) -> list[CircumstanceView]:
    with work.transaction(actor.agency_id) as tx:
        may_read(tx, actor, employee_id)
        audit.record(tx, actor, "read_circumstances", "employee", employee_id)
        rows = select(Circumstance).where(Circumstance.employee_id == employee_id).order_by(Circumstance.entered_at)
        return [_view(row) for row in tx.session.scalars(rows)]


def _view(row: Circumstance) -> CircumstanceView:
    months: dict[str, Any] = {
        "from_month": month_text(row.from_month),
        "to_month": month_text(row.to_month) if row.to_month else None,
    }
    plain = {name: getattr(row, name) for name in CircumstanceView.__dataclass_fields__ if name not in months}
    return CircumstanceView(**plain, **months)
