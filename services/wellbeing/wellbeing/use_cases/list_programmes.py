"""The programmes with their sessions and the seats left."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import programmes

from .programme_view import ProgrammeView, programme_view


def list_programmes(
    work: UnitOfWork, actor: Principal, *, after: UUID | None, limit: int
) -> tuple[list[ProgrammeView], UUID | None]:
    with work.transaction(actor.agency_id) as tx:
        found = programmes.search_programmes(tx.session, after=after, limit=limit + 1)
        views = [programme_view(tx, row) for row in found[:limit]]
        return views, views[-1].programme_id if len(found) > limit else None
