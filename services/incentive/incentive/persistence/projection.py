"""Writing what the neighbours tell; every statement gives the same end whatever the order and the repeats."""

from typing import Any

from sqlalchemy import text

from chassis.unit_of_work import Transaction

_AGENCY = text(
    "INSERT INTO agency AS a (agency_id, name, time_zone, version) VALUES (:agency, :name, :time_zone, :version) "
    "ON CONFLICT (agency_id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone, "
    "version = excluded.version WHERE a.version < excluded.version"
)
_UNIT = text(
    "INSERT INTO org_unit AS u (agency_id, unit_id, parent_id, code, name, leader_id, active, version) "
    "VALUES (:agency, :unit_id, :parent_id, :code, :name, :leader_id, :active, :version) "
    "ON CONFLICT (agency_id, unit_id) DO UPDATE SET parent_id = excluded.parent_id, code = excluded.code, "
    "name = excluded.name, leader_id = excluded.leader_id, active = excluded.active, version = excluded.version "
    "WHERE u.version < excluded.version"
)
_EMPLOYEE = text(
    "INSERT INTO employee_version (agency_id, employee_id, version, effective_from, employment_type, status, grade, "
    "grade_since, service_start) VALUES (:agency, :employee_id, :version, :effective_from, :employment_type, :status, "
    ":grade, :grade_since, :service_start) ON CONFLICT DO NOTHING RETURNING version"
)
_ASSIGNMENT = text(
    "INSERT INTO assignment_version (agency_id, employee_id, version, effective_from, unit_id, position_kind, "
    "position_level, job_class) VALUES (:agency, :employee_id, :version, :effective_from, :unit_id, :position_kind, "
    ":position_level, :job_class) ON CONFLICT DO NOTHING RETURNING version"
)
# A record is finished and, perhaps, reversed; either may be heard first.
_TRAINING = text(
    "INSERT INTO training_record AS t (agency_id, record_id, employee_id, jp, year, finished, reversed) "
    "VALUES (:agency, :record_id, :employee_id, :jp, :year, :finished, :reversed) "
    "ON CONFLICT (agency_id, record_id) DO UPDATE SET finished = t.finished OR excluded.finished, "
    "reversed = t.reversed OR excluded.reversed"
)


def put_agency(tx: Transaction, **told: Any) -> None:
    tx.session.execute(_AGENCY, {"agency": tx.agency_id, **told})


def put_unit(tx: Transaction, **told: Any) -> None:
    tx.session.execute(_UNIT, {"agency": tx.agency_id, **told})


def add_employee_version(tx: Transaction, **told: Any) -> bool:
    return tx.session.execute(_EMPLOYEE, {"agency": tx.agency_id, **told}).first() is not None


def add_assignment_version(tx: Transaction, **told: Any) -> bool:
    return tx.session.execute(_ASSIGNMENT, {"agency": tx.agency_id, **told}).first() is not None


def put_training(tx: Transaction, **told: Any) -> None:
    tx.session.execute(_TRAINING, {"agency": tx.agency_id, **told})
