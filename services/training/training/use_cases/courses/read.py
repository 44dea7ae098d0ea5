"""Read the catalogue of courses and their kinds."""

from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from training.domain.course import Course, CourseKindsView, ListCourses
from training.persistence import courses
from training.persistence.reference import course_kinds


def show_course(work: UnitOfWork, actor: Principal, code: str) -> Course:
    with work.transaction(actor.agency_id) as tx:
        return courses.load_course(tx, code)


def list_courses(work: UnitOfWork, actor: Principal, query: ListCourses) -> Page[Course]:
    with work.transaction(actor.agency_id) as tx:
        return courses.list_courses(tx, query)


def list_course_kinds(work: UnitOfWork, actor: Principal) -> CourseKindsView:
    with work.transaction(actor.agency_id) as tx:
        return CourseKindsView(course_kinds(tx))
