"""Flexible working: requests and decisions."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import PageQuery, ServiceBlueprint, expected_version, idempotent, principal, problems, with_etag, work
from chassis.pagination import Page
from wellbeing.domain.arrangement import ArrangementView, DecideArrangement, RequestArrangement
from wellbeing.http.access import EVERYBODY, PREFIX
from wellbeing.http.arrangements_schemas import ArrangementIn, DecisionIn
from wellbeing.use_cases.arrangements.decide import decide_arrangement
from wellbeing.use_cases.arrangements.list import list_arrangements
from wellbeing.use_cases.arrangements.request import request_arrangement

blp = ServiceBlueprint("arrangements", url_prefix=PREFIX, description="Flexible working")


@blp.route("/arrangements", methods=["POST"])
@allow(*EVERYBODY)
@idempotent
@problems(409)
@blp.arguments(ArrangementIn)
@blp.response(201, ArrangementView)
def post_arrangement(body: dict[str, Any]) -> ArrangementView:
    """Ask for flexible working."""
    return with_etag(request_arrangement(work(), principal(), RequestArrangement(**body)))


@blp.route("/arrangements", methods=["GET"])
@allow(*EVERYBODY, relation="one's own, and those of the people one rates")
@blp.arguments(PageQuery, location="query")
@blp.response(200, Page[ArrangementView])
def get_arrangements(query: dict[str, Any]) -> Page[ArrangementView]:
    """List requests for flexible working."""
    return list_arrangements(work(), principal(), **query)


@blp.route("/arrangements/<uuid:arrangement_id>/decision", methods=["POST"])
@allow(*EVERYBODY, relation="the person's appraiser; WITHDRAWN: the person")
@idempotent
@problems(404, 409, 412, 428)
@blp.arguments(DecisionIn)
@blp.response(200, ArrangementView)
def post_decision(body: dict[str, Any], arrangement_id: UUID) -> ArrangementView:
    """Grant, refuse or withdraw; If-Match names the version that was read."""
    command = DecideArrangement(arrangement_id, expected_version(), **body)
    return with_etag(decide_arrangement(work(), principal(), command))
