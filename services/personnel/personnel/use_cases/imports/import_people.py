"""First half of an import: validate a chunk of rows and save the people, in a handful of statements."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from chassis import outbox
from chassis.errors import OwnAffair
from chassis.ids import new_id
from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from chassis.views import view_of
from personnel.domain.employee import ASSIGNMENT, CONTACT, EMPLOYMENT, POSITION, Employee
from personnel.domain.employee_file import EmployeeRow, FileContext, is_this_agency, read_employee_row
from personnel.domain.nip import NipKind
from personnel.domain.records import EmploymentRecord, Identifier, PositionRecord, Source
from personnel.domain.values import IdentifierType
from personnel.events import EmployeeChanged, EmployeeContactChanged
from personnel.persistence.agencies import own_agency
from personnel.persistence.employees import lock_employees
from personnel.persistence.import_people import PeopleBatch, write_people
from personnel.persistence.import_rows import RowOutcome, StagedRow, next_chunk, save_outcomes
from personnel.persistence.org_units import active_units_by_code

# the groups of columns that change together, each with what is remembered of the last file
GROUPS = {"contact": CONTACT, "employment": EMPLOYMENT, "position": (*POSITION, "position_since")}
PUBLISHED = {*ASSIGNMENT, "position_since"}


@dataclass(frozen=True)
class Chunk:
    """What became of a chunk; `last_row` is None when the file is through."""

    rows: int
    last_row: int | None
    counts: dict[str, int]


@dataclass
class _Import:
    """One chunk while it is validated: what is known, and what is to be written."""

    tx: Transaction
    job: Job
    context: FileContext
    units: dict[str, UUID]
    known: dict[UUID, Employee]
    batch: PeopleBatch = field(default_factory=PeopleBatch)
    outcomes: list[RowOutcome] = field(default_factory=list)
    events: list[EmployeeChanged | EmployeeContactChanged] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"created": 0, "updated": 0, "unchanged": 0, "refused": 0})

    @property
    def trace(self) -> dict[str, Any]:
        return {"recorded_at": self.tx.now, "recorded_by": self.job.created_by, "source": Source.IMPORT}


def import_people(tx: Transaction, job: Job, *, after: int, limit: int) -> Chunk:
    """Validate and save the next rows of the file."""
    rows = next_chunk(tx, job.id, after, limit)
    if not rows:
        return Chunk(0, None, {})
    current = _open(tx, job, [row.employee_id for row in rows if row.employee_id])
    for row in rows:
        _validate(current, row)
    write_people(tx, current.batch)
    save_outcomes(tx, job.id, current.outcomes)
    for event in sorted(current.events, key=lambda one: (one.employee_id, one.NAME)):
        outbox.record(tx, event)
    return Chunk(len(rows), rows[-1].row_number, current.counts)


def _open(tx: Transaction, job: Job, employee_ids: Sequence[UUID]) -> _Import:
    agency, units = own_agency(tx), active_units_by_code(tx)
    names = frozenset({agency.agency_id.casefold(), agency.name.casefold()})
    context = FileContext(agency.today(tx.now), names, units.keys())
    return _Import(tx, job, context, units, lock_employees(tx, employee_ids))


def _validate(current: _Import, row: StagedRow) -> None:
    nip = row.cells.get("nip")
    if row.first_row is not None:
        expected = f"NIP ini sudah ada di baris {row.first_row}; sisakan satu baris untuk setiap pegawai."
        current.job.issue(row.row_number, "nip", nip, "duplicate_row", expected)
        _finish(current, row, "REFUSED", None)
        return
    person, findings = read_employee_row(row.cells, current.context)
    for finding in findings:
        current.job.issue(row.row_number, finding.column, finding.value, finding.code, finding.expected)
    if person is None:
        foreign = not is_this_agency(row.cells.get("instansi", ""), current.context.agency_names)
        _finish(current, row, "FOREIGN" if foreign else "REFUSED", None)
    elif row.employee_id is None:
        _finish(current, row, "LINK", _create(current, person))
    else:
        employee = current.known[row.employee_id]
        linked = (employee.imported or {}).get("superior") == (person.superior_nip or "")
        changes = _changes(current, employee, person)
        if str(employee.id) == current.job.params.get("uploader") and not (linked and not any(changes.values())):
            current.job.issue(row.row_number, "nip", nip, OwnAffair.code, OwnAffair.sentence)
            _finish(current, row, "REFUSED", None)
            return
        _update(current, employee, person, changes)
        _finish(current, row, "SAME" if linked else "LINK", employee.id)


def _finish(current: _Import, row: StagedRow, state: str, employee_id: UUID | None) -> None:
    current.outcomes.append(RowOutcome(row.row_number, state, employee_id))
    if employee_id is None:
        current.counts["refused"] += 1


def _groups(current: _Import, person: EmployeeRow) -> dict[str, dict[str, Any]]:
    """Return the row as fields of a person, in the groups that change together."""
    unit_id = current.units[person.unit_code]
    return {
        group: {name: unit_id if name == "unit_id" else getattr(person, name) for name in names}
        for group, names in GROUPS.items()
    }


def _digest(values: dict[str, Any]) -> str:
    """Return a short digest of a group's values, by which a later file is compared with this one."""
    text = json.dumps(values, default=str, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=9).hexdigest()


