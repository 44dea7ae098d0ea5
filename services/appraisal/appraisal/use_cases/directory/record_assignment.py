"""Record an employee's assignment; open plans and evaluations move to the present superiors."""

from appraisal.persistence import evaluations, follow_ups, objections, plans
from appraisal.persistence.people import find_employee, save_assignment
from chassis.unit_of_work import Transaction
from directory.people import Assignment


def record_assignment(tx: Transaction, assignment: Assignment) -> None:
    """One correction in personnel is enough: nothing open stays with the wrong superior."""
    employee_id, appraiser_id = assignment.employee_id, assignment.appraiser_id
    before = find_employee(tx, employee_id)
    save_assignment(tx, assignment)
    if before is None or before.unit_id is None:
        return
    follow_ups.reassign(tx, employee_id, appraiser_id)
    plans.reassign(tx, employee_id, assignment.unit_id, appraiser_id, assignment.reviewer_id)
    evaluations.reassign(tx, employee_id, appraiser_id, assignment.reviewer_id)
    objections.reassign(tx, employee_id, assignment.reviewer_id)
