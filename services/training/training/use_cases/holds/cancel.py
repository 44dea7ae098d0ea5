"""Leave the queue for a copy."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.authorisation import require_party
from training.domain.loan import HoldState, HoldView
from training.persistence.loans import load_hold, view_hold
from training.persistence.reference_items import lock_active_item
from training.use_cases.holds.serve import end_hold


def cancel_hold(work: UnitOfWork, actor: Principal, hold_id: UUID) -> HoldView:
    with work.transaction(actor.agency_id) as tx:
        found = load_hold(tx, hold_id)
        require_party(tx, actor, found.employee_id)
        item = lock_active_item(tx, found.item_id)
        hold = load_hold(tx, hold_id)  # under the lock
        ended = end_hold(tx, item, hold, HoldState.CANCELLED)
        audit.record(tx, actor, "hold_cancelled", "employee", hold.employee_id, hold_id=hold_id)
        return view_hold(tx, ended)
