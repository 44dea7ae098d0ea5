"""Issue the certificates of a session, many people in one call; each has an outcome of its own."""

from typing import Any
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import AppError, FieldError, Forbidden, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.errors import (
    AttendanceInsufficient,
    DuplicateCertificate,
    NotEnrolled,
    SessionClosed,
    SessionEndsLater,
)
from training.domain.records import RecordOrigin, RecordState, same_certificate
from training.domain.sessions import EnrolmentState, SessionState, attended_enough
from training.persistence import catalogue, people, records, reference
from training.persistence.models import Course, Enrolment, Record, TrainingSession
from training.persistence.rows import View, lock
from training.use_cases.credit_record import credit, note_move
from training.use_cases.mark_attendance import refused
from training.use_cases.rights import is_self
from training.use_cases.save_session import session_or_404


def issue_certificates(work: UnitOfWork, actor: Principal, session_id: UUID, items: list[dict[str, Any]]) -> list[View]:
    """A repeat of the same certificate gives ALREADY_ISSUED and books nothing. Nobody issues one's own."""
    with work.transaction(actor.agency_id) as tx:
        session = session_or_404(tx, session_id, for_update=True)
        if session.state != SessionState.OPEN:
            raise SessionClosed
        if people.today(tx) < session.ends_on:
            raise SessionEndsLater(ends_on=session.ends_on)
        course = catalogue.course(tx, session.course_code)
        assert course is not None
        # always in the order of people, so that two batches at once wait for one another and never in a circle
        order = sorted(range(len(items)), key=lambda place: items[place]["employee_id"])
        outcomes = {place: _one(tx, actor, session, course, items[place]) for place in order}
        return [outcomes[place] for place in range(len(items))]


def _one(tx: Transaction, actor: Principal, session: TrainingSession, course: Course, item: dict[str, Any]) -> View:
    try:
        if is_self(actor, item["employee_id"]):
            raise Forbidden
        enrolment = catalogue.live_enrolment(tx, session.id, item["employee_id"])
        if enrolment is None or enrolment.state == EnrolmentState.WAITING:
            raise NotEnrolled
        existing = records.live_of_enrolment(tx, enrolment.id)
        if existing is not None:
            return _existing(existing, item)
        _check(tx, session, course, enrolment, item)
    except AppError as error:
        return refused(item["employee_id"], error)
    record = _record(tx, session, course, enrolment, item)
    enrolment.state = EnrolmentState.COMPLETED
    note_move(tx, actor, record, RecordState.VERIFIED)
    credit(tx, record)
    return {"employee_id": item["employee_id"], "outcome": "ISSUED", "record_id": record.id, "jp": record.jp}


def _existing(record: Record, item: dict[str, Any]) -> View:
    if record.certificate_key == same_certificate(item["certificate_number"]):
        return {
            "employee_id": record.employee_id,
            "outcome": "ALREADY_ISSUED",
            "record_id": record.id,
            "jp": record.jp,
        }
    error = DuplicateCertificate(number=record.certificate_number, provider=record.provider)
    return refused(record.employee_id, error) | {"record_id": record.id}


def _check(
    tx: Transaction, session: TrainingSession, course: Course, enrolment: Enrolment, item: dict[str, Any]
) -> None:
    today = people.today(tx)
    issued_on = item["issued_on"]
    if issued_on is not None and not session.ends_on <= issued_on <= today:
        expected = f"tanggal antara {session.ends_on} dan {today}"
        raise InvalidInput(errors=[FieldError("issued_on", "date_out_of_range", issued_on, expected)])
    marks = catalogue.marks_of(tx, [enrolment.id])[enrolment.id]
    minimum = reference.rule(tx, "MIN_ATTENDANCE_PERCENT", session.ends_on).value
    held = catalogue.days_held(tx, session.id)
    present = sum(marks.values())
    if not attended_enough(present, held, minimum):
        raise AttendanceInsufficient(present=present, held=held, minimum=minimum)
    lock(tx, "certificate", enrolment.employee_id)
    keys = same_certificate(course.provider), same_certificate(item["certificate_number"])
    if records.same_certificate(tx, enrolment.employee_id, *keys) is not None:
        raise DuplicateCertificate(number=item["certificate_number"], provider=course.provider)


def _record(
    tx: Transaction, session: TrainingSession, course: Course, enrolment: Enrolment, item: dict[str, Any]
) -> Record:
    record = Record(
        agency_id=tx.agency_id,
        employee_id=enrolment.employee_id,
        origin=RecordOrigin.SESSION,
        course_code=course.code,
        session_id=session.id,
        enrolment_id=enrolment.id,
        plan_item_id=None,
        title=course.title,
        kind_code=course.kind_code,
        competency_codes=course.competency_codes,
        provider=course.provider,
        provider_key=same_certificate(course.provider),
        certificate_number=item["certificate_number"],
        certificate_key=same_certificate(item["certificate_number"]),
        jp=session.jp,
        started_on=session.starts_on,
        completed_on=session.ends_on,
        issued_on=item["issued_on"] or people.today(tx),
        evidence_link=item["evidence_link"],
        state=RecordState.SUBMITTED,
        version=0,
        created_at=tx.now,
    )
    tx.session.add(record)
    tx.session.flush()
    return record
