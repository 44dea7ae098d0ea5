"""Add a course to the catalogue."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.domain.course import AddCourse, Course
from training.domain.errors import CourseExists
from training.persistence.courses import find_course, insert_course, resolve_terms
from training.persistence.locked_rows import lock


def add_course(work: UnitOfWork, actor: Principal, command: AddCourse) -> Course:
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "course", command.code)
        if find_course(tx, command.code) is not None:
            raise CourseExists(code=command.code)
        command.require_free_code()
        course = Course.added(command, *resolve_terms(tx, command))
        insert_course(tx, course)
        audit.record(tx, actor, "course_added", "course", course.code)
        return course
