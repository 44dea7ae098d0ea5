"""Give the people of a unit their same positions in another one: what a merger records of each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis import audit
from chassis.unit_of_work import Transaction
from personnel.domain.recording import Entry, with_added
from personnel.domain.records import Cause, PositionRecord, Record, Source, make_record
from personnel.domain.unit_members import Member
from personnel.persistence.agencies import own_agency
from personnel.persistence.employees import lock_employees
from personnel.persistence.records import records_of_many
from personnel.use_cases.records.recording_many import Recorded, save_many


@dataclass(frozen=True)
class UnitMove:
    """Where people go, who has it recorded, by which decision, and why."""

    into_id: UUID
    by: UUID | None
    decision_number: str
    reason: str


def move_members(tx: Transaction, members: Sequence[Member], move: UnitMove) -> None:
    """Record each position of the members in the other unit, from its day on, and publish what follows."""
    agency = own_agency(tx)
    entry = Entry(agency.today(tx.now), tx.now, move.by)
    ids = [one.employee_id for one in members]
    employees, records, moved = lock_employees(tx, ids), records_of_many(tx, ids), list[Recorded]()
    for member in members:
        person, added = member.employee_id, _records_of(member, move, entry)
        moved.append(Recorded(employees[person], with_added(records[person], added), added))
        since = min(one.effective_from for one in added)
        audit.record(tx, _actor(move), "assignment_recorded", "employee", person, unit_id=move.into_id, since=since)
    save_many(tx, agency, moved, Cause.CHANGE)


def _actor(move: UnitMove) -> str:
    """Return whoever asked for the move, in whose name the job writes."""
    return str(move.by) if move.by else "system"


def _records_of(member: Member, move: UnitMove, entry: Entry) -> Sequence[Record]:
    return [
        make_record(
            PositionRecord,
            position,
            unit_id=move.into_id,
            effective_from=day,
            recorded_on=entry.today,
            replaces_later=False,
            recorded_at=entry.recorded_at,
            recorded_by=entry.recorded_by,
            source=Source.HAND,
            cause=Cause.CHANGE,
            decision_number=move.decision_number,
            reason=move.reason,
        )
        for day, position in member.positions
    ]
