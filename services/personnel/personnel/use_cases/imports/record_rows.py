"""Test rows of a file of records one after the other, and record what was accepted together; a dry run only tests."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from chassis import audit
from chassis.errors import AppError, FieldError, OwnAffair
from chassis.jobs import Job
from chassis.unit_of_work import Transaction
from personnel.domain.agency import Agency
from personnel.domain.employee import Employee
from personnel.domain.errors import NothingChanged, SuperiorUnknown
from personnel.domain.record_changes import Known, RowChange, records_of_row, repeats, shown
from personnel.domain.record_file import COLUMN_OF, RecordRow, SuperiorCells, read_record_row
from personnel.domain.recording import Entry, with_added
from personnel.domain.records import Cause, PersonRecords, Record, Series
from personnel.domain.reporting_lines import Line, differing_days, find_cycle, line_of
from personnel.domain.series import held_on
from personnel.persistence.agencies import own_agency
from personnel.persistence.employees import lock_employees, names_of
from personnel.persistence.import_rows import StagedRow
from personnel.persistence.org_units import active_units_by_code
from personnel.persistence.records import employees_behind, records_of_many
from personnel.persistence.reporting_lines import superiors_upward
from personnel.persistence.unit_records import timelines_of
from personnel.use_cases.imports.start import ImportParams
from personnel.use_cases.records.recording_many import Recorded, save_many


@dataclass
class Outcome:
    """What became of rows."""

    recorded: int = 0
    unchanged: int = 0
    refused: int = 0
    people: int = 0
    changes: list[RowChange] = field(default_factory=list)


@dataclass
class _Import:
    tx: Transaction
    job: Job
    params: ImportParams
    agency: Agency
    known: Known
    employees: Mapping[UUID, Employee]
    records: dict[UUID, PersonRecords]
    lines: dict[UUID, Line]
    names: Mapping[UUID, str]
    unit_codes: Mapping[UUID, str]
    added: dict[UUID, list[Record]] = field(default_factory=dict)
    outcome: Outcome = field(default_factory=Outcome)


@dataclass(frozen=True)
class _Read:
    """A row that can be read by itself."""

    staged: StagedRow
    row: RecordRow


def record_rows(tx: Transaction, job: Job, rows: Sequence[StagedRow]) -> Outcome:
    """Name what is wrong, record the rest and publish it; all rows of a person and a series are among them."""
    if not rows:
        return Outcome()
    agency, units = own_agency(tx), active_units_by_code(tx)
    readable = [found for row in rows if (found := _read(job, row, agency.highest_job_class, units.keys())) is not None]
    current = _open(tx, job, agency, units, readable)
    current.outcome.refused += len(rows) - len(readable)
    groups: dict[tuple[UUID | None, Series], list[_Read]] = {}
    for one in readable:
        groups.setdefault((one.staged.employee_id, one.row.series), []).append(one)
    for (_, series), group in groups.items():
        _accept_group(current, series, group)
    current.outcome.people = len(current.added)
    if not current.params.dry_run:
        _save(current)
    return current.outcome


def _read(job: Job, staged: StagedRow, highest: int, unit_codes: Collection[str]) -> _Read | None:
    params = job.params_as(ImportParams)
    number, nip = staged.row_number, staged.cells.get("nip")
    if staged.first_row is not None:
        expected = f"Pegawai, seri dan tanggal ini sudah ada di baris {staged.first_row}; sisakan satu baris."
        job.issue(number, "nip", nip, "duplicate_row", expected)
        return None
    if staged.employee_id == params.uploader:
        job.issue(number, "nip", nip, OwnAffair.code, OwnAffair.sentence)
        return None
    row, findings = read_record_row(staged.cells, highest_job_class=highest, unit_codes=unit_codes)
    for one in findings:
        job.issue(number, one.column, one.value, one.code, one.expected)
    return None if row is None else _Read(staged, row)


def _open(tx: Transaction, job: Job, agency: Agency, units: Mapping[str, UUID], readable: Sequence[_Read]) -> _Import:
    people = sorted({one.staged.employee_id for one in readable if one.staged.employee_id is not None})
    numbers = {one.row.cells.superior_nip for one in readable if isinstance(one.row.cells, SuperiorCells)}
    superiors = employees_behind(tx, [one for one in numbers if one])
    above = superiors_upward(tx, {*people, *superiors.values()}) if numbers else {}
    entry = Entry(agency.today(tx.now), tx.now, job.created_by)
    timelines = timelines_of(tx, set(units.values()))
    employees = lock_employees(tx, people)
    return _Import(
        tx=tx,
        job=job,
        params=job.params_as(ImportParams),
        agency=agency,
        known=Known(entry, agency.highest_job_class, units, timelines, superiors),
        employees=employees,
        records=records_of_many(tx, people),
        lines={one: line_of(records) for one, records in above.items()},
        names=names_of(tx, {*people, *above, *superiors.values()}),
        unit_codes={unit_id: code for code, unit_id in units.items()},
    )


def _accept_group(current: _Import, series: Series, group: Sequence[_Read]) -> None:
    """Accept the rows of one person and series; a file that repeats all of what was recorded changes nothing."""
    employee_id = group[0].staged.employee_id
    assert employee_id is not None
    if len(group) > 1 and _repeats(current, employee_id, group):
        current.outcome.unchanged += len(group)
        return
    for one in group:
        _accept(current, employee_id, one, series)


def _repeats(current: _Import, employee_id: UUID, group: Sequence[_Read]) -> bool:
    """Return whether rows say together what was recorded: the first may set aside what a later one says again."""
    before = records = current.records[employee_id]
    made: list[Record] = []
    try:
        for one in group:
            _require_known_superior(current, one.row)
            made += records_of_row(current.known, employee_id, one.row, records)
            records = PersonRecords.sorted_from([*before.all, *made])
    except AppError:
        return False
    return repeats(before, made)


def _accept(current: _Import, employee_id: UUID, one: _Read, series: Series) -> None:
    before = current.records[employee_id]
    try:
        _require_known_superior(current, one.row)
        added = records_of_row(current.known, employee_id, one.row, before)
        after = with_added(before, added)
        if series is Series.SUPERIOR:
            _require_no_cycle(current, employee_id, after, one.row)
    except NothingChanged:
        current.outcome.unchanged += 1
        return
    except AppError as error:
        _refuse(current, one, error)
        return
    current.records[employee_id] = after
    current.added.setdefault(employee_id, []).extend(added)
    current.outcome.recorded += 1
    day = one.row.effective_from
    codes = (current.unit_codes, current.names)
    current.outcome.changes.append(
        RowChange(
            row=one.staged.row_number,
            employee_id=employee_id,
            name=current.names[employee_id],
            series=series,
            effective_from=day,
            before=shown(held_on(before.of(series), day), *codes),
            after=shown(held_on(after.of(series), day), *codes),
        )
    )


def _refuse(current: _Import, one: _Read, error: AppError) -> None:
    current.outcome.refused += 1
    for fault in error.errors:
        column = COLUMN_OF.get(fault.field, "berlaku_mulai")
        expected = error.detail if fault.code == "superior_cycle" else fault.expected
        current.job.issue(one.staged.row_number, column, one.staged.cells.get(column), fault.code, expected)
    if not error.errors:
        day = one.staged.cells.get("berlaku_mulai")
        current.job.issue(one.staged.row_number, "berlaku_mulai", day, error.code, error.detail)


def _require_known_superior(current: _Import, row: RecordRow) -> None:
    number = row.cells.superior_nip if isinstance(row.cells, SuperiorCells) else None
    if number is not None and number not in current.known.superiors:
        fault = FieldError("superior_nip", "superior_unknown", number, "Isi NIP pegawai instansi ini.")
        raise SuperiorUnknown(errors=[fault])


def _require_no_cycle(current: _Import, employee_id: UUID, after: PersonRecords, row: RecordRow) -> None:
    """Keep the new line among those that the next rows are tested with, unless it closes a cycle."""
    before, line = current.lines.get(employee_id, []), line_of(after.superiors)
    current.lines[employee_id] = line
    cycle = find_cycle(current.lines, employee_id, differing_days(before, line, row.effective_from))
    if cycle is not None:
        current.lines[employee_id] = before
        raise cycle.refusal(current.names)


def _save(current: _Import) -> None:
    """Record all of it: people of whom something is corrected are published as corrected."""
    by_cause: dict[Cause, list[Recorded]] = {Cause.CHANGE: [], Cause.CORRECTION: []}
    for employee_id, added in current.added.items():
        corrected = any(one.cause is Cause.CORRECTION for one in added)
        person = Recorded(current.employees[employee_id], current.records[employee_id], added)
        by_cause[Cause.CORRECTION if corrected else Cause.CHANGE].append(person)
        series, by = sorted({one.SERIES for one in added}), str(current.job.created_by)
        audit.record(current.tx, by, "records_imported", "employee", employee_id, series=series, job_id=current.job.id)
    for cause, people in by_cause.items():
        if people:
            save_many(current.tx, current.agency, people, cause)
