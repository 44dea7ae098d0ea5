"""Training records in the caller's view."""

from uuid import UUID

from sqlalchemy import extract, select

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.persistence import records
from training.persistence.models import Record
from training.persistence.rows import View, newest_first
from training.use_cases.scope import narrowed


def list_records(
    work: UnitOfWork,
    actor: Principal,
    *,
    employee_id: UUID | None,
    team: bool,
    state: str | None,
    year: int | None,
    before: UUID | None,
    limit: int,
) -> list[View]:
    with work.transaction(actor.agency_id) as tx:
        query = narrowed(
            tx, actor, select(Record), Record.employee_id, what="records", employee_id=employee_id, team=team
        )
        if state:
            query = query.where(Record.state == state)
        if year is not None:
            query = query.where(extract("year", Record.completed_on) == year)
        return records.views(tx, newest_first(tx, query, Record.id, before, limit))
