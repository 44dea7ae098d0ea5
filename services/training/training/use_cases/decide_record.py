"""Verify or reject a certificate that was handed in; revoke one that stands."""

from uuid import UUID

from chassis.auth import Principal
from chassis.errors import FieldError, Forbidden, InvalidInput, NotFound
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.errors import RecordClosed
from training.domain.records import RecordState, RevocationReason, may_move
from training.persistence import records
from training.persistence.models import Record
from training.persistence.rows import View
from training.use_cases.credit_record import credit, note_move, take_back
from training.use_cases.rights import authorise_read, is_self


def verify_record(work: UnitOfWork, actor: Principal, record_id: UUID, accepted_jp: int | None, note: str) -> View:
    """Fewer JP than were claimed may be accepted; the claim stays in the history. Nobody verifies one's own."""
    with work.transaction(actor.agency_id) as tx:
        record = _open(tx, actor, record_id, RecordState.VERIFIED)
        if accepted_jp is not None and accepted_jp > record.jp:
            fault = FieldError(
                "accepted_jp", "jp_above_claim", accepted_jp, f"paling banyak {record.jp} JP yang diajukan"
            )
            raise InvalidInput(errors=[fault])
        if accepted_jp is not None and accepted_jp != record.jp:
            note = f"Diajukan {record.jp} JP, diterima {accepted_jp} JP. {note}".strip()
            record.jp = accepted_jp
        note_move(tx, actor, record, RecordState.VERIFIED, note=note)
        credit(tx, record)
        return records.views(tx, [record])[0]


def reject_record(work: UnitOfWork, actor: Principal, record_id: UUID, note: str) -> View:
    with work.transaction(actor.agency_id) as tx:
        record = _open(tx, actor, record_id, RecordState.REJECTED)
        note_move(tx, actor, record, RecordState.REJECTED, note=note)
        return records.views(tx, [record])[0]


def revoke_record(work: UnitOfWork, actor: Principal, record_id: UUID, reason: RevocationReason, note: str) -> View:
    """Its JP are taken back by a reversing row; the record and its history stay."""
    with work.transaction(actor.agency_id) as tx:
        record = _open(tx, actor, record_id, RecordState.REVOKED)
        note_move(tx, actor, record, RecordState.REVOKED, reason_code=reason, note=note)
        take_back(tx, record, reason)
        return records.views(tx, [record])[0]


def show_record(work: UnitOfWork, actor: Principal, record_id: UUID) -> View:
    with work.transaction(actor.agency_id) as tx:
        record = _record(tx, record_id)
        authorise_read(tx, actor, record.employee_id, "record")
        return records.views(tx, [record])[0]


def _record(tx: Transaction, record_id: UUID, *, for_update: bool = False) -> Record:
    found = records.record(tx, record_id, for_update=for_update)
    if found is None:
        raise NotFound(object="catatan pelatihan", id=record_id)
    return found


def _open(tx: Transaction, actor: Principal, record_id: UUID, target: RecordState) -> Record:
    record = _record(tx, record_id, for_update=True)
    if is_self(actor, record.employee_id):
        raise Forbidden
    if not may_move(RecordState(record.state), target):
        raise RecordClosed(state=record.state, target=target)
    return record
