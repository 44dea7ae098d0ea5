"""Record where somebody works now; what the post requires is compared just before the commit."""

from chassis.causation import current_causation
from chassis.unit_of_work import Transaction
from directory.people import Assignment
from training.persistence.people import save_assignment
from training.use_cases.needs.compare_levels import compare_after_moves


def record_assignment(tx: Transaction, assignment: Assignment) -> None:
    save_assignment(tx, assignment)
    tx.before_commit(compare_after_moves, (assignment.employee_id, current_causation()))
