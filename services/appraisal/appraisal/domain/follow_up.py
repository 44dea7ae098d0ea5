"""What a weak periodic predicate starts: coaching or counselling, opened once, closed with an outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from appraisal.domain.errors import FollowUpClosed
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.values import EvaluationKind, FollowUpKind, FollowUpState
from chassis.errors import FieldError, Forbidden, InvalidInput, NotFound
from chassis.pagination import PageRequest
from chassis.views import view_of
from directory.performance import Predicate

LONGEST_ROW = 12


class FollowUpMove(StrEnum):
    WRITE = "WRITE"  # a note or an action
    ASSIGN = "ASSIGN"
    CLOSE = "CLOSE"
    REOPEN = "REOPEN"  # by a correction alone, of what a correction has closed


MOVES: dict[FollowUpState, dict[FollowUpMove, FollowUpState]] = {
    FollowUpState.OPEN: {
        FollowUpMove.WRITE: FollowUpState.OPEN,
        FollowUpMove.ASSIGN: FollowUpState.OPEN,
        FollowUpMove.CLOSE: FollowUpState.CLOSED,
    },
    FollowUpState.CLOSED: {FollowUpMove.REOPEN: FollowUpState.OPEN},
}
_CORRECTED = "Penilaian dikoreksi dengan {order}; predikatnya tidak lagi memerlukan tindak lanjut ini"


class ActionKind(StrEnum):
    COACHING = "COACHING"
    TRAINING = "TRAINING"
    SPECIAL_ASSIGNMENT = "SPECIAL_ASSIGNMENT"
    TRANSFER = "TRANSFER"
    DISCIPLINE_REFERRAL = "DISCIPLINE_REFERRAL"
    OTHER = "OTHER"


class FollowUpOutcome(StrEnum):
    IMPROVED = "IMPROVED"
    CONTINUED = "CONTINUED"
    REFERRED = "REFERRED"
    NOT_NEEDED = "NOT_NEEDED"


class ClosingCause(StrEnum):
    """Why a follow-up has ended: whoever leads it has closed it, or a correction left no reason for it."""

    DONE = "DONE"
    CORRECTED = "CORRECTED"


@dataclass(frozen=True)
class FollowUpRule:
    """Dated reference data: which predicate opens what, for which evaluations, and when it is repeated."""

    opens: Mapping[Predicate, FollowUpKind]
    kinds: frozenset[EvaluationKind]
    repeated_after: int

    @classmethod
    def parse(cls, value: Mapping[str, Any]) -> "FollowUpRule":
        opens, kinds = value["opens"], value["evaluation_kinds"]
        assert isinstance(opens, Mapping)
        assert isinstance(kinds, Sequence)
        return cls(
            {Predicate(p): FollowUpKind(k) for p, k in opens.items()},
            frozenset(EvaluationKind(k) for k in kinds),
            int(str(value["repeated_after"])),
        )


def follow_up_for(rule: FollowUpRule, kind: EvaluationKind, predicate: Predicate) -> FollowUpKind | None:
    """Return coaching for work problems, counselling for behaviour (PP 30/2019, performance guidance), or None.

    The trigger itself is this system's design, so it is data an agency may change.
    """
    return rule.opens.get(predicate) if kind in rule.kinds else None


def is_repeated(rule: FollowUpRule, newest_first: Sequence[Predicate]) -> bool:
    """Return whether the last periods, given as they stand in a row, were all weak enough to open a follow-up."""
    recent = newest_first[: rule.repeated_after]
    return len(recent) == rule.repeated_after and all(p in rule.opens for p in recent)


@dataclass(frozen=True)
class FollowUpNote:
    id: UUID
    author_id: UUID
    text: str
    at: datetime


@dataclass(frozen=True)
class FollowUpAction:
    """Something agreed on; without `done_on` it is still to do."""

    id: UUID
    kind: ActionKind
    text: str
    due_on: date | None
    done_on: date | None
    added_by: UUID
    at: datetime

    def done(self, day: date) -> "FollowUpAction":
        """Return it as done. Raise NotFound when it was done before."""
        if self.done_on is not None:
            raise open_action_missing(self.id)
        return replace(self, done_on=day)


@dataclass(frozen=True)
class FollowUp:
    """A case; `present_appraiser_id` is who appraises the employee today, `appraiser_id` who did when it opened."""

    id: UUID
    employee_id: UUID
    evaluation_id: UUID
    kind: FollowUpKind
    state: FollowUpState
    appraiser_id: UUID
    assigned_to: UUID | None
    competency_codes: tuple[str, ...]
    repeated: bool
    opened_at: datetime
    closed_at: datetime | None = None
    outcome: str = ""
    close_reason: str = ""
    version: int = 1
    present_appraiser_id: UUID | None = None

    @classmethod
    def opened(
        cls, follow_up_id: UUID, evaluation: Evaluation, kind: FollowUpKind, now: datetime, *, repeated: bool
    ) -> "FollowUp":
        """Make a follow-up. Coaching is the appraiser's; HR assigns the counsellor."""
        return cls(
            id=follow_up_id,
            employee_id=evaluation.employee_id,
            evaluation_id=evaluation.id,
            kind=kind,
            state=FollowUpState.OPEN,
            appraiser_id=evaluation.appraiser_id,
            assigned_to=evaluation.appraiser_id if kind is FollowUpKind.COACHING else None,
            competency_codes=evaluation.competency_codes,
            repeated=repeated,
            opened_at=now,
        )

    @property
    def parties(self) -> tuple[UUID | None, ...]:
        """Coaching is between appraiser and employee; counselling between the assigned counsellor and the employee."""
        appraiser = self.present_appraiser_id if self.kind is FollowUpKind.COACHING else None
        return self.employee_id, self.assigned_to, appraiser

    def moves_of(self, caller: UUID | None, *, is_hr: bool) -> tuple[FollowUpMove, ...]:
        """Return what somebody may do now: the parties write, whoever leads the case closes it, HR assigns."""
        is_party, is_own = caller is not None and caller in self.parties, caller == self.employee_id
        theirs = {
            FollowUpMove.WRITE: is_party,
            FollowUpMove.ASSIGN: is_hr and not is_own,
            FollowUpMove.CLOSE: is_party and not is_own,
        }
        return tuple(move for move in MOVES[self.state] if theirs.get(move, False))

    def require_open(self) -> None:
        """Raise FollowUpClosed when notes and actions can no longer be added."""
        self._moved(FollowUpMove.WRITE)

    def assigned(self, official: UUID) -> "FollowUp":
        """Return it with another coach or counsellor, never the employee. Raise FollowUpClosed or InvalidInput."""
        after = self._moved(FollowUpMove.ASSIGN)
        if official == self.employee_id:
            raise not_assignable(official)
        return replace(after, assigned_to=official)

    def closed(self, by: UUID, outcome: FollowUpOutcome, now: datetime) -> "FollowUp":
        """Return it closed by whoever leads the case. Raise FollowUpClosed, or Forbidden for the employee."""
        after = self._moved(FollowUpMove.CLOSE)
        if by == self.employee_id:
            raise Forbidden
        return replace(after, closed_at=now, outcome=outcome)

    def corrected(self, order_reference: str, now: datetime) -> "FollowUp":
        """Return it closed, and nothing repeated: a correction left no reason for it. Raise FollowUpClosed."""
        reason = _CORRECTED.format(order=order_reference)
        after = self._moved(FollowUpMove.CLOSE)
        ended = replace(after, closed_at=now, outcome=FollowUpOutcome.NOT_NEEDED, close_reason=reason)
        return replace(ended, repeated=False)

    def asked_for_again(self, *, repeated: bool) -> "FollowUp":
        """Return what a correction has closed as open again; what is open, or a person has closed, stays as it is."""
        if not self.close_reason:
            return self
        after = self._moved(FollowUpMove.REOPEN)
        return replace(after, closed_at=None, outcome="", close_reason="", repeated=repeated)

    def revised(self, *, repeated: bool) -> "FollowUp":
        """Return it, open or closed, as repeated or not by the periods before; never what a correction ended."""
        return replace(self, repeated=repeated and not self.close_reason)

    def _moved(self, move: FollowUpMove) -> "FollowUp":
        target = MOVES[self.state].get(move)
        if target is None:
            raise FollowUpClosed
        return replace(self, state=target)


