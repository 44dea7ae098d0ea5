"""Import the file of employees as a resumable job.

stage: all rows are stored. rows: validated and saved in chunks. superiors: all at once, in any order.
leaders: units get the leaders that were named before they were known. publish: timelines in chunks.
A row with a bad superior comes in without that superior: one bad cell must not keep a person from their plan.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from msgspec import UNSET, UnsetType

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from personnel.domain.employee_file import COLUMNS
from personnel.persistence.agencies import today
from personnel.persistence.employees import lock_reporting_lines, take_marked
from personnel.persistence.import_rows import clear, stage
from personnel.persistence.timelines import announce_timelines
from personnel.use_cases.imports.import_people import RowCounts, import_people
from personnel.use_cases.imports.import_superiors import import_superiors
from personnel.use_cases.imports.start import ImportParams
from personnel.use_cases.org_units.publish import install_named_leaders
from personnel.use_cases.timelines.publish import publish_timelines
from spreadsheets import read_table

CHUNK = 1000


class Phase(StrEnum):
    STAGE = "stage"
    ROWS = "rows"
    SUPERIORS = "superiors"
    LEADERS = "leaders"
    PUBLISH = "publish"
    DONE = "done"


@dataclass(frozen=True)
class EmployeesImported:
    """The result of the job so far; what a later phase counts is not there before it."""

    phase: Phase = Phase.STAGE
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    ignored_columns: Sequence[str] = ()
    superiors_changed: int | UnsetType = UNSET
    superiors_refused: int = 0
    leaders_waiting: int | UnsetType = UNSET
    timelines_published: int | UnsetType = UNSET

    def plus(self, counts: RowCounts) -> "EmployeesImported":
        return replace(
            self,
            created=self.created + counts.created,
            updated=self.updated + counts.updated,
            unchanged=self.unchanged + counts.unchanged,
            refused=self.refused + counts.refused,
        )


@dataclass(frozen=True)
class Progress:
    """The cursor: the phase to go on with, and after which row of the file or, while publishing, after which person."""

    phase: Phase = Phase.STAGE
    result: EmployeesImported = EmployeesImported()
    after: int | UUID | None = 0


def import_employees_step(tx: Transaction, job: Job) -> Step:
    """Do the next part of the import."""
    announce_timelines(tx)
    progress = job.cursor_as(Progress)
    return _PHASES[progress.phase](tx, job, progress)


def _stage(tx: Transaction, job: Job, progress: Progress) -> Step:
    table = read_table(job.content, COLUMNS, job.params_as(ImportParams).limits)
    rows = stage(tx, job.id, table.rows)
    result = replace(progress.result, rows=rows, ignored_columns=table.ignored)
    return _next(Phase.ROWS, result, total=rows)


def _rows(tx: Transaction, job: Job, progress: Progress) -> Step:
    assert isinstance(progress.after, int)
    # whoever records somebody locks those below, too: people are locked in turn, or each would wait for the other
    lock_reporting_lines(tx)
    done = import_people(tx, job, after=progress.after, limit=CHUNK)
    phase = Phase.ROWS if done.last_row is not None else Phase.SUPERIORS
    return _next(phase, progress.result.plus(done.counts), processed=done.rows, after=done.last_row)


def _superiors(tx: Transaction, job: Job, progress: Progress) -> Step:
    lock_reporting_lines(tx)
    refused, changed = import_superiors(tx, job)
    return _next(Phase.LEADERS, replace(progress.result, superiors_changed=changed, superiors_refused=refused))


def _leaders(tx: Transaction, job: Job, progress: Progress) -> Step:
    lock_reporting_lines(tx)
    waiting = install_named_leaders(tx, today(tx), by=job.created_by)
    return _next(Phase.PUBLISH, replace(progress.result, leaders_waiting=waiting, timelines_published=0))


def _publish(tx: Transaction, job: Job, progress: Progress) -> Step:
    after = progress.after if isinstance(progress.after, UUID) else None
    marked = take_marked(tx, after=after, limit=CHUNK)
    published = publish_timelines(tx, marked, job.params_as(ImportParams).cause)
    result = replace(progress.result, timelines_published=(progress.result.timelines_published or 0) + len(published))
    if len(marked) == CHUNK:
        return _next(Phase.PUBLISH, result, after=marked[-1])
    clear(tx)
    return Step(finished=True, result=replace(result, phase=Phase.DONE))


def _next(
    phase: Phase,
    result: EmployeesImported,
    *,
    total: int | None = None,
    processed: int = 0,
    after: int | UUID | None = 0,
) -> Step:
    result = replace(result, phase=phase)
    return Step(cursor=Progress(phase, result, after), result=result, total=total, processed=processed)


_PHASES: Mapping[Phase, Callable[[Transaction, Job, Progress], Step]] = {
    Phase.STAGE: _stage,
    Phase.ROWS: _rows,
    Phase.SUPERIORS: _superiors,
    Phase.LEADERS: _leaders,
    Phase.PUBLISH: _publish,
}
