"""The recorded dialogue on an evaluation: the employee's request, answers, and statements on an objection."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from appraisal.domain.evaluation import Evaluation, EvaluationParties
from appraisal.domain.values import EvaluationKind
from chassis.errors import Forbidden


class SpeakerRole(StrEnum):
    EMPLOYEE = "EMPLOYEE"
    APPRAISER = "APPRAISER"
    REVIEWER = "REVIEWER"


@dataclass(frozen=True)
class DialogueEntry:
    id: UUID
    evaluation_id: UUID
    author_id: UUID
    role: SpeakerRole
    text: str
    at: datetime

    @classmethod
    def written(
        cls,
        entry_id: UUID,
        parties: EvaluationParties,
        present_appraiser: UUID | None,
        author_id: UUID,
        text: str,
        now: datetime,
    ) -> "DialogueEntry":
        """Make an entry of the employee, or of those who rate or decide. Raise Forbidden for anybody else."""
        return cls(entry_id, parties.evaluation.id, author_id, _role(parties, present_appraiser, author_id), text, now)

    def is_request_on(self, evaluation: Evaluation) -> bool:
        """Return whether it asks for a dialogue: what the employee writes on a periodic evaluation does."""
        return self.role is SpeakerRole.EMPLOYEE and evaluation.kind is EvaluationKind.PERIODIC


def _role(parties: EvaluationParties, present_appraiser: UUID | None, author_id: UUID) -> SpeakerRole:
    evaluation = parties.evaluation
    if author_id == evaluation.employee_id:
        return SpeakerRole.EMPLOYEE
    if author_id in (evaluation.appraiser_id, evaluation.rated_by, present_appraiser):
        return SpeakerRole.APPRAISER
    if author_id in (evaluation.reviewer_id, parties.decider_id):
        return SpeakerRole.REVIEWER
    raise Forbidden


@dataclass(frozen=True)
class DialogueView:
    items: tuple[DialogueEntry, ...]
