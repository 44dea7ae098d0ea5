"""Give a person a new number; the old one stays his and keeps leading to him."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, text

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from personnel.domain.errors import IdentifierRefused, IdentifierTaken, NothingChanged
from personnel.domain.nip import NipKind, NipOutcome, check_nip
from personnel.domain.values import IdentifierType
from personnel.domain.views import EmployeeView
from personnel.persistence.models import EmployeeIdentifier
from personnel.use_cases.show_employee import show_employee
from personnel.use_cases.steps import check_version, employee_of, nip_digest, today

_REGISTER = text("INSERT INTO nip_register VALUES (CAST(:digest AS bytea), :agency) ON CONFLICT DO NOTHING")


@dataclass(frozen=True)
class ChangeIdentifier:
    employee_id: UUID
    expected_version: int | None
    value: str
    valid_from: date
    reason: str


def change_identifier(work: UnitOfWork, actor: Principal, command: ChangeIdentifier) -> EmployeeView:
    """Record the new number.

    Raises OwnAffair, IdentifierRefused by the rules of NIP, IdentifierTaken, NothingChanged.
    """
    with work.transaction(actor.agency_id) as tx:
        employee = employee_of(tx, command.employee_id, lock=True)
        need_other(actor, employee.id)
        check_version(command.expected_version, employee.revision)
        check = check_nip(command.value, today=today(tx), employment_type=employee.employment_type)
        if check.outcome is NipOutcome.REFUSED:
            faults = [FieldError("value", one.code, one.value, one.expected) for one in check.findings if one.refuses]
            raise IdentifierRefused(errors=faults)
        if check.value == employee.nip:
            raise NothingChanged
        if tx.session.execute(select(EmployeeIdentifier.id).where(EmployeeIdentifier.value == check.value)).first():
            raise IdentifierTaken
        query = select(EmployeeIdentifier).where(
            EmployeeIdentifier.employee_id == employee.id, EmployeeIdentifier.valid_to.is_(None)
        )
        for former in tx.session.execute(query).scalars():
            former.valid_to = max(former.valid_from, command.valid_from - timedelta(days=1))
        tx.session.add(
            EmployeeIdentifier(
                id=new_id(),
                agency_id=tx.agency_id,
                employee_id=employee.id,
                type=IdentifierType.NI_PPPK if check.kind is NipKind.PPPK else IdentifierType.NIP,
                value=check.value,
                valid_from=command.valid_from,
                recorded_at=tx.now,
                recorded_by=actor.account_id,
            )
        )
        tx.session.execute(_REGISTER, {"digest": nip_digest(check.value), "agency": tx.agency_id})
        employee.nip = check.value
        employee.revision += 1
        employee.updated_at = tx.now
        tx.session.flush()
        audit.record(tx, actor, "identifier_changed", "employee", employee.id, outcome=check.outcome)
        return show_employee(work, actor, employee.id)
