"""Put a course into the catalogue, or change one; sessions already planned keep the JP they were announced with."""

from typing import Any

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput, NotFound, VersionConflict
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.errors import CourseExists
from training.domain.jp import jp_of_minutes
from training.domain.records import EXTERNAL_COURSE
from training.persistence import catalogue, people, reference
from training.persistence.models import Course
from training.persistence.rows import View, flat, lock
from training.use_cases.check_codes import known_competencies, known_kind


def add_course(work: UnitOfWork, actor: Principal, values: dict[str, Any]) -> View:
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "course", values["code"])
        if catalogue.course(tx, values["code"]) is not None:
            raise CourseExists(code=values["code"])
        row = Course(agency_id=tx.agency_id, version=1, **checked(tx, values))
        tx.session.add(row)
        audit.record(tx, actor, "course_added", "course", row.code)
        tx.session.flush()
        return flat(row)


def change_course(work: UnitOfWork, actor: Principal, code: str, values: dict[str, Any], expected: int | None) -> View:
    with work.transaction(actor.agency_id) as tx:
        lock(tx, "course", code)
        row = catalogue.course(tx, code)
        if row is None:
            raise NotFound(object="pelatihan", id=code)
        if expected is not None and row.version != expected:
            raise VersionConflict
        for name, value in checked(tx, values).items():
            setattr(row, name, value)
        row.version += 1
        audit.record(tx, actor, "course_changed", "course", code)
        tx.session.flush()
        return flat(row)


def checked(tx: Transaction, values: dict[str, Any]) -> dict[str, Any]:
    """The columns of a course; JP may be given, or come from `minutes` by the agency's rule. Raises InvalidInput."""
    values = dict(values)
    if values.get("code") == EXTERNAL_COURSE:
        fault = FieldError(
            "code", "course_code_reserved", EXTERNAL_COURSE, "kode lain; EXTERNAL dipakai untuk sertifikat luar"
        )
        raise InvalidInput(errors=[fault])
    known_kind(tx, values["kind_code"])
    values["competency_codes"] = known_competencies(tx, "competency_codes", values["competency_codes"])
    values["jp"] = jp_from(tx, values["jp"], values.pop("minutes"))
    return values


def jp_from(tx: Transaction, jp: int | None, minutes: int | None) -> int:
    """JP as given, or counted from minutes with the dated reference value; raises InvalidInput for neither or none."""
    if jp is not None:
        return jp
    if minutes is None:
        raise InvalidInput(
            errors=[FieldError("jp", "required", None, "isi jp, atau minutes untuk dihitung menjadi JP")]
        )
    per_jp = reference.rule(tx, "MINUTES_PER_JP", people.today(tx)).value
    counted = jp_of_minutes(minutes, per_jp)
    if counted == 0:
        raise InvalidInput(errors=[FieldError("minutes", "too_short", minutes, f"sedikitnya {per_jp} menit (1 JP)")])
    return counted
