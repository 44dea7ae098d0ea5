"""Superiors named in a file, for all its rows at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, text

from chassis.unit_of_work import Transaction
from directory.people import PositionKind
from personnel.domain.records import Cause
from personnel.persistence.bulk import analyse
from personnel.persistence.models import Employee, EmployeeIdentifier, ImportRow

_RESOLVE = text(
    "UPDATE import_row r SET superior_id = i.employee_id FROM employee_identifier i "
    "WHERE r.job_id = :job AND r.state = 'LINK' AND i.agency_id = r.agency_id AND i.value = r.superior_nip"
)
_UNKNOWN = text(
    "SELECT r.row_number, r.superior_nip, "
    "EXISTS (SELECT 1 FROM import_row o WHERE o.job_id = r.job_id AND o.nip = r.superior_nip AND o.state = 'FOREIGN') "
    "OR EXISTS (SELECT 1 FROM nip_register n WHERE n.digest = sha256(convert_to(r.superior_nip, 'UTF8')) "
    "AND n.agency_id <> r.agency_id) AS elsewhere, "
    "EXISTS (SELECT 1 FROM import_row o WHERE o.job_id = r.job_id AND o.nip = r.superior_nip) AS refused "
    "FROM import_row r WHERE r.job_id = :job AND r.state = 'LINK' AND r.superior_nip <> '' AND r.superior_id IS NULL "
    "ORDER BY r.row_number"
)
_PROPOSED = text(
    "SELECT row_number, employee_id, superior_id, superior_nip FROM import_row "
    "WHERE job_id = :job AND state = 'LINK' ORDER BY row_number"
)
_REFUSE = text("UPDATE import_row SET state = 'UNLINKED' WHERE job_id = :job AND row_number = ANY(:rows)")
# A file names no day of a superior: it says who is it now. What it corrects was wrong from its own day on. An empty
# cell of somebody new says "nobody", which is recorded as well. What is recorded is handed on by the statement itself:
# read again, rows that have just come are looked for without statistics, and all of the agency's for each person.
_RECORD_AND_APPLY = text(
    "WITH recorded AS (INSERT INTO superior_record (agency_id, employee_id, superior_id, effective_from, recorded_on, "
    "replaces_later, recorded_at, recorded_by, source, cause) SELECT r.agency_id, e.id, r.superior_id, "
    "CASE WHEN :cause = 'CORRECTION' THEN coalesce(e.superior_since, e.position_since) "
    "ELSE coalesce(e.announce_from, :today) END, :today, true, :now, CAST(:by AS uuid), 'IMPORT', :cause "
    "FROM import_row r JOIN employee e ON e.id = r.employee_id "
    "WHERE r.job_id = :job AND r.state = 'LINK' AND (e.superior_id IS DISTINCT FROM r.superior_id "
    "OR NOT EXISTS (SELECT 1 FROM superior_record s WHERE s.employee_id = e.id)) "
    "RETURNING employee_id, effective_from) "
    "UPDATE employee e SET superior_id = r.superior_id, superior_since = s.effective_from, "
    "announce_from = coalesce(e.announce_from, s.effective_from), revision = e.revision + 1, updated_at = :now, "
    "imported = jsonb_set(coalesce(e.imported, '{}'), '{superior}', to_jsonb(r.superior_nip)) "
    "FROM import_row r JOIN recorded s ON s.employee_id = r.employee_id "
    "WHERE r.employee_id = e.id AND r.job_id = :job AND r.state = 'LINK' "
    "AND e.superior_id IS DISTINCT FROM r.superior_id RETURNING e.id"
)
# The same days as those of the records, before they are made.
_CHANGED = text(
    "SELECT r.row_number, r.employee_id, r.superior_id, r.superior_nip, "
    "CASE WHEN :cause = 'CORRECTION' THEN coalesce(e.superior_since, e.position_since) "
    "ELSE coalesce(e.announce_from, :today) END AS since FROM import_row r JOIN employee e ON e.id = r.employee_id "
    "WHERE r.job_id = :job AND r.state = 'LINK' AND e.superior_id IS DISTINCT FROM r.superior_id ORDER BY r.row_number"
)
# Where nobody's superior changes after the first day of the file's links, the tree of today is that of every day.
_CHANGES_LATER = text(
    "SELECT EXISTS (SELECT 1 FROM superior_record WHERE withdrawn_at IS NULL AND effective_from > :since)"
)
_REMEMBER = text(
    "UPDATE employee e SET imported = jsonb_set(coalesce(e.imported, '{}'), '{superior}', to_jsonb(r.superior_nip)) "
    "FROM import_row r WHERE r.employee_id = e.id AND r.job_id = :job AND r.state = 'LINK' "
    "AND e.imported ->> 'superior' IS DISTINCT FROM r.superior_nip"
)


@dataclass(frozen=True)
class UnknownSuperior:
    """A row whose superior is nobody here: known elsewhere, refused in this very file, or not known at all."""

    row_number: int
    superior_nip: str
    elsewhere: bool
    refused: bool


@dataclass(frozen=True)
class ProposedLink:
    """Who shall stand under whom, by the file."""

    row_number: int
    employee_id: UUID
    superior_id: UUID | None
    superior_nip: str


@dataclass(frozen=True)
class DatedLink(ProposedLink):
    """A link that changes somebody's superior, with the day from which it is to hold."""

    since: date


