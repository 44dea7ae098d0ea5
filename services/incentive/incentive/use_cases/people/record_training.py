"""Record learning hours: a condition of promotion where the agency asks for it."""

from chassis.unit_of_work import Transaction
from incentive.domain.person import TrainingRecord
from incentive.persistence.projections import store_training
from incentive.persistence.reassessments import enqueue_reassessment


def record_training(tx: Transaction, record: TrainingRecord) -> None:
    store_training(tx, record)
    enqueue_reassessment(tx, record.employee_id)
