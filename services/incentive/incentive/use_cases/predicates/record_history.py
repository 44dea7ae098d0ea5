"""Record final predicates from before this system, or monthly ones it does not appraise; they never book credit."""

from collections.abc import Sequence
from itertools import groupby

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import Transaction
from incentive.authorisation import require_colleagues
from incentive.domain.attendance import ReceivedView
from incentive.domain.policy import months_affected_by
from incentive.domain.predicate import FinalPredicate, PastPredicate, RecordPredicates
from incentive.persistence.people import known_employees, today_of
from incentive.persistence.policies import published_policies
from incentive.persistence.predicates import add_history, final_predicates
from incentive.persistence.reassessments import enqueue_reassessment
from incentive.persistence.recalculations import enqueue_months


def record_predicates(tx: Transaction, actor: Principal, command: RecordPredicates) -> ReceivedView:
    """Store all or none."""
    items = command.items
    require_colleagues(actor, [item.employee_id for item in items])
    employees = known_employees(tx, [item.employee_id for item in items])
    year = today_of(tx).year
    faults: list[FieldError] = []
    for place, item in enumerate(items):
        if item.employee_id not in employees:
            where, shown = f"items.{place}.employee_id", str(item.employee_id)
            faults.append(FieldError(where, "employee_unknown", shown, "pegawai instansi ini"))
        faults += item.faults(place, year)
    if faults:
        raise InvalidInput(errors=faults)
    changed = apply_history(tx, items)
    for employee_id in sorted(employees):
        audit.record(tx, actor, "record_predicates", "employee", employee_id)
    return ReceivedView(received=len(items), changed=changed)


def apply_history(tx: Transaction, items: Sequence[PastPredicate]) -> int:
    """Store what differs from what is known as a newer version, period by period. Return how many did."""
    policies = published_policies(tx)
    added: list[FinalPredicate] = []
    for period, group in groupby(sorted(items, key=lambda one: one.period), key=lambda one: one.period):
        entered = {item.employee_id: item for item in group}
        existing = final_predicates(tx, sorted(entered), period)
        versions = [
            entered[one].as_version(new_id(), existing.get(one))
            for one in sorted(entered)
            if entered[one].differs_from(existing.get(one))
        ]
        added += versions
        enqueue_months(tx, [one.employee_id for one in versions], months_affected_by(policies, period), "predicate")
    add_history(tx, added)
    if added:
        enqueue_reassessment(tx, *sorted({one.employee_id for one in added}))
    return len(added)
