"""Carry out a merger as a job: the people by turns, then the units below, then the unit itself."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from chassis.jobs import Job, Step
from chassis.unit_of_work import Transaction
from personnel.domain.org_unit import MergerObstacle
from personnel.domain.records import Source
from personnel.domain.unit_timeline import UnitEntry, UnitSeries, record_of, stretches
from personnel.persistence.agencies import own_agency
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.org_units import find_units, load_unit
from personnel.persistence.unit_members import find_members
from personnel.persistence.unit_records import timelines_below, unit_records
from personnel.use_cases.org_units.close import record_closure
from personnel.use_cases.org_units.move_people import UnitMove, move_members
from personnel.use_cases.org_units.publish import record_units
from personnel.use_cases.org_units.rules import find_obstacles, require_sound

JOB = "merge_org_unit"
CHUNK = 200


@dataclass(frozen=True)
class MergerParams:
    """What the job is started with; `officer_id`: whoever asked for it, whose own record the job leaves alone."""

    unit_id: UUID
    into_id: UUID
    effective_from: date
    decision_number: str
    reason: str
    officer_id: UUID | None
    people: int


@dataclass(frozen=True)
class Progress:
    """The cursor: the person looked at last."""

    after: UUID | None = None


@dataclass(frozen=True)
class Merged:
    """The result: how many people and units were moved, and whether the unit is closed."""

    people: int
    units: int
    closed: bool


def carry_out_merger_step(tx: Transaction, job: Job) -> Step:
    """Move the next people; when there are no more, move the units below and close the unit."""
    lock_reporting_lines(tx)
    params, progress = job.params_as(MergerParams), job.cursor_as(Progress)
    found = find_members(tx, params.unit_id, params.effective_from, after=progress.after, limit=CHUNK)
    if found.last is None:
        return _finish(tx, job, params)
    move = UnitMove(params.into_id, job.created_by, params.decision_number, params.reason)
    movable = [one for one in found.people if one.employee_id != params.officer_id]
    move_members(tx, movable, move)
    return Step(processed=len(movable), cursor=Progress(found.last), total=params.people)


def _finish(tx: Transaction, job: Job, params: MergerParams) -> Step:
    left = len(find_members(tx, params.unit_id, params.effective_from).people)
    obstacles = find_obstacles(tx, params.unit_id, params.into_id, params.effective_from)
    if left:
        expected = f"Masih ada {left} pegawai di unit ini. Ajukan penggabungan sekali lagi."
        obstacles.append(MergerObstacle("unit_has_members", expected))
    for one in obstacles:
        job.issue(None, "into_id", params.into_id, one.code, one.expected)
    units = 0 if obstacles else _merge_units(tx, job, params)
    result = Merged(people=job.processed, units=units, closed=not obstacles)
    return Step(finished=True, total=job.processed, result=result)


def _merge_units(tx: Transaction, job: Job, params: MergerParams) -> int:
    """Put the units below under the other unit, close this one; return how many were moved."""
    entry = UnitEntry(
        effective_from=params.effective_from,
        recorded_on=own_agency(tx).today(tx.now),
        recorded_at=tx.now,
        recorded_by=job.created_by,
        source=Source.MOVE,
        reason=params.reason,
        decision_number=params.decision_number,
    )
    below = timelines_below(tx, params.unit_id, params.effective_from)
    kept, children, added = unit_records(tx, below), find_units(tx, below), []
    for child_id, under in below.items():
        records = [
            record_of(
                UnitSeries.PARENT,
                child_id,
                replace(one, parent_id=params.into_id),
                replace(entry, effective_from=max(one.first_day, params.effective_from)),
            )
            for one in under
        ]
        require_sound(tx, child_id, stretches(kept[child_id]), stretches([*kept[child_id], *records]))
        added += records
    record_units(tx, list(children.values()), added)
    record_closure(tx, load_unit(tx, params.unit_id, lock=True), entry)
    return len(children)
