"""Record a type of employment: a candidate becomes a civil servant, a contract begins."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from personnel.domain.recording import ChangeView, RecordEmploymentType, new_record, require_grade_fits, with_added
from personnel.domain.records import EmploymentTypeRecord, GradeRecord, Record
from personnel.use_cases.records.recording import open_subject, save_records


def record_employment_type(work: UnitOfWork, actor: Principal, command: RecordEmploymentType) -> ChangeView:
    """Record the type, and the grade where another one comes with it.

    Raise NotFound, OwnAffair, VersionConflict, InvalidInput, NothingChanged.
    """
    with work.transaction(actor.agency_id) as tx:
        subject = open_subject(tx, actor, command.employee_id, command.expected_version)
        added: list[Record] = [new_record(EmploymentTypeRecord, command, subject.entry)]
        if command.grade is not None:
            since = command.grade_since or command.effective_from
            added.append(new_record(GradeRecord, command, subject.entry, grade_since=since))
        require_grade_fits(with_added(subject.records, added), command)
        view = save_records(tx, subject, added)
        audit.record(
            tx,
            actor,
            "employment_type_recorded",
            "employee",
            view.employee_id,
            employment_type=command.employment_type,
            effect=view.takes_effect,
        )
        return view
