"""The recorded dialogue on an evaluation: the employee's request, answers, and statements on an objection."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.evaluation import Evaluation
from appraisal.domain.evaluation_parties import EvaluationParties, PresentOfficials
from appraisal.domain.values import EvaluationKind, EvaluationState
from chassis.errors import FieldError, Forbidden, InvalidInput


class SpeakerRole(StrEnum):
    EMPLOYEE = "EMPLOYEE"
    APPRAISER = "APPRAISER"
    REVIEWER = "REVIEWER"


@dataclass(frozen=True)
class AddToDialogue:
    evaluation_id: UUID
    text: str
    agreed_note: str = ""


@dataclass(frozen=True)
class DialogueEntry:
    id: UUID
    evaluation_id: UUID
    author_id: UUID
    role: SpeakerRole
    text: str
    at: datetime
    after_final: Annotated[bool, Meta(description="written after the evaluation was final")] = False
    agreed_note: Annotated[str, Meta(description="what both agreed; it ends a request for a dialogue")] = ""

    @classmethod
    def written(
        cls,
        entry_id: UUID,
        parties: EvaluationParties,
        present: PresentOfficials,
        author_id: UUID,
        command: "AddToDialogue",
        now: datetime,
    ) -> "DialogueEntry":
        """Make an entry of the employee, or of those who rate or decide, then or today. Raise Forbidden for others.

        Nor does the employee write on a proposal, which they may not read; the agreed note is the officials' to enter.
        """
        role = _role(parties, present, author_id)
        if role is SpeakerRole.EMPLOYEE and command.agreed_note:
            expected = "kosong; catatan kesepakatan dicatat oleh pejabat"
            raise InvalidInput(errors=[FieldError("agreed_note", "note_by_official", command.agreed_note, expected)])
        is_final = parties.evaluation.state is EvaluationState.FINAL
        return cls(entry_id, parties.evaluation.id, author_id, role, command.text, now, is_final, command.agreed_note)

    @property
    def ends_request(self) -> bool:
        return self.role is not SpeakerRole.EMPLOYEE and self.agreed_note != ""

    def is_request_on(self, evaluation: Evaluation) -> bool:
        """Return whether it asks for a dialogue: what the employee writes on a periodic evaluation does."""
        return self.role is SpeakerRole.EMPLOYEE and evaluation.kind is EvaluationKind.PERIODIC


def _role(parties: EvaluationParties, present: PresentOfficials, author_id: UUID) -> SpeakerRole:
    evaluation = parties.evaluation
    if author_id == evaluation.employee_id:
        if evaluation.is_undisclosed:
            raise Forbidden
        return SpeakerRole.EMPLOYEE
    if author_id in (evaluation.appraiser_id, evaluation.rated_by, *present.appraising):
        return SpeakerRole.APPRAISER
    if author_id in (evaluation.reviewer_id, parties.decider_id, *present.reviewing):
        return SpeakerRole.REVIEWER
    raise Forbidden


@dataclass(frozen=True)
class DialogueView:
    items: tuple[DialogueEntry, ...]
