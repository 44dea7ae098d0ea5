"""Add a note to a case."""

from uuid import UUID

from appraisal.authorisation import require_one_of, self_of
from appraisal.domain.follow_up import FollowUpNote, FollowUpView
from appraisal.persistence.follow_ups import insert_note, load_follow_up
from appraisal.use_cases.follow_ups.read import view_follow_up
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def add_note(work: UnitOfWork, actor: Principal, follow_up_id: UUID, *, text: str) -> FollowUpView:
    with work.transaction(actor.agency_id) as tx:
        follow_up = load_follow_up(tx, follow_up_id)
        require_one_of(actor, follow_up.parties)
        follow_up.require_open()
        note = FollowUpNote(new_id(), self_of(actor), text, tx.now)
        insert_note(tx, follow_up_id, note)
        audit.record(tx, actor, "follow_up_note_added", "follow_up", follow_up_id, note_id=note.id)
        return view_follow_up(tx, actor, follow_up)
