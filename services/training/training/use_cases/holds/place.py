"""Queue for a copy when all are lent."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from training.authorisation import require_party, subject_of
from training.domain.errors import AlreadyBorrowed
from training.domain.loan import Hold, HoldView
from training.persistence.loans import has_loan, insert_hold, live_hold, view_hold
from training.persistence.reference_items import lock_active_item


def place_hold(work: UnitOfWork, actor: Principal, item_id: UUID, *, employee_id: UUID | None) -> HoldView:
    with work.transaction(actor.agency_id) as tx:
        subject = subject_of(actor, employee_id)
        item = lock_active_item(tx, item_id)
        require_party(tx, actor, subject)
        if has_loan(tx, item_id, subject) or live_hold(tx, item_id, subject):
            raise AlreadyBorrowed
        item.require_queue()
        hold = Hold.placed(new_id(), item_id, subject, tx.now)
        insert_hold(tx, hold)
        audit.record(tx, actor, "hold_placed", "employee", subject, hold_id=hold.id)
        return view_hold(tx, hold)
