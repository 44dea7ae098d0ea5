"""Plans as the API shows them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from appraisal.domain.batches import ItemError
from appraisal.domain.following import NameChange
from appraisal.domain.plan import FullPlan, Plan, PlanMove
from appraisal.domain.plan_content import Annex, BehaviourExpectation, Content, WorkResult
from appraisal.domain.plan_hints import PlanHint, hints_of
from appraisal.domain.plan_version import PlanVersion, VersionState
from appraisal.domain.result_link import Linking, OfferedResult
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
class LinkedResultView(WorkResult):
    """A work result, and the superior's result that it supports."""

    parent_work_result_id: UUID | None = None
    dangling: Annotated[bool, Meta(description="the superior's plan holds the supported result no longer")] = False

    @classmethod
    def of(cls, result: WorkResult, parents: Mapping[UUID, UUID], offered: Collection[UUID]) -> "LinkedResultView":
        parent = parents.get(result.id)
        dangling = parent is not None and parent not in offered
        return view_of(cls, result, parent_work_result_id=parent, dangling=dangling)


def linked(content: Content, linking: Linking) -> tuple[LinkedResultView, ...]:
    """Return the results of a content with their links."""
    parents, offered = linking.parents, linking.offered_ids
    return tuple(LinkedResultView.of(result, parents, offered) for result in content.work_results)


@dataclass(frozen=True)
class PlanSavedView(PlanHeadView):
    """A plan as it was saved; the results show the ids they have now."""

    sha256: str
    model: PlanModel
    work_results: tuple[LinkedResultView, ...]

    @classmethod
    def of_saved(cls, plan: Plan, written: PlanVersion, linking: Linking) -> "PlanSavedView":
        named = {"model": written.content.model, "work_results": linked(written.content, linking)}
        return view_of(cls, plan, written, moves=plan.moves(), waiting_for_appraiser=False, **named)


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
class VersionHeadView:
    """A version of a plan: by whom it was submitted and agreed, and the hash of what was."""

    number: int
    state: VersionState
    sha256: Annotated[str, Meta(description="of the content's canonical JSON; links to the superior are no part of it")]
    submitted_by: UUID | None
    submitted_at: datetime | None
    agreed_by: UUID | None
    agreed_at: datetime | None
    agreed_capacity: Annotated[Capacity | None, Meta(description="as whom it was agreed")]

    @classmethod
    def of(cls, version: PlanVersion) -> "VersionHeadView":
        return view_of(cls, version)


@dataclass(frozen=True)
class PlanDraftView:
    """The version that is being written, or waits to be agreed, beside the one in force."""

    written: VersionHeadView
    model: PlanModel
    work_results: tuple[LinkedResultView, ...]
    behaviour_expectations: tuple[BehaviourExpectation, ...]
    annex: Annex

    @classmethod
    def of(cls, version: PlanVersion, linking: Linking) -> "PlanDraftView":
        results = linked(version.content, linking)
        return view_of(cls, version.content, written=VersionHeadView.of(version), work_results=results)


@dataclass(frozen=True)
class PlanView(ContentView, PlanHeadView):
    """A plan with the content that counts: of the version in force, also while it is revised, else of the draft."""

    work_results: tuple[LinkedResultView, ...]
    shown: Annotated[VersionHeadView, Meta(description="the version whose content this is")]
    draft: Annotated[PlanDraftView | None, Meta(description="beside the version in force; for who edits or agrees it")]
    hints: Annotated[tuple[PlanHint, ...], Meta(description="on what is being written; for who edits or agrees it")]
    updated_at: datetime

    @classmethod
    def of_plan(
        cls,
        plan: FullPlan,
        linking: Linking,
        setting: AgencySetting,
        *,
        with_draft: bool,
        waiting: bool,
        has_left: bool,
    ) -> "PlanView":
        version, draft = plan.shown, plan.draft
        written = linking if draft is None else linking.of_draft
        return view_of(
            cls,
            ContentView.with_guides(version.content, setting),
            plan,
            moves=plan.moves(has_left=has_left),
            waiting_for_appraiser=waiting,
            work_results=linked(version.content, linking),
            shown=VersionHeadView.of(version),
            draft=PlanDraftView.of(draft, written) if draft is not None and with_draft else None,
            hints=hints_of(plan.content, plan.year, written) if with_draft else (),
        )


@dataclass(frozen=True)
class PlanVersionView(ContentView):
    """A version as it was submitted."""

    plan_id: UUID
    plan_version: int
    handed_in_at: datetime
    version: VersionHeadView

    @classmethod
    def of(cls, version: PlanVersion, setting: AgencySetting) -> "PlanVersionView":
        content = ContentView.with_guides(version.content, setting)
        head = VersionHeadView.of(version)
        return view_of(
            cls, content, version, plan_version=version.number, handed_in_at=version.submitted_at, version=head
        )


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
    capacity: Annotated[Capacity | None, Meta(description="as whom the actor took the step; null: as the employee")]
    version: Annotated[int | None, Meta(description="of the row after it; null: by an earlier release")]
    fields: Annotated[tuple[str, ...] | None, Meta(description="of EDIT and LINK: what was changed")]
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
class DraftOutcomeView:
    """Whether a person's plan was drafted."""

    employee_id: UUID
    outcome: Literal["DRAFTED", "REFUSED"]
    plan_id: UUID | None = None
    error: ItemError | None = None


@dataclass(frozen=True)
class DraftOutcomesView:
    items: tuple[DraftOutcomeView, ...]


@dataclass(frozen=True)
class SuperiorResultView:
    id: UUID
    kind: ResultKind
    title: str
    plan_id: UUID
    plan_version: int

    @classmethod
    def of(cls, result: OfferedResult) -> "SuperiorResultView":
        return view_of(cls, result)


@dataclass(frozen=True)
class SuperiorResultsView:
    items: tuple[SuperiorResultView, ...]
