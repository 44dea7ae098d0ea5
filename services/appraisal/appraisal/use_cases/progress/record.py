"""Record a line of the daily log of work."""

from appraisal.authorisation import require_self
from appraisal.domain.progress import ProgressEntry, ProgressEntryView, RecordProgress
from appraisal.persistence.plans import load_plan
from appraisal.persistence.progress import insert_progress
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def record_progress(work: UnitOfWork, actor: Principal, command: RecordProgress) -> ProgressEntryView:
    with work.transaction(actor.agency_id) as tx:
        plan = load_plan(tx, command.plan_id)
        require_self(actor, plan.employee_id)
        entry = ProgressEntry.recorded(new_id(), plan, command, load_setting(tx).today, tx.now)
        insert_progress(tx, entry)
        audit.record(tx, actor, "progress_recorded", "plan", plan.id, progress_id=entry.id)
        return ProgressEntryView.of(entry)
