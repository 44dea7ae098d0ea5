"""Record a line of the daily log of work; who has left still records the days that they have worked."""

from datetime import date

from appraisal.authorisation import require_self
from appraisal.domain.cycle import PeriodRow
from appraisal.domain.plan import FullPlan
from appraisal.domain.progress import ProgressEntry, ProgressEntryView, RecordProgress
from appraisal.domain.values import PlanState
from appraisal.persistence.evaluations import state_of_year
from appraisal.persistence.people import require_not_left
from appraisal.persistence.periods import periods_of_year
from appraisal.persistence.plans import load_plan
from appraisal.persistence.progress import insert_progress
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork


def record_progress(work: UnitOfWork, actor: Principal, command: RecordProgress) -> ProgressEntryView:
    with work.transaction(actor.agency_id) as tx:
        plan = load_plan(tx, command.plan_id)
        require_self(actor, plan.employee_id)
        day = load_setting(tx).today
        entry = ProgressEntry.recorded(new_id(), plan, command, day, tx.now, _still_open(tx, plan, day))
        require_not_left(tx, [plan.employee_id], entry.day)
        insert_progress(tx, entry)
        audit.record(tx, actor, "progress_recorded", "plan", plan.id, progress_id=entry.id)
        return ProgressEntryView.of(entry)


def _still_open(tx: Transaction, plan: FullPlan, day: date) -> list[PeriodRow]:
    """Return the periods that may still be rated although the final annual evaluation has closed the plan."""
    if plan.state is not PlanState.CLOSED or not state_of_year(tx, [plan.employee_id], plan.year).closed:
        return []
    return [row for row in periods_of_year(tx, plan.year) if not row.period.is_year and row.closes_on >= day]
