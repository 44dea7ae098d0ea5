"""Samples that inspectors draw, read and conclude, and what the people read are shown of it."""

from typing import Any
from uuid import UUID

from flask import Response

from appraisal.domain.sample import CloseSample, DrawSample, ListSamples
from appraisal.domain.sample_views import OwnReadingView, SampledEvaluationView, SampleMemberView, SampleView
from appraisal.http.access import INSPECTORS, OWN_READERS, PREFIX, Relation
from appraisal.http.csv_rows import csv_response
from appraisal.http.samples_schemas import ConclusionIn, SampleIn, SamplesQuery
from appraisal.use_cases.samples.close import close_sample
from appraisal.use_cases.samples.draw import draw_sample
from appraisal.use_cases.samples.export import export_members
from appraisal.use_cases.samples.read import list_members, list_own_readings, list_samples, show_sample
from appraisal.use_cases.samples.read_member import read_member
from chassis.auth import allow
from chassis.http import (
    PageQuery,
    ServiceBlueprint,
    expected_version,
    idempotent,
    principal,
    problems,
    with_etag,
    work,
)
from chassis.pagination import Page, PageRequest

blp = ServiceBlueprint("samples", url_prefix=PREFIX, description="Samples, drawn by inspectors")


@blp.route("/oversight/samples", methods=["POST"])
@allow(*INSPECTORS, relation=Relation.INSPECTOR)
@idempotent
@problems(404, 409)
@blp.arguments(SampleIn)
@blp.response(201, SampleView)
def post_sample(command: DrawSample) -> SampleView:
    """Draw finished evaluations of a period by lot, for a recorded reason; seed and population stay on record."""
    return with_etag(draw_sample(work(), principal(), command))


@blp.route("/oversight/samples", methods=["GET"])
@allow(*INSPECTORS)
@blp.arguments(SamplesQuery, location="query")
@blp.response(200, Page[SampleView])
def get_samples(query: dict[str, Any]) -> Page[SampleView]:
    """Samples of all inspectors, the newest first."""
    return list_samples(work(), principal(), ListSamples(**query))


@blp.route("/oversight/samples/<uuid:sample_id>", methods=["GET"])
@allow(*INSPECTORS)
@blp.response(200, SampleView)
def get_sample(sample_id: UUID) -> SampleView:
    """A sample with its reason, and all that is needed to draw it again."""
    return with_etag(show_sample(work(), principal(), sample_id))


@blp.route("/oversight/samples/<uuid:sample_id>/members", methods=["GET"])
@allow(*INSPECTORS, relation=Relation.INSPECTOR)
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[SampleMemberView])
def get_members(query: dict[str, PageRequest], sample_id: UUID) -> Page[SampleMemberView]:
    """The evaluations that were drawn, by rank."""
    return list_members(work(), principal(), sample_id, **query)


@blp.route("/oversight/samples/<uuid:sample_id>/members.csv", methods=["GET"])
@allow(*INSPECTORS, relation=Relation.INSPECTOR)
@blp.response(200, {"type": "string"}, content_type="text/csv")
def get_members_csv(sample_id: UUID) -> Response:
    """The evaluations that were drawn, as CSV."""
    return csv_response(export_members(work(), principal(), sample_id), f"sampel-{sample_id}")


@blp.route("/oversight/samples/<uuid:sample_id>/members/<uuid:evaluation_id>", methods=["GET"])
@allow(*INSPECTORS, relation=Relation.INSPECTOR + ", or was rated by them")
@problems(409)
@blp.response(200, SampledEvaluationView)
def get_member(sample_id: UUID, evaluation_id: UUID) -> SampledEvaluationView:
    """Read a member's evaluation with its explanation; recorded, and shown to the person."""
    return read_member(work(), principal(), sample_id, evaluation_id)


@blp.route("/oversight/samples/<uuid:sample_id>/close", methods=["POST"])
@allow(*INSPECTORS)
@idempotent
@problems(409, 412, 428)
@blp.arguments(ConclusionIn)
@blp.response(200, SampleView)
def post_sample_closing(body: dict[str, Any], sample_id: UUID) -> SampleView:
    """Close a sample with its conclusion."""
    command = CloseSample(sample_id, body["conclusion"], expected_version())
    return with_etag(close_sample(work(), principal(), command))


@blp.route("/me/sample-readings", methods=["GET"])
@allow(*OWN_READERS, relation="the caller's own")
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[OwnReadingView])
def get_own_readings(query: dict[str, PageRequest]) -> Page[OwnReadingView]:
    """Which of one's own evaluations an inspector has read, when, and in which sample."""
    return list_own_readings(work(), principal(), **query)
