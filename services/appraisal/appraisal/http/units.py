"""Organisation predicates, their distribution, and overviews."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response

from appraisal.http.access import HR, LED_UNITS, OVERSIGHT, PERSON, PREFIX, SETTERS
from appraisal.http.answers import answer
from appraisal.http.other_schemas import (
    DistributionOut,
    OrgPredicateArgs,
    OrgPredicateIn,
    OrgPredicateOut,
    OrgPredicates,
    OverrideIn,
    OverrideOut,
    PeriodArgs,
    Queue,
    Summary,
)
from appraisal.use_cases.check_spread import check_spread, override_spread
from appraisal.use_cases.export_evaluations import COLUMNS, export_evaluations
from appraisal.use_cases.set_org_predicate import set_org_predicate, show_org_predicates
from appraisal.use_cases.show_queue import show_queue
from appraisal.use_cases.summarise import summarise
from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, problems, work

blp = ServiceBlueprint("units", url_prefix=PREFIX, description="Organisation predicates, distribution, overviews")
# A spreadsheet would run a cell that starts like this.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@blp.route("/org-predicates", methods=["PUT"])
@allow(*SETTERS, relation="leader of the unit above; HR on their behalf with a reason")
@problems(404)
@blp.arguments(OrgPredicateIn)
@blp.response(200, OrgPredicateOut)
def put_org_predicate(body: dict[str, Any]) -> Response:
    """Set a unit's organisation predicate for a quarter, or for the year."""
    return answer(set_org_predicate(work(), principal(), body))


@blp.route("/units/<uuid:unit_id>/org-predicates", methods=["GET"])
@allow(*OVERSIGHT, relation=LED_UNITS)
@blp.arguments(OrgPredicateArgs, location="query")
@blp.response(200, OrgPredicates)
def get_org_predicates(query: dict[str, Any], unit_id: UUID) -> Response:
    """A unit's organisation predicates, the newest first."""
    return answer(show_org_predicates(work(), principal(), unit_id, query["year"]))


@blp.route("/units/<uuid:unit_id>/distribution", methods=["GET"])
@allow(*OVERSIGHT, relation=LED_UNITS)
@problems(409)
@blp.arguments(PeriodArgs, location="query")
@blp.response(200, DistributionOut)
def get_distribution(query: dict[str, Any], unit_id: UUID) -> Response:
    """Hold the unit's predicates against the pattern of its organisation predicate."""
    return answer(check_spread(work(), principal(), unit_id, query["year"], query["quarter"]))


@blp.route("/units/<uuid:unit_id>/distribution/override", methods=["POST"])
@allow(*SETTERS, relation="leader of the unit above, or HR")
@blp.arguments(OverrideIn)
@blp.response(201, OverrideOut)
def post_override(body: dict[str, Any], unit_id: UUID) -> Response:
    """Let a unit depart from its pattern, for a recorded reason."""
    return answer(override_spread(work(), principal(), unit_id, body), 201)


@blp.route("/appraiser/queue", methods=["GET"])
@allow(*PERSON, relation="what waits for the caller")
@blp.response(200, Queue)
def get_queue() -> Response:
    """What waits for the caller as appraiser, reviewer or coach."""
    return answer(show_queue(work(), principal()))


@blp.route("/summary", methods=["GET"])
@allow(*OVERSIGHT, relation=LED_UNITS)
@blp.arguments(PeriodArgs, location="query")
@blp.response(200, Summary)
def get_summary(query: dict[str, Any]) -> Response:
    """How far the cycle has come, by unit; predicates only of groups large enough."""
    return answer(summarise(work(), principal(), query["year"], query["quarter"]))


@blp.route("/exports/evaluations.csv", methods=["GET"])
@allow(*HR)
@blp.arguments(PeriodArgs, location="query")
@blp.response(200, {"type": "string"}, content_type="text/csv")
def get_export(query: dict[str, Any]) -> Response:
    """All evaluations of a year, or of one quarter, as CSV."""
    pieces = export_evaluations(work(), principal(), query["year"], query["quarter"])
    first = next(pieces, [])
    return Response(
        _csv(first, pieces),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="evaluasi-{query["year"]}.csv"'},
    )


def _csv(first: list[tuple[Any, ...]], pieces: Iterator[list[tuple[Any, ...]]]) -> Iterator[str]:
    yield _lines([COLUMNS])
    yield _lines(first)
    for piece in pieces:
        yield _lines(piece)


def _lines(table: Any) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([_cell(value) for value in row] for row in table)
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return "" if value is None else value
