"""Take in a file as a job: read the table, find out whose the NIPs are, and store the rows without any NIP."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from approvals.proposal import ProposedRow
from chassis import audit, jobs
from chassis.auth import Principal
from chassis.pagination import Page, PageRequest, encode_cursor
from chassis.unit_of_work import Transaction, UnitOfWork
from chassis.views import decode_as, encode
from incentive.clients import Directory
from incentive.domain.import_rows import ImportRow
from spreadsheets import Columns, Limits, Row, read_table

IMPORT_JOB = "import_table"
LONGEST_CELL = 200
NIP_DIGITS = 18


@dataclass(frozen=True)
class ImportKind:
    """The columns of one kind of file; rows equal in `key` are duplicates.

    Of a file that takes two people the rows about the line of either stay out, as nobody may propose them by hand.
    """

    columns: Columns
    key: tuple[str, ...]
    by_two: bool = True


KINDS = {
    "attendance": ImportKind(Columns(("nip", "bulan", "kode", "jumlah")), ("nip", "bulan", "kode"), by_two=False),
    "class_amounts": ImportKind(
        Columns(("kelas_jabatan", "jumlah", "berlaku_sejak")), ("kelas_jabatan", "berlaku_sejak")
    ),
    "credit_openings": ImportKind(
        Columns(("nip", "jenjang", "saldo", "dasar", "per_tanggal"), ("golongan_masuk", "nomor_pak")), ("nip",)
    ),
    "predicate_history": ImportKind(
        Columns(("nip", "tahun", "predikat"), ("triwulan", "bulan")), ("nip", "tahun", "triwulan", "bulan")
    ),
}


@dataclass(frozen=True)
class StartImport:
    kind: str
    content: bytes
    authorization: str


@dataclass(frozen=True)
class ImportRows:
    """The rows of a file as they will be imported; `uploader` is who sent it, `sha256` is of the file as it came."""

    kind: str
    rows: int
    content: bytes
    uploader: UUID | None
    sha256: str

    def shown(self) -> "ImportSummary":
        return ImportSummary(self.kind, self.rows, self.sha256)

    def page(self, wanted: PageRequest) -> Page[ProposedRow]:
        """Return some of the rows, as they stand in the file."""
        lines = self.content.split(b"\n") if self.content else []
        (start,) = wanted.after(int) or (0,)
        end = max(start, 0) + wanted.limit
        shown = [decode_as(line, ProposedRow) for line in lines[max(start, 0) : end]]
        return Page(shown, encode_cursor((end,)) if end < len(lines) else None)


@dataclass(frozen=True)
class ImportSummary:
    """What readers of a proposal see of a file."""

    kind: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class ImportStarted:
    job_id: UUID


@dataclass(frozen=True)
class ImportParams:
    """What the job is started with; the rows about `uploader` and `approver`, and about their lines, stay out."""

    kind: str
    rows: int
    uploader: UUID | None = None
    approver: UUID | None = None


def read_file(actor: Principal, directory: Directory, command: StartImport) -> ImportRows:
    """Return the rows of a file. Raise an Import… error or DirectoryUnavailable before anything is stored."""
    kind = KINDS[command.kind]
    rows = list(read_table(command.content, kind.columns, Limits()).rows)
    people: dict[str, UUID] = {}
    if "nip" in kind.columns.required:
        nips = sorted({cells.get("nip", "") for _, cells in rows if _looks_like_nip(cells.get("nip", ""))})
        people = directory.resolve(command.authorization, nips) if nips else {}
    sha256 = hashlib.sha256(command.content).hexdigest()
    return ImportRows(command.kind, len(rows), _lines(rows, kind, people), actor.employee_id, sha256)


def start_import(work: UnitOfWork, actor: Principal, directory: Directory, command: StartImport) -> UUID:
    """Read a file, queue its rows and return the job."""
    rows = read_file(actor, directory, command)
    with work.transaction(actor.agency_id) as tx:
        return start_rows(tx, actor, rows).job_id


def start_rows(tx: Transaction, actor: Principal, command: ImportRows) -> ImportStarted:
    """Queue the rows."""
    params = ImportParams(command.kind, command.rows, command.uploader, actor.employee_id)
    job_id = jobs.start(tx, IMPORT_JOB, params, actor.account_id, command.content)
    audit.record(tx, actor, f"import_{command.kind}", "job", job_id, rows=command.rows)
    return ImportStarted(job_id)


def check_rows(_tx: Transaction, _actor: Principal, command: ImportRows) -> ImportSummary:
    """Return what would be imported; the rows themselves are judged by the job."""
    return command.shown()


def _lines(rows: Sequence[Row], kind: ImportKind, people: dict[str, UUID]) -> bytes:
    """Return JSON lines; a NIP stays only where it is unknown, to be shown to the uploader."""
    seen: dict[tuple[str, ...], int] = {}
    lines = []
    for line, values in rows:
        cells = {name: values.get(name, "")[:LONGEST_CELL] for name in kind.columns.all}
        first = seen.setdefault(tuple(cells.get(name, "") for name in kind.key), line)
        employee = people.get(cells.get("nip", ""))
        if employee is not None:
            cells.pop("nip")
        lines.append(encode(ImportRow(line, cells, employee, first if first != line else None)))
    return b"\n".join(lines)


def _looks_like_nip(text: str) -> bool:
    return len(text) == NIP_DIGITS and text.isascii() and text.isdecimal()
