"""Call those who may look at a report: the officers without a conflict, and of a person's case the inspectorate.

An alarm says nothing of the report, and is not sent to an officer who would not find it in the queue: that would tell
whom it is about.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from chassis import outbox
from chassis.unit_of_work import Transaction
from directory.questions import time_zone, today
from wellbeing.authorisation import must_not_read
from wellbeing.domain.deadlines import start_of_day
from wellbeing.domain.ticket import Ticket
from wellbeing.events import Addressee, Occasion, ReportWaiting
from wellbeing.persistence.directory import find_employee, is_leader
from wellbeing.persistence.officers import officers_since

# Whoever has not opened a list of reports for so long is taken to be an officer no more.
REACHABLE = timedelta(days=90)


def sound_alarm(tx: Transaction, ticket: Ticket, occasion: Occasion) -> None:
    """Call the officers who may handle it but do not yet; the inspectorate when none is free, or when it is overdue."""
    free = [one for one in officers_since(tx, today(tx) - REACHABLE) if _may_handle(tx, ticket, one)]
    for officer_id in free:
        _call(tx, Addressee.OFFICER, officer_id, occasion)
    if ticket.is_personal and (occasion is Occasion.OVERDUE or not free):
        _call(tx, Addressee.INSPECTORATE, None, occasion)


def _may_handle(tx: Transaction, ticket: Ticket, officer_id: UUID) -> bool:
    employee = find_employee(tx, officer_id)
    if employee is None or not employee.is_active or officer_id == ticket.owner_id:
        return False
    if not ticket.is_personal:
        return True
    return not is_leader(tx, officer_id) and not must_not_read(tx, [ticket.ticket_id], officer_id)


def _call(tx: Transaction, addressee: Addressee, officer_id: UUID | None, occasion: Occasion) -> None:
    event = ReportWaiting(alarm_id=uuid4(), addressee=addressee, officer_id=officer_id, occasion=occasion)
    outbox.record(tx, event, day=start_of_day(tx.now, time_zone(tx)))
