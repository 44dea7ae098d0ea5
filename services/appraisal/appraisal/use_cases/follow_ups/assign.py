"""HR assigns the counsellor of a case, or another coach."""

from dataclasses import dataclass
from uuid import UUID

from appraisal.domain.follow_up import FollowUpView, not_assignable
from appraisal.persistence.follow_ups import load_follow_up, update_follow_up
from appraisal.persistence.people import is_in_service
from appraisal.use_cases.follow_ups.read import view_follow_up
from chassis import audit
from chassis.auth import Principal, need_other
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


@dataclass(frozen=True)
class AssignFollowUp:
    follow_up_id: UUID
    assigned_to: UUID
    expected_version: int | None


def assign_follow_up(work: UnitOfWork, actor: Principal, command: AssignFollowUp) -> FollowUpView:
    """Never the employee themselves, nor by an officer in a case of their own."""
    with work.transaction(actor.agency_id) as tx:
        before = load_follow_up(tx, command.follow_up_id)
        need_other(actor, before.employee_id)
        after = before.assigned(command.assigned_to)
        require_version(command.expected_version, before.version)
        if not is_in_service(tx, command.assigned_to, today(tx)):
            raise not_assignable(command.assigned_to)
        update_follow_up(tx, before, after)
        audit.record(tx, actor, "follow_up_assigned", "follow_up", before.id, assigned_to=command.assigned_to)
        saved = load_follow_up(tx, before.id)
        return view_follow_up(tx, actor, saved)
