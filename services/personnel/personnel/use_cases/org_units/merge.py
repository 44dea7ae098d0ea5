"""Merge a unit into another: a dry run counts what would happen, a job carries it out."""

from uuid import UUID

from chassis import audit, jobs
from chassis.auth import Principal, need_other
from chassis.errors import FieldError
from chassis.records import require_version
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.errors import UnitMergerRefused
from personnel.domain.org_unit import MergeOrgUnit, MergerObstacle, MergerView
from personnel.persistence.employees import lock_reporting_lines
from personnel.persistence.org_units import load_unit
from personnel.persistence.unit_members import find_members
from personnel.persistence.unit_records import timelines_below
from personnel.use_cases.org_units.carry_out_merger import JOB, MergerParams
from personnel.use_cases.org_units.rules import find_obstacles

_OWN = MergerObstacle("own_affair", "Anda sendiri pegawai unit ini. Mintalah petugas lain yang berwenang.")


def merge_org_unit(work: UnitOfWork, actor: Principal, command: MergeOrgUnit) -> MergerView:
    """Start the merger, or only count. Raise NotFound, VersionConflict, OwnAffair, UnitMergerRefused."""
    with work.transaction(actor.agency_id) as tx:
        lock_reporting_lines(tx)
        require_version(command.expected_version, load_unit(tx, command.unit_id, lock=True).version)
        people = [one.employee_id for one in find_members(tx, command.unit_id, command.effective_from).people]
        obstacles = find_obstacles(tx, command.unit_id, command.into_id, command.effective_from)
        is_own = actor.employee_id in people
        if command.dry_run:
            return _view(tx, command, len(people), [*obstacles, *([_OWN] if is_own else [])], None)
        if is_own:
            need_other(actor, actor.employee_id)
        if obstacles:
            refused = [FieldError("into_id", one.code, command.into_id, one.expected) for one in obstacles]
            raise UnitMergerRefused(errors=refused)
        params = MergerParams(
            command.unit_id,
            command.into_id,
            command.effective_from,
            command.decision_number,
            command.reason,
            actor.employee_id,
            len(people),
        )
        job_id = jobs.start(tx, JOB, params, actor.account_id)
        audit.record(tx, actor, "org_unit_merger_started", "org_unit", command.unit_id, into_id=command.into_id)
        return _view(tx, command, len(people), [], job_id)


def _view(
    tx: Transaction, command: MergeOrgUnit, people: int, obstacles: list[MergerObstacle], job_id: UUID | None
) -> MergerView:
    return MergerView(
        unit_id=command.unit_id,
        into_id=command.into_id,
        effective_from=command.effective_from,
        people=people,
        units=len(timelines_below(tx, command.unit_id, command.effective_from)),
        obstacles=obstacles,
        dry_run=command.dry_run,
        job_id=job_id,
    )
