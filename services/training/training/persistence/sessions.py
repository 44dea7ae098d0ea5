"""Sessions of courses."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, insert_record, matching, update_record
from chassis.unit_of_work import Transaction
from training.domain.enrolment import EnrolmentState
from training.domain.session import ListSessions, SessionState, SessionView, TrainingSession
from training.persistence import models
from training.persistence.locked_rows import update_locked

_SESSION = columns_of(models.TrainingSession, TrainingSession)


def load_session(tx: Transaction, session_id: UUID) -> TrainingSession:
    """Return a session. Raise NotFound."""
    query = select(*_SESSION).where(models.TrainingSession.id == session_id)
    return required(fetch_one(tx, query, TrainingSession), "sesi pelatihan", session_id)


def lock_session(tx: Transaction, session_id: UUID) -> TrainingSession:
    """Return a session and lock its row: seats and enrolments change under this lock. Raise NotFound."""
    query = select(*_SESSION).where(models.TrainingSession.id == session_id).with_for_update()
    return required(fetch_one(tx, query, TrainingSession), "sesi pelatihan", session_id)


def insert_session(tx: Transaction, session: TrainingSession) -> None:
    insert_record(tx, models.TrainingSession, session)


def update_session(tx: Transaction, before: TrainingSession, after: TrainingSession) -> TrainingSession:
    """Save a change and return the session with its new version. Raise VersionConflict."""
    update_record(tx, models.TrainingSession, before, after)
    return replace(after, version=before.version + 1)


def update_seats(tx: Transaction, before: TrainingSession, after: TrainingSession) -> None:
    """Save the seats taken; the version stays, for the session's terms have not changed."""
    update_locked(tx, models.TrainingSession, before, after)


def open_sessions(tx: Transaction, course_codes: Sequence[str], today: date) -> list[SessionView]:
    """Return the sessions of these courses in which somebody could still enrol."""
    model = models.TrainingSession
    query = select(*_SESSION).where(
        model.course_code.in_(course_codes), model.state == SessionState.OPEN, model.enrol_closes_on >= today
    )
    return session_views(tx, fetch_all(tx, query.order_by(model.starts_on, model.id), TrainingSession))


def list_sessions(tx: Transaction, wanted: ListSessions, today: date) -> Page[SessionView]:
    """Return sessions, the newest first."""
    model = models.TrainingSession
    query = matching(select(*_SESSION), model, wanted)
    if wanted.starts_from:
        query = query.where(model.starts_on >= wanted.starts_from)
    if wanted.starts_until:
        query = query.where(model.starts_on <= wanted.starts_until)
    if wanted.enrolling:
        is_open = model.state == SessionState.OPEN
        query = query.where(is_open, model.enrol_opens_on <= today, model.enrol_closes_on >= today)
    shown = fetch_page(tx, query, TrainingSession, wanted.page, model.id, descending=True)
    return Page(session_views(tx, shown.items), shown.next_cursor)


def view_session(tx: Transaction, session: TrainingSession) -> SessionView:
    return session_views(tx, [session])[0]


def session_views(tx: Transaction, sessions: Sequence[TrainingSession]) -> list[SessionView]:
    """Return sessions with their course's title and how many people wait."""
    waiting = _waiting_counts(tx, [session.id for session in sessions])
    codes = {session.course_code for session in sessions}
    named = select(models.Course.code, models.Course.title).where(models.Course.code.in_(codes))
    titles = {row.code: row.title for row in tx.session.execute(named)}
    return [SessionView.of(session, titles[session.course_code], waiting.get(session.id, 0)) for session in sessions]


def _waiting_counts(tx: Transaction, session_ids: Sequence[UUID]) -> dict[UUID, int]:
    model = models.Enrolment
    query = (
        select(model.session_id, func.count().label("waiting"))
        .where(model.session_id.in_(session_ids), model.state == EnrolmentState.WAITING)
        .group_by(model.session_id)
    )
    return {row.session_id: row.waiting for row in tx.session.execute(query)}
