"""Import a file of records as a resumable job: changes and corrections of people's timelines, with a dry run.

stage: all rows are stored. superiors: those of all people at once, for who stands under whom must hold for all of them
together. others: the other series, some people at a time. Rows are read in the order of the file. A dry run goes the
same way, and keeps to itself what it would record.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from personnel.domain.dates import parse_date
from personnel.domain.nip import clean_nip
from personnel.domain.record_changes import RowChange
from personnel.domain.record_file import COLUMNS, series_of
from personnel.domain.records import Series
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.import_records import rows_of_people, rows_of_state, unknown_rows
from personnel.persistence.import_rows import NewRow, clear, stage_rows
from personnel.persistence.timelines import announce_timelines
from personnel.use_cases.imports.record_rows import Outcome, record_rows
from personnel.use_cases.imports.start import ImportParams
from spreadsheets import Row, read_table

CHUNK = 500
MOST_CHANGES = 100


class Phase(StrEnum):
    STAGE = "stage"
    SUPERIORS = "superiors"
    OTHERS = "others"
    DONE = "done"


@dataclass(frozen=True)
class RecordsImported:
    """The result of the job so far. `changes`: the first hundred that a dry run would make."""

    dry_run: bool = False
    phase: Phase = Phase.STAGE
    rows: int = 0
    recorded: int = 0
    unchanged: int = 0
    refused: int = 0
    people: int = 0
    ignored_columns: Sequence[str] = ()
    changes: Sequence[RowChange] = ()

    def plus(self, outcome: Outcome) -> "RecordsImported":
        return replace(
            self,
            recorded=self.recorded + outcome.recorded,
            unchanged=self.unchanged + outcome.unchanged,
            refused=self.refused + outcome.refused,
            people=self.people + outcome.people,
            changes=[*self.changes, *outcome.changes][:MOST_CHANGES] if self.dry_run else (),
        )


@dataclass(frozen=True)
class Progress:
    """The cursor: the phase to go on with, and after which person."""

    phase: Phase = Phase.STAGE
    result: RecordsImported = RecordsImported()
    after: UUID | None = None


def import_records_step(tx: Transaction, job: Job) -> Step:
    """Do the next part of the import."""
    announce_timelines(tx)
    progress = job.cursor_as(Progress)
    return _PHASES[progress.phase](tx, job, progress)


def _stage(tx: Transaction, job: Job, _progress: Progress) -> Step:
    params = job.params_as(ImportParams)
    table = read_table(job.content, COLUMNS, params.limits)
    rows = stage_rows(tx, job.id, _new_rows(table.rows))
    unknown = unknown_rows(tx, job.id)
    for row in unknown:
        expected = "Isi NIP pegawai instansi ini, yang sekarang atau yang dahulu."
        job.issue(row.row_number, "nip", row.cells.get("nip"), "employee_unknown", expected)
    result = RecordsImported(dry_run=params.dry_run, rows=rows, refused=len(unknown), ignored_columns=table.ignored)
    return _next(Phase.SUPERIORS, result, total=rows, processed=len(unknown))


def _new_rows(rows: Iterable[Row]) -> Iterator[NewRow]:
    """Yield the rows with the state by which each is read, and the row that has the same of the same person before."""
    seen: dict[tuple[str, Series | None, date | str], int] = {}
    for number, cells in rows:
        series, day = series_of(cells), cells.get("berlaku_mulai", "")
        key = (clean_nip(cells.get("nip", "")), series, parse_date(day) or day)
        first = seen.setdefault(key, number)
        state = Phase.SUPERIORS if series is Series.SUPERIOR else Phase.OTHERS
        yield NewRow(number, cells, state.value, None if first == number else first)


def _superiors(tx: Transaction, job: Job, progress: Progress) -> Step:
    lock_reporting_lines(tx)
    rows = rows_of_state(tx, job.id, Phase.SUPERIORS)
    outcome = record_rows(tx, job, rows)
    return _next(Phase.OTHERS, progress.result.plus(outcome), processed=len(rows))


def _others(tx: Transaction, job: Job, progress: Progress) -> Step:
    # whoever records somebody locks those below, too: people are locked in turn, or each would wait for the other
    lock_reporting_lines(tx)
    rows = rows_of_people(tx, job.id, Phase.OTHERS, after=progress.after, limit=CHUNK)
    if not rows:
        clear(tx)
        return Step(finished=True, result=replace(progress.result, phase=Phase.DONE))
    outcome = record_rows(tx, job, rows)
    last = max(row.employee_id for row in rows if row.employee_id is not None)
    return _next(Phase.OTHERS, progress.result.plus(outcome), processed=len(rows), after=last)


def _next(
    phase: Phase, result: RecordsImported, *, total: int | None = None, processed: int = 0, after: UUID | None = None
) -> Step:
    result = replace(result, phase=phase)
    return Step(cursor=Progress(phase, result, after), result=result, total=total, processed=processed)


_PHASES: Mapping[Phase, Callable[[Transaction, Job, Progress], Step]] = {
    Phase.STAGE: _stage,
    Phase.SUPERIORS: _superiors,
    Phase.OTHERS: _others,
}
