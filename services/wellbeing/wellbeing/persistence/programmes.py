"""Programmes, their sessions, and who is enrolled."""

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select, update

from chassis.errors import required
from chassis.pagination import Page, PageRequest
from chassis.records import columns_of, fetch_all, fetch_one, fetch_page, insert_record
from chassis.unit_of_work import Transaction
from wellbeing.domain.programme import Enrolment, EnrolmentState, Programme, ProgrammeSession
from wellbeing.domain.summary import Period
from wellbeing.persistence import models

_PROGRAMME = columns_of(models.Programme, Programme)
_SESSION = columns_of(models.ProgrammeSession, ProgrammeSession)
_ENROLMENT = columns_of(models.Enrolment, Enrolment)
_LIVE = models.Enrolment.state != EnrolmentState.CANCELLED.value


def load_programme(tx: Transaction, programme_id: UUID) -> Programme:
    query = select(*_PROGRAMME).where(models.Programme.programme_id == programme_id)
    return required(fetch_one(tx, query, Programme), "program", programme_id)


def load_session(tx: Transaction, session_id: UUID) -> ProgrammeSession:
    """Return a session, locked, so that its seats are counted by one at a time. Raise NotFound."""
    query = select(*_SESSION).where(models.ProgrammeSession.session_id == session_id).with_for_update()
    return required(fetch_one(tx, query, ProgrammeSession), "sesi", session_id)


def load_enrolment(tx: Transaction, enrolment_id: UUID) -> Enrolment:
    """Return an enrolment, locked. Raise NotFound."""
    query = select(*_ENROLMENT).where(models.Enrolment.enrolment_id == enrolment_id).with_for_update()
    return required(fetch_one(tx, query, Enrolment), "pendaftaran", enrolment_id)


def list_programmes(tx: Transaction, page: PageRequest) -> Page[Programme]:
    """Return programmes, the newest first."""
    return fetch_page(tx, select(*_PROGRAMME), Programme, page, models.Programme.programme_id, descending=True)


def sessions_of(tx: Transaction, programme_ids: Collection[UUID]) -> dict[UUID, list[ProgrammeSession]]:
    """Return the sessions of programmes, in order of their start."""
    row = models.ProgrammeSession
    query = select(*_SESSION).where(row.programme_id.in_(programme_ids)).order_by(row.starts_at)
    found: dict[UUID, list[ProgrammeSession]] = {programme_id: [] for programme_id in programme_ids}
    for session in fetch_all(tx, query, ProgrammeSession):
        found[session.programme_id].append(session)
    return found


def seats_taken(tx: Transaction, session_ids: Collection[UUID]) -> Counter[UUID]:
    row = models.Enrolment
    query = select(row.session_id, func.count()).where(row.session_id.in_(session_ids), _LIVE)
    return Counter(dict(tx.session.execute(query.group_by(row.session_id)).all()))


def is_enrolled(tx: Transaction, session_id: UUID, employee_id: UUID) -> bool:
    row = models.Enrolment
    query = select(row.enrolment_id).where(row.session_id == session_id, row.employee_id == employee_id, _LIVE)
    return tx.session.scalar(query) is not None


def enrolments_of_session(tx: Transaction, session_id: UUID) -> list[Enrolment]:
    row = models.Enrolment
    query = select(*_ENROLMENT).where(row.session_id == session_id).order_by(row.enrolment_id)
    return fetch_all(tx, query, Enrolment)


def enrolments_of_employee(tx: Transaction, employee_id: UUID, page: PageRequest) -> Page[Enrolment]:
    """Return a person's enrolments, the newest first."""
    query = select(*_ENROLMENT).where(models.Enrolment.employee_id == employee_id)
    return fetch_page(tx, query, Enrolment, page, models.Enrolment.enrolment_id, descending=True)


def attended_by_month(tx: Transaction, period: Period) -> list[Counter[UUID]]:
    """Return how many people of each unit attended something for the first time in this period, by month."""
    row, session = models.Enrolment, models.ProgrammeSession
    months = period.months()
    found: list[Counter[UUID]] = [Counter() for _ in months]
    query = (
        select(row.unit_id, func.min(session.starts_at))
        .join(session, session.session_id == row.session_id)
        .where(
            row.state == EnrolmentState.ATTENDED.value,
            row.unit_id.is_not(None),
            session.starts_at >= period.since,
            session.starts_at < period.until,
        )
        .group_by(row.unit_id, row.employee_id)
    )
    for unit_id, first in tx.session.execute(query):
        month = next(place for place, one in enumerate(months) if first < one.until)
        if unit_id is not None:
            found[month][unit_id] += 1
    return found


def insert_programme(tx: Transaction, programme: Programme) -> None:
    insert_record(tx, models.Programme, programme)


def insert_session(tx: Transaction, session: ProgrammeSession) -> None:
    insert_record(tx, models.ProgrammeSession, session)


def insert_enrolment(tx: Transaction, enrolment: Enrolment) -> None:
    insert_record(tx, models.Enrolment, enrolment)


def save_enrolment_state(tx: Transaction, enrolment: Enrolment) -> None:
    """Save the state of an enrolment that this transaction has locked."""
    row = models.Enrolment
    statement = update(row).where(row.enrolment_id == enrolment.enrolment_id).values(state=enrolment.state.value)
    tx.session.execute(statement)
