"""Report a hazard at a workplace without a name."""

from chassis.unit_of_work import UnitOfWork

from .create_survey import check_scope
from .open_ticket import ReceiptView, need_agency, open_ticket
from .report_hazard import HazardDraft, hazard_ticket


def report_hazard_anonymously(work: UnitOfWork, agency_id: str, draft: HazardDraft) -> ReceiptView:
    with work.transaction(agency_id) as tx:
        need_agency(tx)
        check_scope(tx, [draft.unit_id])
        ticket, code = open_ticket(tx, hazard_ticket(draft, reporter_id=None), with_code=True)
        return ReceiptView(code, ticket.state, ticket.due_at)
