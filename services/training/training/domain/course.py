"""Courses of the catalogue and their kinds."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from chassis.errors import FieldError, InvalidInput
from chassis.pagination import PageRequest
from chassis.views import view_of
from training.domain.errors import CourseClosed

# The course code of certificates from elsewhere, so no course of the catalogue may have it.
EXTERNAL_COURSE = "EXTERNAL"


class CourseForm(StrEnum):
    KLASIKAL = "KLASIKAL"
    NON_KLASIKAL = "NON_KLASIKAL"


@dataclass(frozen=True)
class CourseKind:
    """A form of competence development, as everybody in the agency reads it."""

    code: str
    form: CourseForm
    label: str
    source: str
    verified: bool


@dataclass(frozen=True)
class CourseKindsView:
    items: list[CourseKind]


@dataclass(frozen=True, kw_only=True)
class CourseTerms:
    """What a course is; JP are given, or follow from `minutes`."""

    title: str
    kind_code: str
    jp: int | None
    minutes: int | None
    level: int | None
    competency_codes: tuple[str, ...]
    provider: str
    active: bool


@dataclass(frozen=True, kw_only=True)
class AddCourse(CourseTerms):
    code: str

    def require_free_code(self) -> None:
        """Raise InvalidInput for the code that stands for certificates from elsewhere."""
        if self.code == EXTERNAL_COURSE:
            expected = "kode lain; EXTERNAL dipakai untuk sertifikat luar"
            raise InvalidInput(errors=[FieldError("code", "course_code_reserved", EXTERNAL_COURSE, expected)])


@dataclass(frozen=True, kw_only=True)
class ChangeCourse(CourseTerms):
    code: str
    expected_version: int | None


@dataclass(frozen=True, kw_only=True)
class Course:
    """A course, as everybody in the agency reads it; its code never changes."""

    code: str
    title: str
    kind_code: str
    jp: int
    level: Annotated[int | None, Meta(description="the level it leads to")]
    competency_codes: tuple[str, ...]
    provider: str
    active: bool
    version: int = 1

    @classmethod
    def added(cls, command: AddCourse, jp: int, competency_codes: tuple[str, ...]) -> "Course":
        return view_of(cls, command, jp=jp, competency_codes=competency_codes, version=1)

    def changed(self, terms: CourseTerms, jp: int, competency_codes: tuple[str, ...]) -> "Course":
        return view_of(Course, terms, self, jp=jp, competency_codes=competency_codes)

    def require_active(self) -> None:
        if not self.active:
            raise CourseClosed(code=self.code)


@dataclass(frozen=True)
class ListCourses:
    """`text` is a part of the title or the code."""

    page: PageRequest
    text: str | None = None
    competency_code: str | None = None
    kind_code: str | None = None
    active: bool | None = None
