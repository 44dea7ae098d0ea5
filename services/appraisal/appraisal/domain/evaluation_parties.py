"""An evaluation with the people whom it names, and who holds the offices about its employee today."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.evaluation import Evaluation


@dataclass(frozen=True)
class EvaluationParties:
    """An evaluation with the people whom it names."""

    evaluation: Evaluation
    decider_id: UUID | None

    @property
    def named(self) -> tuple[UUID | None, ...]:
        one = self.evaluation
        return (one.employee_id, one.appraiser_id, one.reviewer_id, one.rated_by, self.decider_id)


@dataclass(frozen=True)
class PresentOfficials:
    """Who holds the offices of superior and reviewer of an employee today, and who acts there: they or a stand-in."""

    appraiser_id: UUID | None = None
    reviewer_id: UUID | None = None
    acting_appraiser_id: UUID | None = None
    acting_reviewer_id: UUID | None = None

    @property
    def appraising(self) -> tuple[UUID | None, ...]:
        return self.appraiser_id, self.acting_appraiser_id

    @property
    def reviewing(self) -> tuple[UUID | None, ...]:
        return self.reviewer_id, self.acting_reviewer_id
