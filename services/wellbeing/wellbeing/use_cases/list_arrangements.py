"""Requests for flexible working: one's own, and those of the people one rates."""

from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import directory, programmes

from .request_arrangement import ArrangementView, arrangement_view


def list_arrangements(
    work: UnitOfWork, actor: Principal, *, after: UUID | None, limit: int
) -> tuple[list[ArrangementView], UUID | None]:
    """One's own requests, and those of the people one rates."""
    if actor.employee_id is None:
        raise Forbidden
    with work.transaction(actor.agency_id) as tx:
        people = {actor.employee_id} | directory.subordinates(tx.session, actor.employee_id)
        found = programmes.search_arrangements(tx.session, people, after=after, limit=limit + 1)
        views = [arrangement_view(row) for row in found[:limit]]
        return views, views[-1].arrangement_id if len(found) > limit else None
