"""Verify or reject a submitted certificate; nobody decides on their own, nor verifies what they have submitted."""

from uuid import UUID

from approvals.officers import require_officer
from chassis.auth import Principal
from chassis.unit_of_work import Transaction, UnitOfWork
from training.authorisation import require_not_self
from training.domain.record import Record, RecordView
from training.persistence.records import lock_record, submitters_of, update_training_record, view_record
from training.use_cases.records.book_jp import book_credit
from training.use_cases.records.record_move import record_move


def verify_record(
    work: UnitOfWork, actor: Principal, record_id: UUID, *, accepted_jp: int | None, note: str
) -> RecordView:
    """Fewer JP than were claimed may be accepted; the claim stays in the history."""
    with work.transaction(actor.agency_id) as tx:
        before = lock_record(tx, record_id)
        require_not_self(actor, before.employee_id)
        _require_second(tx, actor, before)
        record = update_training_record(tx, before, before.verified(accepted_jp))
        if record.jp != before.jp:
            note = f"Diajukan {before.jp} JP, diterima {record.jp} JP. {note}".strip()
        record_move(tx, actor, record, note=note)
        book_credit(tx, record)
        return view_record(tx, record)


def reject_record(work: UnitOfWork, actor: Principal, record_id: UUID, *, note: str) -> RecordView:
    with work.transaction(actor.agency_id) as tx:
        before = lock_record(tx, record_id)
        require_not_self(actor, before.employee_id)
        record = update_training_record(tx, before, before.rejected())
        record_move(tx, actor, record, note=note)
        return view_record(tx, record)


def _require_second(tx: Transaction, actor: Principal, record: Record) -> None:
    """Raise AccountOfNobody, ActInOwnLine, or SecondPersonNeeded for who submitted it, from whatever account."""
    require_officer(tx, actor, [record.employee_id]).require_second(*submitters_of(tx, record.id))
