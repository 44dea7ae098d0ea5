"""List what is known ahead: who retires, leaves, moves or rises on which day to come."""

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from personnel.domain.record_views import DueRecordView, ListDue
from personnel.persistence.agencies import today
from personnel.persistence.due_records import list_due_records


def list_due(work: UnitOfWork, actor: Principal, query: ListDue) -> Page[DueRecordView]:
    """Return records of days to come, by day."""
    with work.transaction(actor.agency_id) as tx:
        found = list_due_records(tx, query, today(tx))
        audit.record(tx, actor, "due_records_listed", "agency", tx.agency_id, count=len(found.items))
        return found
