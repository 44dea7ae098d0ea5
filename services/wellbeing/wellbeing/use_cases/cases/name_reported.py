"""Record who a case turned out to be about. A handler who stands in their line loses the case at once."""

from collections.abc import Sequence
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import load_case_as_handler, must_not_read, self_of
from wellbeing.domain.reporting_line import Subjects
from wellbeing.domain.ticket_views import CaseRowView
from wellbeing.persistence.tickets import update_ticket
from wellbeing.use_cases.cases.record_subjects import record_subjects, require_known_subjects
from wellbeing.use_cases.tickets.record import record_entry


def name_reported(
    work: UnitOfWork, actor: Principal, ticket_id: UUID, *, employee_ids: Sequence[UUID], unit_ids: Sequence[UUID]
) -> CaseRowView:
    """Add reported people and units. Raise as reading does, and InvalidInput for who is not known."""
    with work.transaction(actor.agency_id) as tx:
        before = load_case_as_handler(tx, actor, ticket_id)
        handler = self_of(actor)
        subjects = Subjects(tuple(employee_ids), tuple(unit_ids))
        require_known_subjects(tx, subjects)
        record_subjects(tx, before, subjects)
        record_entry(tx, before, "REPORTED_NAMED", actor_id=handler)
        released = bool(must_not_read(tx, [ticket_id], handler))
        after = before.owned_by(None if released else handler)
        update_ticket(tx, before, after)
        if released:
            record_entry(tx, after, "RELEASED", actor_id=None)
        audit.record(tx, actor, "case_reported_named", "ticket", ticket_id)
        return CaseRowView.of(after, handler)
