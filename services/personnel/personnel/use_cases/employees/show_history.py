"""What was recorded of a person, each record with its days and its source, and the person's numbers."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.authorisation import require_record_reader
from personnel.domain.record_views import HistoryView, RecordsView, records_view
from personnel.domain.records import PersonRecords
from personnel.domain.relation import Relation
from personnel.persistence.employees import load_employee, names_of
from personnel.persistence.officials import official_names
from personnel.persistence.org_units import unit_names
from personnel.persistence.records import identifiers_of, records_of


def show_history(work: UnitOfWork, actor: Principal, employee_id: UUID) -> HistoryView:
    """Return the whole history to those who may see the record. Raise NotFound, Forbidden."""
    with work.transaction(actor.agency_id) as tx:
        relation = require_record_reader(tx, actor, load_employee(tx, employee_id))
        if relation is not Relation.SELF:
            audit.record(tx, actor, "history_read", "employee", employee_id, relation=relation)
        shown = with_names(tx, employee_id, records_of(tx, employee_id))
        return HistoryView.of(shown, identifiers_of(tx, employee_id))


def with_names(tx: Transaction, employee_id: UUID, records: PersonRecords) -> RecordsView:
    """Return records as they are shown."""
    units = unit_names(tx, (one.unit_id for one in records.positions))
    superiors = [one.superior_id for one in records.superiors]
    return records_view(employee_id, records, units, names_of(tx, superiors) | official_names(tx, superiors))
