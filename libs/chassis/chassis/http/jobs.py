"""The routes of bulk work: its progress, and the faulty rows, to read or to download."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from flask import Response
from msgspec import Meta
from sqlalchemy import text

from chassis.auth import allow
from chassis.errors import NotFound
from chassis.http.blueprint import ServiceBlueprint, principal, work
from chassis.http.pagination import PageQuery
from chassis.pagination import Page, PageRequest, page_of
from chassis.records import fetch_all, fetch_one
from chassis.unit_of_work import Transaction, UnitOfWork

ISSUES_AT_ONCE = 5_000

# Text, because these tables belong to the chassis and have no models.
_COLUMNS = "id, kind, status, total, processed, issues, result, error, created_by, created_at, updated_at, finished_at"
_LIST = text(
    f"SELECT {_COLUMNS} FROM job WHERE agency_id = :agency "  # noqa: S608 - a constant
    "AND (CAST(:before AS uuid) IS NULL OR id < CAST(:before AS uuid)) ORDER BY id DESC LIMIT :limit"
)
_ONE = text(f"SELECT {_COLUMNS} FROM job WHERE agency_id = :agency AND id = :id")  # noqa: S608
_ISSUES = text(
    'SELECT number, row_number AS "row", column_name AS "column", value, code, expected FROM job_issue '
    "WHERE job_id = :id AND number > :after ORDER BY number LIMIT :limit"
)


@dataclass(frozen=True)
class JobView:
    id: UUID
    kind: str
    status: Literal["QUEUED", "RUNNING", "DONE", "FAILED"]
    total: Annotated[int | None, Meta(description="rows, once known")]
    processed: int
    issues: Annotated[int, Meta(description="faults found in the rows")]
    result: dict[str, Any]
    error: str | None
    created_by: UUID | None
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True)
class JobIssueView:
    number: int
    row: Annotated[int | None, Meta(description="line in the file, header is 1")]
    column: str
    value: str
    code: str
    expected: str


@dataclass(frozen=True)
class JobStarted:
    """The answer 202 of whatever starts bulk work."""

    job_id: UUID


def jobs_blueprint(service: str, *roles: str) -> ServiceBlueprint:
    """Make the routes under /api/v1/<service>/jobs, allowed for `roles`."""
    blueprint = ServiceBlueprint(f"{service}_jobs", url_prefix=f"/api/v1/{service}/jobs", description="Bulk work")

    @blueprint.route("", methods=["GET"])
    @allow(*roles)
    @blueprint.arguments(PageQuery, location="query")
    @blueprint.response(200, Page[JobView])
    def list_jobs(query: dict[str, PageRequest]) -> Page[JobView]:
        """The agency's jobs, newest first."""
        with work().transaction(principal().agency_id) as tx:
            return _jobs(tx, query["page"])

    @blueprint.route("/<uuid:job_id>", methods=["GET"])
    @allow(*roles)
    @blueprint.response(200, JobView)
    def get_job(job_id: UUID) -> JobView:
        """One job with its progress."""
        with work().transaction(principal().agency_id) as tx:
            return _job(tx, job_id)

    @blueprint.route("/<uuid:job_id>/issues", methods=["GET"])
    @allow(*roles)
    @blueprint.arguments(PageQuery, location="query")
    @blueprint.response(200, Page[JobIssueView])
    def list_job_issues(query: dict[str, PageRequest], job_id: UUID) -> Page[JobIssueView]:
        """The faulty rows: row, column, value and what would be right."""
        with work().transaction(principal().agency_id) as tx:
            _job(tx, job_id)
            return _issues(tx, job_id, query["page"])

    @blueprint.route("/<uuid:job_id>/issues.csv", methods=["GET"])
    @allow(*roles)
    @blueprint.response(200, {"type": "string"}, content_type="text/csv")
    def download_job_issues(job_id: UUID) -> Response:
        """The faulty rows, as CSV for a spreadsheet."""
        agency = principal().agency_id
        with work().transaction(agency) as tx:
            _job(tx, job_id)
        disposition = {"Content-Disposition": f"attachment; filename=masalah-{job_id}.csv"}
        rows = _issues_as_csv(work(), agency, job_id)
        return Response(rows, content_type="text/csv; charset=utf-8", headers=disposition)

    return blueprint


def _jobs(tx: Transaction, page: PageRequest) -> Page[JobView]:
    (before,) = page.after(UUID) or (None,)
    values = {"agency": tx.agency_id, "before": before, "limit": page.limit + 1}
    return page_of(fetch_all(tx, _LIST, JobView, values), page, lambda job: job.id)


def _job(tx: Transaction, job_id: UUID) -> JobView:
    job = fetch_one(tx, _ONE, JobView, {"agency": tx.agency_id, "id": job_id})
    if job is None:
        raise NotFound(object="pekerjaan", id=job_id)
    return job


def _issues(tx: Transaction, job_id: UUID, page: PageRequest) -> Page[JobIssueView]:
    (after,) = page.after(int) or (0,)
    found = fetch_all(tx, _ISSUES, JobIssueView, {"id": job_id, "after": after, "limit": page.limit + 1})
    return page_of(found, page, lambda issue: issue.number)


def _issues_as_csv(work: UnitOfWork, agency_id: str, job_id: UUID) -> Iterator[str]:
    """Stream in parts, each read in its own transaction: a slow client occupies neither memory nor a connection."""
    head = "\ufeff" + _csv([["baris", "kolom", "nilai", "kode", "seharusnya"]])
    page = PageRequest(ISSUES_AT_ONCE)
    while True:
        with work.transaction(agency_id) as tx:
            found = _issues(tx, job_id, page)
        rows = _csv([one.row, one.column, _without_formula(one.value), one.code, one.expected] for one in found.items)
        yield head + rows
        if found.next_cursor is None:
            return
        head, page = "", PageRequest(ISSUES_AT_ONCE, (found.items[-1].number,))


def _csv(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _without_formula(value: str) -> str:
    """Escape a value that a spreadsheet would take for a formula."""
    return "'" + value if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
