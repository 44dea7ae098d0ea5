"""Announce a session of a course, change it, or call it off."""

from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import FieldError, InvalidInput, NotFound, VersionConflict
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.errors import CourseClosed, SeatsBelowTaken, SessionClosed
from training.domain.sessions import EnrolmentState, SessionState
from training.persistence import catalogue, people
from training.persistence.models import TrainingSession
from training.persistence.rows import View
from training.use_cases.enrol import promote


def session_or_404(tx: Transaction, session_id: UUID, *, for_update: bool = False) -> TrainingSession:
    found = catalogue.session(tx, session_id, for_update=for_update)
    if found is None:
        raise NotFound(object="sesi pelatihan", id=session_id)
    return found


def announce_session(work: UnitOfWork, actor: Principal, course_code: str, values: dict[str, Any]) -> View:
    with work.transaction(actor.agency_id) as tx:
        course = catalogue.course(tx, course_code)
        if course is None:
            raise NotFound(object="pelatihan", id=course_code)
        if not course.active:
            raise CourseClosed(code=course_code)
        row = TrainingSession(
            agency_id=tx.agency_id,
            course_code=course_code,
            jp=course.jp,
            taken=0,
            state=SessionState.OPEN,
            version=1,
            **_dated(tx, values, None),
        )
        tx.session.add(row)
        tx.session.flush()
        audit.record(tx, actor, "session_announced", "session", row.id)
        return catalogue.session_views(tx, [row])[0]


def change_session(
    work: UnitOfWork, actor: Principal, session_id: UUID, values: dict[str, Any], expected: int | None
) -> View:
    """More seats let the waiting move up at once; fewer than are taken is refused."""
    with work.transaction(actor.agency_id) as tx:
        row = session_or_404(tx, session_id, for_update=True)
        if expected is not None and row.version != expected:
            raise VersionConflict
        if row.state != SessionState.OPEN:
            raise SessionClosed
        if values["seats"] < row.taken:
            raise SeatsBelowTaken(taken=row.taken, seats=values["seats"])
        for name, value in _dated(tx, values, row).items():
            setattr(row, name, value)
        row.version += 1
        tx.session.flush()
        promote(tx, row)
        audit.record(tx, actor, "session_changed", "session", row.id)
        return catalogue.session_views(tx, [row])[0]


def call_off_session(work: UnitOfWork, actor: Principal, session_id: UUID, reason: str) -> View:
    """All who are enrolled or waiting are released; those who have finished keep what they have."""
    with work.transaction(actor.agency_id) as tx:
        row = session_or_404(tx, session_id, for_update=True)
        if row.state != SessionState.OPEN:
            raise SessionClosed
        row.state = SessionState.CANCELLED
        row.version += 1
        for enrolment in catalogue.live_enrolments(tx, session_id):
            if enrolment.state == EnrolmentState.COMPLETED:
                continue
            if enrolment.state == EnrolmentState.CONFIRMED:
                row.taken -= 1
            enrolment.state = EnrolmentState.CANCELLED
            enrolment.cancelled_at, enrolment.cancel_reason = tx.now, reason
        audit.record(tx, actor, "session_called_off", "session", row.id)
        tx.session.flush()
        return catalogue.session_views(tx, [row])[0]


def _dated(tx: Transaction, values: dict[str, Any], row: TrainingSession | None) -> dict[str, Any]:
    """Fill the enrolment window (from today to the day before the start) and check that dates follow one another."""
    starts_on, ends_on = values["starts_on"], values["ends_on"] or values["starts_on"]
    opens_on = values["enrol_opens_on"] or (row.enrol_opens_on if row else min(people.today(tx), starts_on))
    closes_on = values["enrol_closes_on"] or starts_on
    faults = []
    if ends_on < starts_on:
        faults.append(FieldError("ends_on", "dates_out_of_order", ends_on, f"tanggal paling awal {starts_on}"))
    elif closes_on > ends_on:
        faults.append(FieldError("enrol_closes_on", "dates_out_of_order", closes_on, f"tanggal paling akhir {ends_on}"))
    if opens_on > closes_on:
        faults.append(FieldError("enrol_opens_on", "dates_out_of_order", opens_on, f"tanggal paling akhir {closes_on}"))
    if (ends_on - starts_on).days > 366:  # noqa: PLR2004 - a year and a day
        faults.append(FieldError("ends_on", "session_too_long", ends_on, "sesi paling lama satu tahun"))
    if faults:
        raise InvalidInput(errors=faults)
    return {**values, "ends_on": ends_on, "enrol_opens_on": opens_on, "enrol_closes_on": closes_on}
