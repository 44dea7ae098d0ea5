"""Book the JP of a record that stands, finish the plan item it answers, and tell the others; and take it all back."""

from uuid import UUID

from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from training.domain.jp import year_of
from training.domain.plans import ItemState
from training.domain.records import RecordState, RevocationReason
from training.events import TrainingFinished, TrainingReversed
from training.persistence import needs, records
from training.persistence.models import LedgerEntry, PlanItem, Record, RecordMove


def note_move(
    tx: Transaction, actor: Principal, record: Record, state: RecordState, *, reason_code: str = "", note: str = ""
) -> None:
    """Put a record into a state and keep who did it, when and why."""
    record.state = state
    record.version += 1
    tx.session.add(
        RecordMove(
            agency_id=tx.agency_id,
            record_id=record.id,
            state=state,
            reason_code=reason_code,
            note=note,
            moved_by=actor.account_id,
            moved_at=tx.now,
        )
    )
    audit.record(tx, actor, f"record_{state.lower()}", "employee", record.employee_id, record_id=record.id)
    tx.session.flush()


def credit(tx: Transaction, record: Record) -> None:
    """Once per record: the database refuses a second credit."""
    year = year_of(record.completed_on)
    tx.session.add(_entry(tx, record, year, record.jp, None))
    tx.session.flush()
    item = _item(tx, record, year)
    if item is not None and item.state == ItemState.PLANNED:
        item.state, item.record_id = ItemState.DONE, record.id
        tx.session.flush()
    outbox.record(
        tx,
        TrainingFinished(
            record_id=record.id,
            employee_id=record.employee_id,
            course_code=record.course_code,
            session_id=record.session_id,
            jp=record.jp,
            completed_on=record.completed_on,
            year=year,
        ),
    )


def take_back(tx: Transaction, record: Record, reason: RevocationReason) -> None:
    """A reversing row in the same year as the credit it refers to; the credit itself stays."""
    booked = records.credit_of(tx, record.id)
    assert booked is not None
    tx.session.add(_entry(tx, record, booked.year, -booked.jp, booked.id))
    for item in needs.items_done_by(tx, record.id):
        item.state, item.record_id = ItemState.PLANNED, None
    tx.session.flush()
    outbox.record(
        tx,
        TrainingReversed(
            record_id=record.id,
            employee_id=record.employee_id,
            jp=booked.jp,
            year=booked.year,
            reason_code=reason,
        ),
    )


def _entry(tx: Transaction, record: Record, year: int, jp: int, reverses_id: UUID | None) -> LedgerEntry:
    return LedgerEntry(
        agency_id=tx.agency_id,
        employee_id=record.employee_id,
        year=year,
        jp=jp,
        record_id=record.id,
        reverses_id=reverses_id,
        booked_at=tx.now,
    )


def _item(tx: Transaction, record: Record, year: int) -> PlanItem | None:
    if record.plan_item_id is not None:
        return tx.session.get(PlanItem, record.plan_item_id)
    return needs.item_to_finish(tx, record.employee_id, year, record.course_code)
