"""The items of an evaluation as its readers see them: every result and value, empty ones too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.evaluation_item import EvaluationItem, Target
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
class StandingItems:
    """The items of the last rating that had some: a rating without leaves the former ones standing."""

    revision: int | None
    items: Sequence[EvaluationItem]

    @classmethod
    def last_of(cls, given: Mapping[int, Sequence[EvaluationItem]]) -> "StandingItems":
        """`given` are the items of each revision."""
        last = max((revision for revision, items in given.items() if items), default=None)
        return cls(last, () if last is None else given[last])


@dataclass(frozen=True)
class ItemsToShow:
    """The content of the plan that was rated, with the items that stand and the rating (revision) that they are of."""

    shown: tuple[EvaluationItemView, ...]
    revision: int | None

    @classmethod
    def of(cls, content: ContentView, standing: StandingItems) -> "ItemsToShow":
        found: dict[Target | None, EvaluationItem] = {item.target: item for item in standing.items}
        results = (
            EvaluationItemView.of(one.title, found.get(one.id, EvaluationItem(work_result_id=one.id)))
            for one in content.work_results
        )
        values = (
            EvaluationItemView.of(one.name, found.get(one.value, EvaluationItem(behaviour_value=one.value)))
            for one in content.behaviours
        )
        return cls((*results, *values), standing.revision)
