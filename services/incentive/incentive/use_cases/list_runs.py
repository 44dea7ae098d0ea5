"""Runs of the agency, the newest month first, and one of them."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from incentive.domain.runs import RunView
from incentive.persistence.models import AllowanceRun
from incentive.persistence.runs import run, view


def list_runs(work: UnitOfWork, actor: Principal, before: date | None, limit: int) -> list[RunView]:
    with work.transaction(actor.agency_id) as tx:
        chosen = select(AllowanceRun).order_by(AllowanceRun.month.desc()).limit(limit)
        if before is not None:
            chosen = chosen.where(AllowanceRun.month < before)
        return [view(row) for row in tx.session.scalars(chosen)]


def show_run(work: UnitOfWork, actor: Principal, run_id: UUID) -> RunView:
    with work.transaction(actor.agency_id) as tx:
        return view(run(tx, run_id))
