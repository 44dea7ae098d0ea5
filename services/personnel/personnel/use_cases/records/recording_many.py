"""What is recorded of many people at once: stored, applied and published in a constant number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import audit
from chassis.unit_of_work import Transaction
from personnel.domain.agency import Agency
from personnel.domain.employee import Employee
from personnel.domain.records import Cause, PersonRecords, Record
from personnel.domain.reporting_lines import Lines, find_cycle, line_of
from personnel.domain.series import days_of_change, in_force
from personnel.domain.windows import Window
from personnel.persistence.employees import save_employees
from personnel.persistence.records import add_many_records
from personnel.persistence.reporting_lines import superiors_upward
from personnel.use_cases.employees.plan_change import plan_changes
from personnel.use_cases.timelines.publish import publish_timelines


@dataclass(frozen=True)
class Recorded:
    """A person, locked, with all records, the added ones among them."""

    employee: Employee
    records: PersonRecords
    added: Sequence[Record]


def save_many(tx: Transaction, agency: Agency, people: Sequence[Recorded], cause: Cause) -> None:
    """Store what was added to each of them, and publish what follows.

    The caller has tested all of it. Everybody's revision rises: whoever has read the records must look again.
    """
    today = agency.today(tx.now)
    add_many_records(tx, [one for person in people for one in person.added])
    ahead = {(person.employee.id, day) for person in people for day in days_of_change(person.added) if day > today}
    plan_changes(tx, agency, sorted(ahead))
    _apply(tx, people, today)
    publish_timelines(tx, [person.employee.id for person in people], cause)


def _apply(tx: Transaction, people: Sequence[Recorded], today: date) -> None:
    """Save everybody as they stand today."""
    afters = [person.employee.standing_on(person.records, today) for person in people]
    save_employees(tx, _with_superiors(tx, afters, {person.employee.id: person.records for person in people}, today))


def _with_superiors(
    tx: Transaction, people: Sequence[Employee], records: Mapping[UUID, PersonRecords], today: date
) -> list[Employee]:
    """Return people with the superiors in force today; one who would close a cycle is left out and audited."""
    found = {one.id: in_force(records[one.id].superiors, today) for one in people}
    superiors = {one: record.superior_id if record else None for one, record in found.items()}
    led_anew = [one.id for one in people if one.superior_id != superiors[one.id]]
    lines = {one: line_of(kept) for one, kept in superiors_upward(tx, led_anew).items()} if led_anew else {}
    refused = {one for one in led_anew if _is_circular(lines, one, today)}
    for one in refused:
        detail = {"superior_id": superiors[one]}
        audit.record(tx, "timer", "superior_cycle_not_applied", "employee", one, **detail)
    return [one if one.id in refused else one.with_superior(found[one.id]) for one in people]


def _is_circular(lines: Lines, person: UUID, day: date) -> bool:
    return find_cycle(lines, person, [Window(day, day)]) is not None
