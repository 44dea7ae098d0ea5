"""Record a version of a person's employment."""

from chassis.unit_of_work import Transaction
from incentive.domain.person import EmployeeVersion
from incentive.persistence.predicates import appraised_years
from incentive.persistence.projections import add_employee_version
from incentive.persistence.reassessments import enqueue_reassessment
from incentive.persistence.recalculations import enqueue_since
from incentive.use_cases.credit.book_annual import book_annual_credit


def record_employee(tx: Transaction, version: EmployeeVersion) -> None:
    """Store it; months already run are calculated again, years already converted are booked again."""
    if not add_employee_version(tx, version):
        return
    enqueue_since(tx, version.employee_id, version.effective_from, "employee")
    for year in appraised_years(tx, version.employee_id, version.effective_from.year):
        book_annual_credit(tx, version.employee_id, year)
    enqueue_reassessment(tx, version.employee_id)
