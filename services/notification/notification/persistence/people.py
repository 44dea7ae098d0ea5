"""Who can be written to and who stands above whom, as the personnel service told it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from chassis.unit_of_work import Transaction
from notification.persistence.models import Agency, Base, Contact, OfficeMailbox, Superiors, Unit

DEFAULT_TIME_ZONE = "Asia/Jakarta"


@dataclass(frozen=True)
class Above:
    unit_id: UUID | None
    appraiser_id: UUID | None
    reviewer_id: UUID | None


def upsert(tx: Transaction, model: type[Base], keys: dict[str, object], values: dict[str, object]) -> None:
    """Write one row of an agency's table, whether it was there or not."""
    keys = {"agency_id": tx.agency_id, **keys}
    statement = insert(model).values(**keys, **values)
    tx.session.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=values))


def save_agency(tx: Transaction, name: str, time_zone: str) -> None:
    upsert(tx, Agency, {}, {"name": name, "time_zone": time_zone})


def save_contact(tx: Transaction, employee_id: UUID, name: str, email: str | None) -> None:
    upsert(tx, Contact, {"employee_id": employee_id}, {"name": name, "email": email})


def save_above(tx: Transaction, employee_id: UUID, above: Above) -> None:
    values: dict[str, object] = {
        "unit_id": above.unit_id,
        "appraiser_id": above.appraiser_id,
        "reviewer_id": above.reviewer_id,
    }
    upsert(tx, Superiors, {"employee_id": employee_id}, values)


def save_unit(tx: Transaction, unit_id: UUID, name: str, leader_id: UUID | None) -> None:
    upsert(tx, Unit, {"unit_id": unit_id}, {"name": name, "leader_id": leader_id})


def save_mailbox(tx: Transaction, role: str, email: str) -> None:
    upsert(tx, OfficeMailbox, {"role": role}, {"email": email, "changed_at": tx.now})


def above_of(tx: Transaction, employee_id: UUID) -> Above | None:
    query = select(Superiors.unit_id, Superiors.appraiser_id, Superiors.reviewer_id).where(
        Superiors.agency_id == tx.agency_id, Superiors.employee_id == employee_id
    )
    row = tx.session.execute(query).first()
    return Above(row.unit_id, row.appraiser_id, row.reviewer_id) if row else None


def contact_of(tx: Transaction, employee_id: UUID) -> Contact | None:
    return tx.session.get(Contact, (tx.agency_id, employee_id), populate_existing=True)


def unit_of(tx: Transaction, unit_id: UUID) -> Unit | None:
    return tx.session.get(Unit, (tx.agency_id, unit_id), populate_existing=True)


def names_among(tx: Transaction, employee_ids: Collection[UUID]) -> dict[UUID, str]:
    if not employee_ids:
        return {}
    query = select(Contact.employee_id, Contact.name).where(
        Contact.agency_id == tx.agency_id, Contact.employee_id.in_(employee_ids)
    )
    return {row.employee_id: row.name for row in tx.session.execute(query)}


def unit_names_among(tx: Transaction, unit_ids: Collection[UUID]) -> dict[UUID, str]:
    if not unit_ids:
        return {}
    query = select(Unit.unit_id, Unit.name).where(Unit.agency_id == tx.agency_id, Unit.unit_id.in_(unit_ids))
    return {row.unit_id: row.name for row in tx.session.execute(query)}


def mailbox_of(tx: Transaction, role: str) -> str | None:
    row = tx.session.get(OfficeMailbox, (tx.agency_id, role), populate_existing=True)
    return row.email if row else None


def mailboxes(tx: Transaction) -> list[OfficeMailbox]:
    return list(tx.session.scalars(select(OfficeMailbox).order_by(OfficeMailbox.role)))


def time_zone(tx: Transaction) -> str:
    row = tx.session.get(Agency, tx.agency_id, populate_existing=True)
    return row.time_zone if row else DEFAULT_TIME_ZONE


def agency_name(tx: Transaction) -> str:
    row = tx.session.get(Agency, tx.agency_id, populate_existing=True)
    return row.name if row else tx.agency_id
