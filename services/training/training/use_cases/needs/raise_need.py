"""Raise a training need, or add a cause to the one that is already live."""

from datetime import date
from uuid import UUID

from chassis import audit, outbox
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from training.domain.need import Cause, Need, NeedCause, NeedMove, NeedState
from training.events import TrainingNeedRaised
from training.persistence.locked_rows import lock
from training.persistence.needs import insert_cause, insert_move, insert_need, is_counted, live_need, update_need


def raise_need(tx: Transaction, employee_id: UUID, competency_code: str, cause: Cause, today: date) -> Need | None:
    """Return the need that now has this cause; None when the cause was counted before (a repeat changes nothing)."""
    lock(tx, "needs", employee_id)
    if is_counted(tx, competency_code, cause):
        return None
    live = live_need(tx, employee_id, competency_code)
    if live is None:
        need = Need.raised(new_id(), employee_id, competency_code, cause.levels, now=tx.now, year=today.year)
        insert_need(tx, need)
        insert_move(tx, need.id, NeedMove(NeedState.OPEN, "", cause.recorded_by, tx.now))
    else:
        need = update_need(tx, live, live.with_levels(cause.levels))
    insert_cause(tx, NeedCause.of(new_id(), need, cause, tx.now))
    audit.record(
        tx, cause.recorded_by, "need_raised", "need", need.id, competency_code=competency_code, source=cause.source
    )
    outbox.record(tx, TrainingNeedRaised.of(need, cause))
    return need
