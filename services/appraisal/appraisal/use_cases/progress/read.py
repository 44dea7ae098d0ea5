"""Read the daily log of a plan, oldest first."""

from appraisal.authorisation import require_log_reader
from appraisal.domain.progress import ListProgress, ProgressEntryView
from appraisal.persistence import progress
from appraisal.persistence.plans import load_plan
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork


def list_progress(work: UnitOfWork, actor: Principal, query: ListProgress) -> Page[ProgressEntryView]:
    with work.transaction(actor.agency_id) as tx:
        require_log_reader(actor, load_plan(tx, query.plan_id))
        audit.record(tx, actor, "progress_read", "plan", query.plan_id)
        return progress.list_progress(tx, query).of(ProgressEntryView.of)
