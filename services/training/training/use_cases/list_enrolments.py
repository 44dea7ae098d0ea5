"""Enrolments: one's own, a person's, a session's."""

from uuid import UUID

from sqlalchemy import select

from chassis import audit
from chassis.auth import Principal
from chassis.errors import Forbidden
from chassis.unit_of_work import UnitOfWork
from training.persistence import catalogue
from training.persistence.models import Enrolment
from training.persistence.rows import View, newest_first
from training.use_cases.rights import WHOLE_AGENCY_READERS, is_self
from training.use_cases.save_session import session_or_404
from training.use_cases.scope import narrowed


def list_enrolments(
    work: UnitOfWork,
    actor: Principal,
    *,
    employee_id: UUID | None,
    team: bool,
    state: str | None,
    before: UUID | None,
    limit: int,
) -> list[View]:
    with work.transaction(actor.agency_id) as tx:
        query = narrowed(
            tx, actor, select(Enrolment), Enrolment.employee_id, what="enrolments", employee_id=employee_id, team=team
        )
        if state:
            query = query.where(Enrolment.state == state)
        return catalogue.enrolment_views(tx, newest_first(tx, query, Enrolment.id, before, limit))


def list_participants(
    work: UnitOfWork, actor: Principal, session_id: UUID, *, before: UUID | None, limit: int
) -> list[View]:
    """Who is in a session: for HR, inspector and the session's trainer."""
    with work.transaction(actor.agency_id) as tx:
        session = session_or_404(tx, session_id)
        is_trainer = session.trainer_id is not None and is_self(actor, session.trainer_id)
        if not (actor.has(*WHOLE_AGENCY_READERS) or is_trainer):
            raise Forbidden
        audit.record(tx, actor, "participants_read", "session", session_id)
        query = select(Enrolment).where(Enrolment.session_id == session_id)
        return catalogue.enrolment_views(tx, newest_first(tx, query, Enrolment.id, before, limit))
