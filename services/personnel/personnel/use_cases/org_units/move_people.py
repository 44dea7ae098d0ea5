"""Give the people of a unit their same positions in another one: what a merger records of each of them."""

from dataclasses import dataclass, replace
from uuid import UUID

from chassis.unit_of_work import Transaction
from personnel.domain.records import Source
from personnel.domain.unit_members import Member
from personnel.persistence.agencies import own_agency
from personnel.persistence.employees import load_employee
from personnel.persistence.records import add_position
from personnel.use_cases.employees.apply_effective_state import apply_effective_state
from personnel.use_cases.employees.plan_change import plan_change


@dataclass(frozen=True)
class UnitMove:
    """Where people go, who has it recorded, and why."""

    into_id: UUID
    by: UUID | None
    reason: str


def move_member(tx: Transaction, member: Member, move: UnitMove) -> None:
    """Record each position of the member in the other unit, from its day on; what is in force is published."""
    agency = own_agency(tx)
    today = agency.today(tx.now)
    for day, position in member.positions:
        record = replace(
            position,
            unit_id=move.into_id,
            effective_from=day,
            recorded_on=today,
            replaces_later=False,
            recorded_at=tx.now,
            recorded_by=move.by,
            source=Source.MOVE,
            reason=move.reason,
        )
        add_position(tx, record)
        if day > today:
            plan_change(tx, agency, member.employee_id, day)
    apply_effective_state(tx, load_employee(tx, member.employee_id, lock=True), today)
