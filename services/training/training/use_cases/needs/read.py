"""Read training needs: one with its whole explanation, or those the caller may see."""

from uuid import UUID

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from training.authorisation import require_reader, visible_people
from training.domain.need import ListNeeds, NeedDetailView, NeedView
from training.persistence import needs


def show_need(work: UnitOfWork, actor: Principal, need_id: UUID) -> NeedDetailView:
    """Show why a need was raised, from which evaluation, and the gap."""
    with work.transaction(actor.agency_id) as tx:
        need = needs.load_need(tx, need_id)
        require_reader(tx, actor, need.employee_id, "need")
        causes = needs.causes_of(tx, [need.id])[need.id]
        return NeedDetailView.explained(need, causes, needs.moves_of(tx, need.id))


def list_needs(work: UnitOfWork, actor: Principal, query: ListNeeds) -> Page[NeedView]:
    with work.transaction(actor.agency_id) as tx:
        scope = visible_people(tx, actor, "needs", query.employee_id, team=query.team)
        return needs.list_needs(tx, scope, query)
