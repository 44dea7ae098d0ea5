"""Mark who was at a session and who was not, many people in one call; each has an outcome of its own."""

from datetime import date
from typing import Any
from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import AppError, FieldError, Forbidden, InvalidInput
from chassis.unit_of_work import Transaction, UnitOfWork
from training.domain.errors import NotEnrolled, SessionClosed, SessionNotBegun
from training.domain.sessions import EnrolmentState, SessionState, days_of
from training.persistence import catalogue, people
from training.persistence.models import Attendance, TrainingSession
from training.persistence.rows import View
from training.use_cases.rights import is_self
from training.use_cases.save_session import session_or_404


def mark_attendance(work: UnitOfWork, actor: Principal, session_id: UUID, entries: list[dict[str, Any]]) -> list[View]:
    """For HR and the session's trainer. Without a day, the mark holds for every day of the session so far."""
    with work.transaction(actor.agency_id) as tx:
        session = session_or_404(tx, session_id, for_update=True)
        is_trainer = session.trainer_id is not None and is_self(actor, session.trainer_id)
        if not (actor.has("hr_officer") or is_trainer):
            raise Forbidden
        if session.state != SessionState.OPEN:
            raise SessionClosed
        if people.today(tx) < session.starts_on:
            raise SessionNotBegun(starts_on=session.starts_on)
        outcomes = [_one(tx, actor, session, entry) for entry in entries]
        audit.record(tx, actor, "attendance_marked", "session", session_id, entries=len(entries))
        return outcomes


def refused(employee_id: UUID, error: AppError) -> View:
    """The outcome of an item that could not be carried out: the same code and sentence as a single request gives."""
    fields = [{"field": e.field, "code": e.code, "value": str(e.value), "expected": e.expected} for e in error.errors]
    return {
        "employee_id": employee_id,
        "outcome": "REFUSED",
        "code": error.code,
        "detail": error.detail,
        "errors": fields,
    }


def _one(tx: Transaction, actor: Principal, session: TrainingSession, entry: dict[str, Any]) -> View:
    employee_id = entry["employee_id"]
    try:
        days = _days(tx, session, entry["day"])
        row = catalogue.live_enrolment(tx, session.id, employee_id)
        if row is None or row.state == EnrolmentState.WAITING:
            raise NotEnrolled
    except AppError as error:
        return refused(employee_id, error)
    known = catalogue.marks_of(tx, [row.id])[row.id]
    fresh = [day for day in days if known.get(day) != entry["present"]]
    for day in fresh:
        tx.session.add(
            Attendance(
                agency_id=tx.agency_id,
                enrolment_id=row.id,
                day=day,
                present=entry["present"],
                marked_by=actor.account_id,
                marked_at=tx.now,
            )
        )
    tx.session.flush()
    return {"employee_id": employee_id, "outcome": "RECORDED" if fresh else "UNCHANGED", "days": len(fresh)}


def _days(tx: Transaction, session: TrainingSession, day: date | None) -> list[date]:
    today = people.today(tx)
    if day is None:
        return [one for one in days_of(session.starts_on, session.ends_on) if one <= today]
    if not session.starts_on <= day <= min(session.ends_on, today):
        expected = f"tanggal antara {session.starts_on} dan {min(session.ends_on, today)}"
        raise InvalidInput(errors=[FieldError("day", "day_outside_session", day, expected)])
    return [day]
