"""What the rows of a file of records make of people's records, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from personnel.domain.errors import NothingChanged
from personnel.domain.record_file import GradeCells, PositionCells, RecordRow, StatusCells, TypeCells
from personnel.domain.recording import (
    Entry,
    RecordAssignment,
    RecordEmploymentType,
    RecordGrade,
    Recording,
    RecordStatus,
    RecordSuperior,
    new_record,
    require_grade_fits,
    require_position_fits,
    status_records,
    with_added,
)
from personnel.domain.records import (
    EmploymentTypeRecord,
    GradeRecord,
    PersonRecords,
    PositionRecord,
    Record,
    Series,
    Source,
    SuperiorRecord,
)
from personnel.domain.unit_timeline import UnitStretch, is_open_from

C = TypeVar("C", bound=Recording)


@dataclass(frozen=True)
class Known:
    """What rows are read against: units and superiors by their names in a file, and the agency's classes."""

    entry: Entry
    highest_job_class: int
    units: Mapping[str, UUID]
    unit_timelines: Mapping[UUID, Sequence[UnitStretch]]
    superiors: Mapping[str, UUID]


@dataclass(frozen=True)
class RowChange:
    """What one row changes: what held on its day before, and what holds by it."""

    row: Annotated[int, Meta(description="in the file")]
    employee_id: UUID
    name: str
    series: Series
    effective_from: date
    before: dict[str, str | None]
    after: dict[str, str | None]


def records_of_row(known: Known, employee_id: UUID, row: RecordRow, records: PersonRecords) -> list[Record]:
    """Return what is to be recorded by one row. Raise what a single request would raise, but not NothingChanged."""
    command = _command(known, employee_id, row)
    made: Sequence[Record]
    match command:
        case RecordAssignment():
            unit_is_active = is_open_from(
                known.unit_timelines.get(command.unit_id, ()), row.effective_from, known.entry.today
            )
            require_position_fits(command, unit_is_active=unit_is_active, highest_job_class=known.highest_job_class)
            made = [new_record(PositionRecord, command, known.entry)]
        case RecordStatus():
            made = status_records(records, command, known.entry)
        case RecordEmploymentType():
            made = [new_record(EmploymentTypeRecord, command, known.entry), *_grade_of(known, command)]
            require_grade_fits(_with(records, made), command)
        case RecordGrade():
            made = _grade_of(known, command)
            require_grade_fits(_with(records, made), command)
        case _:
            made = [new_record(SuperiorRecord, command, known.entry)]
    return [replace(one, source=Source.IMPORT) for one in made]


def repeats(records: PersonRecords, added: Sequence[Record]) -> bool:
    """Return whether records say again what was recorded, and so change nothing."""
    try:
        with_added(records, added)
    except NothingChanged:
        return True
    return False


def shown(record: Record | None, units: Mapping[UUID, str], names: Mapping[UUID, str]) -> dict[str, str | None]:
    """Return the values of a record as a file writes them; none where nothing is known."""
    if record is None:
        return {}
    found = {name: getattr(record, name) for name in record.VALUES}
    codes: Mapping[UUID, str] = {**units, **names}
    return {
        name: None if value is None else codes.get(value, str(value)) if isinstance(value, UUID) else str(value)
        for name, value in found.items()
    }


def _command(
    known: Known, employee_id: UUID, row: RecordRow
) -> RecordAssignment | RecordStatus | RecordEmploymentType | RecordGrade | RecordSuperior:
    def of(kind: type[C], **values: object) -> C:
        return view_of(kind, row, row.cells, employee_id=employee_id, expected_version=None, **values)

    match row.cells:
        case PositionCells():
            return of(RecordAssignment, unit_id=known.units[row.cells.unit_code])
        case StatusCells():
            return of(RecordStatus)
        case TypeCells():
            return of(RecordEmploymentType)
        case GradeCells():
            return of(RecordGrade)
        case _:
            number = row.cells.superior_nip
            return of(RecordSuperior, superior_id=known.superiors[number] if number else None, superior_nip=None)


def _grade_of(known: Known, command: RecordEmploymentType | RecordGrade) -> list[GradeRecord]:
    """Return the record of the grade, where the command names one."""
    if command.grade is None:
        return []
    since = command.grade_since or command.effective_from
    return [new_record(GradeRecord, command, known.entry, grade_since=since)]


def _with(records: PersonRecords, added: Sequence[Record]) -> PersonRecords:
    return PersonRecords.sorted_from([*records.all, *added])
