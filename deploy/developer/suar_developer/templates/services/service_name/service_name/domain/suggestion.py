"""A suggestion of an employee, and who may file one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.pagination import PageRequest
from service_name.domain.errors import AuthorNotInService


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
        cls, suggestion_id: UUID, employee_id: UUID, command: FileSuggestion, now: datetime, *, in_service: bool
    ) -> "Suggestion":
        """Make a suggestion. Raise AuthorNotInService."""
        if not in_service:
            raise AuthorNotInService
        return cls(suggestion_id, employee_id, command.text, now)
