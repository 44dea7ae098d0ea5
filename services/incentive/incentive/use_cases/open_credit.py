"""Set the balance a person brings along; a further entry replaces the earlier one in effect, never in the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.domain.values import PositionLevel
from incentive.persistence.credit import Opening, add_openings, openings
from incentive.persistence.eligibility import look_again
from incentive.persistence.people import require_employee, today_of


@dataclass(frozen=True)
class OpeningBalance:
    employee_id: UUID
    level: PositionLevel
    balance: Decimal
    base: Decimal
    as_of: date
    entry_grade: str | None
    reference: str


def open_credit(work: UnitOfWork, actor: Principal, command: OpeningBalance) -> Opening:
    with work.transaction(actor.agency_id) as tx:
        require_employee(tx, command.employee_id)
        need_other(actor, command.employee_id)
        today = today_of(tx)
        faults = []
        if command.as_of > today:
            faults.append(FieldError("as_of", "date_in_future", str(command.as_of), f"paling akhir {today}"))
        if command.base > command.balance:
            faults.append(FieldError("base", "base_above_balance", str(command.base), "tidak melebihi balance"))
        if faults:
            raise InvalidInput(errors=faults)
        put_openings(tx, [command], actor.account_id)
        audit.record(tx, actor, "open_credit", "employee", command.employee_id)
        return openings(tx, [command.employee_id])[command.employee_id]


def put_openings(tx: Transaction, given: Sequence[OpeningBalance], entered_by: UUID | None) -> int:
    """Store openings that differ from what is known; gives how many did."""
    known = openings(tx, [one.employee_id for one in given])
    rows = []
    for one in sorted(given, key=lambda item: item.employee_id):
        have = known.get(one.employee_id)
        if have is None or any(getattr(have, name) != value for name, value in _compared(one).items()):
            number = have.number + 1 if have else 1
            rows.append({**one.__dict__, "level": one.level.value, "number": number, "entered_by": entered_by})
    add_openings(tx, rows)
    if given:
        look_again(tx, *[one.employee_id for one in given])
    return len(rows)


def _compared(one: OpeningBalance) -> dict[str, object]:
    return {name: value for name, value in one.__dict__.items() if name not in {"employee_id", "reference"}}
