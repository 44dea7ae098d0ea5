"""Programmes, their sessions, who is enrolled, and that a check-up was done."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chassis.errors import NotFound
from wellbeing.domain.programmes import EnrolmentState

from .models import CheckUp, Enrolment, Programme, ProgrammeSession, WorkingArrangement


def get_programme(session: Session, programme_id: UUID) -> Programme:
    found = session.get(Programme, programme_id)
    if found is None:
        raise NotFound(object="program", id=programme_id)
    return found


def get_session(session: Session, session_id: UUID) -> ProgrammeSession:
    """A session, locked, so that its seats are counted by one at a time. Raises NotFound."""
    statement = select(ProgrammeSession).where(ProgrammeSession.session_id == session_id).with_for_update()
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound(object="sesi", id=session_id)
    return found


def get_enrolment(session: Session, enrolment_id: UUID) -> Enrolment:
    found = session.scalars(
        select(Enrolment).where(Enrolment.enrolment_id == enrolment_id).with_for_update()
    ).one_or_none()
    if found is None:
        raise NotFound(object="pendaftaran", id=enrolment_id)
    return found


def search_programmes(session: Session, *, after: UUID | None, limit: int) -> list[Programme]:
    statement = select(Programme).order_by(Programme.programme_id.desc()).limit(limit)
    return list(session.scalars(statement if after is None else statement.where(Programme.programme_id < after)))


def sessions_of(session: Session, programme_id: UUID) -> list[ProgrammeSession]:
    rows = select(ProgrammeSession).where(ProgrammeSession.programme_id == programme_id)
    return list(session.scalars(rows.order_by(ProgrammeSession.starts_at)))


def seats_taken(session: Session, session_ids: Collection[UUID]) -> Counter[UUID]:
    taken = select(Enrolment.session_id, func.count()).where(
        Enrolment.session_id.in_(list(session_ids)), Enrolment.state != EnrolmentState.CANCELLED.value
    )
    return Counter({row[0]: row[1] for row in session.execute(taken.group_by(Enrolment.session_id))})


def enrolled(session: Session, session_id: UUID, employee_id: UUID) -> bool:
    live = select(Enrolment.enrolment_id).where(
        Enrolment.session_id == session_id,
        Enrolment.employee_id == employee_id,
        Enrolment.state != EnrolmentState.CANCELLED.value,
    )
    return session.scalar(live) is not None


def enrolments_of_session(session: Session, session_id: UUID) -> list[Enrolment]:
    rows = select(Enrolment).where(Enrolment.session_id == session_id).order_by(Enrolment.enrolment_id)
    return list(session.scalars(rows))


def enrolments_of_person(session: Session, employee_id: UUID, *, after: UUID | None, limit: int) -> list[Enrolment]:
    rows = (
        select(Enrolment)
        .where(Enrolment.employee_id == employee_id)
        .order_by(Enrolment.enrolment_id.desc())
        .limit(limit)
    )
    return list(session.scalars(rows if after is None else rows.where(Enrolment.enrolment_id < after)))


def attended_by_unit(session: Session, since: datetime, until: datetime) -> Counter[UUID]:
    """How many different people of each unit attended something in sessions that began in this time."""
    counts = (
        select(Enrolment.unit_id, func.count(Enrolment.employee_id.distinct()))
        .join(ProgrammeSession, ProgrammeSession.session_id == Enrolment.session_id)
        .where(
            Enrolment.state == EnrolmentState.ATTENDED.value,
            Enrolment.unit_id.is_not(None),
            ProgrammeSession.starts_at >= since,
            ProgrammeSession.starts_at < until,
        )
        .group_by(Enrolment.unit_id)
    )
    return Counter({row[0]: row[1] for row in session.execute(counts) if row[0] is not None})


def newest_check_up(session: Session, employee_id: UUID, year: int) -> CheckUp | None:
    rows = select(CheckUp).where(CheckUp.employee_id == employee_id, CheckUp.year == year)
    return session.scalars(rows.order_by(CheckUp.number.desc()).limit(1)).one_or_none()


def get_arrangement(session: Session, arrangement_id: UUID) -> WorkingArrangement:
    statement = select(WorkingArrangement).where(WorkingArrangement.arrangement_id == arrangement_id).with_for_update()
    found = session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound(object="permohonan", id=arrangement_id)
    return found


def search_arrangements(
    session: Session, employee_ids: Collection[UUID] | None, *, after: UUID | None, limit: int
) -> list[WorkingArrangement]:
    """Requests of these people; of everybody when None."""
    rows = select(WorkingArrangement).order_by(WorkingArrangement.arrangement_id.desc()).limit(limit)
    if employee_ids is not None:
        rows = rows.where(WorkingArrangement.employee_id.in_(list(employee_ids)))
    return list(session.scalars(rows if after is None else rows.where(WorkingArrangement.arrangement_id < after)))
