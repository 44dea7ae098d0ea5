"""Read the daily log of a plan, oldest first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from appraisal.authorisation import require_log_reader
from appraisal.domain.progress import ProgressEntryView
from appraisal.persistence import progress
from appraisal.persistence.plans import load_plan
from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class ListProgress:
    plan_id: UUID
    page: PageRequest
    work_result_id: UUID | None = None
    since: date | None = None
    until: date | None = None


def list_progress(work: UnitOfWork, actor: Principal, query: ListProgress) -> Page[ProgressEntryView]:
    with work.transaction(actor.agency_id) as tx:
        require_log_reader(actor, load_plan(tx, query.plan_id))
        audit.record(tx, actor, "progress_read", "plan", query.plan_id)
        found = progress.list_progress(
            tx, query.page, query.plan_id, work_result_id=query.work_result_id, since=query.since, until=query.until
        )
        return found.of(ProgressEntryView.of)
