"""Who can be written to and who stands above whom, as the personnel service publishes it."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute

from chassis.clock import today_in
from chassis.records import among, columns_of, fetch_all, fetch_one, table_of, values_of
from chassis.unit_of_work import Transaction
from notification.domain.people import Agency, Contact, MailboxView, Superiors, Unit
from notification.persistence import models

DEFAULT_TIME_ZONE = "Asia/Jakarta"


DirectoryEntry = Agency | Contact | MailboxView | Superiors | Unit
T = TypeVar("T")
_MODELS: dict[type[DirectoryEntry], type[models.Base]] = {
    Agency: models.Agency,
    Contact: models.Contact,
    MailboxView: models.OfficeMailbox,
    Superiors: models.Superiors,
    Unit: models.Unit,
}


def save(tx: Transaction, entry: DirectoryEntry) -> None:
    """Save what is known of the agency, a person, a unit or an office, whether it was known before or not."""
    model = _MODELS[type(entry)]
    table = table_of(model)
    keys = [column.name for column in table.primary_key]
    row = {**values_of(model, entry), "agency_id": tx.agency_id}
    changes = {name: value for name, value in row.items() if name not in keys}
    tx.session.execute(insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=changes))


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
    return _find(tx, models.Superiors, Superiors, employee_id=employee_id)


def find_contact(tx: Transaction, employee_id: UUID) -> Contact | None:
    return _find(tx, models.Contact, Contact, employee_id=employee_id)


def find_unit(tx: Transaction, unit_id: UUID) -> Unit | None:
    return _find(tx, models.Unit, Unit, unit_id=unit_id)


def _find(tx: Transaction, model: type[models.Base], kind: type[T], **key: UUID) -> T | None:
    return fetch_one(tx, select(*columns_of(model, kind)).filter_by(agency_id=tx.agency_id, **key), kind)


def names_among(tx: Transaction, employee_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of these employees that are known."""
    return _names(tx, models.Contact.employee_id, models.Contact.name, employee_ids)


def unit_names_among(tx: Transaction, unit_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of these units that are known."""
    return _names(tx, models.Unit.unit_id, models.Unit.name, unit_ids)


def _names(
    tx: Transaction, key: InstrumentedAttribute[UUID], name: InstrumentedAttribute[str], ids: Collection[UUID]
) -> dict[UUID, str]:
    query = select(key, name).filter_by(agency_id=tx.agency_id).where(among(key, ids))
    return {row[0]: row[1] for row in tx.session.execute(query)} if ids else {}


def list_mailboxes(tx: Transaction) -> list[MailboxView]:
    box = models.OfficeMailbox
    return fetch_all(tx, select(*columns_of(box, MailboxView)).order_by(box.role), MailboxView)
