"""Record who is reported by a case, and who must not read it because of that."""

from chassis.errors import FieldError, InvalidInput
from chassis.unit_of_work import Transaction
from wellbeing.domain.reporting_line import Subjects, exclusions
from wellbeing.domain.ticket import Ticket
from wellbeing.persistence.directory import known_employees, reporting_line, require_active_units
from wellbeing.persistence.tickets import add_exclusions, add_subjects


def require_known_subjects(tx: Transaction, subjects: Subjects) -> None:
    """Raise InvalidInput for people that are not known: who cannot be found cannot be excluded either."""
    require_active_units(tx, subjects.units)
    unknown = set(subjects.employees) - known_employees(tx, subjects.employees)
    if unknown:
        expected = "pengenal pegawai di instansi Anda; bila tidak tahu, tuliskan orangnya pada uraian"
        faults = [
            FieldError("reported_employee_ids", "unknown_employee", str(one), expected) for one in sorted(unknown)
        ]
        raise InvalidInput(errors=faults)


def record_subjects(tx: Transaction, ticket: Ticket, subjects: Subjects) -> None:
    """Store who is reported, and who must not read the case."""
    add_subjects(tx, ticket.ticket_id, subjects)
    found = exclusions(reporting_line(tx), subjects, reporter=ticket.reporter_id)
    add_exclusions(tx, ticket.ticket_id, found)
