"""Training needs in the caller's view."""

from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.persistence import needs
from training.persistence.models import Need, NeedCause
from training.persistence.rows import View, newest_first
from training.use_cases.scope import narrowed


def list_needs(
    work: UnitOfWork, actor: Principal, filters: dict[str, Any], *, before: UUID | None, limit: int
) -> list[View]:
    """`filters`: employee_id, team, state, competency_code, source (any of the need's causes), year."""
    with work.transaction(actor.agency_id) as tx:
        query = narrowed(
            tx,
            actor,
            select(Need),
            Need.employee_id,
            what="needs",
            employee_id=filters["employee_id"],
            team=filters["team"],
        )
        for column in (Need.state, Need.competency_code, Need.year):
            if filters[column.key] is not None:
                query = query.where(column == filters[column.key])
        if filters["source"]:
            query = query.where(exists().where(NeedCause.need_id == Need.id, NeedCause.source == filters["source"]))
        return needs.views(tx, newest_first(tx, query, Need.id, before, limit))
