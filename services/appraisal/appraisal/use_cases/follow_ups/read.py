"""Read coaching and counselling cases: one, or those somebody is part of."""

from uuid import UUID

from appraisal.authorisation import is_follow_up_party, self_of
from appraisal.domain.follow_up import FollowUp, FollowUpRowView, FollowUpView, ListFollowUps
from appraisal.persistence import follow_ups
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.pagination import Page
from chassis.unit_of_work import Transaction, UnitOfWork


def show_follow_up(work: UnitOfWork, actor: Principal, follow_up_id: UUID) -> FollowUpView:
    """The parties read its notes and actions; HR sees that it exists."""
    with work.transaction(actor.agency_id) as tx:
        follow_up = follow_ups.load_follow_up(tx, follow_up_id)
        is_party = is_follow_up_party(actor, follow_up)
        if not is_party and not actor.has("hr_officer"):
            raise Forbidden
        audit.record(tx, actor, "follow_up_read", "follow_up", follow_up_id, with_notes=is_party)
        return view_follow_up(tx, actor, follow_up)


def view_follow_up(tx: Transaction, actor: Principal, follow_up: FollowUp) -> FollowUpView:
    """Return a case as somebody who may know of it sees it: with its words for the parties alone."""
    moves = follow_up.moves_of(actor.employee_id, is_hr=actor.has("hr_officer"))
    if not is_follow_up_party(actor, follow_up):
        return FollowUpView.hidden(follow_up, moves)
    notes, actions = follow_ups.list_notes(tx, follow_up.id), follow_ups.list_actions(tx, follow_up.id)
    return FollowUpView.readable(follow_up, moves, notes, actions)


def list_follow_ups(work: UnitOfWork, actor: Principal, query: ListFollowUps) -> Page[FollowUpRowView]:
    """HR lists all cases; others those they are part of."""
    with work.transaction(actor.agency_id) as tx:
        party = None if actor.has("hr_officer") else self_of(actor)
        audit.record(tx, actor, "follow_ups_listed", "follow_up_list", party or "all")
        return follow_ups.list_follow_ups(tx, query, party=party).of(FollowUpRowView.of)
