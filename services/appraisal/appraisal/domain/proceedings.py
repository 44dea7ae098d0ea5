"""The procedure of an objection (PP 30/2019 Art. 59-60): both sides first, then one decision, which is final.

Which step may be taken at which stage is the table MOVES; who takes it, and by when, stands beside it.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.errors import (
    ExaminationRequired,
    ObjectionAlreadyDecided,
    ObjectionAlreadyWithdrawn,
    ObjectionMoveRefused,
    ObjectionNotReady,
)
from appraisal.domain.examination import Examination
from appraisal.domain.objection import Objection
from appraisal.domain.periods import local_date
from appraisal.domain.rating import Rating
from appraisal.domain.refusal_words import all_in_words, in_words
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import RatingLevel
from chassis.errors import required
from chassis.indonesian import day_in_words


class ObjectionStage(StrEnum):
    """AWAITS_STATEMENT: the appraiser may still answer first. READY: it may be decided."""

    WITHOUT_DECIDER = "WITHOUT_DECIDER"
    AWAITS_STATEMENT = "AWAITS_STATEMENT"
    READY = "READY"
    DECIDED = "DECIDED"
    WITHDRAWN = "WITHDRAWN"


class ObjectionMove(StrEnum):
    MAKE_STATEMENT = "MAKE_STATEMENT"
    CALL_EXAMINATION = "CALL_EXAMINATION"
    RECORD_MINUTES = "RECORD_MINUTES"
    ADD_REMARK = "ADD_REMARK"
    DESIGNATE = "DESIGNATE"
    DECIDE = "DECIDE"
    WITHDRAW = "WITHDRAW"


class Part(StrEnum):
    """What somebody is in the matter."""

    EMPLOYEE = "EMPLOYEE"
    APPRAISER = "APPRAISER"
    DECIDER = "DECIDER"
    HR = "HR"


_BEFORE_DECISION = (
    ObjectionMove.MAKE_STATEMENT,
    ObjectionMove.CALL_EXAMINATION,
    ObjectionMove.RECORD_MINUTES,
    ObjectionMove.ADD_REMARK,
    ObjectionMove.DESIGNATE,
)
# A statement is made once, minutes are recorded once an examination has begun, and a remark follows minutes.
MOVES: dict[ObjectionStage, tuple[ObjectionMove, ...]] = {
    ObjectionStage.WITHOUT_DECIDER: (
        ObjectionMove.MAKE_STATEMENT,
        ObjectionMove.ADD_REMARK,
        ObjectionMove.DESIGNATE,
        ObjectionMove.WITHDRAW,
    ),
    ObjectionStage.AWAITS_STATEMENT: (*_BEFORE_DECISION, ObjectionMove.WITHDRAW),
    ObjectionStage.READY: (*_BEFORE_DECISION, ObjectionMove.DECIDE, ObjectionMove.WITHDRAW),
    ObjectionStage.DECIDED: (),
    ObjectionStage.WITHDRAWN: (),
}
MADE_BY: dict[ObjectionMove, frozenset[Part]] = {
    ObjectionMove.MAKE_STATEMENT: frozenset({Part.APPRAISER}),
    ObjectionMove.CALL_EXAMINATION: frozenset({Part.DECIDER, Part.HR}),
    ObjectionMove.RECORD_MINUTES: frozenset({Part.DECIDER, Part.HR}),
    ObjectionMove.ADD_REMARK: frozenset({Part.EMPLOYEE}),
    ObjectionMove.DESIGNATE: frozenset({Part.HR}),
    ObjectionMove.DECIDE: frozenset({Part.DECIDER}),
    ObjectionMove.WITHDRAW: frozenset({Part.EMPLOYEE}),
}
_LEVELS = (RatingLevel.BELOW, RatingLevel.MEETS, RatingLevel.ABOVE)


@dataclass(frozen=True)
class ObjectionMoveView:
    move: ObjectionMove
    until: Annotated[datetime, Meta(description="by when it is owed; what is late is still taken until the decision")]


@dataclass(frozen=True)
class Proceedings:
    """An objection with its examinations, oldest first."""

    objection: Objection
    examinations: tuple[Examination, ...] = ()

    def stage(self, now: datetime) -> ObjectionStage:
        if self.objection.is_withdrawn:
            return ObjectionStage.WITHDRAWN
        if not self.objection.is_open:
            return ObjectionStage.DECIDED
        if self.objection.decider_id is None:
            return ObjectionStage.WITHOUT_DECIDER
        return ObjectionStage.READY if self._both_sides_asked(now) else ObjectionStage.AWAITS_STATEMENT

    def moves(self, now: datetime) -> tuple[ObjectionMove, ...]:
        """Return the steps that may be taken now, by whomever."""
        idle = set()
        if self.objection.stated_at is not None:
            idle.add(ObjectionMove.MAKE_STATEMENT)
        if not any(one.may_be_recorded(now) for one in self.examinations):
            idle.add(ObjectionMove.RECORD_MINUTES)
        if not any(one.may_be_remarked for one in self.examinations):
            idle.add(ObjectionMove.ADD_REMARK)
        return tuple(move for move in MOVES[self.stage(now)] if move not in idle)

    def moves_of(self, parts: Collection[Part], now: datetime) -> tuple[ObjectionMoveView, ...]:
        """Return the steps that somebody may take now, in these parts, each with its day."""
        until = {ObjectionMove.MAKE_STATEMENT: self.objection.statement_by}
        return tuple(
            ObjectionMoveView(move, until.get(move) or self.objection.decide_by)
            for move in self.moves(now)
            if not MADE_BY[move].isdisjoint(parts)
        )

    def require(self, move: ObjectionMove, now: datetime) -> None:
        """Raise ObjectionAlreadyDecided or ObjectionAlreadyWithdrawn, or ObjectionMoveRefused with what may be done."""
        stage, allowed = self.stage(now), self.moves(now)
        if stage is ObjectionStage.WITHDRAWN:
            raise ObjectionAlreadyWithdrawn
        if stage is ObjectionStage.DECIDED:
            raise ObjectionAlreadyDecided
        if move not in allowed:
            words = all_in_words(allowed)
            raise ObjectionMoveRefused(stage=in_words(stage), move=in_words(move), allowed=words)

    def require_decidable(self, setting: AgencySetting, now: datetime) -> None:
        """Raise ObjectionNotReady while the appraiser may still answer, and neither has nor was listened to."""
        until = self.objection.statement_by
        if self.stage(now) is ObjectionStage.AWAITS_STATEMENT and until is not None:
            first = local_date(until + timedelta(seconds=1), setting.time_zone)
            raise ObjectionNotReady(until=setting.in_words(until), first=day_in_words(first))
        self.require(ObjectionMove.DECIDE, now)

    def require_chance(self, before: Rating, after: Rating | None, setting: AgencySetting) -> None:
        """Raise ExaminationRequired for a worse rating unless the employee was invited to an examination in time.

        Nobody is worse off by an objection unless they could speak to it.
        """
        if after is None or not is_worse(before, after):
            return
        one, zone = self.objection, setting.time_zone
        days = setting.objection_rule(one.filed_at).examination_notice_days
        if not any(held.gave_the_chance_to(one.employee_id, one.filed_at, days, zone) for held in self.examinations):
            raise ExaminationRequired(days=days)

    def of(self, examination: Examination) -> "Proceedings":
        """Return them with this examination alone, for a step that concerns it."""
        return replace(self, examinations=(examination,))

    def examination(self, examination_id: UUID) -> Examination:
        """Return one of its examinations. Raise NotFound."""
        found = next((one for one in self.examinations if one.id == examination_id), None)
        return required(found, "pemeriksaan keberatan", examination_id)

    def _both_sides_asked(self, now: datetime) -> bool:
        """Return whether the appraiser answered, or was listened to, or has let the time pass.

        An objection of the former release has no time for a statement: nothing waits for one.
        """
        if not self.objection.awaits_statement(now):
            return True
        return any(one.has_listened_to(self.objection.appraiser_id) for one in self.examinations)


def is_worse(before: Rating, after: Rating) -> bool:
    """Return whether the predicate, or either level, is lower than before."""
    levels = zip(before.levels, after.levels, strict=True)
    is_lower = any(_LEVELS.index(now) < _LEVELS.index(then) for then, now in levels)
    return is_lower or not after.predicate.at_least(before.predicate)
