"""The read model of what other services publish; every function ends the same whatever the order and the repeats."""

from sqlalchemy import or_
from sqlalchemy.dialects.postgresql import insert

from chassis.records import Model, table_of, values_of
from chassis.unit_of_work import Transaction
from incentive.domain.person import AssignmentVersion, EmployeeVersion, TrainingRecord
from incentive.persistence import models


def add_employee_version(tx: Transaction, version: EmployeeVersion) -> bool:
    """Store a version of a person. Return whether it was not known."""
    return _add(tx, models.EmployeeVersion, version)


def add_assignment_version(tx: Transaction, version: AssignmentVersion) -> bool:
    """Store a version of an assignment. Return whether it was not known."""
    return _add(tx, models.AssignmentVersion, version)


def store_training(tx: Transaction, record: TrainingRecord) -> None:
    """Store a training; once it is finished or reversed it stays so, whichever event comes first."""
    table = table_of(models.TrainingRecord)
    query = insert(table).values({"agency_id": tx.agency_id, **values_of(models.TrainingRecord, record)})
    flags = {name: or_(table.c[name], query.excluded[name]) for name in ("finished", "reversed")}
    tx.session.execute(query.on_conflict_do_update(index_elements=list(table.primary_key), set_=flags))


def _add(tx: Transaction, model: Model, version: EmployeeVersion | AssignmentVersion) -> bool:
    query = insert(table_of(model)).values({"agency_id": tx.agency_id, **values_of(model, version)})
    added = tx.session.execute(query.on_conflict_do_nothing().returning(table_of(model).c.version))
    return added.first() is not None
