"""Courses, their sessions, who is enrolled and who was there."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from chassis.unit_of_work import Transaction
from training.domain.sessions import EnrolmentState, SessionState
from training.persistence.models import Attendance, Course, Enrolment, TrainingSession
from training.persistence.rows import View, contains, flat


def course(tx: Transaction, code: str) -> Course | None:
    return tx.session.get(Course, (tx.agency_id, code))


def courses_for(tx: Transaction, competency_code: str) -> list[Course]:
    query = (
        select(Course).where(contains(Course.competency_codes, competency_code), Course.active).order_by(Course.code)
    )
    return list(tx.session.scalars(query))


def session(tx: Transaction, session_id: UUID, *, for_update: bool = False) -> TrainingSession | None:
    query = select(TrainingSession).where(TrainingSession.id == session_id)
    if for_update:
        query = query.with_for_update().execution_options(populate_existing=True)
    return tx.session.scalar(query)


def open_sessions(tx: Transaction, course_codes: Sequence[str], today: date) -> list[TrainingSession]:
    """Sessions into which somebody could still enrol."""
    query = select(TrainingSession).where(
        TrainingSession.course_code.in_(course_codes),
        TrainingSession.state == SessionState.OPEN,
        TrainingSession.enrol_closes_on >= today,
    )
    return list(tx.session.scalars(query.order_by(TrainingSession.starts_on, TrainingSession.id)))


def waiting_counts(tx: Transaction, session_ids: Sequence[UUID]) -> dict[UUID, int]:
    query = (
        select(Enrolment.session_id, func.count())
        .where(Enrolment.session_id.in_(session_ids), Enrolment.state == EnrolmentState.WAITING)
        .group_by(Enrolment.session_id)
    )
    return {row[0]: row[1] for row in tx.session.execute(query).all()}


def session_views(tx: Transaction, rows: Sequence[TrainingSession]) -> list[View]:
    waiting = waiting_counts(tx, [row.id for row in rows])
    named = select(Course.code, Course.title).where(Course.code.in_({row.course_code for row in rows}))
    titles = {row.code: row.title for row in tx.session.execute(named).all()}
    return [
        flat(
            row,
            course_title=titles[row.course_code],
            seats_free=row.seats - row.taken,
            waiting=waiting.get(row.id, 0),
        )
        for row in rows
    ]


def enrolment(tx: Transaction, enrolment_id: UUID) -> Enrolment | None:
    return tx.session.get(Enrolment, enrolment_id, populate_existing=True)


def live_enrolment(tx: Transaction, session_id: UUID, employee_id: UUID) -> Enrolment | None:
    query = select(Enrolment).where(
        Enrolment.session_id == session_id,
        Enrolment.employee_id == employee_id,
        Enrolment.state != EnrolmentState.CANCELLED,
    )
    return tx.session.scalar(query.execution_options(populate_existing=True))


def waiting_of(tx: Transaction, session_id: UUID) -> list[Enrolment]:
    """The waiting list, longest wait first."""
    query = select(Enrolment).where(Enrolment.session_id == session_id, Enrolment.state == EnrolmentState.WAITING)
    return list(tx.session.scalars(query.order_by(Enrolment.position)))


def live_enrolments(tx: Transaction, session_id: UUID) -> list[Enrolment]:
    query = select(Enrolment).where(Enrolment.session_id == session_id, Enrolment.state != EnrolmentState.CANCELLED)
    return list(tx.session.scalars(query.order_by(Enrolment.position)))


def marks_of(tx: Transaction, enrolment_ids: Sequence[UUID]) -> dict[UUID, dict[date, bool]]:
    """The latest mark of each day, by enrolment: a later mark corrects an earlier one."""
    found: dict[UUID, dict[date, bool]] = {one: {} for one in enrolment_ids}
    query = select(Attendance).where(Attendance.enrolment_id.in_(enrolment_ids)).order_by(Attendance.id)
    for row in tx.session.scalars(query):
        found[row.enrolment_id][row.day] = row.present
    return found


def days_held(tx: Transaction, session_id: UUID) -> int:
    """On how many days of a session anybody was marked."""
    query = (
        select(func.count(func.distinct(Attendance.day)))
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(Enrolment.session_id == session_id)
    )
    return tx.session.scalar(query) or 0


def enrolment_views(tx: Transaction, rows: Sequence[Enrolment]) -> list[View]:
    marks = marks_of(tx, [row.id for row in rows])
    sessions = {
        row.id: row
        for row in tx.session.scalars(
            select(TrainingSession).where(TrainingSession.id.in_({one.session_id for one in rows}))
        )
    }
    queues: dict[UUID, list[UUID]] = {}
    for row in rows:
        if row.state == EnrolmentState.WAITING and row.session_id not in queues:
            queues[row.session_id] = [one.id for one in waiting_of(tx, row.session_id)]
    return [
        flat(
            row,
            course_code=sessions[row.session_id].course_code,
            starts_on=sessions[row.session_id].starts_on,
            ends_on=sessions[row.session_id].ends_on,
            days_present=sum(marks[row.id].values()),
            days_marked=len(marks[row.id]),
            queue_number=queues[row.session_id].index(row.id) + 1 if row.state == EnrolmentState.WAITING else None,
        )
        for row in rows
    ]
