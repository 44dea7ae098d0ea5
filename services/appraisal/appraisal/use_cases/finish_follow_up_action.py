"""Note that what was agreed is done."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.use_cases.follow_up_steps import case_view, open_for
from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork

_DONE = text(
    "UPDATE follow_up_action SET done_on = :day WHERE id = :action AND follow_up_id = :id AND done_on IS NULL "
    "RETURNING id"
)


def finish_follow_up_action(
    work: UnitOfWork, actor: Principal, follow_up_id: UUID, action_id: UUID, body: Mapping[str, Any]
) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        case = open_for(tx, actor, follow_up_id)
        values = {"id": follow_up_id, "action": action_id, "day": body["done_on"]}
        if tx.session.execute(_DONE, values).first() is None:
            raise NotFound(object="tindakan yang belum selesai", id=action_id)
        audit.record(tx, actor, "follow_up_action_done", "follow_up", follow_up_id, action_id=action_id)
        return case_view(tx, case, with_words=True)
