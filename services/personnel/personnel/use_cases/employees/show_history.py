"""What was recorded of a person: positions, superiors, employment, numbers, each with its days and its source."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from chassis.views import view_of
from personnel.authorisation import require_record_reader
from personnel.domain.records import EmploymentState, HistoryView, IdentifierPeriod, position_periods, superior_periods
from personnel.domain.relation import Relation
from personnel.persistence import records
from personnel.persistence.employees import load_employee, names_of
from personnel.persistence.officials import official_names
from personnel.persistence.org_units import unit_names


def show_history(work: UnitOfWork, actor: Principal, employee_id: UUID) -> HistoryView:
    """Return the whole history to those who may see the record. Raise NotFound, Forbidden."""
    with work.transaction(actor.agency_id) as tx:
        relation = require_record_reader(tx, actor, load_employee(tx, employee_id))
        if relation is not Relation.SELF:
            audit.record(tx, actor, "history_read", "employee", employee_id, relation=relation)
        positions = records.position_records(tx, employee_id)
        superiors = records.superior_records(tx, employee_id)
        superior_ids = [one.superior_id for one in superiors]
        return HistoryView(
            employee_id=employee_id,
            positions=position_periods(positions, unit_names(tx, (one.unit_id for one in positions))),
            superiors=superior_periods(superiors, names_of(tx, superior_ids) | official_names(tx, superior_ids)),
            employment=[view_of(EmploymentState, one) for one in records.employment_records(tx, employee_id)],
            identifiers=[view_of(IdentifierPeriod, one) for one in records.identifiers_of(tx, employee_id)],
        )
