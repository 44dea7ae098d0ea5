"""Close a case with its outcome."""

from uuid import UUID

from appraisal.authorisation import require_one_of, self_of
from appraisal.domain.follow_up import ClosingCause, FollowUpOutcome, FollowUpView
from appraisal.events import FollowUpClosed
from appraisal.persistence.follow_ups import load_follow_up, update_follow_up
from appraisal.use_cases.follow_ups.read import view_follow_up
from chassis import audit, outbox
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def close_follow_up(
    work: UnitOfWork, actor: Principal, follow_up_id: UUID, *, outcome: FollowUpOutcome
) -> FollowUpView:
    """Close it as whoever leads the case; the employee cannot close their own."""
    with work.transaction(actor.agency_id) as tx:
        before = load_follow_up(tx, follow_up_id)
        require_one_of(actor, before.parties)
        closed = update_follow_up(tx, before, before.closed(self_of(actor), outcome, tx.now))
        outbox.record(tx, FollowUpClosed.of(closed, ClosingCause.DONE))
        audit.record(tx, actor, "follow_up_closed", "follow_up", follow_up_id, outcome=outcome)
        saved = load_follow_up(tx, follow_up_id)
        return view_follow_up(tx, actor, saved)
