"""Correct a person's name, address, employment type, status or grade by hand."""

from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from chassis.views import view_of
from personnel.domain.employee import CONTACT, EMPLOYMENT, ChangeEmployee
from personnel.domain.employee_views import EmployeeView
from personnel.domain.errors import NothingChanged
from personnel.domain.records import EmploymentRecord, Source
from personnel.events import EmployeeChanged, EmployeeContactChanged
from personnel.persistence.agencies import today
from personnel.persistence.employees import load_employee, update_employee
from personnel.persistence.records import add_employment
from personnel.use_cases.employees.show import show_employee


def change_employee(work: UnitOfWork, actor: Principal, command: ChangeEmployee) -> EmployeeView:
    """Change what is given, keep the former state in the history, and publish it.

    Raise NotFound, OwnAffair, VersionConflict, InvalidInput, NothingChanged.
    """
    with work.transaction(actor.agency_id) as tx:
        before = load_employee(tx, command.employee_id, lock=True)
        need_other(actor, before.id)
        require_version(command.expected_version, before.revision)
        after, changed = before.changed(command, today(tx))
        if not changed:
            raise NothingChanged
        update_employee(tx, before, after)
        if not changed.isdisjoint(CONTACT):
            outbox.record(tx, EmployeeContactChanged.of(after))
        if not changed.isdisjoint(EMPLOYMENT):
            record = view_of(
                EmploymentRecord,
                after,
                employee_id=after.id,
                effective_from=command.effective_from or today(tx),
                recorded_at=tx.now,
                recorded_by=actor.account_id,
                source=Source.HAND,
                reason=command.reason,
            )
            add_employment(tx, record)
            outbox.record(tx, EmployeeChanged.of(after))
        audit.record(tx, actor, "employee_changed", "employee", after.id, fields=sorted(changed))
        return show_employee(work, actor, after.id)
