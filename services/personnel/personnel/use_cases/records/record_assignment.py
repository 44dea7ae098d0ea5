"""Record a move: another unit, position or job class since a day, past, present or to come."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.recording import ChangeView, RecordAssignment, new_record, require_position_fits
from personnel.domain.records import PositionRecord
from personnel.domain.unit_timeline import is_open_from
from personnel.persistence.unit_records import timelines_of
from personnel.use_cases.records.recording import open_subject, save_records


def record_assignment(work: UnitOfWork, actor: Principal, command: RecordAssignment) -> ChangeView:
    """Record the move. Raise NotFound, OwnAffair, VersionConflict, InvalidInput, NothingChanged."""
    with work.transaction(actor.agency_id) as tx:
        subject = open_subject(tx, actor, command.employee_id, command.expected_version)
        unit = timelines_of(tx, [command.unit_id])[command.unit_id]
        require_position_fits(
            command,
            unit_is_active=is_open_from(unit, command.effective_from, subject.entry.today),
            highest_job_class=subject.agency.highest_job_class,
        )
        record = new_record(PositionRecord, command, subject.entry)
        view = save_records(tx, subject, [record])
        audit.record(
            tx,
            actor,
            "assignment_recorded",
            "employee",
            view.employee_id,
            unit_id=command.unit_id,
            effect=view.takes_effect,
        )
        return view
