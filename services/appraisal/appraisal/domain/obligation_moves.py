"""What somebody may do about an obligation now, and until when: who owes it, who stands in, and HR."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from appraisal.domain.obligation import (
    BY_DAYS,
    EVALUATIONS,
    KeptObligation,
    ObligationKind,
    ObligationMove,
    ObligationState,
)

# Late, these are taken all the same. A rating is not: its window is closed until HR extends it, or the deadline.
LATE_TOO = frozenset(
    {
        ObligationKind.PLAN,
        ObligationKind.RECEIPT,
        ObligationKind.STATEMENT,
        ObligationKind.DECISION,
        ObligationKind.DIALOGUE,
        ObligationKind.REVIEW,
    }
)
# What whoever stands in for an appraiser may do in their place.
IN_PLACE = (ObligationKind.PLAN, *EVALUATIONS, ObligationKind.STATEMENT, ObligationKind.DIALOGUE)
_RATINGS = frozenset({*EVALUATIONS, ObligationKind.SEGMENT_RATING})


@dataclass(frozen=True)
class ObligationCaller:
    """Who asks: with the people whom they appraise in the place of another, and those who have a plan to rate by."""

    person: UUID | None
    in_place: frozenset[UUID] = frozenset()
    is_hr: bool = False
    with_plan: frozenset[tuple[UUID, int]] = frozenset()

    def moves(self, one: KeptObligation, now: datetime) -> tuple[ObligationMove, ...]:
        """Return what the caller may do about it now."""
        own = self._own(one, now) if self.person is not None else ()
        return (*own, *(self._of_hr(one, now) if self.is_hr else ()))

    def moves_until(self, one: KeptObligation, now: datetime) -> datetime | None:
        """Return until when it may be fulfilled; None where a late one is taken too, or nothing is to be done."""
        is_bounded = one.kind not in LATE_TOO and ObligationMove.FULFIL in self.moves(one, now)
        return one.due_at if is_bounded else None

    def _own(self, one: KeptObligation, now: datetime) -> Iterator[ObligationMove]:
        if one.state is not ObligationState.OPEN or not self._acts_on(one):
            return
        if one.opens_at is not None and one.opens_at > now:
            return
        if one.kind in _RATINGS and (one.employee_id, one.year) not in self.with_plan:
            return
        is_possible = one.kind in LATE_TOO or not one.is_overdue(now)
        yield ObligationMove.FULFIL if is_possible else ObligationMove.ASK_EXTENSION

    def _acts_on(self, one: KeptObligation) -> bool:
        if one.owed_by == self.person:
            return True
        is_in_place = one.employee_id in self.in_place and one.kind in IN_PLACE
        return is_in_place and one.owed_by not in {None, one.employee_id}

    def _of_hr(self, one: KeptObligation, now: datetime) -> Iterator[ObligationMove]:
        """Nothing in a matter of their own."""
        is_open = one.state is ObligationState.OPEN
        if self.person is not None and self.person in {one.employee_id, one.owed_by}:
            return
        if is_open and one.due_at is not None and (self.person is None or one.owed_to != self.person):
            yield ObligationMove.EXTEND
        if one.excused_by is not None:
            yield ObligationMove.REINSTATE
        elif one.kind in BY_DAYS and one.state in {ObligationState.OPEN, ObligationState.LAPSED}:
            yield ObligationMove.EXCUSE
        if is_open and one.owed_by is None:
            by_nobody = {
                ObligationKind.SEGMENT_RATING: ObligationMove.RATE,
                ObligationKind.DECISION: ObligationMove.DESIGNATE,
                ObligationKind.REVIEW: ObligationMove.DESIGNATE,
            }
            if one.kind in by_nobody:
                yield by_nobody[one.kind]
        elif one.kind is ObligationKind.REVIEW and one.is_overdue(now):
            yield ObligationMove.DESIGNATE
