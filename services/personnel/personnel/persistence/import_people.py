"""The people of one chunk of an import, written in a handful of statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from chassis.records import values_of
from chassis.unit_of_work import Transaction
from personnel.domain.employee import Employee
from personnel.domain.records import Identifier, Record
from personnel.persistence import models
from personnel.persistence.bulk import insert_many, update_many
from personnel.persistence.records import add_many_records, nip_digest


@dataclass
class PeopleBatch:
    """What a chunk writes, table by table."""

    created: list[Employee] = field(default_factory=list)
    changed: list[Employee] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)


def write_people(tx: Transaction, batch: PeopleBatch) -> None:
    """Insert and update all people of a batch with what is recorded of them."""
    insert_many(tx, models.Employee, _rows(tx, models.Employee, batch.created, created_at=tx.now, updated_at=tx.now))
    insert_many(tx, models.EmployeeIdentifier, _rows(tx, models.EmployeeIdentifier, batch.identifiers))
    register = [{"digest": nip_digest(one.value), "agency_id": tx.agency_id} for one in batch.identifiers]
    insert_many(tx, models.NipRegister, register, or_ignore=True)
    update_many(tx, models.Employee, "id", _rows(tx, models.Employee, batch.changed, updated_at=tx.now))
    add_many_records(tx, batch.records)


def _rows(tx: Transaction, model: type[models.Base], records: Sequence[object], **more: object) -> list[dict[str, Any]]:
    return [{**values_of(model, record), "agency_id": tx.agency_id, **more} for record in records]
