"""The routes of bulk work: its progress, and the faulty rows, to read or to download."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Response
from sqlalchemy import text

from chassis.auth import allow
from chassis.errors import NotFound
from chassis.http.blueprint import ServiceBlueprint, principal, work
from chassis.http.pagination import PageArgs, decode_cursor, encode_cursor, page, page_of
from chassis.http.schema import Schema
from chassis.unit_of_work import Transaction, UnitOfWork

ISSUES_AT_ONCE = 5_000

_COLUMNS = "id, kind, status, total, processed, issues, result, error, created_by, created_at, updated_at, finished_at"
_LIST = text(
    f"SELECT {_COLUMNS} FROM job WHERE agency_id = :agency "  # noqa: S608 - a constant
    "AND (CAST(:before AS uuid) IS NULL OR id < CAST(:before AS uuid)) ORDER BY id DESC LIMIT :limit"
)
_ONE = text(f"SELECT {_COLUMNS} FROM job WHERE agency_id = :agency AND id = :id")  # noqa: S608
_ISSUES = text(
    "SELECT number, row_number, column_name, value, code, expected FROM job_issue "
    "WHERE job_id = :id AND number > :after ORDER BY number LIMIT :limit"
)


class JobOut(Schema):
    id = ma.fields.UUID(required=True)
    kind = ma.fields.String(required=True)
    status = ma.fields.String(required=True, validate=ma.validate.OneOf(["QUEUED", "RUNNING", "DONE", "FAILED"]))
    total = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "rows, once known"})
    processed = ma.fields.Integer(required=True)
    issues = ma.fields.Integer(required=True, metadata={"description": "faults found in the rows"})
    result = ma.fields.Dict(required=True)
    error = ma.fields.String(required=True, allow_none=True)
    created_by = ma.fields.UUID(required=True, allow_none=True)
    created_at = ma.fields.DateTime(required=True)
    updated_at = ma.fields.DateTime(required=True)
    finished_at = ma.fields.DateTime(required=True, allow_none=True)


class JobIssueOut(Schema):
    number = ma.fields.Integer(required=True)
    row = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "line in the file, header is 1"})
    column = ma.fields.String(required=True)
    value = ma.fields.String(required=True)
    code = ma.fields.String(required=True)
    expected = ma.fields.String(required=True)


@dataclass(frozen=True)
class JobStarted:
    """The answer 202 of whatever starts bulk work."""

    job_id: UUID


def jobs_blueprint(service: str, *roles: str) -> ServiceBlueprint:
    """Make the routes under /api/v1/<service>/jobs, allowed for `roles`."""
    blueprint = ServiceBlueprint(f"{service}_jobs", url_prefix=f"/api/v1/{service}/jobs", description="Bulk work")

    @blueprint.route("", methods=["GET"])
    @allow(*roles)
    @blueprint.arguments(PageArgs, location="query")
    @blueprint.response(200, page_of(JobOut))
    def list_jobs(args: dict[str, Any]) -> dict[str, Any]:
        """The agency's jobs, newest first."""
        start = decode_cursor(args["cursor"]) or {}
        with work().transaction(principal().agency_id) as tx:
            parameters = {"agency": tx.agency_id, "before": _uuid(start.get("before")), "limit": args["limit"] + 1}
            rows = tx.session.execute(_LIST, parameters).mappings().all()
        more = len(rows) > args["limit"]
        rows = rows[: args["limit"]]
        return page(rows, encode_cursor({"before": str(rows[-1]["id"])}) if more else None)

    @blueprint.route("/<uuid:job_id>", methods=["GET"])
    @allow(*roles)
    @blueprint.response(200, JobOut)
    def get_job(job_id: UUID) -> Any:
        """One job with its progress."""
        with work().transaction(principal().agency_id) as tx:
            return _job(tx, job_id)

    @blueprint.route("/<uuid:job_id>/issues", methods=["GET"])
    @allow(*roles)
    @blueprint.arguments(PageArgs, location="query")
    @blueprint.response(200, page_of(JobIssueOut))
    def list_job_issues(args: dict[str, Any], job_id: UUID) -> dict[str, Any]:
        """The faulty rows: row, column, value and what would be right."""
        start = decode_cursor(args["cursor"]) or {}
        after = start.get("after", 0)
        with work().transaction(principal().agency_id) as tx:
            _job(tx, job_id)
            rows = _issues(tx, job_id, after if isinstance(after, int) else 0, args["limit"] + 1)
        more = len(rows) > args["limit"]
        rows = rows[: args["limit"]]
        return page(rows, encode_cursor({"after": rows[-1]["number"]}) if more else None)

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


def _job(tx: Transaction, job_id: UUID) -> Any:
    row = tx.session.execute(_ONE, {"agency": tx.agency_id, "id": job_id}).mappings().first()
    if row is None:
        raise NotFound(object="pekerjaan", id=job_id)
    return row


def _issues(tx: Transaction, job_id: UUID, after: int, limit: int) -> list[dict[str, Any]]:
    rows = tx.session.execute(_ISSUES, {"id": job_id, "after": after, "limit": limit})
    return [
        {
            "number": r.number,
            "row": r.row_number,
            "column": r.column_name,
            "value": r.value,
            "code": r.code,
            "expected": r.expected,
        }
        for r in rows
    ]


def _issues_as_csv(work: UnitOfWork, agency_id: str, job_id: UUID) -> Iterator[str]:
    """Stream in parts, each read in its own transaction: a slow client occupies neither memory nor a connection."""
    yield "\ufeff" + _csv([["baris", "kolom", "nilai", "kode", "seharusnya"]])
    after = 0
    while True:
        with work.transaction(agency_id) as tx:
            rows = _issues(tx, job_id, after, ISSUES_AT_ONCE)
        if not rows:
            return
        yield _csv([r["row"], r["column"], _without_formula(r["value"]), r["code"], r["expected"]] for r in rows)
        after = rows[-1]["number"]


def _csv(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def _without_formula(value: str) -> str:
    """Escape a value that a spreadsheet would take for a formula."""
    return "'" + value if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _uuid(value: object) -> str | None:
    try:
        return str(UUID(str(value))) if value else None
    except ValueError:
        return None
