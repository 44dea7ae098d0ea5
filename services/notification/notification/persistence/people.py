"""Who can be written to and who stands above whom, as the personnel service told it."""

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from chassis.clock import today_in
from chassis.records import among, columns_of, fetch_all, fetch_one, table_of, values_of
from chassis.unit_of_work import Transaction
from notification.domain.people import Agency, Contact, MailboxView, Superiors, Unit
from notification.persistence import models

DEFAULT_TIME_ZONE = "Asia/Jakarta"


def _upsert(tx: Transaction, model: type[models.Base], record: object) -> None:
    table = table_of(model)
    keys = [column.name for column in table.primary_key]
    row = {**values_of(model, record), "agency_id": tx.agency_id}
    changes = {name: value for name, value in row.items() if name not in keys}
    tx.session.execute(insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=changes))


def save_agency(tx: Transaction, agency: Agency) -> None:
    _upsert(tx, models.Agency, agency)


def save_contact(tx: Transaction, contact: Contact) -> None:
    _upsert(tx, models.Contact, contact)


def save_superiors(tx: Transaction, superiors: Superiors) -> None:
    _upsert(tx, models.Superiors, superiors)


def save_unit(tx: Transaction, unit: Unit) -> None:
    _upsert(tx, models.Unit, unit)


def save_mailbox(tx: Transaction, mailbox: MailboxView) -> None:
    _upsert(tx, models.OfficeMailbox, mailbox)


def agency_of(tx: Transaction) -> Agency:
    """Return the transaction's agency; one that is not known yet is called by its id, in Jakarta's time."""
    query = select(models.Agency.name, models.Agency.time_zone).where(models.Agency.agency_id == tx.agency_id)
    return fetch_one(tx, query, Agency) or Agency(tx.agency_id, DEFAULT_TIME_ZONE)


def today(tx: Transaction) -> date:
    """Return the day it is for the agency."""
    return today_in(tx.now, agency_of(tx).time_zone)


def start_of_day(tx: Transaction, day: date) -> datetime:
    """Return midnight in the agency's time zone."""
    return datetime.combine(day, time(), ZoneInfo(agency_of(tx).time_zone))


def find_superiors(tx: Transaction, employee_id: UUID) -> Superiors | None:
    superiors = models.Superiors
    query = select(*columns_of(superiors, Superiors)).where(
        superiors.agency_id == tx.agency_id, superiors.employee_id == employee_id
    )
    return fetch_one(tx, query, Superiors)


def find_contact(tx: Transaction, employee_id: UUID) -> Contact | None:
    contact = models.Contact
    query = select(*columns_of(contact, Contact)).where(
        contact.agency_id == tx.agency_id, contact.employee_id == employee_id
    )
    return fetch_one(tx, query, Contact)


def find_unit(tx: Transaction, unit_id: UUID) -> Unit | None:
    unit = models.Unit
    query = select(*columns_of(unit, Unit)).where(unit.agency_id == tx.agency_id, unit.unit_id == unit_id)
    return fetch_one(tx, query, Unit)


def names_among(tx: Transaction, employee_ids: Collection[UUID]) -> dict[UUID, str]:
    if not employee_ids:
        return {}
    contact = models.Contact
    query = select(contact.employee_id, contact.name).where(
        contact.agency_id == tx.agency_id, among(contact.employee_id, employee_ids)
    )
    return {row.employee_id: row.name for row in tx.session.execute(query)}


def unit_names_among(tx: Transaction, unit_ids: Collection[UUID]) -> dict[UUID, str]:
    if not unit_ids:
        return {}
    unit = models.Unit
    query = select(unit.unit_id, unit.name).where(unit.agency_id == tx.agency_id, among(unit.unit_id, unit_ids))
    return {row.unit_id: row.name for row in tx.session.execute(query)}


def list_mailboxes(tx: Transaction) -> list[MailboxView]:
    box = models.OfficeMailbox
    return fetch_all(tx, select(*columns_of(box, MailboxView)).order_by(box.role), MailboxView)
