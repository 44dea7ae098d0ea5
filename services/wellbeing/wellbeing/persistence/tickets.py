"""Tickets with their history, messages and exclusions. Places and persons are queried apart, never by one query."""

from collections.abc import Collection
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.errors import required
from chassis.pagination import Page
from chassis.records import (
    AnySelect,
    columns_of,
    fetch_all,
    fetch_one,
    fetch_page,
    insert_record,
    matching,
    table_of,
    update_record,
)
from chassis.unit_of_work import Transaction
from wellbeing.domain.measurement import Measure, Measurement, MeasurementView
from wellbeing.domain.reporting_line import Exclusion, Subjects
from wellbeing.domain.summary import Period
from wellbeing.domain.ticket import CLOSED, ListTickets, Ticket, TicketEntry, TicketKind
from wellbeing.domain.ticket_views import EntryView, MessageView
from wellbeing.persistence import models

REPORTED, KEEP_OUT = "REPORTED", "KEEP_OUT"
_COLUMNS = columns_of(models.Ticket, Ticket)
_OF_A_PLACE = models.Ticket.kind != TicketKind.PERSONAL.value
_OF_A_PERSON = models.Ticket.kind == TicketKind.PERSONAL.value
_RELEASED = models.Ticket.released
_OPEN = models.Ticket.state.not_in([state.value for state in CLOSED])


def load_condition(tx: Transaction, ticket_id: UUID) -> Ticket:
    """Return a ticket about a place, locked. Raise NotFound, for a personal case too."""
    return _load(tx, _OF_A_PLACE, ticket_id)


def load_case(tx: Transaction, ticket_id: UUID) -> Ticket:
    """Return a personal case, locked. Raise NotFound, for a ticket about a place too."""
    return _load(tx, _OF_A_PERSON, ticket_id)


def find_ticket(tx: Transaction, ticket_id: UUID) -> Ticket | None:
    """Return any ticket, locked, for the deadline that does not depend on what it is about."""
    return _find(tx, models.Ticket.ticket_id == ticket_id)


def find_ticket_by_code(tx: Transaction, digest: str) -> Ticket | None:
    """Return the report with a secret code, locked."""
    return _find(tx, models.Ticket.code_digest == digest)


def find_open_measurement_ticket(tx: Transaction, unit_id: UUID, place: str, measure: Measure) -> Ticket | None:
    """Return the ticket, locked, that an earlier measurement of the same thing at the same place has opened."""
    row = models.Ticket
    same = (row.kind == TicketKind.ENVIRONMENT.value, row.category == measure.value, row.unit_id == unit_id)
    return _find(tx, *same, row.place == place, _OPEN)


def list_conditions(
    tx: Transaction, query: ListTickets, units: Collection[UUID] | None, employee_id: UUID | None
) -> Page[Ticket]:
    """Return tickets about places: all (None), or those in units, reported by this person or owned by them."""
    row = models.Ticket
    found = select(*_COLUMNS).where(_OF_A_PLACE, _RELEASED)
    if units is not None:
        own = [row.reporter_id == employee_id, row.owner_id == employee_id] if employee_id else []
        found = found.where(or_(row.unit_id.in_(units), *own))
    return _page(tx, found, query)


def list_cases(tx: Transaction, query: ListTickets) -> Page[Ticket]:
    """Return personal cases of the whole agency: the caller removes those that the reader must not know of."""
    return _page(tx, select(*_COLUMNS).where(_OF_A_PERSON, _RELEASED), query)


def insert_ticket(tx: Transaction, ticket: Ticket) -> None:
    insert_record(tx, models.Ticket, ticket)


def rewrite_rows(tx: Transaction, ticket_id: UUID) -> None:
    """Write the rows of a report anew, so that not even their transaction number shows when it came in."""
    for row, column in (
        (models.TicketSubject, models.TicketSubject.role),
        (models.TicketExclusion, models.TicketExclusion.reason),
        (models.TicketMessage, models.TicketMessage.text),
    ):
        tx.session.execute(update(row).where(row.ticket_id == ticket_id).values({column: column}))


def update_ticket(tx: Transaction, before: Ticket, after: Ticket) -> None:
    update_record(tx, models.Ticket, before, after)


def add_entry(tx: Transaction, entry: TicketEntry) -> None:
    insert_record(tx, models.TicketEntry, entry)


def add_message(tx: Transaction, ticket_id: UUID, message: MessageView) -> None:
    """Add a message to a ticket that is locked, under the next number of that ticket."""
    row = models.TicketMessage
    last = tx.session.scalar(select(func.max(row.number)).where(row.ticket_id == ticket_id)) or 0
    insert_record(tx, row, message, ticket_id=ticket_id, number=last + 1)


def history_of(tx: Transaction, ticket_id: UUID) -> list[EntryView]:
    row = models.TicketEntry
    query = select(*columns_of(row, EntryView)).where(row.ticket_id == ticket_id).order_by(row.number)
    return fetch_all(tx, query, EntryView)


