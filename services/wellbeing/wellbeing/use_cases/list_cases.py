"""The queue of personal cases: how urgent, whether taken; what they say is behind the door."""

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.case_access import refuse_leader
from wellbeing.domain.tickets import TicketState
from wellbeing.persistence import tickets

from .case_door import CaseRow, case_row, must_keep_away
from .reach import leads_a_unit


def list_cases(
    work: UnitOfWork, actor: Principal, *, state: TicketState | None, after: tickets.Position | None, limit: int
) -> tuple[list[CaseRow], tickets.Position | None]:
    """A page may hold fewer rows than asked for: those that the reader must not know of are taken out of it."""
    if actor.employee_id is None:
        raise Forbidden
    with work.transaction(actor.agency_id) as tx:
        refuse_leader(leads_a_unit=leads_a_unit(tx, actor))
        found = tickets.search_cases(tx.session, state=state.value if state else None, after=after, limit=limit + 1)
        page = found[:limit]
        rows = [case_row(actor, ticket) for ticket in page if not must_keep_away(tx, ticket, actor.employee_id)]
        audit.record(tx, actor, "case_queue_read", "ticket", "-", shown=len(rows))
        return rows, (page[-1].received_at, page[-1].ticket_id) if len(found) > limit else None
