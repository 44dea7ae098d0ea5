"""The rows of a file while its import runs: staged once, then read in chunks, so that a kill loses nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from chassis.unit_of_work import Transaction
from personnel.domain.nip import clean_nip
from personnel.persistence.bulk import analyse, insert_many
from personnel.persistence.models import ImportRow
from spreadsheets import Row

AT_ONCE = 5000

_CLEAR = text("DELETE FROM import_row WHERE agency_id = :agency")
# the file holds personal data, and its rows are staged: it is not kept
_DELETE_FILE = text("UPDATE job SET content = NULL WHERE id = :job")
# Names the person of each row by any of their numbers.
_MATCH = text(
    "UPDATE import_row r SET employee_id = i.employee_id FROM employee_identifier i "
    "WHERE r.job_id = :job AND i.agency_id = r.agency_id AND i.value = r.nip"
)
_FIND_DUPLICATES = text(
    "UPDATE import_row r SET first_row = f.first FROM (SELECT row_number, min(row_number) OVER "
    "(PARTITION BY coalesce(employee_id::text, nip)) AS first FROM import_row WHERE job_id = :job AND nip <> '') f "
    "WHERE r.job_id = :job AND r.row_number = f.row_number AND f.first < r.row_number"
)
_CHUNK = text(
    "SELECT row_number, cells, employee_id, first_row FROM import_row "
    "WHERE job_id = :job AND row_number > :after ORDER BY row_number LIMIT :limit"
)
_SAVE_OUTCOMES = text(
    "UPDATE import_row r SET state = j.state, employee_id = j.employee_id "
    "FROM json_to_recordset(CAST(:rows AS json)) AS j(row_number integer, state text, employee_id uuid) "
    "WHERE r.job_id = :job AND r.row_number = j.row_number"
)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('imports:' || :agency))")
_RUNNING = text(
    "SELECT id FROM job WHERE agency_id = :agency AND kind = ANY(:kinds) AND status IN ('QUEUED', 'RUNNING') LIMIT 1"
)


@dataclass(frozen=True)
class NewRow:
    """A row to be staged, with the state by which it is read and the row that says the same before."""

    row_number: int
    cells: dict[str, str]
    state: str = "NEW"
    first_row: int | None = None


@dataclass(frozen=True)
class StagedRow:
    """A row of the file; `first_row` is the row that spoke of the same person before."""

    row_number: int
    cells: dict[str, str]
    employee_id: UUID | None
    first_row: int | None


@dataclass(frozen=True)
class RowOutcome:
    row_number: int
    state: str
    employee_id: UUID | None


def lock_imports(tx: Transaction) -> None:
    """Wait until nobody else starts an import: two at once would each clear the rows of the other."""
    tx.session.execute(_LOCK, {"agency": tx.agency_id})


def running_import(tx: Transaction, kinds: Sequence[str]) -> UUID | None:
    """Return the import of this agency that is under way, or None."""
    found: UUID | None = tx.session.execute(_RUNNING, {"agency": tx.agency_id, "kinds": list(kinds)}).scalar()
    return found


def stage(tx: Transaction, job_id: UUID, table_rows: Iterable[Row]) -> int:
    """Store all rows of a file, mark whom each is about and which come a second time; return how many."""
    rows = stage_rows(tx, job_id, (NewRow(number, cells) for number, cells in table_rows))
    tx.session.execute(_FIND_DUPLICATES, {"job": job_id})
    return rows


def stage_rows(tx: Transaction, job_id: UUID, new: Iterable[NewRow]) -> int:
    """Store rows in place of those of an earlier import, mark whom they are about, drop the upload; return how many.

    The rows are taken part by part, so that memory does not grow with the file.
    """
    clear(tx)
    staged, left = 0, iter(new)
    while rows := list(islice(_stored(tx, job_id, left), AT_ONCE)):
        insert_many(tx, ImportRow, rows)
        staged += len(rows)
    analyse(tx, ImportRow)
    tx.session.execute(_MATCH, {"job": job_id})
    delete_file(tx, job_id)
    return staged


def _stored(tx: Transaction, job_id: UUID, new: Iterator[NewRow]) -> Iterator[dict[str, Any]]:
    return (
        {
            "job_id": job_id,
            "row_number": row.row_number,
            "agency_id": tx.agency_id,
            "cells": row.cells,
            "nip": clean_nip(row.cells.get("nip", "")),
            "superior_nip": clean_nip(row.cells.get("nip_atasan", "")),
            "first_row": row.first_row,
            "state": row.state,
        }
        for row in new
    )


def delete_file(tx: Transaction, job_id: UUID) -> None:
    """Drop the uploaded bytes."""
    tx.session.execute(_DELETE_FILE, {"job": job_id})


def next_chunk(tx: Transaction, job_id: UUID, after: int, limit: int) -> list[StagedRow]:
    """Return the next rows in the order of the file."""
    rows = tx.session.execute(_CHUNK, {"job": job_id, "after": after, "limit": limit})
    return [StagedRow(row.row_number, row.cells, row.employee_id, row.first_row) for row in rows]


def save_outcomes(tx: Transaction, job_id: UUID, outcomes: Sequence[RowOutcome]) -> None:
    """Store what became of each row."""
    tx.session.execute(_SAVE_OUTCOMES, {"job": job_id, "rows": msgspec.json.encode(outcomes).decode()})


def clear(tx: Transaction) -> None:
    """Delete the agency's staged rows."""
    tx.session.execute(_CLEAR, {"agency": tx.agency_id})
