"""Book the JP of a verified record and finish the plan item it answers; and reverse it all."""

from chassis import outbox
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from training.domain.ledger import LedgerEntry
from training.domain.plan import PlanItem
from training.domain.record import Record, RevocationReason
from training.events import TrainingFinished, TrainingReversed
from training.persistence.ledger import insert_entry, load_credit
from training.persistence.plans import lock_item, lock_item_to_finish, lock_items_done_by, update_item


def book_credit(tx: Transaction, record: Record) -> None:
    """Once per record: the database refuses a second credit."""
    credit = LedgerEntry.credit(new_id(), record, tx.now)
    insert_entry(tx, credit)
    item = _item_to_finish(tx, record, credit.year)
    if item is not None:
        update_item(tx, item, item.finished(record.id))
    outbox.record(tx, TrainingFinished.of(record, credit))


def reverse_credit(tx: Transaction, record: Record, reason: RevocationReason) -> None:
    """Book a reversing entry in the year of the credit; the credit itself stays."""
    credit = load_credit(tx, record.id)
    insert_entry(tx, credit.reversal(new_id(), tx.now))
    for item in lock_items_done_by(tx, record.id):
        update_item(tx, item, item.reopened())
    outbox.record(tx, TrainingReversed.of(credit, reason))


def _item_to_finish(tx: Transaction, record: Record, year: int) -> PlanItem | None:
    if record.plan_item_id is not None:
        return lock_item(tx, record.plan_item_id)
    return lock_item_to_finish(tx, record.employee_id, year, record.course_code)
