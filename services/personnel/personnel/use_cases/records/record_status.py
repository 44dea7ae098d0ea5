"""Record a status: a leave with its end where that is known, a suspension, a retirement, a death, a return."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.recording import ChangeView, RecordStatus, end_of_absence, ends_overtaken, new_record
from personnel.domain.records import StatusRecord
from personnel.use_cases.records.recording import open_subject, save_records
from personnel.use_cases.records.withdraw import withdraw_records


def record_status(work: UnitOfWork, actor: Principal, command: RecordStatus) -> ChangeView:
    """Record the status; the end of an absence that somebody leaving will not see is withdrawn.

    Raise NotFound, OwnAffair, VersionConflict, InvalidInput, NothingChanged.
    """
    with work.transaction(actor.agency_id) as tx:
        subject = open_subject(tx, actor, command.employee_id, command.expected_version)
        overtaken = ends_overtaken(subject.records, command.status, command.effective_from)
        subject = withdraw_records(tx, subject, overtaken, command.reason)
        end = end_of_absence(subject.records, command, subject.entry)
        record = new_record(StatusRecord, command, subject.entry)
        added = [record] if end is None else [record, end]
        view = save_records(tx, subject, added)
        audit.record(
            tx, actor, "status_recorded", "employee", view.employee_id, status=command.status, effect=view.takes_effect
        )
        return view
