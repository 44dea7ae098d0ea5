"""Name the counsellor of a case, or another coach."""

from typing import Any
from uuid import UUID

from sqlalchemy import text

from appraisal.domain.errors import FollowUpClosed
from appraisal.domain.values import FollowUpState
from appraisal.persistence.people import staff_member
from appraisal.use_cases.follow_up_steps import case_view, is_party, load_case
from chassis import audit
from chassis.auth import Principal, need_other
from chassis.errors import FieldError, InvalidInput, VersionConflict
from chassis.unit_of_work import UnitOfWork

_ASSIGN = text(
    "UPDATE follow_up SET assigned_to = :person, version = version + 1 WHERE id = :id AND version = :was RETURNING id"
)


def assign_follow_up(
    work: UnitOfWork, actor: Principal, follow_up_id: UUID, person: UUID, expected: int | None
) -> dict[str, Any]:
    """HR names the counsellor or another coach; never the employee themselves, nor in a case of their own."""
    with work.transaction(actor.agency_id) as tx:
        case = load_case(tx, follow_up_id)
        need_other(actor, case.employee_id)
        if case.state == FollowUpState.CLOSED:
            raise FollowUpClosed
        if expected is not None and expected != case.version:
            raise VersionConflict
        if person == case.employee_id or staff_member(tx, person) is None:
            fault = FieldError("assigned_to", "not_assignable", str(person), "pegawai lain di instansi ini")
            raise InvalidInput(errors=[fault])
        values = {"id": follow_up_id, "person": person, "was": case.version}
        if tx.session.execute(_ASSIGN, values).first() is None:
            raise VersionConflict
        audit.record(tx, actor, "follow_up_assigned", "follow_up", follow_up_id, assigned_to=person)
        case = load_case(tx, follow_up_id)
        return case_view(tx, case, with_words=is_party(actor, case))
