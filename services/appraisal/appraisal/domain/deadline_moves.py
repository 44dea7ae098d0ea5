"""What moved a deadline from where the rule alone ends it to where it ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.extensions import Deadline, DeadlineExtension, ExtensionCause, ExtensionOutcome
from appraisal.domain.obligation import ObligationKind
from chassis.views import view_of


@dataclass(frozen=True)
class DeadlineMoveView:
    """One step; each begins where the one before ended."""

    deadline: ObligationKind
    cause: ExtensionCause
    outage_id: Annotated[UUID | None, Meta(description="null: a grant, or outages on record when the deadline began")]
    due_before: datetime
    due_after: datetime
    order_reference: str
    set_at: datetime


def moves_of(deadline: Deadline, entries: Sequence[DeadlineExtension]) -> tuple[DeadlineMoveView, ...]:
    """Return the steps that lead to where a deadline ends, oldest first.

    A case that begins anew uses its row again: earlier entries of it lead elsewhere, and outages that were on record by
    then have moved the new deadline without an entry.
    """
    last = tuple(_backwards(deadline, entries))[::-1]
    begins = last[0].due_before if last else deadline.due_at
    if begins == deadline.original_due_at:
        return last
    first = DeadlineMoveView(
        deadline=deadline.kind,
        cause=ExtensionCause.OUTAGE,
        outage_id=None,
        due_before=deadline.original_due_at,
        due_after=begins,
        order_reference="",
        set_at=deadline.opened_at,
    )
    return (first, *last)


def _backwards(deadline: Deadline, entries: Sequence[DeadlineExtension]) -> Iterator[DeadlineMoveView]:
    due_at = deadline.due_at
    for entry in reversed(entries):
        is_own = entry.set_at >= deadline.opened_at and entry.outcome is not ExtensionOutcome.FOR_HR
        if due_at != deadline.original_due_at and is_own and entry.due_after == due_at:
            yield view_of(DeadlineMoveView, entry, deadline=deadline.kind)
            due_at = entry.due_before
