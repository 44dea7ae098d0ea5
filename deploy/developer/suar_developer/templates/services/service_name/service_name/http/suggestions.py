"""Suggestions of employees."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, idempotent, principal, work
from chassis.pagination import Page
from service_name.domain.suggestion import FileSuggestion, Suggestion
from service_name.http.suggestions_schemas import SuggestionIn
from service_name.use_cases.suggestions.file import file_suggestion
from service_name.use_cases.suggestions.read import list_suggestions, show_suggestion

READERS = ("employee", "hr_officer", "inspector")
blp = ServiceBlueprint("suggestions", url_prefix="/api/v1/service_name", description="Suggestions of employees")


@blp.route("/suggestions", methods=["POST"])
@allow("employee")
@idempotent
@blp.arguments(SuggestionIn)
@blp.response(201, Suggestion)
def post_suggestion(body: dict[str, Any]) -> Suggestion:
    """File a suggestion."""
    return file_suggestion(work(), principal(), FileSuggestion(**body))


@blp.route("/suggestions", methods=["GET"])
@allow(*READERS, relation="HR officer, inspector: all; else one's own")
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[Suggestion])
def get_suggestions(query: dict[str, Any]) -> Page[Suggestion]:
    """Suggestions, the oldest first."""
    return list_suggestions(work(), principal(), **query)


@blp.route("/suggestions/<uuid:suggestion_id>", methods=["GET"])
@allow(*READERS, relation="the author, HR officer, inspector")
@blp.response(200, Suggestion)
def get_suggestion(suggestion_id: UUID) -> Suggestion:
    """Read a suggestion."""
    return show_suggestion(work(), principal(), suggestion_id)
