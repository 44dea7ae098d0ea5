"""Start, or start again, the calculation of a month's allowance."""

from dataclasses import dataclass
from datetime import date

from chassis import audit, jobs
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.domain.errors import MonthNotReached, NoClassAmounts
from incentive.domain.months import first_day, last_day, month_text
from incentive.domain.runs import RunView
from incentive.persistence.models import AllowanceRun
from incentive.persistence.people import today_of
from incentive.persistence.policies import amounts_on, policy_for
from incentive.persistence.runs import has_failed, run_of_month, view

JOB = "calculate_allowance"


@dataclass(frozen=True)
class StartAllowanceRun:
    month: date


def start_allowance_run(work: UnitOfWork, actor: Principal, command: StartAllowanceRun) -> RunView:
    """Queue the calculation. A decided month stays as it is, one being calculated goes on, any other starts anew."""
    with work.transaction(actor.agency_id) as tx:
        month = first_day(command.month)
        current = first_day(today_of(tx))
        if month > current:
            raise MonthNotReached(month=month_text(month), current=month_text(current))
        found = run_of_month(tx, month)
        if found is not None and not _may_begin(tx, found):
            return view(found)
        policy = policy_for(tx, month)
        if not amounts_on(tx, last_day(month)):
            raise NoClassAmounts(month=month_text(month))
        row = found or AllowanceRun(id=new_id(), agency_id=tx.agency_id, month=month, round=0, version=0)
        _begin(tx, actor, row)
        row.policy_id = policy.id
        tx.session.add(row)
        tx.session.flush()
        row.job_id = jobs.start(tx, JOB, {"run_id": row.id}, actor.account_id, key=f"{row.id}:{row.round}")
        audit.record(
            tx, actor, "start_allowance_run", "allowance_run", row.id, month=month_text(month), round=row.round
        )
        return view(row)


def _may_begin(tx: Transaction, row: AllowanceRun) -> bool:
    """Again before approval, and where the worker has given up."""
    return row.state == "CALCULATED" or (row.state == "CALCULATING" and has_failed(tx, row.job_id))


def _begin(tx: Transaction, actor: Principal, row: AllowanceRun) -> None:
    row.state = "CALCULATING"
    row.round += 1
    row.version += 1
    row.run_by = actor.account_id
    row.run_at = tx.now
    row.calculated_at = None
    row.totals = {}
