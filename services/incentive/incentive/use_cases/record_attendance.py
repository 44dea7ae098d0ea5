"""Record attendance counts of a month by employee id, for systems that know it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.domain.errors import MonthNotReached
from incentive.domain.months import first_day, month_text
from incentive.persistence.attendance import Occurrence
from incentive.persistence.people import known_among, today_of
from incentive.persistence.policies import known_codes, published_policies
from incentive.use_cases.access import need_others
from incentive.use_cases.take_attendance_rows import store_counts


@dataclass(frozen=True)
class CountItem:
    employee_id: UUID
    code: str
    count: int


@dataclass(frozen=True)
class RecordAttendance:
    month: date
    items: Sequence[CountItem]


def record_attendance(work: UnitOfWork, actor: Principal, command: RecordAttendance) -> dict[str, int]:
    """Store all counts or none; gives how many differ from what was known."""
    need_others(actor, [item.employee_id for item in command.items])
    with work.transaction(actor.agency_id) as tx:
        month, current = first_day(command.month), first_day(today_of(tx))
        if month > current:
            raise MonthNotReached(month=month_text(month), current=month_text(current))
        counts = _checked(tx, month, command.items)
        changed = store_counts(tx, counts, "api", actor.account_id)
        for employee_id in sorted({key.employee_id for key in counts}):
            audit.record(tx, actor, "record_attendance", "employee", employee_id, month=month_text(month))
        return {"changed": changed, "received": len(command.items)}


def _checked(tx: Transaction, month: date, items: Sequence[CountItem]) -> dict[Occurrence, int]:
    known = known_among(tx, [item.employee_id for item in items])
    codes = known_codes(published_policies(tx))
    faults: list[FieldError] = []
    counts: dict[Occurrence, int] = {}
    for place, item in enumerate(items):
        key = Occurrence(item.employee_id, month, item.code)
        where = f"items.{place}"
        if item.employee_id not in known:
            faults.append(
                FieldError(f"{where}.employee_id", "employee_unknown", str(item.employee_id), "pegawai instansi ini")
            )
        if item.code not in codes:
            words = f"kode dalam kebijakan terbit: {', '.join(sorted(codes)) or '(belum ada)'}"
            faults.append(FieldError(f"{where}.code", "attendance_code_unknown", item.code, words))
        if key in counts:
            faults.append(FieldError(where, "item_repeated", item.code, "satu butir per pegawai dan kode"))
        counts[key] = item.count
    if faults:
        raise InvalidInput(errors=faults)
    return counts
