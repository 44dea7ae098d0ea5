"""A suggestion of an employee, and who may file one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from service_name.domain.errors import AuthorRetired

RETIRED = "RETIRED"


@dataclass(frozen=True)
class FileSuggestion:
    text: str


@dataclass(frozen=True)
class Suggestion:
    id: UUID
    employee_id: UUID
    text: str
    filed_at: datetime

    @classmethod
    def filed(
        cls, suggestion_id: UUID, employee_id: UUID, status: str | None, command: FileSuggestion, now: datetime
    ) -> "Suggestion":
        """Make a suggestion; `status` is None for whom no event has brought yet. Raise AuthorRetired."""
        if status == RETIRED:
            raise AuthorRetired
        return cls(suggestion_id, employee_id, command.text, now)


@dataclass(frozen=True)
class SuggestionView:
    id: UUID
    employee_id: Annotated[UUID, Meta(description="who filed it")]
    text: str
    filed_at: datetime

    @classmethod
    def of(cls, suggestion: Suggestion) -> "SuggestionView":
        return view_of(cls, suggestion)
