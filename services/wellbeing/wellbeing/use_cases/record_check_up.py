"""That a yearly medical check-up was done, and on which day. The result stays with the clinic."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.clock import today_in
from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import UnitOfWork
from wellbeing.persistence import directory
from wellbeing.persistence.models import CheckUp


@dataclass(frozen=True)
class CheckUpView:
    employee_id: UUID
    year: int
    done: bool
    done_on: date | None


def record_check_up(work: UnitOfWork, actor: Principal, entry: CheckUpView) -> CheckUpView:
    """A correction is a new row; the newest counts."""
    with work.transaction(actor.agency_id) as tx:
        today = today_in(tx.now, directory.time_zone(tx.session, tx.agency_id))
        faults = []
        if not directory.people(tx.session, [entry.employee_id]):
            expected = "pengenal pegawai di instansi Anda"
            faults.append(FieldError("employee_id", "unknown_employee", str(entry.employee_id), expected))
        if entry.done is not (entry.done_on is not None):
            expected = "tanggal pemeriksaan bila done = true, kosong bila false"
            faults.append(FieldError("done_on", "day_mismatch", entry.done_on, expected))
        elif entry.done_on and (entry.done_on > today or entry.done_on.year != entry.year):
            expected = f"tanggal pada tahun {entry.year}, paling lambat {today}"
            faults.append(FieldError("done_on", "day_out_of_year", entry.done_on, expected))
        if faults:
            raise InvalidInput(errors=faults)
        row = CheckUp(
            agency_id=tx.agency_id,
            employee_id=entry.employee_id,
            year=entry.year,
            done=entry.done,
            done_on=entry.done_on,
        )
        tx.session.add(row)
        tx.session.flush()
        audit.record(tx, actor, "check_up_recorded", "check_up", row.check_up_id, employee_id=entry.employee_id)
        return entry
