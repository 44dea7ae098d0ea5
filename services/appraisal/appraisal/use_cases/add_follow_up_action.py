"""Agree on something to do in a case."""

from collections.abc import Mapping
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


def add_follow_up_action(
    work: UnitOfWork, actor: Principal, follow_up_id: UUID, body: Mapping[str, Any]
) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        case = open_for(tx, actor, follow_up_id)
        row = {
            "id": new_id(),
            "follow_up_id": follow_up_id,
            "kind": body["kind"],
            "text": body["text"],
            "due_on": body["due_on"],
            "done_on": None,
            "added_by": self_of(actor),
            "at": tx.now,
            "agency_id": tx.agency_id,
        }
        tx.session.execute(insert(models.table(models.FollowUpAction)), row)
        audit.record(tx, actor, "follow_up_action_added", "follow_up", follow_up_id, action_id=row["id"])
        return case_view(tx, case, with_words=True)
