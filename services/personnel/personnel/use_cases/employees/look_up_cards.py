"""Cards of colleagues: name, position and unit, for anybody inside the agency."""

from collections.abc import Sequence
from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.employee_views import CardsView
from personnel.persistence.employees import cards_of, find_cards
from personnel.persistence.officials import official_cards

MOST_FOUND = 20


def look_up_cards(work: UnitOfWork, actor: Principal, employee_ids: Sequence[UUID]) -> CardsView:
    """Return cards of colleagues and of officials from outside in the order of the ids; unknown ids are left out."""
    with work.transaction(actor.agency_id) as tx:
        found = cards_of(tx, employee_ids) | official_cards(tx, employee_ids)
        return CardsView([found[one] for one in dict.fromkeys(employee_ids) if one in found])


def search_cards(work: UnitOfWork, actor: Principal, name: str) -> CardsView:
    """Return the first colleagues whose names have words that begin so."""
    with work.transaction(actor.agency_id) as tx:
        return CardsView(find_cards(tx, name, MOST_FOUND))
