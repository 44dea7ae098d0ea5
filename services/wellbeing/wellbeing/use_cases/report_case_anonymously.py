"""Report what people did to a person, without a name: no account, no address, no audit row, no exact time."""

from chassis.unit_of_work import UnitOfWork

from .open_ticket import ReceiptView, need_agency
from .report_case import CaseDraft, open_case


def report_case_anonymously(work: UnitOfWork, agency_id: str, draft: CaseDraft) -> ReceiptView:
    with work.transaction(agency_id) as tx:
        need_agency(tx)
        return open_case(tx, draft, reporter_id=None)[0]
