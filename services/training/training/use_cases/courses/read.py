"""Read the catalogue of courses and their kinds."""

from dataclasses import dataclass

from chassis.auth import Principal
from chassis.pagination import Page, PageRequest
from chassis.unit_of_work import UnitOfWork
from training.domain.course import Course, CourseKindsView
from training.persistence import courses
from training.persistence.reference import course_kinds


@dataclass(frozen=True)
class ListCourses:
    """`text` is a part of the title or the code."""

    page: PageRequest
    text: str | None = None
    competency_code: str | None = None
    kind_code: str | None = None
    active: bool | None = None


def show_course(work: UnitOfWork, actor: Principal, code: str) -> Course:
    with work.transaction(actor.agency_id) as tx:
        return courses.load_course(tx, code)


def list_courses(work: UnitOfWork, actor: Principal, query: ListCourses) -> Page[Course]:
    with work.transaction(actor.agency_id) as tx:
        return courses.list_courses(
            tx,
            query.page,
            text=query.text,
            competency_code=query.competency_code,
            kind_code=query.kind_code,
            active=query.active,
        )


def list_course_kinds(work: UnitOfWork, actor: Principal) -> CourseKindsView:
    with work.transaction(actor.agency_id) as tx:
        return CourseKindsView(course_kinds(tx))
