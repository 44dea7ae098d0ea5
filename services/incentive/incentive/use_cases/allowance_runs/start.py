"""Start the calculation of a month as a job."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import audit, jobs
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.domain.allowance_run import AllowanceRun, AllowanceRunView
from incentive.domain.errors import NoClassAmounts
from incentive.domain.months import last_day, month_reached, month_text
from incentive.persistence.allowance_runs import insert_run, job_failed, run_of_month, update_run
from incentive.persistence.class_amounts import amounts_on
from incentive.persistence.people import today_of
from incentive.persistence.policies import month_policies

CALCULATION_JOB = "calculate_allowance"


@dataclass(frozen=True)
class CalculationParams:
    run_id: UUID


def start_allowance_run(work: UnitOfWork, actor: Principal, *, month: date) -> AllowanceRunView:
    """Queue the calculation. A decided month stays as it is, one being calculated goes on, any other starts anew."""
    with work.transaction(actor.agency_id) as tx:
        month = month_reached(month, today_of(tx))
        before = run_of_month(tx, month)
        if before is not None and not before.may_restart(job_failed=job_failed(tx, before)):
            return AllowanceRunView.of(before)
        policies = month_policies(tx, month)
        if not amounts_on(tx, last_day(month)):
            raise NoClassAmounts(month=month_text(month))
        if before is None:
            after = _with_job(tx, AllowanceRun.started(new_id(), month, policies, actor.account_id, tx.now))
            insert_run(tx, after)
        else:
            after = _with_job(tx, before.restarted(policies, actor.account_id, tx.now))
            update_run(tx, before, after)
        audit.record(
            tx, actor, "start_allowance_run", "allowance_run", after.id, month=month_text(month), round=after.round
        )
        return AllowanceRunView.of(after)


def _with_job(tx: Transaction, run: AllowanceRun) -> AllowanceRun:
    """Start the job of this round, once."""
    return run.with_job(
        jobs.start(tx, CALCULATION_JOB, CalculationParams(run.id), run.run_by, key=f"{run.id}:{run.round}")
    )
