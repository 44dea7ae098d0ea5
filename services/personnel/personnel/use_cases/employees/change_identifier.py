"""Assign a person a new number; the old one keeps leading to the same person."""

from dataclasses import replace

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError
from chassis.ids import new_id
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from personnel.domain.employee import ChangeIdentifier
from personnel.domain.employee_views import EmployeeView
from personnel.domain.errors import IdentifierRefused, IdentifierTaken, NothingChanged
from personnel.domain.nip import NipKind, NipOutcome, check_nip
from personnel.domain.records import Identifier
from personnel.domain.values import IdentifierType
from personnel.persistence.agencies import today
from personnel.persistence.employees import load_employee, update_employee
from personnel.persistence.records import employee_behind, replace_identifier
from personnel.use_cases.employees.show import show_employee


def change_identifier(work: UnitOfWork, actor: Principal, command: ChangeIdentifier) -> EmployeeView:
    """Record the new number.

    Raise OwnAffair, IdentifierRefused by the rules of NIP, IdentifierTaken, NothingChanged.
    """
    with work.transaction(actor.agency_id) as tx:
        before = load_employee(tx, command.employee_id, lock=True)
        need_other(actor, before.id)
        require_version(command.expected_version, before.revision)
        check = check_nip(command.value, today=today(tx), employment_type=before.employment_type)
        if check.outcome is NipOutcome.REFUSED:
            faults = [FieldError("value", one.code, one.value, one.expected) for one in check.findings if one.refuses]
            raise IdentifierRefused(errors=faults)
        if check.value == before.nip:
            raise NothingChanged
        if employee_behind(tx, check.value) is not None:
            raise IdentifierTaken
        identifier = Identifier(
            id=new_id(),
            employee_id=before.id,
            type=IdentifierType.NI_PPPK if check.kind is NipKind.PPPK else IdentifierType.NIP,
            value=check.value,
            valid_from=command.valid_from,
            recorded_at=tx.now,
            recorded_by=actor.account_id,
        )
        replace_identifier(tx, identifier)
        update_employee(tx, before, replace(before, nip=check.value))
        audit.record(tx, actor, "identifier_changed", "employee", before.id, outcome=check.outcome)
        return show_employee(work, actor, before.id)
