"""Set the balance that a person brings along; a further entry replaces the earlier one in effect, not in the record."""

from collections.abc import Sequence
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from chassis.views import view_of
from incentive.authorisation import require_colleague
from incentive.domain.credit_account import Opening, OpeningBalance
from incentive.domain.credit_views import OpeningView
from incentive.persistence.credit import add_openings, openings
from incentive.persistence.people import level_on, today_of
from incentive.persistence.reassessments import enqueue_reassessment


def open_credit(tx: Transaction, actor: Principal, command: OpeningBalance) -> OpeningView:
    require_colleague(tx, actor, command.employee_id)
    today = today_of(tx)
    command.check(today)
    apply_openings(tx, [command], actor.account_id)
    audit.record(tx, actor, "open_credit", "employee", command.employee_id)
    opening = openings(tx, [command.employee_id])[command.employee_id]
    return OpeningView.of(opening, level_on(tx, command.employee_id, today))


def apply_openings(tx: Transaction, entered: Sequence[OpeningBalance], entered_by: UUID | None) -> int:
    """Store openings that differ from what is known. Return how many did."""
    existing_openings = openings(tx, [one.employee_id for one in entered])
    added = []
    for one in sorted(entered, key=lambda item: item.employee_id):
        existing = existing_openings.get(one.employee_id)
        if existing is None or not one.same_as(existing):
            added.append(view_of(Opening, one, number=existing.number + 1 if existing else 1))
    add_openings(tx, added, entered_by)
    if entered:
        enqueue_reassessment(tx, *[one.employee_id for one in entered])
    return len(added)
