"""Sums for those who steer training, as JSON and as CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import Any

from flask import Response

from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, work
from training.domain.summaries import JpGroup, JpSummaryView, NeedGroup, NeedSummaryView, SummaryQuery
from training.http.access import OVERSIGHT, PREFIX, Relation
from training.http.summaries_schemas import SummaryQueryIn
from training.use_cases.summaries.read import summarise_jp, summarise_needs

blp = ServiceBlueprint("summaries", url_prefix=f"{PREFIX}/summaries", description="Sums over units and competencies")


@blp.route("/jp", methods=["GET"])
@allow(*OVERSIGHT, relation=Relation.LED_UNITS)
@blp.arguments(SummaryQueryIn, location="query")
@blp.response(200, JpSummaryView)
def get_jp_summary(query: dict[str, Any]) -> JpSummaryView:
    """Progress toward the JP target by unit and employment type."""
    return summarise_jp(work(), principal(), SummaryQuery(**query))


@blp.route("/jp.csv", methods=["GET"])
@allow(*OVERSIGHT, relation=Relation.LED_UNITS)
@blp.arguments(SummaryQueryIn, location="query")
@blp.response(200, {"type": "string"}, content_type="text/csv")
def download_jp_summary(query: dict[str, Any]) -> Response:
    """The same as CSV for a spreadsheet."""
    found = summarise_jp(work(), principal(), SummaryQuery(**query))
    return _csv(f"jp-{found.year}.csv", JpGroup, found.groups)


@blp.route("/needs", methods=["GET"])
@allow(*OVERSIGHT, relation=Relation.LED_UNITS)
@blp.arguments(SummaryQueryIn, location="query")
@blp.response(200, NeedSummaryView)
def get_need_summary(query: dict[str, Any]) -> NeedSummaryView:
    """Needs raised in a year by competency: the yearly slice of the agency's development plan (HCDP)."""
    return summarise_needs(work(), principal(), SummaryQuery(**query))


@blp.route("/needs.csv", methods=["GET"])
@allow(*OVERSIGHT, relation=Relation.LED_UNITS)
@blp.arguments(SummaryQueryIn, location="query")
@blp.response(200, {"type": "string"}, content_type="text/csv")
def download_need_summary(query: dict[str, Any]) -> Response:
    """The same as CSV for a spreadsheet."""
    found = summarise_needs(work(), principal(), SummaryQuery(**query))
    return _csv(f"kebutuhan-{found.year}.csv", NeedGroup, found.groups)


def _csv(name: str, kind: type[JpGroup | NeedGroup], groups: Sequence[JpGroup | NeedGroup]) -> Response:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in fields(kind)])
    writer.writerows([_safe(value) for value in astuple(group)] for group in groups)
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _safe(value: object) -> object:
    """Prevent a spreadsheet from taking a cell for a formula."""
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return "'" + value
    return value
