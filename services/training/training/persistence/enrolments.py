"""Who is enrolled in which session, and who was there."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select, update

from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import (
    AnySelect,
    columns_of,
    fetch_all,
    fetch_one,
    fetch_page,
    insert_record,
    insert_records,
    matching,
)
from chassis.unit_of_work import Transaction
from chassis.views import view_of
from training.domain.enrolment import AttendanceMark, Enrolment, EnrolmentState, EnrolmentView, ListEnrolments
from training.domain.people import Scope
from training.persistence import models
from training.persistence.locked_rows import update_locked
from training.persistence.people import within

_ENROLMENT = columns_of(models.Enrolment, Enrolment)


def load_enrolment(tx: Transaction, enrolment_id: UUID) -> Enrolment:
    """Return an enrolment. Raise NotFound."""
    found = fetch_one(tx, select(*_ENROLMENT).where(models.Enrolment.id == enrolment_id), Enrolment)
    return required(found, "pendaftaran", enrolment_id)


def live_enrolments(tx: Transaction, session_id: UUID, employee_ids: Sequence[UUID] | None = None) -> list[Enrolment]:
    """Return the enrolments of a session that were not cancelled, of all or of these people, in order of arrival."""
    model = models.Enrolment
    query = select(*_ENROLMENT).where(model.session_id == session_id, model.state != EnrolmentState.CANCELLED)
    if employee_ids is not None:
        query = query.where(model.employee_id.in_(employee_ids))
    return fetch_all(tx, query.order_by(model.position), Enrolment)


def waiting_enrolments(tx: Transaction, session_id: UUID) -> list[Enrolment]:
    """Return the waiting list, the longest wait first."""
    return fetch_all(tx, _waiting(session_id), Enrolment)


def insert_enrolment(tx: Transaction, enrolment: Enrolment) -> None:
    insert_record(tx, models.Enrolment, enrolment)


def update_enrolment(tx: Transaction, before: Enrolment, after: Enrolment) -> None:
    """Save a move; the lock on the session is held."""
    update_locked(tx, models.Enrolment, before, after)


def cancel_enrolments(tx: Transaction, enrolments: Sequence[Enrolment]) -> None:
    """Save that these enrolments were cancelled together, with the time and reason of the first."""
    if enrolments:
        first, ids = enrolments[0], [enrolment.id for enrolment in enrolments]
        values = {"state": first.state, "cancelled_at": first.cancelled_at, "cancel_reason": first.cancel_reason}
        tx.session.execute(update(models.Enrolment).where(models.Enrolment.id.in_(ids)).values(values))


def insert_marks(tx: Transaction, marks: Sequence[AttendanceMark]) -> None:
    insert_records(tx, models.Attendance, marks)


def marks_of(tx: Transaction, enrolment_ids: Sequence[UUID]) -> dict[UUID, dict[date, bool]]:
    """Return the latest mark of each day, by enrolment: a later mark corrects an earlier one."""
    found: dict[UUID, dict[date, bool]] = {enrolment_id: {} for enrolment_id in enrolment_ids}
    model = models.Attendance
    query = (
        select(model.enrolment_id, model.day, model.present)
        .where(model.enrolment_id.in_(enrolment_ids))
        .order_by(model.id)
    )
    for row in tx.session.execute(query):
        found[row.enrolment_id][row.day] = row.present
    return found


def days_held(tx: Transaction, session_id: UUID) -> int:
    """Return on how many days of a session anybody was marked."""
    query = (
        select(func.count(func.distinct(models.Attendance.day)))
        .join(models.Enrolment, models.Enrolment.id == models.Attendance.enrolment_id)
        .where(models.Enrolment.session_id == session_id)
    )
    return tx.session.scalar(query) or 0


def list_enrolments(tx: Transaction, scope: Scope, wanted: ListEnrolments) -> Page[EnrolmentView]:
    """Return enrolments, the newest first."""
    query = within(select(*_ENROLMENT), models.Enrolment.employee_id, scope)
    return _page(tx, matching(query, models.Enrolment, wanted), wanted.page)


def list_participants(tx: Transaction, session_id: UUID, page: PageRequest) -> Page[EnrolmentView]:
    """Return the enrolments of a session, the newest first."""
    return _page(tx, select(*_ENROLMENT).where(models.Enrolment.session_id == session_id), page)


def view_enrolment(tx: Transaction, enrolment: Enrolment) -> EnrolmentView:
    return _views(tx, [enrolment])[0]


def _page(tx: Transaction, query: AnySelect, page: PageRequest) -> Page[EnrolmentView]:
    shown = fetch_page(tx, query, Enrolment, page, models.Enrolment.id, descending=True)
    return Page(_views(tx, shown.items), shown.next_cursor)


def _views(tx: Transaction, enrolments: Sequence[Enrolment]) -> list[EnrolmentView]:
    """Return enrolments with the session's days, the days marked, and the place in the queue."""
    marks = marks_of(tx, [enrolment.id for enrolment in enrolments])
    model = models.TrainingSession
    query = select(model.id, model.course_code, model.starts_on, model.ends_on).where(
        model.id.in_({enrolment.session_id for enrolment in enrolments})
    )
    sessions = {row.id: row for row in tx.session.execute(query)}
    queues = {
        session_id: [waiting.id for waiting in waiting_enrolments(tx, session_id)]
        for session_id in {enrolment.session_id for enrolment in enrolments if enrolment.is_waiting}
    }
    return [
        view_of(
            EnrolmentView,
            enrolment,
            sessions[enrolment.session_id],
            days_present=sum(marks[enrolment.id].values()),
            days_marked=len(marks[enrolment.id]),
            queue_number=(queues[enrolment.session_id].index(enrolment.id) + 1 if enrolment.is_waiting else None),
        )
        for enrolment in enrolments
    ]


def _waiting(session_id: UUID) -> AnySelect:
    model = models.Enrolment
    query = select(*_ENROLMENT).where(model.session_id == session_id, model.state == EnrolmentState.WAITING)
    return query.order_by(model.position)
