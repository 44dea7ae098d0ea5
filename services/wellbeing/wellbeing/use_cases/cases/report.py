"""Report what people did to a person, in one's own name or without one.

An anonymous report leaves no trace of its sender: no audit row, no account, no address, no time but the day. What the
reporter gets is a code, shown once. No event is published of a personal case.
"""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.authorisation import self_of
from wellbeing.domain.report_code import new_code
from wellbeing.domain.reporting_line import Subjects
from wellbeing.domain.ticket import ReportCase, Ticket, TicketContent
from wellbeing.domain.ticket_views import ReceiptView
from wellbeing.persistence.directory import require_agency
from wellbeing.use_cases.cases.record_subjects import record_subjects, require_known_subjects
from wellbeing.use_cases.tickets.open import open_ticket


def report_case(work: UnitOfWork, actor: Principal, command: ReportCase) -> ReceiptView:
    """Open a case in one's own name, which stands in the case and nowhere else. Raise Forbidden, InvalidInput."""
    reporter_id = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        receipt, ticket = _open(tx, command, reporter_id)
        audit.record(tx, "reporter", "case_reported", "ticket", ticket.ticket_id)
        return receipt


def report_case_anonymously(work: UnitOfWork, agency_id: str, command: ReportCase) -> ReceiptView:
    """Open a case without a name. Raise NotFound, InvalidInput."""
    with work.transaction(agency_id) as tx:
        require_agency(tx)
        return _open(tx, command, None)[0]


def _open(tx: Transaction, command: ReportCase, reporter_id: UUID | None) -> tuple[ReceiptView, Ticket]:
    subjects = Subjects(
        tuple(command.reported_employee_ids), tuple(command.reported_unit_ids), tuple(command.keep_out_employee_ids)
    )
    require_known_subjects(tx, subjects)
    code = new_code(tx.agency_id)
    ticket = open_ticket(tx, TicketContent.of_case(command), reporter_id=reporter_id, code=code)
    record_subjects(tx, ticket, subjects)
    return ReceiptView(code, ticket.state, ticket.due_at), ticket
