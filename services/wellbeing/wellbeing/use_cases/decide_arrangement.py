"""Grant, refuse or withdraw a request for flexible working, once."""

from collections.abc import Callable
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from wellbeing.domain.errors import ArrangementDecided
from wellbeing.domain.working_hours import ArrangementState
from wellbeing.persistence import directory, programmes

from .request_arrangement import ArrangementView, arrangement_view


def decide_arrangement(
    work: UnitOfWork,
    actor: Principal,
    arrangement_id: UUID,
    decision: ArrangementState,
    match: Callable[[int], None],
) -> ArrangementView:
    """The appraiser grants or refuses, the person withdraws; once decided it stays."""
    with work.transaction(actor.agency_id) as tx:
        row = programmes.get_arrangement(tx.session, arrangement_id)
        person = directory.employee(tx.session, tx.agency_id, row.employee_id)
        allowed = row.employee_id if decision is ArrangementState.WITHDRAWN else person.appraiser_id if person else None
        if actor.employee_id is None or actor.employee_id != allowed:
            raise Forbidden
        match(row.version)
        if row.state != ArrangementState.REQUESTED.value:
            raise ArrangementDecided(state=row.state)
        row.state, row.decided_by = decision.value, actor.employee_id
        row.version += 1
        audit.record(tx, actor, "arrangement_decided", "working_arrangement", arrangement_id, state=row.state)
        return arrangement_view(row)
