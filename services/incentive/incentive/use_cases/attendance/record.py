"""Record attendance counts of a month by employee id, for systems that know it."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from incentive.authorisation import require_colleagues
from incentive.domain.attendance import CountItem, Occurrence, ReceivedView, RecordAttendance
from incentive.domain.months import month_reached, month_text
from incentive.domain.policy import priced_codes
from incentive.persistence.attendance import store_counts
from incentive.persistence.people import known_employees, today_of
from incentive.persistence.policies import published_policies
from incentive.persistence.recalculations import enqueue_recalculation


def record_attendance(work: UnitOfWork, actor: Principal, command: RecordAttendance) -> ReceivedView:
    """Store all counts or none. Raise MonthNotReached for a month in the future."""
    require_colleagues(actor, [item.employee_id for item in command.items])
    with work.transaction(actor.agency_id) as tx:
        month = month_reached(command.month, today_of(tx))
        counts = _checked(tx, month, command.items)
        changed = apply_counts(tx, counts, "api", actor.account_id)
        for employee_id in sorted({key.employee_id for key in counts}):
            audit.record(tx, actor, "record_attendance", "employee", employee_id, month=month_text(month))
        return ReceivedView(received=len(command.items), changed=changed)


def apply_counts(tx: Transaction, counts: Mapping[Occurrence, int], source: str, entered_by: UUID | None) -> int:
    """Store counts and enqueue the months that they change. Return how many differ from what was known."""
    changed = store_counts(tx, counts, source, entered_by)
    enqueue_recalculation(tx, sorted({(key.employee_id, key.month) for key in changed}), "attendance")
    return len(changed)


def _checked(tx: Transaction, month: date, items: Sequence[CountItem]) -> dict[Occurrence, int]:
    known = known_employees(tx, [item.employee_id for item in items])
    codes = priced_codes(published_policies(tx))
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
            expected = f"kode dalam kebijakan terbit: {', '.join(sorted(codes)) or '(belum ada)'}"
            faults.append(FieldError(f"{where}.code", "attendance_code_unknown", item.code, expected))
        if key in counts:
            faults.append(FieldError(where, "item_repeated", item.code, "satu butir per pegawai dan kode"))
        counts[key] = item.count
    if faults:
        raise InvalidInput(errors=faults)
    return counts
