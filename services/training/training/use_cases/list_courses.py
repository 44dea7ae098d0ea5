"""The catalogue."""

from sqlalchemy import or_, select

from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from training.persistence import catalogue, reference
from training.persistence.models import Course
from training.persistence.rows import View, by_code, contains, flat


def list_courses(
    work: UnitOfWork,
    actor: Principal,
    *,
    text: str | None,
    competency_code: str | None,
    kind_code: str | None,
    active: bool | None,
    after: str | None,
    limit: int,
) -> list[View]:
    with work.transaction(actor.agency_id) as tx:
        query = select(Course)
        if text:
            pattern = "%" + text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
            query = query.where(or_(Course.title.ilike(pattern), Course.code.ilike(pattern)))
        if competency_code:
            query = query.where(contains(Course.competency_codes, competency_code))
        if kind_code:
            query = query.where(Course.kind_code == kind_code)
        if active is not None:
            query = query.where(Course.active == active)
        return [flat(row) for row in by_code(tx, query, Course.code, after, limit)]


def show_course(work: UnitOfWork, actor: Principal, code: str) -> View:
    with work.transaction(actor.agency_id) as tx:
        row = catalogue.course(tx, code)
        if row is None:
            raise NotFound(object="pelatihan", id=code)
        return flat(row)


def list_kinds(work: UnitOfWork, actor: Principal) -> list[View]:
    with work.transaction(actor.agency_id) as tx:
        return [flat(row) for row in reference.kinds(tx)]
