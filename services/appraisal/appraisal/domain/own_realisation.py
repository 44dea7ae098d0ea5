"""What an employee states of the own results of a period, before the period is rated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.errors import RealisationFixed
from appraisal.domain.evaluation import Evaluation
from appraisal.domain.periods import Period
from appraisal.domain.plan import FullPlan
from appraisal.domain.plan_content import Content, not_in_plan
from appraisal.domain.rerating import ANY_VERSION
from chassis.errors import FieldError, InvalidInput, VersionConflict, VersionRequired
from chassis.views import view_of


@dataclass(frozen=True)
class StatedResult:
    work_result_id: UUID
    realisation: str


@dataclass(frozen=True)
class StateRealisation:
    """`version` is that of the statement that was read; None where there was none, ANY_VERSION for whichever."""

    plan_id: UUID
    quarter: int | None
    month: int | None
    items: tuple[StatedResult, ...]
    version: int | None = None


@dataclass(frozen=True)
class OwnRealisation:
    id: UUID
    plan_id: UUID
    employee_id: UUID
    year: int
    quarter: int | None
    month: int | None
    items: tuple[StatedResult, ...]
    stated_at: datetime
    version: int

    @classmethod
    def stated(cls, statement_id: UUID, plan: FullPlan, command: StateRealisation, now: datetime) -> "OwnRealisation":
        """Make the first statement of a period. Raise InvalidInput, PlanNeverActive, or VersionConflict."""
        if command.version not in {None, ANY_VERSION}:
            raise VersionConflict
        _require_of(plan.agreed_content(), command.items)
        return view_of(cls, command, plan, id=statement_id, stated_at=now, version=1)

    def changed(self, plan: FullPlan, command: StateRealisation, now: datetime) -> "OwnRealisation":
        """Return it with other words; the same again changes nothing.

        Raise InvalidInput, or VersionRequired and VersionConflict for who has not read what stands.
        """
        _require_of(plan.agreed_content(), command.items)
        if command.items == self.items:
            return self
        if command.version is None:
            raise VersionRequired
        if command.version not in {ANY_VERSION, self.version}:
            raise VersionConflict
        return replace(self, items=command.items, stated_at=now)


@dataclass(frozen=True)
class OwnRealisationView:
    id: UUID
    plan_id: UUID
    employee_id: UUID
    year: int
    quarter: int | None
    month: int | None
    items: tuple[StatedResult, ...]
    stated_at: datetime
    version: Annotated[int, Meta(description="of the row, for If-Match")]

    @classmethod
    def of(cls, found: OwnRealisation) -> "OwnRealisationView":
        return view_of(cls, found)


@dataclass(frozen=True)
class OwnRealisationsView:
    items: tuple[OwnRealisationView, ...]


def require_unrated(period: Period, evaluation: Evaluation | None) -> None:
    """Raise RealisationFixed once the rating is finished; of a proposal, or a review, the person does not know."""
    if evaluation is not None and not evaluation.is_undisclosed:
        raise RealisationFixed(period=str(period))


def require_begun(period: Period, today: date) -> None:
    """Raise InvalidInput for a period in which nothing can be achieved yet."""
    if today < period.first_day:
        expected = f"periode yang sudah dimulai; {period} dimulai {period.first_day.isoformat()}"
        name, value = ("year", period.year) if period.is_year else (period.kind.lower(), period.number)
        raise InvalidInput(errors=[FieldError(name, "period_not_begun", value, expected)])


def _require_of(content: Content, items: Sequence[StatedResult]) -> None:
    if faults := list(_faults(content, items)):
        raise InvalidInput(errors=faults)


def _faults(content: Content, items: Sequence[StatedResult]) -> Iterator[FieldError]:
    seen: set[UUID] = set()
    for index, item in enumerate(items):
        where = f"items.{index}.work_result_id"
        if item.work_result_id in seen:
            yield FieldError(where, "repeated", str(item.work_result_id), "masing-masing satu kali")
        elif item.work_result_id not in content.result_ids:
            yield not_in_plan(where, item.work_result_id)
        seen.add(item.work_result_id)
