"""A suggestion of an employee, and who may file one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.pagination import PageRequest
from service_name.domain.errors import AuthorRetired

RETIRED = "RETIRED"


@dataclass(frozen=True)
class FileSuggestion:
    text: str


@dataclass(frozen=True)
class ListSuggestions:
    """`employee_id` asks for those of one author; None for all."""

    page: PageRequest
    employee_id: UUID | None = None


@dataclass(frozen=True)
class Suggestion:
    """All of it is public, so it is the answer too."""

    id: UUID
    employee_id: Annotated[UUID, Meta(description="who filed it")]
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
