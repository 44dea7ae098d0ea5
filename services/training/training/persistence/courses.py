"""The catalogue of courses."""

from dataclasses import replace

from sqlalchemy import or_, select

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, insert_record, matching, update_record
from chassis.unit_of_work import Transaction
from training.domain.course import Course, CourseTerms, ListCourses
from training.persistence import models
from training.persistence.competencies import known_competencies
from training.persistence.locked_rows import contains
from training.persistence.reference import jp_worth, require_course_kind

_COURSE = columns_of(models.Course, Course)


def find_course(tx: Transaction, code: str) -> Course | None:
    return fetch_one(tx, select(*_COURSE).where(models.Course.code == code), Course)


def load_course(tx: Transaction, code: str) -> Course:
    """Return a course. Raise NotFound."""
    return required(find_course(tx, code), "pelatihan", code)


def resolve_terms(tx: Transaction, terms: CourseTerms) -> tuple[int, tuple[str, ...]]:
    """Return the JP and the competency codes of a course. Raise InvalidInput for what the agency does not know."""
    require_course_kind(tx, terms.kind_code)
    codes = known_competencies(tx, "competency_codes", terms.competency_codes)
    return jp_worth(tx, terms.jp, terms.minutes), codes


def insert_course(tx: Transaction, course: Course) -> None:
    insert_record(tx, models.Course, course)


def update_course(tx: Transaction, before: Course, after: Course) -> Course:
    """Save a change and return the course with its new version. Raise VersionConflict."""
    update_record(tx, models.Course, before, after)
    return replace(after, version=before.version + 1)


def courses_for(tx: Transaction, competency_code: str) -> list[Course]:
    """Return the courses on offer that lead to a competency."""
    query = select(*_COURSE).where(contains(models.Course.competency_codes, competency_code), models.Course.active)
    return fetch_all(tx, query.order_by(models.Course.code), Course)


def list_courses(tx: Transaction, wanted: ListCourses) -> Page[Course]:
    """Return courses by code; `text` is a part of the title or the code."""
    query = matching(select(*_COURSE), models.Course, wanted)
    if wanted.text:
        pattern = "%" + wanted.text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
        query = query.where(or_(models.Course.title.ilike(pattern), models.Course.code.ilike(pattern)))
    if wanted.competency_code:
        query = query.where(contains(models.Course.competency_codes, wanted.competency_code))
    return fetch_page(tx, query, Course, wanted.page, models.Course.code)
