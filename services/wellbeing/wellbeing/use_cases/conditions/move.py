"""Move a ticket about a place on; the officer or its owner does."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import require_condition_owner, require_condition_reader
from wellbeing.domain.ticket import MoveTicket
from wellbeing.domain.ticket_views import ConditionView
from wellbeing.persistence.tickets import load_condition
from wellbeing.use_cases.conditions.read import condition_view
from wellbeing.use_cases.tickets.move import move_ticket


def move_condition(work: UnitOfWork, actor: Principal, command: MoveTicket) -> ConditionView:
    """Move on; an officer becomes the owner of a ticket that has none. Raise NotFound, Forbidden and the move's."""
    with work.transaction(actor.agency_id) as tx:
        before = load_condition(tx, command.ticket_id)
        require_condition_reader(tx, actor, before)
        require_condition_owner(actor, before)
        owner_id = before.owner_id or actor.employee_id
        after = move_ticket(tx, before, command, owner_id=owner_id, actor_id=actor.employee_id)
        audit.record(tx, actor, "condition_moved", "ticket", command.ticket_id, state=after.state)
        return condition_view(tx, actor, after)
