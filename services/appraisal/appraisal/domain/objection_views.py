"""An objection as its parties, the decider, HR and inspectors read it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.examination import Examination
from appraisal.domain.proceedings import ObjectionMoveView, ObjectionStage, Part, Proceedings
from appraisal.domain.values import Capacity, ObjectionEnd
from chassis.views import view_of


@dataclass(frozen=True)
class ObjectionView:
    """An objection with what both sides answered, and what the reader may do now."""

    id: UUID
    evaluation_id: UUID
    employee_id: UUID
    appraiser_id: UUID
    decider_id: UUID | None
    revision: Annotated[int, Meta(description="of the evaluation, which is objected to")]
    needs_decider: Annotated[bool, Meta(description="HR must designate an impartial official")]
    designated_by: UUID | None
    designation_reason: str
    reasons: str
    evidence_links: tuple[str, ...]
    filed_at: datetime
    decide_by: datetime
    escalated: bool
    escalated_at: Annotated[datetime | None, Meta(description="when the decision was found to be late")]
    outcome: Annotated[ObjectionEnd | None, Meta(description="null: it is open")]
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reasons: str
    decided_capacity: Annotated[Capacity | None, Meta(description="as whom `decided_by` decided")]
    statement_by: Annotated[datetime | None, Meta(description="until when the appraiser is to answer")]
    statement: Annotated[str, Meta(description="the appraiser's answer to the objection")]
    stated_at: datetime | None
    stated_by: UUID | None
    stated_capacity: Annotated[Capacity | None, Meta(description="as whom `stated_by` answered")]
    statement_is_late: bool
    withdrawn_at: datetime | None
    withdrawal_reason: Annotated[str, Meta(description="why the employee withdrew it; they may say nothing")]
    examinations: tuple[Examination, ...]
    stage: ObjectionStage
    moves: Annotated[tuple[ObjectionMoveView, ...], Meta(description="what the reader may do now")]
    version: int

    @classmethod
    def of(cls, proceedings: Proceedings, parts: Collection[Part], now: datetime) -> "ObjectionView":
        """Return the view of somebody who reads it in these parts."""
        objection = proceedings.objection
        return view_of(
            cls,
            objection,
            escalated=objection.escalated_at is not None,
            examinations=proceedings.examinations,
            stage=proceedings.stage(now),
            moves=proceedings.moves_of(parts, now),
        )
