"""Read runs of the agency: one, or all with the newest month first."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from incentive.domain.allowance_run import AllowanceRunView
from incentive.persistence import allowance_runs


def show_run(work: UnitOfWork, actor: Principal, run_id: UUID) -> AllowanceRunView:
    with work.transaction(actor.agency_id) as tx:
        return AllowanceRunView.of(allowance_runs.load_run(tx, run_id))


def list_runs(work: UnitOfWork, actor: Principal, *, page: PageRequest) -> Page[AllowanceRunView]:
    with work.transaction(actor.agency_id) as tx:
        return allowance_runs.list_runs(tx, page).of(AllowanceRunView.of)
