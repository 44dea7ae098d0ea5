"""Sessions to choose from."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from training.domain.sessions import SessionState
from training.persistence import catalogue, people
from training.persistence.models import TrainingSession
from training.persistence.rows import View, newest_first
from training.use_cases.save_session import session_or_404


def list_sessions(
    work: UnitOfWork, actor: Principal, filters: dict[str, Any], *, before: UUID | None, limit: int
) -> list[View]:
    """`filters`: course_code, starts_from, starts_until, enrolling (only those whose window is open today)."""
    with work.transaction(actor.agency_id) as tx:
        query = select(TrainingSession)
        if filters["course_code"]:
            query = query.where(TrainingSession.course_code == filters["course_code"])
        if filters["starts_from"]:
            query = query.where(TrainingSession.starts_on >= filters["starts_from"])
        if filters["starts_until"]:
            query = query.where(TrainingSession.starts_on <= filters["starts_until"])
        if filters["enrolling"]:
            today = people.today(tx)
            query = query.where(
                TrainingSession.state == SessionState.OPEN,
                TrainingSession.enrol_opens_on <= today,
                TrainingSession.enrol_closes_on >= today,
            )
        rows = newest_first(tx, query, TrainingSession.id, before, limit)
        return catalogue.session_views(tx, rows)


def show_session(work: UnitOfWork, actor: Principal, session_id: UUID) -> View:
    with work.transaction(actor.agency_id) as tx:
        return catalogue.session_views(tx, [session_or_404(tx, session_id)])[0]
