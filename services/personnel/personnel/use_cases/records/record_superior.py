"""Record somebody's superior: one call, and everybody concerned is notified.

The person's appraiser changes, and with it the reviewer of the person and of all whose superior the person is.
"""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError
from chassis.unit_of_work import Transaction, UnitOfWork
from personnel.domain.errors import SuperiorUnknown
from personnel.domain.nip import clean_nip
from personnel.domain.recording import ChangeView, RecordSuperior, new_record, with_added
from personnel.domain.records import SuperiorRecord
from personnel.persistence.employees import exists
from personnel.persistence.officials import official_exists
from personnel.persistence.records import employee_behind
from personnel.use_cases.records.cycles import require_no_cycle
from personnel.use_cases.records.recording import open_subject, save_records


def record_superior(work: UnitOfWork, actor: Principal, command: RecordSuperior) -> ChangeView:
    """Record who the superior is since a day; a day to come is applied when it comes.

    Raise NotFound, OwnAffair, VersionConflict, SuperiorUnknown, SuperiorCycle, NothingChanged.
    """
    with work.transaction(actor.agency_id) as tx:
        subject = open_subject(tx, actor, command.employee_id, command.expected_version)
        superior_id = known_superior(tx, command)
        record = new_record(SuperiorRecord, command, subject.entry, superior_id=superior_id)
        after = with_added(subject.records, [record])
        require_no_cycle(tx, subject.employee.id, subject.records, after, since=record.effective_from)
        view = save_records(tx, subject, [record])
        audit.record(
            tx,
            actor,
            "superior_recorded",
            "employee",
            view.employee_id,
            superior_id=superior_id,
            effect=view.takes_effect,
        )
        return view


def known_superior(tx: Transaction, command: RecordSuperior) -> UUID | None:
    """Return the superior who is named by id or number. Raise SuperiorUnknown."""
    if command.superior_nip:
        found = employee_behind(tx, clean_nip(command.superior_nip))
    elif command.superior_id:
        is_known = exists(tx, command.superior_id) or official_exists(tx, command.superior_id)
        found = command.superior_id if is_known else None
    else:
        return None
    if found is None:
        raise superior_unknown(command)
    return found


def superior_unknown(command: RecordSuperior) -> SuperiorUnknown:
    """Return the error that names the superior as they were named."""
    by_number = bool(command.superior_nip)
    field, value = ("superior_nip", command.superior_nip) if by_number else ("superior_id", str(command.superior_id))
    expected = "Pilih pegawai atau pejabat luar yang terdaftar di instansi ini."
    return SuperiorUnknown(errors=[FieldError(field, "superior_unknown", value, expected)])
