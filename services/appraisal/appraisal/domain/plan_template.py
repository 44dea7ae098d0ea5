"""A template: a content that HR offers for some positions, or for every one, and that plans are drafted from."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from appraisal.domain.errors import TemplateWithdrawn
from appraisal.domain.plan_content import TARGET_REQUIRED, Content, ContentDraft, content_problems
from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of


class TemplateState(StrEnum):
    OFFERED = "OFFERED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True)
class OfferTemplate:
    """A content under a title; without position codes it is for every position."""

    title: str
    content: ContentDraft
    position_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListTemplates:
    """`position_code`: those for this position, with those for every one."""

    page: PageRequest
    position_code: str | None = None
    state: TemplateState | None = TemplateState.OFFERED


@dataclass(frozen=True)
class PlanTemplate:
    id: UUID
    title: str
    position_codes: tuple[str, ...]
    content: Content
    state: TemplateState
    made_by: UUID
    changed_by: UUID
    changed_at: datetime
    version: int

    @classmethod
    def offered(cls, template_id: UUID, command: OfferTemplate, officer: UUID, now: datetime) -> "PlanTemplate":
        """Make a template. Raise InvalidInput with everything that no plan could hold."""
        content, codes = _checked(command), _distinct(command.position_codes)
        return cls(template_id, command.title, codes, content, TemplateState.OFFERED, officer, officer, now, 1)

    def edited(self, command: OfferTemplate, officer: UUID, now: datetime) -> "PlanTemplate":
        """Return it with another content. Plans that were drafted from it stay as they are. Raise TemplateWithdrawn."""
        self.require_offered()
        content, codes = _checked(command, self.content), _distinct(command.position_codes)
        edited = replace(self, title=command.title, position_codes=codes, content=content)
        return replace(edited, changed_by=officer, changed_at=now)

    def withdrawn(self, officer: UUID, now: datetime) -> "PlanTemplate":
        """Return it as offered no longer. Raise TemplateWithdrawn."""
        self.require_offered()
        return replace(self, state=TemplateState.WITHDRAWN, changed_by=officer, changed_at=now)

    def require_offered(self) -> None:
        if self.state is not TemplateState.OFFERED:
            raise TemplateWithdrawn(title=self.title)


@dataclass(frozen=True)
class PlanTemplateRowView:
    id: UUID
    title: str
    position_codes: Annotated[tuple[str, ...], Meta(description="none: for every position")]
    state: TemplateState
    work_results: Annotated[int, Meta(description="how many")]
    changed_at: datetime
    version: int

    @classmethod
    def of(cls, template: PlanTemplate) -> "PlanTemplateRowView":
        return view_of(cls, template, work_results=len(template.content.work_results))


@dataclass(frozen=True)
class PlanTemplateView:
    id: UUID
    title: str
    position_codes: tuple[str, ...]
    content: Content
    state: TemplateState
    made_by: UUID
    changed_by: UUID
    changed_at: datetime
    version: int

    @classmethod
    def of(cls, template: PlanTemplate) -> "PlanTemplateView":
        return view_of(cls, template)


def _checked(command: OfferTemplate, former: Content | None = None) -> Content:
    """Return the content of a template: in the form of an SKP, with results, and linked to nobody's plan.

    Rows with a perspective make it one for high leaders (JPT). Targets may be left to whoever drafts from it.
    """
    content = Content.of(command.content, existing=former.result_ids if former else ())
    is_of_high_leaders = any(result.perspective is not None for result in content.work_results)
    found = content_problems(content, high_leader=is_of_high_leaders)
    faults = [one for one in found if one.code != TARGET_REQUIRED]
    if not content.work_results:
        faults.append(FieldError("work_results", "work_result_missing", 0, "sedikitnya satu hasil kerja"))
    for at, draft in enumerate(command.content.work_results):
        if draft.parent_work_result_id is not None:
            where, value = f"work_results.{at}.parent_work_result_id", str(draft.parent_work_result_id)
            faults.append(FieldError(where, "parent_not_used", value, "kosong: kaitan dibuat pada SKP masing-masing"))
    if faults:
        raise InvalidInput(errors=faults)
    return content


def _distinct(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the codes as they are compared with those of positions: without spaces around, each once."""
    return tuple(dict.fromkeys(code.strip() for code in codes))
