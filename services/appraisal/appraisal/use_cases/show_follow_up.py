"""Read one coaching or counselling case."""

from typing import Any
from uuid import UUID

from appraisal.use_cases.follow_up_steps import case_view, is_party, load_case
from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork


def show_follow_up(work: UnitOfWork, actor: Principal, follow_up_id: UUID) -> dict[str, Any]:
    with work.transaction(actor.agency_id) as tx:
        case = load_case(tx, follow_up_id)
        party = is_party(actor, case)
        if not party and not actor.has("hr_officer"):
            raise Forbidden
        audit.record(tx, actor, "follow_up_read", "follow_up", follow_up_id, with_notes=party)
        return case_view(tx, case, with_words=party)
