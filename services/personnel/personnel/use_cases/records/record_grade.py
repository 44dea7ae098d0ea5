"""Record a grade: a promotion, or what was wrong about one."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.recording import ChangeView, RecordGrade, new_record, require_grade_fits, with_added
from personnel.domain.records import GradeRecord
from personnel.use_cases.records.recording import open_subject, save_records


def record_grade(work: UnitOfWork, actor: Principal, command: RecordGrade) -> ChangeView:
    """Record the grade. Raise NotFound, OwnAffair, VersionConflict, InvalidInput, NothingChanged."""
    with work.transaction(actor.agency_id) as tx:
        subject = open_subject(tx, actor, command.employee_id, command.expected_version)
        since = command.grade_since or command.effective_from
        record = new_record(GradeRecord, command, subject.entry, grade_since=since)
        require_grade_fits(with_added(subject.records, [record]), command)
        view = save_records(tx, subject, [record])
        audit.record(
            tx, actor, "grade_recorded", "employee", view.employee_id, grade=command.grade, effect=view.takes_effect
        )
        return view
