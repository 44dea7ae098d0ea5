"""File a suggestion."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from service_name.authorisation import self_of
from service_name.domain.suggestion import FileSuggestion, Suggestion
from service_name.persistence.people import is_in_service
from service_name.persistence.suggestions import insert_suggestion


def file_suggestion(work: UnitOfWork, actor: Principal, command: FileSuggestion) -> Suggestion:
    """File it in the caller's name. Raise AuthorNotInService, NotKnownYet."""
    with work.transaction(actor.agency_id) as tx:
        author = self_of(actor)
        suggestion = Suggestion.filed(new_id(), author, command, tx.now, in_service=is_in_service(tx, author))
        insert_suggestion(tx, suggestion)
        audit.record(tx, actor, "suggestion_filed", "suggestion", suggestion.id)
        return suggestion
