"""Change a course; sessions already announced stay with the JP they were announced with."""

from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork
from training.domain.course import ChangeCourse, Course
from training.persistence.courses import load_course, resolve_terms, update_course
from training.persistence.locked_rows import lock


def change_course(work: UnitOfWork, actor: Principal, command: ChangeCourse) -> Course:
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "course", command.code)
        before = load_course(tx, command.code)
        require_version(command.expected_version, before.version)
        saved = update_course(tx, before, before.changed(command, *resolve_terms(tx, command)))
        audit.record(tx, actor, "course_changed", "course", command.code)
        return saved
