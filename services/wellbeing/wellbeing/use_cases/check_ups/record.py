"""Record that a yearly medical check-up was done, and on which day."""

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from directory.questions import today
from wellbeing.domain.check_up import CheckUp
from wellbeing.persistence.check_ups import insert_check_up
from wellbeing.persistence.directory import known_employees


def record_check_up(work: UnitOfWork, actor: Principal, entry: CheckUp) -> CheckUp:
    """Add a record; a correction is a new row, the newest counts. Raise InvalidInput."""
    with work.transaction(actor.agency_id) as tx:
        faults = entry.faults(today(tx))
        if not known_employees(tx, [entry.employee_id]):
            expected = "pengenal pegawai di instansi Anda"
            faults = [FieldError("employee_id", "unknown_employee", str(entry.employee_id), expected), *faults]
        if faults:
            raise InvalidInput(errors=faults)
        check_up_id = new_id()
        insert_check_up(tx, check_up_id, entry)
        audit.record(tx, actor, "check_up_recorded", "check_up", check_up_id, employee_id=entry.employee_id)
        return entry
