"""Record a status: a leave with its end where that is known, a suspension, a retirement, a death, a return."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.recording import ChangeView, RecordStatus, status_records
from personnel.use_cases.records.recording import open_subject, save_records


def record_status(work: UnitOfWork, actor: Principal, command: RecordStatus) -> ChangeView:
    """Record the status. Raise NotFound, OwnAffair, VersionConflict, InvalidInput, NothingChanged."""
    with work.transaction(actor.agency_id) as tx:
        subject = open_subject(tx, actor, command.employee_id, command.expected_version)
        added = status_records(subject.records, command, subject.entry)
        view = save_records(tx, subject, added)
        audit.record(
            tx,
            actor,
            "status_recorded",
            "employee",
            view.employee_id,
            status=command.status,
            effect=view.takes_effect,
        )
        return view
