"""Record the state that a training record has entered: by whom, when and why."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from training.domain.record import Record, RecordMove
from training.persistence.records import insert_move


def record_move(tx: Transaction, actor: Principal, record: Record, *, reason_code: str = "", note: str = "") -> None:
    insert_move(tx, record.id, RecordMove(record.state, reason_code, note, actor.account_id, tx.now, actor.employee_id))
    audit.record(tx, actor, f"record_{record.state.lower()}", "employee", record.employee_id, record_id=record.id)
