"""Ask for flexible working; the weekly hours stay due (Perpres 21/2023)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.clock import today_in
from chassis.errors import FieldError, Forbidden, InvalidInput
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.reference import ReferenceKind
from wellbeing.domain.reference_values import working_hours
from wellbeing.domain.working_hours import ArrangementState, Flexibility, schedule_on
from wellbeing.persistence import directory, references
from wellbeing.persistence.models import WorkingArrangement


@dataclass(frozen=True)
class ArrangementView:
    arrangement_id: UUID
    employee_id: UUID
    flexibility: str
    begins_on: date
    ends_on: date
    state: str
    weekly_hours: Decimal
    reference_version: str
    version: int


def request_arrangement(
    work: UnitOfWork, actor: Principal, flexibility: Flexibility, begins_on: date, ends_on: date
) -> ArrangementView:
    if actor.employee_id is None:
        raise Forbidden
    with work.transaction(actor.agency_id) as tx:
        today = today_in(tx.now, directory.time_zone(tx.session, tx.agency_id))
        faults = []
        if begins_on < today:
            faults.append(FieldError("begins_on", "in_the_past", begins_on, f"{today} atau sesudahnya"))
        if ends_on < begins_on:
            faults.append(FieldError("ends_on", "ends_before_begin", ends_on, f"{begins_on} atau sesudahnya"))
        if faults:
            raise InvalidInput(errors=faults)
        reference = references.current(tx.session, ReferenceKind.WORKING_HOURS, begins_on)
        row = WorkingArrangement(
            agency_id=tx.agency_id,
            employee_id=actor.employee_id,
            flexibility=flexibility.value,
            begins_on=begins_on,
            ends_on=ends_on,
            state=ArrangementState.REQUESTED.value,
            weekly_hours=schedule_on(begins_on, working_hours(reference)).weekly_hours,
            reference_version=reference.version,
        )
        tx.session.add(row)
        tx.session.flush()
        audit.record(tx, actor, "arrangement_requested", "working_arrangement", row.arrangement_id)
        return arrangement_view(row)


def arrangement_view(row: WorkingArrangement) -> ArrangementView:
    return ArrangementView(
        row.arrangement_id,
        row.employee_id,
        row.flexibility,
        row.begins_on,
        row.ends_on,
        row.state,
        row.weekly_hours,
        row.reference_version,
        row.version,
    )
