"""What all recordings share: the person is opened and locked; what was recorded is stored, applied and published."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from chassis.auth import Principal, need_other
from chassis.records import require_version
from chassis.unit_of_work import Transaction
from personnel.domain.agency import Agency
from personnel.domain.employee import Employee
from personnel.domain.recording import ChangeView, Entry, with_added
from personnel.domain.records import Cause, PersonRecords, Record
from personnel.domain.series import TakesEffect, days_of_change, takes_effect
from personnel.persistence.agencies import own_agency
from personnel.persistence.employees import load_employee, lock_reporting_lines, update_employee
from personnel.persistence.records import add_records, records_of
from personnel.use_cases.employees.apply_effective_state import apply_effective_state
from personnel.use_cases.employees.plan_change import plan_change
from personnel.use_cases.timelines.publish import publish_timelines


@dataclass(frozen=True)
class Subject:
    """The person of whom something is recorded, locked until the commit."""

    agency: Agency
    employee: Employee
    records: PersonRecords
    entry: Entry


def open_subject(tx: Transaction, actor: Principal, employee_id: UUID, expected_version: int | None) -> Subject:
    """Return the person. Raise NotFound, OwnAffair, VersionConflict."""
    agency = own_agency(tx)
    lock_reporting_lines(tx)
    employee = load_employee(tx, employee_id, lock=True)
    need_other(actor, employee.id)
    require_version(expected_version, employee.revision)
    entry = Entry(agency.today(tx.now), tx.now, actor.account_id)
    return Subject(agency, employee, records_of(tx, employee_id), entry)


def save_records(tx: Transaction, subject: Subject, added: Sequence[Record]) -> ChangeView:
    """Store new records and publish what follows; the first one is what was asked for. Raise NothingChanged."""
    after = store_records(tx, subject, added)
    effect = takes_effect(after.records.of(added[0].SERIES), added[0], subject.entry.today)
    return finish_change(tx, after, effect, added[0].cause)


def store_records(tx: Transaction, subject: Subject, added: Sequence[Record]) -> Subject:
    """Store new records and plan those of days to come; return the person with them. Raise NothingChanged."""
    after = replace(subject, records=with_added(subject.records, added))
    add_records(tx, added)
    for day in sorted(days_of_change(added)):
        if day > subject.entry.today:
            plan_change(tx, subject.agency, subject.employee.id, day)
    return after


def finish_change(tx: Transaction, subject: Subject, effect: TakesEffect, cause: Cause) -> ChangeView:
    """Apply and publish what follows from the person's records, as they are stored now."""
    employee_id = subject.employee.id
    apply_effective_state(tx, subject.employee, subject.records, subject.entry.today)
    changed = publish_timelines(tx, [employee_id], cause).get(employee_id)
    return ChangeView(employee_id, effect, changed, raised_revision(tx, subject.employee))


def raised_revision(tx: Transaction, before: Employee) -> int:
    """Return the person's revision, raised: whoever has read the records before must look again."""
    after = load_employee(tx, before.id)
    if after.revision == before.revision:
        update_employee(tx, after, after)
        return after.revision + 1
    return after.revision
