"""Report a hazard at a workplace in one's own name."""

from dataclasses import dataclass
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.tickets import HazardCategory, TicketKind

from .condition_view import ConditionView, condition_view
from .create_survey import check_scope
from .open_ticket import TicketDraft, open_ticket


@dataclass(frozen=True)
class HazardDraft:
    category: HazardCategory
    unit_id: UUID
    place: str
    description: str
    danger: bool


def report_hazard(work: UnitOfWork, actor: Principal, draft: HazardDraft) -> ConditionView:
    if actor.employee_id is None:
        raise Forbidden
    with work.transaction(actor.agency_id) as tx:
        check_scope(tx, [draft.unit_id])
        ticket, _ = open_ticket(tx, hazard_ticket(draft, reporter_id=actor.employee_id))
        audit.record(tx, actor, "hazard_reported", "ticket", ticket.ticket_id)
        return condition_view(tx, actor, ticket)


def hazard_ticket(draft: HazardDraft, *, reporter_id: UUID | None) -> TicketDraft:
    return TicketDraft(
        kind=TicketKind.HAZARD,
        category=draft.category.value,
        description=draft.description,
        danger=draft.danger,
        unit_id=draft.unit_id,
        place=draft.place,
        reporter_id=reporter_id,
        anonymous=reporter_id is None,
    )
