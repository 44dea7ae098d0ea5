"""The agency's dictionary of competencies."""

from sqlalchemy import select

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.persistence.models import Competency
from training.persistence.reference import ensure_reference
from training.persistence.rows import View, by_code, flat


def list_competencies(
    work: UnitOfWork, actor: Principal, *, kind: str | None, after: str | None, limit: int
) -> list[View]:
    with work.transaction(actor.agency_id) as tx:
        ensure_reference(tx)
        query = select(Competency)
        if kind:
            query = query.where(Competency.kind == kind)
        return [flat(row) for row in by_code(tx, query, Competency.code, after, limit)]