def not_assignable(official: UUID) -> InvalidInput:
    fault = FieldError("assigned_to", "not_assignable", str(official), "pegawai lain di instansi ini")
    return InvalidInput(errors=[fault])


def open_action_missing(action_id: UUID) -> NotFound:
    return NotFound(object="tindakan yang belum selesai", id=action_id)


@dataclass(frozen=True)
class FollowUpRowView:
    """A case without its notes and actions."""

    id: UUID
    employee_id: UUID
    evaluation_id: UUID
    kind: FollowUpKind
    state: FollowUpState
    appraiser_id: UUID
    assigned_to: UUID | None
    competency_codes: tuple[str, ...]
    repeated: bool
    opened_at: datetime
    closed_at: datetime | None
    outcome: str
    close_reason: Annotated[str, Meta(description="why a correction has closed it; empty: a person has, or nobody")]
    version: int

    @classmethod
    def of(cls, follow_up: FollowUp) -> "FollowUpRowView":
        return view_of(cls, follow_up)


@dataclass(frozen=True)
class FollowUpView(FollowUpRowView):
    """A case with its notes and actions, which only its parties read."""

    notes: tuple[FollowUpNote, ...]
    actions: tuple[FollowUpAction, ...]
    words_hidden: Annotated[bool, Meta(description="true: the caller sees that the case exists, not its words")]
    moves: Annotated[tuple[FollowUpMove, ...], Meta(description="what the caller may do now")]

    @classmethod
    def hidden(cls, follow_up: FollowUp, moves: Sequence[FollowUpMove]) -> "FollowUpView":
        return view_of(cls, follow_up, notes=(), actions=(), words_hidden=True, moves=tuple(moves))

    @classmethod
    def readable(
        cls,
        follow_up: FollowUp,
        moves: Sequence[FollowUpMove],
        notes: Sequence[FollowUpNote],
        actions: Sequence[FollowUpAction],
    ) -> "FollowUpView":
        words = {"notes": tuple(notes), "actions": tuple(actions), "words_hidden": False}
        return view_of(cls, follow_up, moves=tuple(moves), **words)


@dataclass(frozen=True)
class ListFollowUps:
    page: PageRequest
    state: FollowUpState | None = None
    kind: FollowUpKind | None = None
