"""Whether one's own check-up of a year is noted."""

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import programmes

from .record_check_up import CheckUpView


def read_own_check_up(work: UnitOfWork, actor: Principal, year: int) -> CheckUpView:
    if actor.employee_id is None:
        raise Forbidden
    with work.transaction(actor.agency_id) as tx:
        row = programmes.newest_check_up(tx.session, actor.employee_id, year)
        audit.record(tx, actor, "check_up_read", "check_up", "-", year=year)
        return CheckUpView(actor.employee_id, year, bool(row and row.done), row.done_on if row else None)
