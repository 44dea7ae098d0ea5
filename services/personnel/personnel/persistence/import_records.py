"""The staged rows of a file of records, read person by person."""

from uuid import UUID

from sqlalchemy import text

from chassis.unit_of_work import Transaction
from personnel.persistence.import_rows import StagedRow

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
