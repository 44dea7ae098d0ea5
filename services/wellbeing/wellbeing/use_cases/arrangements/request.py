"""Ask for flexible working; the weekly hours stay due (Perpres 21/2023)."""

from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from wellbeing.authorisation import self_of
from wellbeing.domain.arrangement import Arrangement, ArrangementView, RequestArrangement
from wellbeing.domain.reference import ReferenceKind
from wellbeing.domain.reference_values import working_hours
from wellbeing.domain.working_hours import schedule_on
from wellbeing.persistence.arrangements import insert_arrangement
from wellbeing.persistence.references import current_reference


def request_arrangement(work: UnitOfWork, actor: Principal, command: RequestArrangement) -> ArrangementView:
    """Store a request with the hours that are due on its first day. Raise Forbidden, InvalidInput."""
    employee_id = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        command.require_days(today(tx))
        reference = current_reference(tx, ReferenceKind.WORKING_HOURS, command.begins_on)
        arrangement = Arrangement(
            new_id(),
            employee_id,
            **vars(command),
            weekly_hours=schedule_on(command.begins_on, working_hours(reference)).weekly_hours,
            reference_version=reference.version,
        )
        insert_arrangement(tx, arrangement)
        audit.record(tx, actor, "arrangement_requested", "working_arrangement", arrangement.arrangement_id)
        return ArrangementView.of(arrangement)
