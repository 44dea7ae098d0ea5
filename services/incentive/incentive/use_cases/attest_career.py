"""Attest what only HR knows: a vacancy, the competency test, proof of development, the last periodic raise."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork
from incentive.persistence.eligibility import look_again
from incentive.persistence.models import Attestation
from incentive.persistence.people import require_employee, today_of


@dataclass(frozen=True)
class AttestCareer:
    employee_id: UUID
    vacancy: bool
    competency_test: bool
    professional_development: bool
    last_raise_on: date | None
    reference: str


@dataclass(frozen=True)
class AttestationView(AttestCareer):
    number: int
    entered_by: UUID
    entered_at: datetime


def attest_career(work: UnitOfWork, actor: Principal, command: AttestCareer) -> AttestationView:
    """A further entry that counts from now on; the earlier ones stay in the record."""
    with work.transaction(actor.agency_id) as tx:
        require_employee(tx, command.employee_id)
        need_other(actor, command.employee_id)
        today = today_of(tx)
        if command.last_raise_on is not None and command.last_raise_on > today:
            fault = FieldError("last_raise_on", "date_in_future", str(command.last_raise_on), f"paling akhir {today}")
            raise InvalidInput(errors=[fault])
        chosen = select(Attestation).where(Attestation.employee_id == command.employee_id)
        last = tx.session.scalars(chosen.order_by(Attestation.number.desc()).limit(1).with_for_update()).first()
        row = Attestation(
            agency_id=tx.agency_id,
            number=last.number + 1 if last else 1,
            entered_by=actor.account_id,
            entered_at=tx.now,
            **command.__dict__,
        )
        tx.session.add(row)
        tx.session.flush()
        look_again(tx, command.employee_id)
        audit.record(tx, actor, "attest_career", "employee", command.employee_id, number=row.number)
        return AttestationView(
            **command.__dict__, number=row.number, entered_by=row.entered_by, entered_at=row.entered_at
        )
