"""Write to the reporter of a ticket about a place, or, as the reporter, to whoever handles it."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import tickets

from .condition_view import ConditionView, condition_view, is_party, need_reader
from .write_message import write_message


def answer_condition(work: UnitOfWork, actor: Principal, ticket_id: UUID, text: str) -> ConditionView:
    with work.transaction(actor.agency_id) as tx:
        ticket = tickets.get_condition(tx.session, ticket_id)
        need_reader(tx, actor, ticket)
        if not is_party(actor, ticket):
            raise Forbidden
        is_reporter = actor.employee_id is not None and actor.employee_id == ticket.reporter_id
        write_message(tx, ticket, text, from_reporter=is_reporter)
        audit.record(tx, actor, "condition_message_written", "ticket", ticket_id)
        return condition_view(tx, actor, ticket)
