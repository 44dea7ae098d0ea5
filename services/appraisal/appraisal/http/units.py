"""Organisation predicates, their distribution, and overviews."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from flask import Response

from appraisal.domain.distribution import Override, OverrideDistribution
from appraisal.domain.distribution_views import DistributionView
from appraisal.domain.org_predicate import OrgPredicateRecord, OrgPredicatesView, SetOrgPredicate
from appraisal.domain.periods import Period
from appraisal.domain.queue import QueueView
from appraisal.domain.summary import SummaryView
from appraisal.http.access import HR, LED_UNITS, OVERSIGHT, PERSON, PREFIX, SETTERS
from appraisal.http.units_schemas import OrgPredicateIn, OrgPredicatesQuery, OverrideIn, PeriodQuery
from appraisal.use_cases.distributions.check import show_distribution
from appraisal.use_cases.distributions.override import override_distribution
from appraisal.use_cases.evaluations.export import export_evaluations
from appraisal.use_cases.org_predicates.read import list_org_predicates
from appraisal.use_cases.org_predicates.set import set_org_predicate
from appraisal.use_cases.overviews.queue import show_queue
from appraisal.use_cases.overviews.summarise import summarise
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work

blp = ServiceBlueprint("units", url_prefix=PREFIX, description="Organisation predicates, distribution, overviews")
# A spreadsheet would run a cell that starts like this.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@blp.route("/org-predicates", methods=["PUT"])
@allow(*SETTERS, relation="leader of the unit above; HR on their behalf with a reason")
@problems(404)
@blp.arguments(OrgPredicateIn)
@blp.response(200, OrgPredicateRecord)
def put_org_predicate(body: dict[str, Any]) -> OrgPredicateRecord:
    """Set a unit's organisation predicate for a quarter, or for the year."""
    return set_org_predicate(work(), principal(), SetOrgPredicate(**body))


@blp.route("/units/<uuid:unit_id>/org-predicates", methods=["GET"])
@allow(*OVERSIGHT, relation=LED_UNITS)
@blp.arguments(OrgPredicatesQuery, location="query")
@blp.response(200, OrgPredicatesView)
def get_org_predicates(query: dict[str, Any], unit_id: UUID) -> OrgPredicatesView:
    """A unit's organisation predicates, the newest first."""
    return list_org_predicates(work(), principal(), unit_id, **query)


@blp.route("/units/<uuid:unit_id>/distribution", methods=["GET"])
@allow(*OVERSIGHT, relation=LED_UNITS)
@problems(409)
@blp.arguments(PeriodQuery, location="query")
@blp.response(200, DistributionView)
def get_distribution(period: Period, unit_id: UUID) -> DistributionView:
    """Compare the unit's predicates with the pattern of its organisation predicate."""
    return show_distribution(work(), principal(), unit_id, period=period)


@blp.route("/units/<uuid:unit_id>/distribution/override", methods=["POST"])
@allow(*SETTERS, relation="leader of the unit above, or HR")
@idempotent
@blp.arguments(OverrideIn)
@blp.response(201, Override)
def post_override(body: dict[str, Any], unit_id: UUID) -> Override:
    """Allow a unit to depart from its pattern, for a recorded reason."""
    return override_distribution(work(), principal(), OverrideDistribution(unit_id, **body))


@blp.route("/appraiser/queue", methods=["GET"])
@allow(*PERSON, relation="what waits for the caller")
@blp.response(200, QueueView)
def get_queue() -> QueueView:
    """What waits for the caller as appraiser, reviewer or coach."""
    return show_queue(work(), principal())


@blp.route("/summary", methods=["GET"])
@allow(*OVERSIGHT, relation=LED_UNITS)
@blp.arguments(PeriodQuery, location="query")
@blp.response(200, SummaryView)
def get_summary(period: Period) -> SummaryView:
    """How far the cycle has come, by unit; predicates only of groups large enough."""
    return summarise(work(), principal(), period)


@blp.route("/exports/evaluations.csv", methods=["GET"])
@allow(*HR)
@blp.arguments(PeriodQuery, location="query")
@blp.response(200, {"type": "string"}, content_type="text/csv")
def get_export(period: Period) -> Response:
    """All evaluations of a year, or of one quarter, as CSV."""
    tables = export_evaluations(work(), principal(), period)
    header = next(tables)
    return Response(
        map(_csv, chain([header], tables)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="evaluasi-{period.year}.csv"'},
    )


def _csv(rows: Iterable[Iterable[Any]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(FORMULA):
        return "'" + value
    return "" if value is None else value
