"""Record a version of a person's employment."""

from chassis.unit_of_work import Transaction
from incentive.domain.person import EmployeeVersion
from incentive.persistence.projections import add_employee_version
from incentive.persistence.reassessments import enqueue_reassessment
from incentive.persistence.recalculations import enqueue_since


def record_employee(tx: Transaction, version: EmployeeVersion) -> None:
    """Store it; months and eligibility since then are calculated and assessed again."""
    if add_employee_version(tx, version):
        enqueue_since(tx, version.employee_id, version.effective_from, "employee")
        enqueue_reassessment(tx, version.employee_id)
