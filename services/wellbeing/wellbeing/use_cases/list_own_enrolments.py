"""One's own enrolments."""

from uuid import UUID

from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import programmes

from .programme_view import EnrolmentView, enrolment_view


def list_own_enrolments(
    work: UnitOfWork, actor: Principal, *, after: UUID | None, limit: int
) -> tuple[list[EnrolmentView], UUID | None]:
    if actor.employee_id is None:
        raise Forbidden
    with work.transaction(actor.agency_id) as tx:
        found = programmes.enrolments_of_person(tx.session, actor.employee_id, after=after, limit=limit + 1)
        return [enrolment_view(row) for row in found[:limit]], found[limit - 1].enrolment_id if len(
            found
        ) > limit else None
