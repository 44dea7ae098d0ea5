"""Issue the certificates of a session, many people in one call; each has a result of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.auth import Principal
from chassis.errors import AppError, FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today
from training.authorisation import require_not_self
from training.domain.course import Course
from training.domain.enrolment import BatchItemView, BatchOutcome, BatchView, Enrolment, attended_enough
from training.domain.errors import AttendanceInsufficient, DuplicateCertificate, NotEnrolled
from training.domain.record import CertificateEntry, CertificateKey, Record
from training.domain.rule import RuleName
from training.domain.session import TrainingSession
from training.persistence.courses import load_course
from training.persistence.enrolments import days_held, live_enrolments, marks_of, update_enrolment
from training.persistence.locked_rows import lock
from training.persistence.records import find_same_certificate, insert_training_record, live_record_of
from training.persistence.reference import load_rule
from training.persistence.sessions import lock_session
from training.use_cases.records.book_jp import book_credit
from training.use_cases.records.record_move import record_move


@dataclass(frozen=True)
class IssueCertificates:
    session_id: UUID
    items: Sequence[CertificateEntry]


@dataclass(frozen=True)
class _Closing:
    """What is the same for all participants of an ended session."""

    session: TrainingSession
    course: Course
    participants: dict[UUID, Enrolment]
    marks: dict[UUID, dict[date, bool]]
    held: int
    minimum: int
    today: date

    def require_attendance(self, enrolment: Enrolment) -> None:
        present = sum(self.marks[enrolment.id].values())
        if not attended_enough(present, self.held, self.minimum):
            raise AttendanceInsufficient(present=present, held=self.held, minimum=self.minimum)

    def require_issue_date(self, issued_on: date | None) -> None:
        if issued_on is not None and not self.session.ends_on <= issued_on <= self.today:
            expected = f"tanggal antara {self.session.ends_on} dan {self.today}"
            raise InvalidInput(errors=[FieldError("issued_on", "date_out_of_range", issued_on, expected)])


def issue_certificates(work: UnitOfWork, actor: Principal, command: IssueCertificates) -> BatchView:
    """A repeat of the same certificate is ALREADY_ISSUED and books nothing. Nobody issues their own."""
    with work.transaction(actor.agency_id) as tx:
        session = lock_session(tx, command.session_id)
        day = today(tx)
        session.require_ended(day)
        enrolments = live_enrolments(tx, session.id, [item.employee_id for item in command.items])
        closing = _Closing(
            session=session,
            course=load_course(tx, session.course_code),
            participants={enrolment.employee_id: enrolment for enrolment in enrolments},
            marks=marks_of(tx, [enrolment.id for enrolment in enrolments]),
            held=days_held(tx, session.id),
            minimum=load_rule(tx, RuleName.MIN_ATTENDANCE_PERCENT, session.ends_on).value,
            today=day,
        )
        # Always in the order of people, so that two batches at once wait for one another and never in a cycle.
        order = sorted(range(len(command.items)), key=lambda place: command.items[place].employee_id)
        results = {place: _issue(tx, actor, closing, command.items[place]) for place in order}
        return BatchView([results[place] for place in range(len(command.items))])


def _issue(tx: Transaction, actor: Principal, closing: _Closing, entry: CertificateEntry) -> BatchItemView:
    try:
        require_not_self(actor, entry.employee_id)
        enrolment = closing.participants.get(entry.employee_id)
        if enrolment is None or enrolment.is_waiting:
            raise NotEnrolled
        existing = live_record_of(tx, enrolment.id)
        if existing is not None:
            return _existing(existing, entry)
        closing.require_issue_date(entry.issued_on)
        closing.require_attendance(enrolment)
        _require_new(tx, closing.course, entry)
    except AppError as error:
        return BatchItemView.refused(entry.employee_id, error)
    record = Record.issued(new_id(), closing.session, closing.course, enrolment, entry, today=closing.today, now=tx.now)
    insert_training_record(tx, record)
    update_enrolment(tx, enrolment, enrolment.completed())
    record_move(tx, actor, record)
    book_credit(tx, record)
    return BatchItemView(employee_id=entry.employee_id, outcome=BatchOutcome.ISSUED, record_id=record.id, jp=record.jp)


def _existing(record: Record, entry: CertificateEntry) -> BatchItemView:
    if record.certificate_key == CertificateKey.of(record.provider, entry.certificate_number).certificate_key:
        return BatchItemView(
            employee_id=record.employee_id, outcome=BatchOutcome.ALREADY_ISSUED, record_id=record.id, jp=record.jp
        )
    error = DuplicateCertificate(number=record.certificate_number, provider=record.provider)
    return BatchItemView.refused(record.employee_id, error, record.id)


def _require_new(tx: Transaction, course: Course, entry: CertificateEntry) -> None:
    """Raise DuplicateCertificate when the person has this certificate on record from elsewhere."""
    lock(tx, "certificate", entry.employee_id)
    key = CertificateKey.of(course.provider, entry.certificate_number)
    if find_same_certificate(tx, entry.employee_id, key) is not None:
        raise DuplicateCertificate(number=entry.certificate_number, provider=course.provider)
