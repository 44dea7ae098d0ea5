"""What was recorded of people: positions, superiors, status, type, grade, numbers. Rows are only added."""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select, text, update

from chassis.records import among, columns_of, fetch_all, insert_record, insert_records, values_of
from chassis.unit_of_work import Transaction
from personnel.domain.records import (
    EmploymentTypeRecord,
    GradeRecord,
    Identifier,
    PersonRecords,
    PositionRecord,
    Record,
    StatusRecord,
    SuperiorRecord,
)
from personnel.persistence import models
from personnel.persistence.bulk import insert_many

RecordModel = (
    type[models.PositionRecord]
    | type[models.SuperiorRecord]
    | type[models.StatusRecord]
    | type[models.EmploymentTypeRecord]
    | type[models.GradeRecord]
)
SERIES: dict[RecordModel, type[Record]] = {
    models.PositionRecord: PositionRecord,
    models.SuperiorRecord: SuperiorRecord,
    models.StatusRecord: StatusRecord,
    models.EmploymentTypeRecord: EmploymentTypeRecord,
    models.GradeRecord: GradeRecord,
}
# ON CONFLICT: two agencies may know the same number, and an agency may meet it twice.
_REGISTER = text("INSERT INTO nip_register VALUES (CAST(:digest AS bytea), :agency) ON CONFLICT DO NOTHING")


def records_of(tx: Transaction, employee_id: UUID) -> PersonRecords:
    """Return everything dated that was recorded of a person."""
    return records_of_many(tx, [employee_id])[employee_id]


def records_of_many(tx: Transaction, employee_ids: Sequence[UUID]) -> dict[UUID, PersonRecords]:
    """Return everything dated that was recorded of these people, by one query for each series."""
    found: dict[UUID, list[Record]] = {one: [] for one in employee_ids}
    for model, kind in SERIES.items():
        query = (
            select(*columns_of(model, kind), model.id.label("number"))
            .where(among(model.employee_id, employee_ids))
            .order_by(model.id)
        )
        for record in fetch_all(tx, query, kind):
            found[record.employee_id].append(record)
    return {one: PersonRecords.sorted_from(records) for one, records in found.items()}


def add_records(tx: Transaction, records: Sequence[Record]) -> None:
    """Store records of any series, in their order."""
    for model, kind in SERIES.items():
        insert_records(tx, model, [one for one in records if type(one) is kind])


def add_many_records(tx: Transaction, records: Sequence[Record]) -> None:
    """Store records of many people, in their order: one statement for each series."""
    for model, kind in SERIES.items():
        own = [one for one in records if type(one) is kind]
        insert_many(tx, model, [{**values_of(model, one), "agency_id": tx.agency_id} for one in own])


def save_withdrawal(tx: Transaction, record: Record) -> None:
    """Store who withdrew a record, when and why."""
    model = next(model for model, kind in SERIES.items() if type(record) is kind)
    tx.session.execute(
        update(model)
        .where(model.id == record.number)
        .values(
            withdrawn_at=record.withdrawn_at,
            withdrawn_by=record.withdrawn_by,
            withdrawal_reason=record.withdrawal_reason,
        )
    )


def identifiers_of(tx: Transaction, employee_id: UUID) -> list[Identifier]:
    """Return a person's numbers in the order of recording."""
    model = models.EmployeeIdentifier
    query = select(*columns_of(model, Identifier)).where(model.employee_id == employee_id).order_by(model.id)
    return fetch_all(tx, query, Identifier)


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
