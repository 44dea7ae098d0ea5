"""What was recorded of people: positions, superiors, employment, numbers. Rows are only added."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, select, text, update

from chassis.records import columns_of, fetch_all, insert_record
from chassis.unit_of_work import Transaction
from personnel.domain.records import EmploymentRecord, Identifier, PositionRecord, SuperiorRecord
from personnel.persistence import models

R = TypeVar("R")
# ON CONFLICT: two agencies may know the same number, and an agency may meet it twice.
_REGISTER = text("INSERT INTO nip_register VALUES (CAST(:digest AS bytea), :agency) ON CONFLICT DO NOTHING")


def position_records(tx: Transaction, employee_id: UUID) -> list[PositionRecord]:
    """Return a person's positions in the order of recording."""
    return _of(tx, models.PositionRecord, PositionRecord, employee_id)


def superior_records(tx: Transaction, employee_id: UUID) -> list[SuperiorRecord]:
    """Return a person's superiors in the order of recording."""
    return _of(tx, models.SuperiorRecord, SuperiorRecord, employee_id)


def employment_records(tx: Transaction, employee_id: UUID) -> list[EmploymentRecord]:
    """Return a person's states of employment in the order of recording."""
    return _of(tx, models.EmploymentRecord, EmploymentRecord, employee_id)


def identifiers_of(tx: Transaction, employee_id: UUID) -> list[Identifier]:
    """Return a person's numbers in the order of recording."""
    return _of(tx, models.EmployeeIdentifier, Identifier, employee_id)


def add_position(tx: Transaction, record: PositionRecord) -> None:
    insert_record(tx, models.PositionRecord, record)


def add_superior(tx: Transaction, record: SuperiorRecord) -> None:
    insert_record(tx, models.SuperiorRecord, record)


def add_employment(tx: Transaction, record: EmploymentRecord) -> None:
    insert_record(tx, models.EmploymentRecord, record)


def replace_identifier(tx: Transaction, identifier: Identifier) -> None:
    """Add a number, and end the one that was valid until now on the day before."""
    former = models.EmployeeIdentifier
    last: date = identifier.valid_from - timedelta(days=1)
    tx.session.execute(
        update(former)
        .where(former.employee_id == identifier.employee_id, former.valid_to.is_(None))
        .values(valid_to=func.greatest(former.valid_from, last))
    )
    insert_record(tx, models.EmployeeIdentifier, identifier)
    tx.session.execute(_REGISTER, {"digest": nip_digest(identifier.value), "agency": tx.agency_id})


def employee_behind(tx: Transaction, nip: str) -> UUID | None:
    """Return the person to whom a number belongs or has belonged."""
    return employees_behind(tx, [nip]).get(nip)


def employees_behind(tx: Transaction, nips: Sequence[str]) -> dict[str, UUID]:
    """Return the people to whom these numbers belong or have belonged; unknown numbers are left out."""
    identifier = models.EmployeeIdentifier
    query = select(identifier.value, identifier.employee_id).where(identifier.value.in_(nips))
    return dict(tx.session.execute(query).all())


def nip_digest(nip: str) -> str:
    """Return a number's digest in PostgreSQL's spelling of bytes."""
    return "\\x" + hashlib.sha256(nip.encode()).hexdigest()


def _of(tx: Transaction, model: Any, kind: type[R], employee_id: UUID) -> list[R]:
    return fetch_all(
        tx, select(*columns_of(model, kind)).where(model.employee_id == employee_id).order_by(model.id), kind
    )
