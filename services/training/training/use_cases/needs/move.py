"""Move a need to another state and record the move."""

from chassis import audit
from chassis.unit_of_work import Transaction
from training.domain.need import Need, NeedMove, NeedState
from training.persistence.needs import insert_move, update_need


def move_need(tx: Transaction, need: Need, target: NeedState, *, by: str, reason: str) -> Need:
    """Return the need as saved. Raise NeedClosed when it cannot make this move."""
    saved = update_need(tx, need, need.moved(target))
    insert_move(tx, need.id, NeedMove(target, reason, by, tx.now))
    audit.record(tx, by, f"need_{target.lower()}", "need", need.id)
    return saved
