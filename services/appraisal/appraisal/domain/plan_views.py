"""Plans as the API shows them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from appraisal.domain.batches import ItemError
from appraisal.domain.following import NameChange
from appraisal.domain.plan import Annex, Content, FullPlan, Plan, PlanMove, WorkResult
from appraisal.domain.rules import RuleKind
from appraisal.domain.setting import AgencySetting
from appraisal.domain.values import BehaviourValue, Capacity, PlanModel, PlanState, ResultKind
from chassis.views import view_of


@dataclass(frozen=True)
class PlanHeadView:
    """A plan without its content."""

    id: UUID
    employee_id: UUID
    year: int
    unit_id: UUID
    appraiser_id: UUID | None
    reviewer_id: UUID | None
    state: PlanState
    plan_version: int
    active_version: int | None
    version: Annotated[int, Meta(description="of the row, as in the ETag")]
    first_day: Annotated[date | None, Meta(description="under this appraiser in this unit; null: the year's")]
    last_day: Annotated[date | None, Meta(description="null: until the year ends")]
    moves: Annotated[tuple[PlanMove, ...], Meta(description="what may be done next")]
    waiting_for_appraiser: Annotated[bool, Meta(description="submitted, and nobody can agree it until HR sees to it")]

    @classmethod
    def of(cls, plan: Plan, *, waiting: bool = False, has_left: bool = False) -> "PlanHeadView":
        return view_of(cls, plan, moves=plan.moves(has_left=has_left), waiting_for_appraiser=waiting)


@dataclass(frozen=True)
class PlanSavedView(PlanHeadView):
    """A plan as it was saved; the results show the ids they have now."""

    model: PlanModel
    work_results: tuple[WorkResult, ...]

    @classmethod
    def of_saved(cls, plan: Plan, content: Content) -> "PlanSavedView":
        named = {"model": content.model, "work_results": content.work_results}
        return view_of(cls, plan, moves=plan.moves(), waiting_for_appraiser=False, **named)


@dataclass(frozen=True)
class BehaviourView:
    """One of the seven values with its guides, and the leader's own expectation where there is one."""

    value: BehaviourValue
    name: str
    guides: tuple[str, ...]
    expectation: str | None


@dataclass(frozen=True)
class ContentView:
    model: PlanModel
    work_results: tuple[WorkResult, ...]
    behaviours: tuple[BehaviourView, ...]
    behaviour_guides_version: str
    annex: Annex

    @classmethod
    def with_guides(cls, content: Content, setting: AgencySetting) -> "ContentView":
        """Return the content with the guides of all seven values, with or without an expectation of the leader."""
        expectations = {item.value: item.expectation for item in content.behaviour_expectations}
        behaviours = tuple(
            BehaviourView(value, guide["name"], tuple(guide["guides"]), expectations.get(value))
            for value, guide in setting.rules.guides(setting.today).items()
        )
        version = setting.rules.on(RuleKind.BEHAVIOUR_GUIDES, setting.today).rule_version
        return ContentView(content.model, content.work_results, behaviours, version, content.annex)


@dataclass(frozen=True)
class PlanView(ContentView, PlanHeadView):
    """A plan with its content."""

    updated_at: datetime

    @classmethod
    def of_plan(cls, plan: FullPlan, setting: AgencySetting, *, waiting: bool, has_left: bool) -> "PlanView":
        content = ContentView.with_guides(plan.content, setting)
        return view_of(cls, content, plan, moves=plan.moves(has_left=has_left), waiting_for_appraiser=waiting)


@dataclass(frozen=True)
class SubmittedContent:
    """A version of a plan's content as it was submitted."""

    plan_id: UUID
    plan_version: int
    at: datetime
    content: Content


@dataclass(frozen=True)
class PlanVersionView(ContentView):
    plan_id: UUID
    plan_version: int
    handed_in_at: datetime

    @classmethod
    def of(cls, submitted: SubmittedContent, setting: AgencySetting) -> "PlanVersionView":
        content = ContentView.with_guides(submitted.content, setting)
        return view_of(cls, content, submitted, handed_in_at=submitted.at)


@dataclass(frozen=True)
class PlanRowView(Plan):
    """A plan in a list."""

    model: PlanModel
    updated_at: datetime


@dataclass(frozen=True)
class PlanMoveView:
    plan_version: int
    move: PlanMove
    from_state: PlanState
    to_state: PlanState
    actor: str
    reason: str
    capacity: Annotated[Capacity | None, Meta(description="of an agreement or a return: as whom the actor made it")]
    changed: Annotated[tuple[NameChange, ...] | None, Meta(description="of FOLLOW: from whom to whom")]
    at: datetime


@dataclass(frozen=True)
class PlanMovesView:
    """Every move of a plan, oldest first."""

    items: tuple[PlanMoveView, ...]


@dataclass(frozen=True)
class PlanOutcomeView:
    """What a batch did with one plan."""

    plan_id: UUID
    outcome: Literal["ACTIVATED", "UNCHANGED", "REFUSED"]
    error: ItemError | None = None


@dataclass(frozen=True)
class PlanOutcomesView:
    items: tuple[PlanOutcomeView, ...]


@dataclass(frozen=True)
class SuperiorResultView:
    id: UUID
    kind: ResultKind
    title: str

    @classmethod
    def of(cls, result: WorkResult) -> "SuperiorResultView":
        return view_of(cls, result)


@dataclass(frozen=True)
class SuperiorResultsView:
    items: tuple[SuperiorResultView, ...]
