"""Cards of colleagues: name, position and unit, for anybody inside the agency."""

from collections.abc import Sequence
from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.views import Card
from personnel.persistence.reading import cards, find_cards

MOST_FOUND = 20


def look_up_cards(work: UnitOfWork, actor: Principal, employee_ids: Sequence[UUID]) -> list[Card]:
    """Cards in the order of the ids; ids that are unknown here are left out."""
    with work.transaction(actor.agency_id) as tx:
        found = cards(tx.session, employee_ids)
        return [found[one] for one in dict.fromkeys(employee_ids) if one in found]


def search_cards(work: UnitOfWork, actor: Principal, name: str) -> list[Card]:
    """The first colleagues whose name holds these letters."""
    with work.transaction(actor.agency_id) as tx:
        return find_cards(tx.session, name, MOST_FOUND)
