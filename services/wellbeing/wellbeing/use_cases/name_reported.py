"""Note who a case turned out to be about. A handler who stands in their line loses the case at once."""

from collections.abc import Sequence
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import tickets

from .case_door import CaseRow, case_row, enter_as_handler, must_keep_away
from .report_case import add_subjects, check_subjects


def name_reported(
    work: UnitOfWork, actor: Principal, ticket_id: UUID, employee_ids: Sequence[UUID], unit_ids: Sequence[UUID]
) -> CaseRow:
    with work.transaction(actor.agency_id) as tx:
        ticket = enter_as_handler(tx, actor, ticket_id)
        check_subjects(tx, employee_ids, unit_ids)
        add_subjects(tx, ticket, employee_ids, unit_ids, ())
        ticket.version += 1
        tickets.add_entry(tx.session, ticket, at=tx.now, action="REPORTED_NAMED", actor_id=actor.employee_id)
        assert actor.employee_id is not None
        if must_keep_away(tx, ticket, actor.employee_id):
            ticket.owner_id = None
            tickets.add_entry(tx.session, ticket, at=tx.now, action="RELEASED", actor_id=None)
        audit.record(tx, actor, "case_reported_named", "ticket", ticket_id)
        return case_row(actor, ticket)
