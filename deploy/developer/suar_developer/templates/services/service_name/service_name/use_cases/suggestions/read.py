"""Read suggestions: one's own, or all for HR and inspectors."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from service_name.authorisation import require_reader, visible_author
from service_name.domain.suggestion import ListSuggestions, Suggestion
from service_name.persistence import suggestions


def show_suggestion(work: UnitOfWork, actor: Principal, suggestion_id: UUID) -> Suggestion:
    with work.transaction(actor.agency_id) as tx:
        suggestion = suggestions.load_suggestion(tx, suggestion_id)
        require_reader(actor, suggestion.employee_id)
        audit.record(tx, actor, "suggestion_read", "suggestion", suggestion_id)
        return suggestion


def list_suggestions(work: UnitOfWork, actor: Principal, *, page: PageRequest) -> Page[Suggestion]:
    with work.transaction(actor.agency_id) as tx:
        author = visible_author(actor)
        audit.record(tx, actor, "suggestions_listed", "suggestion_list", author or "all")
        return suggestions.list_suggestions(tx, ListSuggestions(page, author))
