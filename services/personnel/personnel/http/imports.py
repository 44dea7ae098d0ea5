"""Files of units and people, taken in as jobs."""

from typing import Any, cast
from uuid import UUID

from flask import current_app

from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, problems, work
from chassis.http.jobs import JobStarted
from chassis.tables import Limits
from personnel.http.access import HR, OWN_ROWS, PREFIX
from personnel.http.schemas import ImportFile
from personnel.use_cases.start_import import EMPLOYEES, UNITS, start_import

blp = ServiceBlueprint("imports", url_prefix=f"{PREFIX}/imports", description="Imports of CSV and XLSX files")


@blp.route("/units", methods=["POST"])
@allow(*HR)
@problems(409)
@blp.arguments(ImportFile, location="files")
@blp.response(202, JobStarted)
def import_units(files: dict[str, Any]) -> dict[str, UUID]:
    """Import the tree of units; watch the job for progress and bad rows."""
    return _start(UNITS, files)


@blp.route("/employees", methods=["POST"])
@allow(*HR, relation=OWN_ROWS)
@problems(409)
@blp.arguments(ImportFile, location="files")
@blp.response(202, JobStarted)
def import_employees(files: dict[str, Any]) -> dict[str, UUID]:
    """Import people; units first. Good rows come in, bad rows are listed with what would be right."""
    return _start(EMPLOYEES, files)


def _start(kind: str, files: dict[str, Any]) -> dict[str, UUID]:
    content: bytes = files["file"].read()
    return {"job_id": start_import(work(), principal(), kind, content, _limits())}


def _limits() -> Limits:
    return cast("Limits", current_app.extensions["personnel_limits"])
