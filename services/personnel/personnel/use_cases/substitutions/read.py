"""Read substitutions: HR and inspectors all of them, the substitute and the official their own."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from personnel.authorisation import WHOLE_AGENCY, require_one_of
from personnel.domain.substitution import ListSubstitutions, SubstitutionView
from personnel.persistence import substitutions


def list_substitutions(work: UnitOfWork, actor: Principal, query: ListSubstitutions) -> Page[SubstitutionView]:
    """Return substitutions in the order of recording; none for an account that is no employee."""
    with work.transaction(actor.agency_id) as tx:
        if actor.has(*WHOLE_AGENCY):
            return substitutions.list_substitutions(tx, query, None).of(SubstitutionView.of)
        if actor.employee_id is None:
            return Page([], None)
        return substitutions.list_substitutions(tx, query, actor.employee_id).of(SubstitutionView.of)


def show_substitution(work: UnitOfWork, actor: Principal, substitution_id: UUID) -> SubstitutionView:
    """Return one substitution. Raise NotFound, Forbidden."""
    with work.transaction(actor.agency_id) as tx:
        found = substitutions.load_substitution(tx, substitution_id)
        require_one_of(actor, found.substitute_id, found.in_place_of_id)
        return SubstitutionView.of(found)
