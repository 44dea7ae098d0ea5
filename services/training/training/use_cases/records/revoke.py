"""Revoke a verified record."""

from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.authorisation import require_not_self
from training.domain.record import RecordView, RevocationReason
from training.persistence.records import lock_record, update_training_record, view_record
from training.use_cases.records.book_jp import reverse_credit
from training.use_cases.records.record_move import record_move


def revoke_record(
    work: UnitOfWork, actor: Principal, record_id: UUID, *, reason_code: RevocationReason, note: str
) -> RecordView:
    """Its JP are reversed by a further entry; the record and its history stay. Nobody revokes their own."""
    with work.transaction(actor.agency_id) as tx:
        before = lock_record(tx, record_id)
        require_not_self(actor, before.employee_id)
        record = update_training_record(tx, before, before.revoked())
        record_move(tx, actor, record, reason_code=reason_code, note=note)
        reverse_credit(tx, record, reason_code)
        return view_record(tx, record)
