"""Runs of the allowance, its lines, and what each amount follows from."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from flask import Response

from chassis.auth import allow
from chassis.http import PageArgs, ServiceBlueprint, etag, idempotent, page_of, principal, problems, work
from chassis.http.etag import expected_version
from incentive.domain.runs import RunView
from incentive.http import allowance_schemas as shapes
from incentive.http.access import EVERYBODY, HR, IF_MATCH, LEADERS, LED_UNIT, OVERSIGHT, OWN, PREFIX, SECOND_PERSON
from incentive.http.fields import PersonYearQuery, by_id, one_page, position
from incentive.use_cases import approve_run as approving
from incentive.use_cases import explain_allowance as explaining
from incentive.use_cases import list_run_lines as lines
from incentive.use_cases import list_runs as runs
from incentive.use_cases import pay_run as paying
from incentive.use_cases import show_allowances as showing
from incentive.use_cases import start_allowance_run as starting
from incentive.use_cases import summarise_unit as summing

blp = ServiceBlueprint("allowances", url_prefix=PREFIX, description="Performance allowance")


@blp.route("/allowance-runs", methods=["POST"])
@allow(*HR)
@idempotent
@problems(409)
@blp.arguments(shapes.RunIn)
@blp.response(202, shapes.RunOut)
def start_allowance_run(body: dict[str, Any]) -> RunView:
    """Calculate a month as a job. Again before approval: anew; after it: the run as it stands."""
    view = starting.start_allowance_run(work(), principal(), starting.StartAllowanceRun(body["month"]))
    etag(view.version)
    return view


@blp.route("/allowance-runs", methods=["GET"])
@allow(*OVERSIGHT)
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(shapes.RunOut))
def list_allowance_runs(args: dict[str, Any]) -> dict[str, Any]:
    """Runs, the newest month first."""
    before = position(args, lambda told: date.fromisoformat(told["month"] + "-01"))
    found = runs.list_runs(work(), principal(), before, args["limit"] + 1)
    return one_page(found, args["limit"], lambda view: {"month": view.month})


@blp.route("/allowance-runs/<uuid:run_id>", methods=["GET"])
@allow(*OVERSIGHT)
@blp.response(200, shapes.RunOut)
def show_allowance_run(run_id: UUID) -> RunView:
    """One run with its totals."""
    view = runs.show_run(work(), principal(), run_id)
    etag(view.version)
    return view


@blp.route("/allowance-runs/<uuid:run_id>/approve", methods=["POST"])
@allow(*HR, relation=SECOND_PERSON)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.response(200, shapes.RunOut)
def approve_allowance_run(run_id: UUID) -> RunView:
    """Approve a calculated run; its lines are decided from then on."""
    view = approving.approve_run(work(), principal(), run_id, expected_version())
    etag(view.version)
    return view


@blp.route("/allowance-runs/<uuid:run_id>/pay", methods=["POST"])
@allow(*HR)
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(shapes.PaidIn)
@blp.response(200, shapes.RunOut)
def pay_allowance_run(body: dict[str, Any], run_id: UUID) -> RunView:
    """Note that an approved run has been paid."""
    view = paying.pay_run(work(), principal(), run_id, body["payment_reference"], expected_version())
    etag(view.version)
    return view


@blp.route("/allowance-runs/<uuid:run_id>/lines", methods=["GET"])
@allow(*OVERSIGHT)
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_of(shapes.LineOut))
def list_allowance_lines(args: dict[str, Any], run_id: UUID) -> dict[str, Any]:
    """A run's lines."""
    after = position(args, by_id)
    found = lines.list_run_lines(work(), principal(), run_id, after, args["limit"] + 1)
    return one_page(found, args["limit"], lambda row: {"id": row["id"]})


@blp.route("/allowance-runs/<uuid:run_id>/lines.csv", methods=["GET"])
@allow(*OVERSIGHT)
@blp.response(200, {"type": "string"}, content_type="text/csv")
def export_allowance_lines(run_id: UUID) -> Response:
    """A run's lines for a spreadsheet or the treasury's system."""
    body = "".join(_csv(lines.export_run_lines(work(), principal(), run_id)))
    disposition = {"Content-Disposition": f"attachment; filename=tukin-{run_id}.csv"}
    return Response("\ufeff" + body, content_type="text/csv; charset=utf-8", headers=disposition)


@blp.route("/allowances", methods=["GET"])
@allow(*EVERYBODY, relation=OWN)
@problems(404)
@blp.arguments(PersonYearQuery, location="query")
@blp.response(200, shapes.YearOut)
def show_allowances(args: dict[str, Any]) -> dict[str, Any]:
    """A person's allowance of a year."""
    return showing.show_allowances(work(), principal(), args["employee_id"], args["year"])


@blp.route("/allowances/units", methods=["GET"])
@allow(*LEADERS, relation=LED_UNIT)
@problems(404)
@blp.arguments(shapes.UnitQuery, location="query")
@blp.response(200, shapes.UnitOut)
def summarise_unit_allowances(args: dict[str, Any]) -> dict[str, Any]:
    """What a unit and those below it were given in a decided month."""
    return summing.summarise_unit(work(), principal(), args["unit_id"], args["month"])


@blp.route("/allowances/<uuid:line_id>/explanation", methods=["GET"])
@allow(*EVERYBODY, relation=OWN)
@blp.response(200, shapes.ExplanationOut)
def explain_allowance(line_id: UUID) -> dict[str, Any]:
    """Inputs, rule, versions, legal sources and the working of one line; anybody can recompute it."""
    return explaining.explain_allowance(work(), principal(), line_id)


def _csv(rows: Iterable[list[Any]]) -> Iterator[str]:
    for row in rows:
        out = io.StringIO()
        csv.writer(out).writerow(row)
        yield out.getvalue()
