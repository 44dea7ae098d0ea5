"""Who can be written to, and what the directory says of the agency, its units and people."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert

from chassis.clock import today_in
from chassis.records import among, columns_of, fetch_all, fetch_one, table_of, values_of
from chassis.unit_of_work import Transaction
from directory import models as directory
from directory.bulk import overwrite
from directory.people import Agency
from directory.questions import units_on
from directory.timelines import Stretch
from notification.domain.people import Contact, MailboxView, NotifiedSuperior
from notification.persistence import models

DEFAULT_TIME_ZONE = "Asia/Jakarta"


def save_contacts(tx: Transaction, contacts: Sequence[Contact]) -> None:
    """Save how people are called and written to, all of a batch at once; of two of one person the later."""
    latest = {contact.employee_id: contact for contact in contacts}
    overwrite(tx, models.Contact, [values_of(models.Contact, contact) for contact in latest.values()])


def save_mailbox(tx: Transaction, mailbox: MailboxView) -> None:
    table = table_of(models.OfficeMailbox)
    row = {**values_of(models.OfficeMailbox, mailbox), "agency_id": tx.agency_id}
    changes = {"email": mailbox.email, "changed_at": mailbox.changed_at}
    keys = [column.name for column in table.primary_key]
    tx.session.execute(insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=changes))


def notified_superiors(tx: Transaction, employee_ids: Collection[UUID]) -> dict[UUID, UUID | None]:
    """Return of which superior each of these people was notified last; nothing of who was not known before."""
    last = models.NotifiedSuperior
    rows = tx.session.execute(select(last.employee_id, last.superior_id).where(among(last.employee_id, employee_ids)))
    return {row.employee_id: row.superior_id for row in rows}


def save_notified_superiors(tx: Transaction, superiors: Sequence[NotifiedSuperior]) -> None:
    if superiors:
        overwrite(tx, models.NotifiedSuperior, [values_of(models.NotifiedSuperior, one) for one in superiors])


def stretches_held_on(tx: Transaction, employee_ids: Collection[UUID], day: date) -> dict[UUID, Stretch]:
    """Return what those of these people are on a day who are there on it.

    Unlike `people_on` it names nobody who is not known. By that it joins nothing: of people who came in this very batch
    the planner knows nothing yet, and would read the whole table for a join.
    """
    stretch = directory.Stretch
    held = (stretch.first_day <= day, or_(stretch.last_day.is_(None), stretch.last_day >= day))
    query = select(stretch.employee_id, *columns_of(stretch, Stretch))
    rows = tx.session.execute(query.where(among(stretch.employee_id, employee_ids), *held))
    return {employee_id: Stretch(*values) for employee_id, *values in rows}


def agency_of(tx: Transaction) -> Agency:
    """Return the transaction's agency; one that is not known yet is called by its id, in Jakarta's time."""
    query = select(*columns_of(directory.Agency, Agency)).where(directory.Agency.agency_id == tx.agency_id)
    return fetch_one(tx, query, Agency) or Agency(tx.agency_id, DEFAULT_TIME_ZONE)


def today(tx: Transaction) -> date:
    """Return the day it is for the agency."""
    return today_in(tx.now, agency_of(tx).time_zone)


def start_of_day(tx: Transaction, day: date) -> datetime:
    """Return midnight in the agency's time zone."""
    return datetime.combine(day, time(), ZoneInfo(agency_of(tx).time_zone))


def starts_of_days_to_come(tx: Transaction, days: Collection[date]) -> dict[date, datetime]:
    """Return when those of these days begin in the agency's time zone that have not begun yet."""
    zone = agency_of(tx).time_zone
    now = today_in(tx.now, zone)
    return {day: datetime.combine(day, time(), ZoneInfo(zone)) for day in days if day > now}


def find_contact(tx: Transaction, employee_id: UUID) -> Contact | None:
    query = select(*columns_of(models.Contact, Contact))
    return fetch_one(tx, query.filter_by(agency_id=tx.agency_id, employee_id=employee_id), Contact)


def names_among(tx: Transaction, employee_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of these employees that are known."""
    contact = models.Contact
    query = select(contact.employee_id, contact.name).filter_by(agency_id=tx.agency_id)
    found = tx.session.execute(query.where(among(contact.employee_id, employee_ids))) if employee_ids else ()
    return {row.employee_id: row.name for row in found}


def unit_names_among(tx: Transaction, unit_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of these units that are known, as they are called today."""
    found = units_on(tx, unit_ids, today(tx)).known if unit_ids else {}
    return {unit_id: unit.name for unit_id, unit in found.items() if unit is not None}


def list_mailboxes(tx: Transaction) -> list[MailboxView]:
    box = models.OfficeMailbox
    return fetch_all(tx, select(*columns_of(box, MailboxView)).order_by(box.role), MailboxView)