def messages_of(tx: Transaction, ticket_id: UUID) -> list[MessageView]:
    row = models.TicketMessage
    query = select(*columns_of(row, MessageView)).where(row.ticket_id == ticket_id).order_by(row.number)
    return fetch_all(tx, query, MessageView)


def count_unanswered(tx: Transaction, ticket_id: UUID) -> int:
    """Return how many of the reporter's messages stand after the last answer."""
    row = models.TicketMessage
    answered = select(func.coalesce(func.max(row.number), 0))
    answered = answered.where(row.ticket_id == ticket_id, row.from_reporter.is_(False))
    query = select(func.count()).where(row.ticket_id == ticket_id, row.number > answered.scalar_subquery())
    return tx.session.scalar(query) or 0


def measurements_of(tx: Transaction, ticket_id: UUID) -> list[MeasurementView]:
    row = models.Measurement
    query = select(*columns_of(row, MeasurementView)).where(row.ticket_id == ticket_id).order_by(row.measurement_id)
    return fetch_all(tx, query, MeasurementView)


def insert_measurement(tx: Transaction, measurement: Measurement) -> None:
    insert_record(tx, models.Measurement, measurement)


def subjects_of(tx: Transaction, ticket_ids: Collection[UUID]) -> dict[UUID, Subjects]:
    """Return who is reported by cases."""
    row = models.TicketSubject
    query = select(row.ticket_id, row.employee_id, row.unit_id).where(row.ticket_id.in_(ticket_ids))
    people: dict[UUID, list[UUID]] = {ticket_id: [] for ticket_id in ticket_ids}
    units: dict[UUID, list[UUID]] = {ticket_id: [] for ticket_id in ticket_ids}
    for ticket_id, employee_id, unit_id in tx.session.execute(
        query.where(row.role == REPORTED).order_by(row.subject_id)
    ):
        if employee_id:
            people[ticket_id].append(employee_id)
        if unit_id:
            units[ticket_id].append(unit_id)
    return {one: Subjects(tuple(people[one]), tuple(units[one])) for one in ticket_ids}


def add_subjects(tx: Transaction, ticket_id: UUID, subjects: Subjects) -> None:
    """Store who is reported, and whom the reporter asked to exclude."""
    people = [(REPORTED, one) for one in subjects.employees] + [(KEEP_OUT, one) for one in subjects.keep_out]
    rows = [{"role": role, "employee_id": one, "unit_id": None} for role, one in people]
    rows += [{"role": REPORTED, "employee_id": None, "unit_id": unit} for unit in subjects.units]
    same = {"agency_id": tx.agency_id, "ticket_id": ticket_id}
    if rows:
        tx.session.execute(
            insert(table_of(models.TicketSubject)), [{"subject_id": uuid4(), **same, **row} for row in rows]
        )


def excluded_from(tx: Transaction, ticket_ids: Collection[UUID], employee_id: UUID) -> set[UUID]:
    """Return from which of these cases somebody is excluded by what was stored when they came in."""
    row = models.TicketExclusion
    query = select(row.ticket_id).where(row.ticket_id.in_(ticket_ids), row.employee_id == employee_id)
    return set(tx.session.scalars(query))


def add_exclusions(tx: Transaction, ticket_id: UUID, found: dict[UUID, Exclusion]) -> None:
    """Add people who must not read a case; nobody is ever removed."""
    same = {"agency_id": tx.agency_id, "ticket_id": ticket_id}
    rows = [{**same, "employee_id": person, "reason": reason.value} for person, reason in found.items()]
    if rows:
        tx.session.execute(insert(models.TicketExclusion).on_conflict_do_nothing(), rows)


def count_conditions(tx: Transaction, units: Collection[UUID], period: Period) -> dict[str, int]:
    """Return the number of tickets about places in these units, by state."""
    row = models.Ticket
    query = select(row.state, func.count()).where(_OF_A_PLACE, _RELEASED, row.unit_id.in_(units), *_received(period))
    return dict(tx.session.execute(query.group_by(row.state)).all())


def count_cases(tx: Transaction, period: Period) -> int:
    query = select(func.count()).select_from(models.Ticket).where(_OF_A_PERSON, _RELEASED, *_received(period))
    return tx.session.scalar(query) or 0


def _received(period: Period) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return models.Ticket.received_at >= period.since, models.Ticket.received_at < period.until


def _load(tx: Transaction, kind: ColumnElement[bool], ticket_id: UUID) -> Ticket:
    return required(_find(tx, models.Ticket.ticket_id == ticket_id, kind), "laporan", ticket_id)


def _find(tx: Transaction, *which: ColumnElement[bool]) -> Ticket | None:
    return fetch_one(tx, select(*_COLUMNS).where(*which).with_for_update(), Ticket)


def _page(tx: Transaction, query: AnySelect, wanted: ListTickets) -> Page[Ticket]:
    row = models.Ticket
    query = matching(query, row, wanted)
    return fetch_page(tx, query, Ticket, wanted.page, row.received_at, row.ticket_id, descending=True)
