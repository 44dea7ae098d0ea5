"""Record that what was agreed is done."""

from datetime import date
from uuid import UUID

from appraisal.authorisation import require_one_of
from appraisal.domain.follow_up import FollowUpView
from appraisal.persistence.follow_ups import load_action, load_follow_up, save_action_done
from appraisal.use_cases.follow_ups.read import view_follow_up
from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def finish_action(
    work: UnitOfWork, actor: Principal, follow_up_id: UUID, *, action_id: UUID, done_on: date
) -> FollowUpView:
    with work.transaction(actor.agency_id) as tx:
        follow_up = load_follow_up(tx, follow_up_id)
        require_one_of(actor, follow_up.parties)
        follow_up.require_open()
        action = load_action(tx, follow_up_id, action_id).done(done_on)
        save_action_done(tx, action)
        audit.record(tx, actor, "follow_up_action_done", "follow_up", follow_up_id, action_id=action_id)
        return view_follow_up(tx, actor, follow_up)
