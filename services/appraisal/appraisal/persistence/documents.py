"""Issued papers between rows and the domain, and the people whom they name."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from appraisal.domain.document import Document, DocumentSubject
from appraisal.domain.paper_people import OfficeOfDay
from appraisal.persistence.document_models import Document as DocumentRow
from appraisal.persistence.document_models import DocumentCode
from chassis.records import columns_of, fetch_one, insert_record, table_of, values_of
from chassis.unit_of_work import Transaction
from directory.models import Agency
from directory.questions import people_on, units_on
from documents.papers import UNKNOWN

_QUERY = select(*columns_of(DocumentRow, Document))
_INSERT = insert(table_of(DocumentRow)).on_conflict_do_nothing().returning(DocumentRow.id)


def find_document(tx: Transaction, subject: DocumentSubject) -> Document | None:
    """Return the paper of a subject at its revision and stage, or None."""
    wanted = values_of(DocumentRow, subject)
    query = _QUERY.where(*(getattr(DocumentRow, name) == value for name, value in wanted.items()))
    return fetch_one(tx, query, Document)


def insert_document(tx: Transaction, document: Document) -> Document:
    """Insert a paper, and return it; or the one that another request has made meanwhile."""
    row = {**values_of(DocumentRow, document), "agency_id": tx.agency_id}
    if tx.session.execute(_INSERT, row).first() is None:
        found = find_document(tx, document.subject)
        assert found is not None
        return found
    insert_record(tx, DocumentCode, document)
    return document


def agency_of_code(tx: Transaction, code: str) -> str | None:
    """Return whose paper bears a code, of all agencies; None: nobody's."""
    return tx.session.scalar(select(DocumentCode.agency_id).where(DocumentCode.code == code))


def find_by_code(tx: Transaction, code: str) -> Document | None:
    return fetch_one(tx, _QUERY.where(DocumentRow.code == code), Document)


def agency_name(tx: Transaction) -> str:
    """Return the name of the agency as papers bear it; its id until it is known."""
    return tx.session.scalar(select(Agency.name).where(Agency.agency_id == tx.agency_id)) or tx.agency_id


def unit_name(tx: Transaction, unit_id: UUID, day: date) -> str:
    """Return the name of a unit on a day, as papers bear it."""
    unit = units_on(tx, [unit_id], day).known.get(unit_id)
    return UNKNOWN if unit is None else unit.name


def offices_on(tx: Transaction, people: Collection[UUID], day: date) -> dict[UUID, OfficeOfDay]:
    """Return position, grade and unit of these people on a day, of those who were there then."""
    found = {one: held for one, held in people_on(tx, people, day).known.items() if held is not None}
    units = units_on(tx, {held.unit_id for held in found.values()}, day).known
    names = {unit_id: unit.name for unit_id, unit in units.items() if unit is not None}
    return {
        one: OfficeOfDay(held.position_code, held.grade, names.get(held.unit_id, "")) for one, held in found.items()
    }
