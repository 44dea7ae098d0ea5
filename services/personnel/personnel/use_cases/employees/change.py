"""Correct a person's name, address or first day of service by hand; what is dated is recorded by its own routes."""

from chassis import audit, outbox
from chassis.auth import Principal, need_other
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from personnel.domain.employee import CONTACT, ChangeEmployee
from personnel.domain.employee_views import EmployeeView
from personnel.domain.errors import NothingChanged
from personnel.domain.records import Cause
from personnel.events import EmployeeContactChanged
from personnel.persistence.agencies import today
from personnel.persistence.employees import load_employee, update_employee
from personnel.use_cases.employees.show import show_employee
from personnel.use_cases.timelines.publish import publish_timelines


def change_employee(work: UnitOfWork, actor: Principal, command: ChangeEmployee) -> EmployeeView:
    """Change what is given and publish it.

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
        if "service_start" in changed:
            publish_timelines(tx, [after.id], Cause.CORRECTION)
        audit.record(tx, actor, "employee_changed", "employee", after.id, fields=sorted(changed))
        return show_employee(work, actor, after.id)
