"""One ticket about a place, with its history and measurements."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import tickets

from .condition_view import ConditionView, condition_view, need_reader


def read_condition(work: UnitOfWork, actor: Principal, ticket_id: UUID) -> ConditionView:
    with work.transaction(actor.agency_id) as tx:
        ticket = tickets.get_condition(tx.session, ticket_id)
        need_reader(tx, actor, ticket)
        audit.record(tx, actor, "condition_read", "ticket", ticket_id)
        return condition_view(tx, actor, ticket)
