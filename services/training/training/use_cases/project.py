"""Keep this service's picture of agencies, units and people as personnel tells it."""

from typing import Any

from chassis.unit_of_work import Transaction
from training.persistence import people
from training.persistence.models import Agency, Employee, OrgUnit
from training.persistence.reference import ensure_reference


def agency(tx: Transaction, **values: Any) -> None:
    """A new agency gets its first reference data at once."""
    row = tx.session.get(Agency, tx.agency_id)
    if row is None:
        tx.session.add(Agency(agency_id=tx.agency_id, **values))
    else:
        row.name, row.time_zone = values["name"], values["time_zone"]
    tx.session.flush()
    ensure_reference(tx)


def org_unit(tx: Transaction, **values: Any) -> None:
    people.put(tx, OrgUnit, "unit_id", values)


def employee(tx: Transaction, **values: Any) -> None:
    """Both EmployeeChanged and AssignmentChanged land here, each with its own columns, in any order."""
    people.put(tx, Employee, "employee_id", values)
