"""Tickets with their history, messages and exclusions. Places and persons are searched apart, never by one query."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from chassis.errors import NotFound
from wellbeing.domain.case_access import Exclusion
from wellbeing.domain.tickets import CLOSED, TicketKind

from .models import Measurement, Ticket, TicketEntry, TicketExclusion, TicketMessage, TicketSubject

_OF_A_PLACE = Ticket.kind != TicketKind.PERSONAL.value
_OF_A_PERSON = Ticket.kind == TicketKind.PERSONAL.value
Position = tuple[datetime, UUID]
_OPEN = Ticket.state.not_in([state.value for state in CLOSED])


def get_condition(session: Session, ticket_id: UUID) -> Ticket:
    """A ticket about a place, locked. Raises NotFound, for a personal case too."""
    return _one(session, _OF_A_PLACE, ticket_id)


def get_case(session: Session, ticket_id: UUID) -> Ticket:
    """A personal case, locked. Raises NotFound, for a ticket about a place too."""
    return _one(session, _OF_A_PERSON, ticket_id)


def _one(session: Session, kind: ColumnElement[bool], ticket_id: UUID) -> Ticket:
    found = session.scalars(select(Ticket).where(Ticket.ticket_id == ticket_id, kind).with_for_update()).one_or_none()
    if found is None:
        raise NotFound(object="laporan", id=ticket_id)
    return found


def by_code(session: Session, digest: str) -> Ticket | None:
    return session.scalars(select(Ticket).where(Ticket.code_digest == digest).with_for_update()).one_or_none()


def by_id(session: Session, ticket_id: UUID) -> Ticket | None:
    """Any ticket, for the deadline that does not care what it is about."""
    return session.scalars(select(Ticket).where(Ticket.ticket_id == ticket_id).with_for_update()).one_or_none()


def open_measurement_ticket(session: Session, unit_id: UUID, place: str, measure: str) -> Ticket | None:
    """The ticket that an earlier measurement of the same thing at the same place has opened."""
    same = and_(Ticket.kind == TicketKind.ENVIRONMENT.value, Ticket.category == measure, Ticket.unit_id == unit_id)
    return session.scalars(
        select(Ticket).where(same, Ticket.place == place, _OPEN).with_for_update().limit(1)
    ).one_or_none()


def search_conditions(
    session: Session,
    *,
    everything: bool,
    units: Collection[UUID],
    employee_id: UUID | None,
    state: str | None,
    after: Position | None,
    limit: int,
) -> list[Ticket]:
    """Tickets about places: all, or those in these units, reported by this person or owned by them."""
    statement = select(Ticket).where(_OF_A_PLACE)
    if not everything:
        mine = [Ticket.reporter_id == employee_id, Ticket.owner_id == employee_id] if employee_id else []
        statement = statement.where(or_(Ticket.unit_id.in_(list(units)), *mine))
    return _page(session, statement, state, after, limit)


def search_cases(session: Session, *, state: str | None, after: Position | None, limit: int) -> list[Ticket]:
    """Personal cases, whoever asks: the caller takes out those that the reader must not know of."""
    return _page(session, select(Ticket).where(_OF_A_PERSON), state, after, limit)


def _page(
    session: Session, statement: Select[Ticket], state: str | None, after: Position | None, limit: int
) -> list[Ticket]:
    if state is not None:
        statement = statement.where(Ticket.state == state)
    if after is not None:
        statement = statement.where(tuple_(Ticket.received_at, Ticket.ticket_id) < tuple_(*after))
    return list(session.scalars(statement.order_by(Ticket.received_at.desc(), Ticket.ticket_id.desc()).limit(limit)))


def add_entry(
    session: Session, ticket: Ticket, *, at: datetime, action: str, actor_id: UUID | None, note: str = ""
) -> None:
    session.add(
        TicketEntry(
            agency_id=ticket.agency_id,
            ticket_id=ticket.ticket_id,
            at=at,
            action=action,
            state=ticket.state,
            actor_id=actor_id,
            note=note,
        )
    )
    session.flush()


def entries(session: Session, ticket_id: UUID) -> list[TicketEntry]:
    return list(
        session.scalars(select(TicketEntry).where(TicketEntry.ticket_id == ticket_id).order_by(TicketEntry.number))
    )


def messages(session: Session, ticket_id: UUID) -> list[TicketMessage]:
    rows = select(TicketMessage).where(TicketMessage.ticket_id == ticket_id).order_by(TicketMessage.number)
    return list(session.scalars(rows))


def waiting_messages(session: Session, ticket_id: UUID) -> int:
    """How many of the reporter's messages stand after the last answer."""
    answered = select(func.coalesce(func.max(TicketMessage.number), 0)).where(
        TicketMessage.ticket_id == ticket_id, TicketMessage.from_reporter.is_(False)
    )
    waiting = select(func.count()).select_from(TicketMessage)
    waiting = waiting.where(TicketMessage.ticket_id == ticket_id, TicketMessage.number > answered.scalar_subquery())
    return session.scalar(waiting) or 0


def measurements(session: Session, ticket_id: UUID) -> list[Measurement]:
    rows = select(Measurement).where(Measurement.ticket_id == ticket_id).order_by(Measurement.measurement_id)
    return list(session.scalars(rows))


def subjects(session: Session, ticket_id: UUID) -> list[TicketSubject]:
    rows = select(TicketSubject).where(TicketSubject.ticket_id == ticket_id).order_by(TicketSubject.subject_id)
    return list(session.scalars(rows))


def excluded(session: Session, ticket_id: UUID) -> set[UUID]:
    return set(session.scalars(select(TicketExclusion.employee_id).where(TicketExclusion.ticket_id == ticket_id)))


def exclude(session: Session, ticket: Ticket, found: Iterable[tuple[UUID, Exclusion]]) -> None:
    """Add people who must keep away; nobody is ever taken off."""
    rows = [
        {"agency_id": ticket.agency_id, "ticket_id": ticket.ticket_id, "employee_id": person, "reason": reason.value}
        for person, reason in found
    ]
    if rows:
        session.execute(insert(TicketExclusion).on_conflict_do_nothing(), rows)


def count_conditions(session: Session, units: Collection[UUID], since: datetime, until: datetime) -> dict[str, int]:
    """Tickets about places in these units, by state."""
    counts = (
        select(Ticket.state, func.count())
        .where(_OF_A_PLACE, Ticket.unit_id.in_(list(units)), Ticket.received_at >= since, Ticket.received_at < until)
        .group_by(Ticket.state)
    )
    return {row[0]: row[1] for row in session.execute(counts)}


def count_cases(session: Session, since: datetime, until: datetime) -> int:
    counted = select(func.count()).select_from(Ticket)
    return session.scalar(counted.where(_OF_A_PERSON, Ticket.received_at >= since, Ticket.received_at < until)) or 0
