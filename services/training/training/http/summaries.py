"""Sums for those who steer training, as JSON and as CSV."""

import csv
import io
from typing import Any

import marshmallow as ma
from flask import Response

from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, work
from training.http.access import LED_UNITS, OVERSIGHT, PREFIX
from training.http.library_schemas import JpGroup, JpSummaryOut, NeedGroup, NeedSummaryOut, SummaryArgs
from training.use_cases.show_summaries import summarise_jp, summarise_needs

blp = ServiceBlueprint("summaries", url_prefix=f"{PREFIX}/summaries", description="Sums over units and competencies")


@blp.route("/jp", methods=["GET"])
@allow(*OVERSIGHT, relation=LED_UNITS)
@blp.arguments(SummaryArgs, location="query")
@blp.response(200, JpSummaryOut)
def get_jp_summary(args: dict[str, Any]) -> Any:
    """Progress toward the JP target by unit and employment type."""
    return summarise_jp(work(), principal(), **args)


@blp.route("/jp.csv", methods=["GET"])
@allow(*OVERSIGHT, relation=LED_UNITS)
@blp.arguments(SummaryArgs, location="query")
@blp.response(200, {"type": "string"}, content_type="text/csv")
def download_jp_summary(args: dict[str, Any]) -> Response:
    """The same as CSV for a spreadsheet."""
    found = summarise_jp(work(), principal(), **args)
    return _csv(f"jp-{found['year']}.csv", JpGroup(), found["groups"])


@blp.route("/needs", methods=["GET"])
@allow(*OVERSIGHT, relation=LED_UNITS)
@blp.arguments(SummaryArgs, location="query")
@blp.response(200, NeedSummaryOut)
def get_need_summary(args: dict[str, Any]) -> Any:
    """Needs raised in a year by competency: the yearly slice of the agency's development plan (HCDP)."""
    return summarise_needs(work(), principal(), **args)


@blp.route("/needs.csv", methods=["GET"])
@allow(*OVERSIGHT, relation=LED_UNITS)
@blp.arguments(SummaryArgs, location="query")
@blp.response(200, {"type": "string"}, content_type="text/csv")
def download_need_summary(args: dict[str, Any]) -> Response:
    """The same as CSV for a spreadsheet."""
    found = summarise_needs(work(), principal(), **args)
    return _csv(f"kebutuhan-{found['year']}.csv", NeedGroup(), found["groups"])


def _csv(name: str, schema: ma.Schema, groups: list[dict[str, Any]]) -> Response:
    out = io.StringIO()
    columns = list(schema.fields)
    writer = csv.writer(out)
    writer.writerow(columns)
    for group in schema.dump(groups, many=True):
        writer.writerow([_safe(group[column]) for column in columns])
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _safe(value: object) -> object:
    """Keep a spreadsheet from taking a cell for a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value
