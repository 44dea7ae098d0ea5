"""What somebody may do about an obligation now, and until when: who owes it, who stands in, and HR."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
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


class Duty(StrEnum):
    """The duty of an official towards an employee, in which another may stand in."""

    APPRAISE = "APPRAISE"
    REVIEW = "REVIEW"


# What whoever stands in for an official may do in their place, by the duty in which they do. A review is not here: it
# is owed by who makes it today.
IN_PLACE: Mapping[ObligationKind, Duty] = {
    ObligationKind.PLAN: Duty.APPRAISE,
    **dict.fromkeys(EVALUATIONS, Duty.APPRAISE),
    ObligationKind.SEGMENT_RATING: Duty.APPRAISE,
    ObligationKind.STATEMENT: Duty.APPRAISE,
    ObligationKind.DIALOGUE: Duty.APPRAISE,
    ObligationKind.DECISION: Duty.REVIEW,
}
RATINGS = frozenset({*EVALUATIONS, ObligationKind.SEGMENT_RATING})


def may_while_away(kind: ObligationKind, *, own: bool) -> bool:
    """Return whether somebody does it who is on leave or suspended: in their own matters, and in a dialogue."""
    return own or kind is ObligationKind.DIALOGUE


@dataclass(frozen=True)
class ObligationCaller:
    """Who asks: with what they may do in the place of who owes it, and who has a plan to rate by.

    `is_away`: on leave, suspended or gone; then they do little as an official.
    """

    person: UUID | None
    in_place: frozenset[UUID] = frozenset()
    is_hr: bool = False
    with_plan: frozenset[tuple[UUID, int]] = frozenset()
    is_away: bool = False

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
        if one.kind in RATINGS and (one.employee_id, one.year) not in self.with_plan:
            return
        is_possible = one.kind in LATE_TOO or not one.is_overdue(now)
        yield ObligationMove.FULFIL if is_possible else ObligationMove.ASK_EXTENSION

    def _acts_on(self, one: KeptObligation) -> bool:
        if one.owed_by == self.person:
            return not self.is_away or may_while_away(one.kind, own=one.employee_id == self.person)
        return one.id in self.in_place

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
