"""What was found for one work result, or for one value of conduct: the content of an evaluation."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.values import BehaviourValue


@dataclass(frozen=True, kw_only=True)
class EvaluationItem:
    """Exactly one of `work_result_id` and `behaviour_value` is set.

    `realisation` is what was achieved, in words; it rests on the entries of the log and the feedback that are named.
    """

    work_result_id: UUID | None = None
    behaviour_value: BehaviourValue | None = None
    realisation: str = ""
    remark: str = ""
    progress_ids: tuple[UUID, ...] = ()
    feedback_ids: tuple[UUID, ...] = ()
