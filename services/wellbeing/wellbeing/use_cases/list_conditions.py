"""Tickets about places: the officer sees all, leaders those of their tree, everybody what they reported or own."""

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.tickets import TicketState
from wellbeing.persistence import directory, tickets

from .condition_view import ConditionView, condition_view
from .reach import led_units


def list_conditions(
    work: UnitOfWork, actor: Principal, *, state: TicketState | None, after: tickets.Position | None, limit: int
) -> tuple[list[ConditionView], tickets.Position | None]:
    with work.transaction(actor.agency_id) as tx:
        found = tickets.search_conditions(
            tx.session,
            everything=actor.has("wellbeing_officer"),
            units=directory.tree(tx.session).subtree(led_units(tx, actor)),
            employee_id=actor.employee_id,
            state=state.value if state else None,
            after=after,
            limit=limit + 1,
        )
        views = [condition_view(tx, actor, ticket, whole=False) for ticket in found[:limit]]
        return views, (found[limit - 1].received_at, found[limit - 1].ticket_id) if len(found) > limit else None
