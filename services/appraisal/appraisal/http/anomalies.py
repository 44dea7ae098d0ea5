"""Anomalies: what is worth a look in a period, for inspectors; numbers for HR."""

from typing import Any
from uuid import UUID

from flask import Response

from appraisal.domain.anomaly import ListAnomalies, LookAtAnomaly
from appraisal.domain.anomaly_views import AnomalyBasisView, AnomalyCountView, AnomalyRunView, AnomalyView
from appraisal.domain.periods import Period
from appraisal.http.access import HR, INSPECTORS, PREFIX, Relation
from appraisal.http.anomalies_schemas import AnomaliesQuery, AnomalyCountsQuery, AnomalyRemarkIn, SearchIn
from appraisal.http.csv_rows import csv_response
from appraisal.use_cases.anomalies.export import export_anomalies
from appraisal.use_cases.anomalies.look_at import look_at_anomaly
from appraisal.use_cases.anomalies.read import (
    count_anomalies,
    list_anomalies,
    list_basis,
    list_runs,
    show_anomaly,
    show_run,
)
from appraisal.use_cases.anomalies.search import start_search
from chassis.auth import allow
from chassis.http import (
    PageQuery,
    ServiceBlueprint,
    idempotent,
    principal,
    problems,
    read_version,
    with_etag,
    work,
)
from chassis.pagination import Items, Page, PageRequest

blp = ServiceBlueprint("anomalies", url_prefix=f"{PREFIX}/oversight", description="Anomalies, for inspectors")


@blp.route("/runs", methods=["POST"])
@allow(*INSPECTORS)
@idempotent
@problems(409)
@blp.arguments(SearchIn)
@blp.response(202, AnomalyRunView)
def post_run(period: Period) -> AnomalyRunView:
    """Search a period for anomalies, as a job. Again: only what is new is opened."""
    return start_search(work(), principal(), period=period)


@blp.route("/runs", methods=["GET"])
@allow(*INSPECTORS)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[AnomalyRunView])
def get_runs(query: dict[str, PageRequest]) -> Page[AnomalyRunView]:
    """Searches, the newest first, with the thresholds that each went by."""
    return list_runs(work(), principal(), **query)


@blp.route("/runs/<uuid:run_id>", methods=["GET"])
@allow(*INSPECTORS)
@blp.response(200, AnomalyRunView)
def get_run(run_id: UUID) -> AnomalyRunView:
    """One search, and what it has found so far."""
    return show_run(work(), principal(), run_id)


@blp.route("/anomalies", methods=["GET"])
@allow(*INSPECTORS, relation=Relation.INSPECTOR)
@blp.arguments(AnomaliesQuery, location="query")
@blp.response(200, Page[AnomalyView])
def get_anomalies(query: dict[str, Any]) -> Page[AnomalyView]:
    """Anomalies, the newest first; none about the reader's own ratings or evaluations."""
    return list_anomalies(work(), principal(), ListAnomalies(**query))


@blp.route("/anomalies.csv", methods=["GET"])
@allow(*INSPECTORS, relation=Relation.INSPECTOR)
@blp.arguments(AnomaliesQuery, location="query")
@blp.response(200, {"type": "string"}, content_type="text/csv")
def get_anomalies_csv(query: dict[str, Any]) -> Response:
    """All anomalies that the filters name, as CSV; cursor and limit have no effect."""
    return csv_response(export_anomalies(work(), principal(), ListAnomalies(**query)), "anomali")


@blp.route("/anomalies/<uuid:anomaly_id>", methods=["GET"])
@allow(*INSPECTORS, relation=Relation.INSPECTOR)
@blp.response(200, AnomalyView)
def get_anomaly(anomaly_id: UUID) -> AnomalyView:
    """An anomaly; one about the reader is not found."""
    return with_etag(show_anomaly(work(), principal(), anomaly_id))


@blp.route("/anomalies/<uuid:anomaly_id>/evaluations", methods=["GET"])
@allow(*INSPECTORS, relation=Relation.INSPECTOR)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[AnomalyBasisView])
def get_basis(query: dict[str, PageRequest], anomaly_id: UUID) -> Page[AnomalyBasisView]:
    """The evaluations that an anomaly rests on."""
    return list_basis(work(), principal(), anomaly_id, **query)


@blp.route("/anomalies/<uuid:anomaly_id>/look", methods=["POST"])
@allow(*INSPECTORS, relation=Relation.INSPECTOR)
@idempotent
@problems(409, 412, 428)
@blp.arguments(AnomalyRemarkIn)
@blp.response(200, AnomalyView)
def post_look(body: dict[str, Any], anomaly_id: UUID) -> AnomalyView:
    """Record that it was looked into, and what was found: in the version that was read, for an open one may grow."""
    command = LookAtAnomaly(anomaly_id, body["remark"], read_version())
    return with_etag(look_at_anomaly(work(), principal(), command))


@blp.route("/anomaly-counts", methods=["GET"])
@allow(*HR, *INSPECTORS)
@blp.arguments(AnomalyCountsQuery, location="query")
@blp.response(200, Items[AnomalyCountView])
def get_counts(query: dict[str, Any]) -> Items[AnomalyCountView]:
    """How many anomalies of each kind the periods of a year have; not whom they are about."""
    return count_anomalies(work(), principal(), **query)