def resolve(tx: Transaction, job_id: UUID) -> None:
    """Find the people behind the superiors' numbers."""
    analyse(tx, ImportRow, Employee, EmployeeIdentifier)
    tx.session.execute(_RESOLVE, {"job": job_id})


def unknown_superiors(tx: Transaction, job_id: UUID) -> list[UnknownSuperior]:
    """Return the rows whose superior is nobody here."""
    rows = tx.session.execute(_UNKNOWN, {"job": job_id})
    return [UnknownSuperior(row.row_number, row.superior_nip, row.elsewhere, row.refused) for row in rows]


def proposed_links(tx: Transaction, job_id: UUID) -> list[ProposedLink]:
    """Return the links that the file proposes and that are not refused."""
    rows = tx.session.execute(_PROPOSED, {"job": job_id})
    return [ProposedLink(row.row_number, row.employee_id, row.superior_id, row.superior_nip) for row in rows]


def reporting_lines(tx: Transaction) -> tuple[dict[UUID, UUID | None], dict[UUID, PositionKind]]:
    """Return everybody's superior today, and everybody's kind of position."""
    rows = tx.session.execute(select(Employee.id, Employee.superior_id, Employee.position_kind)).all()
    return {row.id: row.superior_id for row in rows}, {row.id: PositionKind(row.position_kind) for row in rows}


def changed_links(tx: Transaction, job_id: UUID, today: date, cause: Cause) -> list[DatedLink]:
    """Return the links that are not refused and change a superior, with the days from which they are to hold."""
    rows = tx.session.execute(_CHANGED, {"job": job_id, "today": today, "cause": cause})
    return [DatedLink(row.row_number, row.employee_id, row.superior_id, row.superior_nip, row.since) for row in rows]


def superiors_change_after(tx: Transaction, since: date) -> bool:
    """Return whether a record of a superior begins after a day."""
    return bool(tx.session.execute(_CHANGES_LATER, {"since": since}).scalar())


def refuse_links(tx: Transaction, job_id: UUID, rows: Sequence[int]) -> None:
    """Leave the superiors of these rows as they are."""
    tx.session.execute(_REFUSE, {"job": job_id, "rows": list(rows)})


def apply_links(tx: Transaction, job_id: UUID, today: date, now: datetime, by: UUID | None, cause: Cause) -> list[UUID]:
    """Record and apply every superior that differs from today's; return the people whose superior changed."""
    values = {"job": job_id, "today": today, "now": now, "by": by, "cause": cause}
    changed = list(tx.session.execute(_RECORD_AND_APPLY, values).scalars())
    tx.session.execute(_REMEMBER, {"job": job_id})
    return changed
