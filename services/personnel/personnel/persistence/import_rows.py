"""The rows of a file while its import runs: staged once, then read in chunks, so that a kill loses nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from personnel.persistence.bulk import insert_many, learn_sizes
from personnel.persistence.models import ImportRow

_CLEAR = text("DELETE FROM import_row WHERE agency_id = :agency")
# the file holds personal data, and its rows are staged: it is not kept
_FORGET_FILE = text("UPDATE job SET content = NULL WHERE id = :job")
_MATCH = text(
    "UPDATE import_row r SET employee_id = i.employee_id FROM employee_identifier i "
    "WHERE r.job_id = :job AND i.agency_id = r.agency_id AND i.value = r.nip"
)
_TWINS = text(
    "UPDATE import_row r SET first_row = f.first FROM (SELECT row_number, min(row_number) OVER "
    "(PARTITION BY coalesce(employee_id::text, nip)) AS first FROM import_row WHERE job_id = :job AND nip <> '') f "
    "WHERE r.job_id = :job AND r.row_number = f.row_number AND f.first < r.row_number"
)
_CHUNK = text(
    "SELECT row_number, cells, employee_id, first_row FROM import_row "
    "WHERE job_id = :job AND row_number > :after ORDER BY row_number LIMIT :limit"
)
_JUDGED = text(
    "UPDATE import_row r SET state = j.state, employee_id = j.employee_id "
    "FROM json_to_recordset(CAST(:rows AS json)) AS j(row_number integer, state text, employee_id uuid) "
    "WHERE r.job_id = :job AND r.row_number = j.row_number"
)
_RUNNING = text(
    "SELECT id FROM job WHERE agency_id = :agency AND kind = ANY(:kinds) AND status IN ('QUEUED', 'RUNNING') LIMIT 1"
)


def running_import(session: Session, agency_id: str, kinds: Sequence[str]) -> UUID | None:
    """The import of this agency that is under way, if any."""
    found: UUID | None = session.execute(_RUNNING, {"agency": agency_id, "kinds": list(kinds)}).scalar()
    return found


def stage(session: Session, agency_id: str, job_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Put all rows of a file down, tell whom they speak of, and which rows speak of somebody a second time."""
    session.execute(_CLEAR, {"agency": agency_id})
    insert_many(session, ImportRow, rows)
    learn_sizes(session, ImportRow)
    session.execute(_MATCH, {"job": job_id})
    session.execute(_TWINS, {"job": job_id})
    forget_file(session, job_id)


def forget_file(session: Session, job_id: UUID) -> None:
    """Drop the uploaded bytes."""
    session.execute(_FORGET_FILE, {"job": job_id})


def next_chunk(session: Session, job_id: UUID, after: int, limit: int) -> Sequence[Any]:
    """The next rows in the order of the file."""
    return session.execute(_CHUNK, {"job": job_id, "after": after, "limit": limit}).all()


def save_judgement(session: Session, job_id: UUID, rows_json: str) -> None:
    """Keep what became of each row."""
    session.execute(_JUDGED, {"job": job_id, "rows": rows_json})


def clear(session: Session, agency_id: str) -> None:
    """Forget the rows."""
    session.execute(_CLEAR, {"agency": agency_id})
