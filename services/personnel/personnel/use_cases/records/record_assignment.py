"""Record a move: another unit, position or job class since a day, past, present or to come."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.recording import ChangeView, RecordAssignment, new_record, require_position_fits
from personnel.domain.records import PositionRecord
from personnel.persistence.org_units import find_unit
from personnel.use_cases.records.recording import open_subject, save_records


def record_assignment(work: UnitOfWork, actor: Principal, command: RecordAssignment) -> ChangeView:
    """Record the move. Raise NotFound, OwnAffair, VersionConflict, InvalidInput, NothingChanged."""
    with work.transaction(actor.agency_id) as tx:
        subject = open_subject(tx, actor, command.employee_id, command.expected_version)
        unit = find_unit(tx, command.unit_id)
        require_position_fits(
            command,
            unit_is_active=unit is not None and unit.active,
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
