"""The rows of a file of records while its import runs: staged once, then read person by person."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from chassis.unit_of_work import Transaction
from personnel.domain.nip import clean_nip
from personnel.persistence.bulk import analyse, insert_many
from personnel.persistence.import_rows import StagedRow, clear, delete_file
from personnel.persistence.models import ImportRow

# Names the person of each row by any of their numbers.
_MATCH = text(
    "UPDATE import_row r SET employee_id = i.employee_id FROM employee_identifier i "
    "WHERE r.job_id = :job AND i.agency_id = r.agency_id AND i.value = r.nip"
)
_COLUMNS = "SELECT row_number, cells, employee_id, first_row FROM import_row "
_UNKNOWN = text(_COLUMNS + "WHERE job_id = :job AND employee_id IS NULL ORDER BY row_number")
_OF_STATE = text(_COLUMNS + "WHERE job_id = :job AND state = :state AND employee_id IS NOT NULL ORDER BY row_number")
# All rows of the next people, so that what a file says of one person is read together.
_OF_PEOPLE = text(
    _COLUMNS + "WHERE job_id = :job AND state = :state AND employee_id IN (SELECT DISTINCT employee_id FROM import_row "  # noqa: S608
    "WHERE job_id = :job AND state = :state AND employee_id > :after ORDER BY employee_id LIMIT :limit) "
    "ORDER BY row_number"
)
FIRST = UUID(int=0)


def stage_records(
    tx: Transaction, job_id: UUID, table_rows: Sequence[tuple[int, dict[str, str], str, int | None]]
) -> None:
    """Store rows, each with a state by which it is read and the row that says the same before; match the people."""
    clear(tx)
    rows = [
        {
            "job_id": job_id,
            "row_number": number,
            "agency_id": tx.agency_id,
            "cells": cells,
            "nip": clean_nip(cells.get("nip", "")),
            "superior_nip": clean_nip(cells.get("nip_atasan", "")),
            "first_row": first_row,
            "state": state,
        }
        for number, cells, state, first_row in table_rows
    ]
    insert_many(tx, ImportRow, rows)
    analyse(tx, ImportRow)
    tx.session.execute(_MATCH, {"job": job_id})
    delete_file(tx, job_id)


def unknown_rows(tx: Transaction, job_id: UUID) -> list[StagedRow]:
    """Return the rows whose number is nobody's here."""
    return _rows(tx.session.execute(_UNKNOWN, {"job": job_id}))


def rows_of_state(tx: Transaction, job_id: UUID, state: str) -> list[StagedRow]:
    """Return all rows of a state about people who are known, in the order of the file."""
    return _rows(tx.session.execute(_OF_STATE, {"job": job_id, "state": state}))


def rows_of_people(tx: Transaction, job_id: UUID, state: str, *, after: UUID | None, limit: int) -> list[StagedRow]:
    """Return the rows of a state about the next people by id, in the order of the file."""
    values = {"job": job_id, "state": state, "after": after or FIRST, "limit": limit}
    return _rows(tx.session.execute(_OF_PEOPLE, values))


def _rows(found: object) -> list[StagedRow]:
    return [StagedRow(row.row_number, row.cells, row.employee_id, row.first_row) for row in found]  # type: ignore[attr-defined]
