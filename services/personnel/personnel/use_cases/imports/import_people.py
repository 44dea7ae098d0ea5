"""First half of an import: validate a chunk of rows and save the people, in a handful of statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from chassis import outbox
from chassis.errors import OwnAffair
from chassis.ids import new_id
from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from personnel.domain.employee import EMPLOYMENT, POSITION, SINCE, Employee
from personnel.domain.employee_file import EmployeeRow, FileContext, is_this_agency, read_employee_row
from personnel.domain.employee_groups import EmployeeGroups, ImportedEmployee
from personnel.domain.nip import NipKind
from personnel.domain.records import (
    Cause,
    EmploymentTypeRecord,
    GradeRecord,
    Identifier,
    PersonRecords,
    PositionRecord,
    Record,
    Source,
    StatusRecord,
    Trace,
    make_record,
)
from personnel.domain.series import in_force
from personnel.domain.values import IdentifierType
from personnel.events import EmployeeContactChanged
from personnel.persistence.agencies import own_agency
from personnel.persistence.employees import lock_employees
from personnel.persistence.import_people import PeopleBatch, write_people
from personnel.persistence.import_rows import RowOutcome, StagedRow, next_chunk, save_outcomes
from personnel.persistence.org_units import active_units_by_code
from personnel.persistence.records import records_of_many
from personnel.use_cases.imports.start import ImportParams
from personnel.use_cases.timelines.publish import publish_timelines


@dataclass
class RowCounts:
    """What became of rows; counted while a chunk is validated."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0


@dataclass(frozen=True)
class Chunk:
    """What became of a chunk; `last_row` is None when the file is through."""

    rows: int
    last_row: int | None
    counts: RowCounts


@dataclass
class _Import:
    """One chunk while it is validated: what is known, and what is to be written."""

    tx: Transaction
    job: Job
    params: ImportParams
    context: FileContext
    units: dict[str, UUID]
    known: dict[UUID, Employee]
    # what a correction needs to know of them, empty for a file that says how things stand
    records: dict[UUID, PersonRecords]
    batch: PeopleBatch = field(default_factory=PeopleBatch)
    outcomes: list[RowOutcome] = field(default_factory=list)
    events: list[EmployeeContactChanged] = field(default_factory=list)
    counts: RowCounts = field(default_factory=RowCounts)
    # who is published with the chunk: whoever gets another position is marked, and published in the last phase
    unmarked: list[UUID] = field(default_factory=list)

    @property
    def trace(self) -> Trace:
        by, cause = self.job.created_by, self.params.cause
        return Trace(recorded_at=self.tx.now, recorded_by=by, source=Source.IMPORT, cause=cause)

    def groups(self, person: EmployeeRow) -> EmployeeGroups:
        return EmployeeGroups.of(person, self.units[person.unit_code])


def import_people(tx: Transaction, job: Job, *, after: int, limit: int) -> Chunk:
    """Validate and save the next rows of the file."""
    rows = next_chunk(tx, job.id, after, limit)
    if not rows:
        return Chunk(0, None, RowCounts())
    current = _open(tx, job, [row.employee_id for row in rows if row.employee_id])
    for row in rows:
        _validate(current, row)
    write_people(tx, current.batch)
    save_outcomes(tx, job.id, current.outcomes)
    for event in sorted(current.events, key=lambda one: one.employee_id):
        outbox.record(tx, event)
    publish_timelines(tx, current.unmarked, current.params.cause)
    return Chunk(len(rows), rows[-1].row_number, current.counts)


def _open(tx: Transaction, job: Job, employee_ids: Sequence[UUID]) -> _Import:
    agency, units = own_agency(tx), active_units_by_code(tx)
    names = frozenset({agency.agency_id.casefold(), agency.name.casefold()})
    context = FileContext(agency.today(tx.now), names, units.keys(), agency.highest_job_class)
    params, known = job.params_as(ImportParams), lock_employees(tx, employee_ids)
    records = records_of_many(tx, list(known)) if params.cause is Cause.CORRECTION else {}
    return _Import(tx, job, params, context, units, known, records)


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
        linked = (employee.imported or ImportedEmployee()).superior == (person.superior_nip or "")
        after = employee.imported_again(current.groups(person))
        if employee.id == current.params.uploader and not (linked and after.revision == employee.revision):
            current.job.issue(row.row_number, "nip", nip, OwnAffair.code, OwnAffair.sentence)
            _finish(current, row, "REFUSED", None)
            return
        _update(current, employee, after)
        _finish(current, row, "SAME" if linked else "LINK", employee.id)


def _finish(current: _Import, row: StagedRow, state: str, employee_id: UUID | None) -> None:
    current.outcomes.append(RowOutcome(row.row_number, state, employee_id))
    if employee_id is None:
        current.counts.refused += 1


def _create(current: _Import, person: EmployeeRow) -> UUID:
    employee = Employee.from_file(new_id(), person.nip, current.groups(person))
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
    for kind in (PositionRecord, StatusRecord, EmploymentTypeRecord):
        _add(current, kind, employee, employee.position_since)
    _add(current, GradeRecord, employee, employee.grade_since)
    current.events.append(EmployeeContactChanged.of(employee))
    current.counts.created += 1
    return employee.id


def _update(current: _Import, employee: Employee, after: Employee) -> None:
    """Save what is new; a file that repeats the last one changes nothing."""
    if after.revision == employee.revision:
        current.counts.unchanged += 1
    else:
        current.counts.updated += 1
    if after == employee:
        return
    if after.contact_version != employee.contact_version:
        current.events.append(EmployeeContactChanged.of(after))
    if after.announce_from is None and after.differs_in(employee, *EMPLOYMENT):
        current.unmarked.append(after.id)
    if after.differs_in(employee, *POSITION, SINCE):
        _add(current, PositionRecord, after, after.position_since)
    for kind in (StatusRecord, EmploymentTypeRecord):
        if after.differs_in(employee, *kind.VALUES):
            _add(current, kind, after, _since(current, kind, employee.id))
    if after.differs_in(employee, *GradeRecord.VALUES):
        _add(current, GradeRecord, after, after.grade_since)
    current.batch.changed.append(after)


def _since(current: _Import, kind: type[Record], employee_id: UUID) -> date:
    """Return the day of a value for which a file names none: today; for a correction, when the wrong one began."""
    today = current.context.today
    wrong = in_force(current.records[employee_id].of(kind.SERIES), today) if employee_id in current.records else None
    return wrong.effective_from if wrong else today


def _add(current: _Import, kind: type[Record], employee: Employee, since: date) -> None:
    """Record what the file says; it states the present, so what was recorded for days from then on is set aside."""
    record = make_record(
        kind,
        employee,
        current.trace,
        employee_id=employee.id,
        effective_from=since,
        recorded_on=current.context.today,
        replaces_later=True,
    )
    current.batch.records.append(record)
