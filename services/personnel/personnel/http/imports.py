"""Files of units and people, imported as jobs."""

from typing import Any, cast

from flask import current_app
from flask_smorest.fields import Upload

from chassis.auth import allow
from chassis.http import Schema, ServiceBlueprint, idempotent, principal, problems, work
from chassis.http.fields import choice
from chassis.http.jobs import JobStarted
from personnel.domain.records import Cause
from personnel.http.access import HR, PREFIX, Relation
from personnel.use_cases.imports.start import EMPLOYEES, UNITS, start_import
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
    return _start(UNITS, files)


@blp.route("/employees", methods=["POST"])
@allow(*HR, relation=Relation.OWN_ROWS)
@idempotent
@problems(409)
@blp.arguments(ImportFile, location="files")
@blp.arguments(ImportQuery, location="query")
@blp.response(202, JobStarted)
def import_employees(files: dict[str, Any], query: dict[str, Any]) -> JobStarted:
    """Import people; units first. Good rows come in, bad rows are listed with what would be right."""
    return _start(EMPLOYEES, files, query["cause"])


def _start(kind: str, files: dict[str, Any], cause: Cause = Cause.CHANGE) -> JobStarted:
    content: bytes = files["file"].read()
    return JobStarted(start_import(work(), principal(), kind, content, _limits(), cause))


def _limits() -> Limits:
    return cast("Limits", current_app.extensions["personnel_limits"])
