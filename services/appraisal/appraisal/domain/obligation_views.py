"""What people see of an obligation, with what they may do about it now."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.obligation import EVALUATIONS, KeptObligation, ObligationKind, ObligationMove, ObligationState
from appraisal.domain.obligation_moves import ObligationCaller
from chassis.views import view_of


@dataclass(frozen=True)
class ObligationView:
    """Who owes what about whom, for which days and by when."""

    id: UUID
    kind: ObligationKind
    employee_id: Annotated[UUID, Meta(description="about whom")]
    subject: Annotated[str, Meta(description="2026, 2026-Q1, 2026-M03, 2026-Q2/2026-05-15, or the id of an evaluation")]
    unit_id: UUID | None
    owed_by: Annotated[UUID | None, Meta(description="who must act; null: nobody can, HR sees to it")]
    owed_to: UUID | None
    first_day: date | None
    last_day: date | None
    working_days: int | None
    opens_at: datetime | None
    due_at: Annotated[datetime | None, Meta(description="with every extension")]
    original_due_at: Annotated[datetime | None, Meta(description="by the rule alone")]
    overdue: bool
    state: ObligationState
    reason: Annotated[str, Meta(description="why excused, lapsed or cancelled, as a code; else empty")]
    done_at: datetime | None
    matter_id: UUID | None
    excuse: Annotated[str | None, Meta(description="the words of an order; for the person and HR")]
    order_reference: str | None
    moves: Annotated[tuple[ObligationMove, ...], Meta(description="what the caller may do about it now")]
    moves_until: Annotated[datetime | None, Meta(description="until when it may be fulfilled; null: also late")]
    version: int

    @classmethod
    def of(cls, kept: KeptObligation, now: datetime, caller: ObligationCaller, *, with_words: bool) -> "ObligationView":
        """Return the view; the words of an order may be personal.

        The version of one's own evaluation is always 1: it changes with each review, of which one must not learn.
        """
        words = (kept.excuse, kept.order_reference) if with_words and kept.excused_by else (None, None)
        is_own = kept.employee_id == caller.person and kept.kind in EVALUATIONS
        return view_of(
            cls,
            kept,
            version=1 if is_own else kept.version,
            overdue=kept.is_overdue(now),
            excuse=words[0],
            order_reference=words[1],
            moves=caller.moves(kept, now),
            moves_until=caller.moves_until(kept, now),
        )
