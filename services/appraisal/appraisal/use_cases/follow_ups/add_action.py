"""Agree on something to do in a case."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from appraisal.authorisation import require_one_of, self_of
from appraisal.domain.follow_up import ActionKind, FollowUpAction, FollowUpView
from appraisal.persistence.follow_ups import insert_action, load_follow_up
from appraisal.use_cases.follow_ups.read import view_follow_up
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from chassis.views import view_of


@dataclass(frozen=True)
class AddAction:
    follow_up_id: UUID
    kind: ActionKind
    text: str
    due_on: date | None = None


def add_action(work: UnitOfWork, actor: Principal, command: AddAction) -> FollowUpView:
    with work.transaction(actor.agency_id) as tx:
        follow_up = load_follow_up(tx, command.follow_up_id)
        require_one_of(actor, follow_up.parties)
        follow_up.require_open()
        action = view_of(FollowUpAction, command, id=new_id(), done_on=None, added_by=self_of(actor), at=tx.now)
        insert_action(tx, follow_up.id, action)
        audit.record(tx, actor, "follow_up_action_added", "follow_up", follow_up.id, action_id=action.id)
        return view_follow_up(tx, actor, follow_up)
