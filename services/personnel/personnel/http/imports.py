"""Files of units and people, imported as jobs."""

from typing import Any, cast

import marshmallow as ma
from flask import current_app
from flask_smorest.fields import Upload

from chassis.auth import allow
from chassis.http import Schema, ServiceBlueprint, idempotent, principal, problems, work
from chassis.http.fields import choice
from chassis.http.jobs import JobStarted
from personnel.domain.records import Cause
from personnel.http.access import HR, PREFIX, Relation
from personnel.use_cases.imports.start import EMPLOYEES, RECORDS, UNITS, ImportParams, start_import
from spreadsheets import Limits

blp = ServiceBlueprint("imports", url_prefix=f"{PREFIX}/imports", description="Imports of CSV and XLSX files")


class ImportQuery(Schema):
    cause = choice(
        Cause,
        load_default=Cause.CHANGE,
        metadata={
            "description": "CORRECTION: the file corrects what was never so; CHANGE: it says how things stand now"
        },
    )


class RecordsQuery(Schema):
    dry_run = ma.fields.Boolean(
        load_default=True,
        metadata={"description": "true: nothing is written; the job's result counts and shows the first 100 changes"},
    )


class ImportFile(Schema):
    file = Upload(required=True, metadata={"description": "CSV (comma or semicolon, UTF-8) or XLSX"})


@blp.route("/units", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(ImportFile, location="files")
@blp.response(202, JobStarted)
def import_units(files: dict[str, Any]) -> JobStarted:
    """Import the tree of units; watch the job for progress and bad rows."""
    return _start(UNITS, files, ImportParams(_limits()))


@blp.route("/employees", methods=["POST"])
@allow(*HR, relation=Relation.OWN_ROWS)
@idempotent
@problems(409)
@blp.arguments(ImportFile, location="files")
@blp.arguments(ImportQuery, location="query")
@blp.response(202, JobStarted)
def import_employees(files: dict[str, Any], query: dict[str, Any]) -> JobStarted:
    """Import people; units first. Good rows come in, bad rows are listed with what would be right."""
    return _start(EMPLOYEES, files, ImportParams(_limits(), cause=query["cause"]))


@blp.route("/records", methods=["POST"])
@allow(*HR, relation=Relation.OWN_ROWS)
@idempotent
@problems(409)
@blp.arguments(ImportFile, location="files")
@blp.arguments(RecordsQuery, location="query")
@blp.response(202, JobStarted)
def import_records(files: dict[str, Any], query: dict[str, Any]) -> JobStarted:
    """Record changes and corrections of many timelines by a file; without `dry_run=false` it is only tested."""
    return _start(RECORDS, files, ImportParams(_limits(), dry_run=query["dry_run"]))


def _start(kind: str, files: dict[str, Any], params: ImportParams) -> JobStarted:
    content: bytes = files["file"].read()
    return JobStarted(start_import(work(), principal(), kind, content, params))


def _limits() -> Limits:
    return cast("Limits", current_app.extensions["personnel_limits"])