def _create(current: _Import, person: EmployeeRow) -> UUID:
    groups = _groups(current, person)
    employee = Employee(
        id=new_id(),
        nip=person.nip,
        effective_from=person.position_since,
        announce_from=person.position_since,
        imported={name: _digest(values) for name, values in groups.items()},
        **{name: value for values in groups.values() for name, value in values.items()},
    )
    current.batch.created.append(employee)
    current.batch.identifiers.append(
        Identifier(
            id=new_id(),
            employee_id=employee.id,
            type=IdentifierType.NI_PPPK if person.nip_kind is NipKind.PPPK else IdentifierType.NIP,
            value=person.nip,
            valid_from=person.service_start,
            recorded_at=current.tx.now,
            recorded_by=current.job.created_by,
        )
    )
    _add_employment(current, employee, person.grade_since)
    _add_position(current, employee)
    current.events += [EmployeeChanged.of(employee), EmployeeContactChanged.of(employee)]
    current.counts["created"] += 1
    return employee.id


def _changes(current: _Import, employee: Employee, person: EmployeeRow) -> dict[str, dict[str, Any]]:
    """Return the groups in which this file differs from the last one, as far as they differ from today's state."""
    last = employee.imported or {}
    return {
        group: {name: value for name, value in values.items() if getattr(employee, name) != value}
        for group, values in _groups(current, person).items()
        if last.get(group) != _digest(values)
    }


def _update(current: _Import, employee: Employee, person: EmployeeRow, changes: dict[str, dict[str, Any]]) -> None:
    """Apply what is new; a file that repeats the last one changes nothing."""
    current.counts["updated" if any(changes.values()) else "unchanged"] += 1
    if not changes:
        return
    contact, employment, position = (changes.get(group, {}) for group in GROUPS)
    digests = {group: _digest(values) for group, values in _groups(current, person).items()}
    is_published = not PUBLISHED.isdisjoint(position)
    after = replace(employee, **contact, **employment, **position)
    after = replace(
        after,
        announce_from=employee.announce_from or (after.position_since if is_published else None),
        imported={**(employee.imported or {}), **digests},
        contact_version=employee.contact_version + bool(contact),
        employee_version=employee.employee_version + bool(employment),
        revision=employee.revision + any(changes.values()),
    )
    if contact:
        current.events.append(EmployeeContactChanged.of(after))
    if employment:
        current.events.append(EmployeeChanged.of(after))
        _add_employment(current, after, person.grade_since if "grade" in employment else current.context.today)
    if position:
        _add_position(current, after)
    current.batch.changed.append(after)


def _add_employment(current: _Import, employee: Employee, since: date) -> None:
    record = view_of(
        EmploymentRecord, employee, employee_id=employee.id, effective_from=since, reason=None, **current.trace
    )
    current.batch.employment.append(record)


def _add_position(current: _Import, employee: Employee) -> None:
    record = view_of(
        PositionRecord,
        employee,
        employee_id=employee.id,
        effective_from=employee.position_since,
        recorded_on=current.context.today,
        replaces_later=True,
        reason=None,
        **current.trace,
    )
    current.batch.positions.append(record)
