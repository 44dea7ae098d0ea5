"""Write down what was said in a case."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert

from appraisal.authorisation import self_of
from appraisal.persistence import models
from appraisal.use_cases.follow_up_steps import case_view, open_for
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def add_follow_up_note(work: UnitOfWork, actor: Principal, follow_up_id: UUID, words: str) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        case = open_for(tx, actor, follow_up_id)
        row = {
            "id": new_id(),
            "follow_up_id": follow_up_id,
            "author_id": self_of(actor),
            "text": words,
            "at": tx.now,
            "agency_id": tx.agency_id,
        }
        tx.session.execute(insert(models.table(models.FollowUpNote)), row)
        audit.record(tx, actor, "follow_up_note_added", "follow_up", follow_up_id, note_id=row["id"])
        return case_view(tx, case, with_words=True)
