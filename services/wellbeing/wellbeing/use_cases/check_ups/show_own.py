"""Show whether one's own check-up of a year is recorded."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from wellbeing.authorisation import self_of
from wellbeing.domain.check_up import CheckUp
from wellbeing.persistence.check_ups import find_check_up


def show_own_check_up(work: UnitOfWork, actor: Principal, year: int) -> CheckUp:
    """Return the newest record of a year; not done when there is none."""
    employee_id = self_of(actor)
    with work.transaction(actor.agency_id) as tx:
        found = find_check_up(tx, employee_id, year)
        audit.record(tx, actor, "check_up_read", "check_up", "-", year=year)
        return found or CheckUp(employee_id, year, done=False, done_on=None)
