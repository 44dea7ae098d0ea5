"""Revoke a verified record."""

from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from training.authorisation import require_not_self
from training.domain.record import RecordView, RevokeRecord
from training.persistence.records import lock_record, update_training_record, view_record
from training.use_cases.records.book_jp import reverse_credit
from training.use_cases.records.record_move import record_move


def revoke_record(tx: Transaction, actor: Principal, command: RevokeRecord) -> RecordView:
    """Its JP are reversed by a further entry; the record and its history stay. Nobody revokes their own."""
    before = lock_record(tx, command.record_id)
    require_not_self(actor, before.employee_id)
    record = update_training_record(tx, before, before.revoked())
    record_move(tx, actor, record, reason_code=command.reason_code, note=command.note)
    reverse_credit(tx, record, command.reason_code)
    return view_record(tx, record)
