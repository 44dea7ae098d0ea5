"""The items of an evaluation as its readers see them: every result and value, empty ones too."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.evaluation_item import EvaluationItem, StoredItem, Target
from appraisal.domain.plan_views import ContentView
from appraisal.domain.values import BehaviourValue
from chassis.views import view_of


@dataclass(frozen=True)
class EvaluationItemView:
    """What was found for one result, or one value; `title` is that of the result, or the value's name."""

    work_result_id: UUID | None
    behaviour_value: BehaviourValue | None
    title: str
    realisation: str
    remark: str
    progress_ids: tuple[UUID, ...]
    feedback_ids: tuple[UUID, ...]

    @classmethod
    def of(cls, title: str, item: EvaluationItem) -> "EvaluationItemView":
        return view_of(cls, item, title=title)


@dataclass(frozen=True)
class ItemsToShow:
    """The content of the plan that was rated, with the items that stand and the rating (revision) that they are of."""

    shown: tuple[EvaluationItemView, ...]
    revision: int | None

    @classmethod
    def of(cls, content: ContentView, standing: Sequence[StoredItem]) -> "ItemsToShow":
        found: dict[Target | None, EvaluationItem] = {item.target: item for item in standing}
        results = (
            EvaluationItemView.of(one.title, found.get(one.id, EvaluationItem(work_result_id=one.id)))
            for one in content.work_results
        )
        values = (
            EvaluationItemView.of(one.name, found.get(one.value, EvaluationItem(behaviour_value=one.value)))
            for one in content.behaviours
        )
        return cls((*results, *values), standing[0].revision if standing else None)
