"""Report what people did to a person, in one's own name or without one.

An anonymous report leaves no trace of its sender: no audit row, no account, no address, no exact time. What the
reporter gets is a code, shown once. No event is said of a personal case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from wellbeing.domain.case_access import exclusions
from wellbeing.domain.tickets import PersonalCategory, TicketKind
from wellbeing.persistence import directory, tickets
from wellbeing.persistence.models import Ticket, TicketSubject

from .create_survey import check_scope
from .open_ticket import ReceiptView, TicketDraft, open_ticket

REPORTED = "REPORTED"
KEEP_OUT = "KEEP_OUT"


@dataclass(frozen=True)
class CaseDraft:
    """Who is reported may be told by employee, by unit, or only in words within the description."""

    category: PersonalCategory
    description: str
    danger: bool
    place: str = ""
    reported_employee_ids: Sequence[UUID] = ()
    reported_unit_ids: Sequence[UUID] = ()
    keep_out_employee_ids: Sequence[UUID] = ()


def report_case(work: UnitOfWork, actor: Principal, draft: CaseDraft) -> ReceiptView:
    if actor.employee_id is None:
        raise Forbidden
    with work.transaction(actor.agency_id) as tx:
        receipt, ticket = open_case(tx, draft, reporter_id=actor.employee_id)
        audit.record(tx, "reporter", "case_reported", "ticket", ticket.ticket_id)
        return receipt


def open_case(tx: Transaction, draft: CaseDraft, *, reporter_id: UUID | None) -> tuple[ReceiptView, Ticket]:
    check_subjects(tx, draft.reported_employee_ids, draft.reported_unit_ids)
    ticket, code = open_ticket(
        tx,
        TicketDraft(
            kind=TicketKind.PERSONAL,
            category=draft.category.value,
            description=draft.description,
            danger=draft.danger,
            place=draft.place,
            reporter_id=reporter_id,
            anonymous=reporter_id is None,
        ),
        with_code=True,
    )
    add_subjects(tx, ticket, draft.reported_employee_ids, draft.reported_unit_ids, draft.keep_out_employee_ids)
    return ReceiptView(code, ticket.state, ticket.due_at), ticket


def check_subjects(tx: Transaction, employee_ids: Sequence[UUID], unit_ids: Sequence[UUID]) -> None:
    """Raise InvalidInput for people that are not known: who cannot be found cannot be kept out either."""
    check_scope(tx, unit_ids)
    unknown = set(employee_ids) - directory.people(tx.session, employee_ids)
    if unknown:
        expected = "pengenal pegawai di instansi Anda; bila tidak tahu, tuliskan orangnya pada uraian"
        fields = [
            FieldError("reported_employee_ids", "unknown_employee", str(one), expected) for one in sorted(unknown)
        ]
        raise InvalidInput(errors=fields)


def add_subjects(
    tx: Transaction, ticket: Ticket, employees: Sequence[UUID], units: Sequence[UUID], keep_out: Sequence[UUID]
) -> None:
    """Note who is reported, and write down who must keep away because of it."""
    told = [(REPORTED, one, None) for one in employees] + [(KEEP_OUT, one, None) for one in keep_out]
    for role, employee_id, unit_id in [*told, *((REPORTED, None, unit) for unit in units)]:
        tx.session.add(
            TicketSubject(
                agency_id=tx.agency_id, ticket_id=ticket.ticket_id, role=role, employee_id=employee_id, unit_id=unit_id
            )
        )
    tx.session.flush()
    found = exclusions(
        directory.line(tx.session, tx.agency_id),
        reported=employees,
        reported_units=units,
        named=keep_out,
        reporter=ticket.reporter_id,
    )
    tickets.exclude(tx.session, ticket, found.items())
