"""Non-financial awards, each on the evidence of a final evaluation; and reference data."""

from typing import Any
from uuid import UUID

from chassis.auth import allow
from chassis.http import ServiceBlueprint, etag, idempotent, page_of, principal, problems, work
from chassis.http.etag import expected_version
from incentive.http import career_schemas as shapes
from incentive.http.access import EVERYBODY, HR, IF_MATCH, NOT_OWN, OVERSIGHT, OWN_OR_ALL, PREFIX
from incentive.http.fields import by_id, one_page, position
from incentive.use_cases import decide_award as deciding
from incentive.use_cases import list_awards as listing
from incentive.use_cases import nominate_award as nominating
from incentive.use_cases import publish_reference as publishing

blp = ServiceBlueprint("awards", url_prefix=PREFIX, description="Awards and reference data")


@blp.route("/award-kinds", methods=["GET"])
@allow(*EVERYBODY)
@blp.response(200, shapes.AwardKindsOut)
def list_award_kinds() -> dict[str, Any]:
    """Kinds of award that hold today."""
    return {"items": nominating.list_award_kinds(work(), principal())}


@blp.route("/awards", methods=["POST"])
@allow(*HR, relation=NOT_OWN)
@idempotent
@problems(404, 409)
@blp.arguments(shapes.AwardIn)
@blp.response(201, shapes.AwardOut)
def nominate_award(body: dict[str, Any]) -> nominating.AwardView:
    """Nominate somebody, on the evidence of a final evaluation."""
    view = nominating.nominate_award(work(), principal(), nominating.NominateAward(**body))
    etag(view.version)
    return view


@blp.route("/awards", methods=["GET"])
@allow(*EVERYBODY, relation=OWN_OR_ALL)
@problems(404)
@blp.arguments(shapes.AwardQuery, location="query")
@blp.response(200, page_of(shapes.AwardOut))
def list_awards(args: dict[str, Any]) -> dict[str, Any]:
    """Awards of a person, or of the agency."""
    told = position(args, by_id)
    after = UUID(told) if told else None
    found = listing.list_awards(work(), principal(), args["employee_id"], after, args["limit"] + 1)
    return one_page(found, args["limit"], lambda view: {"id": view.id})


@blp.route("/awards/<uuid:award_id>", methods=["GET"])
@allow(*EVERYBODY, relation=OWN_OR_ALL)
@blp.response(200, shapes.AwardOut)
def show_award(award_id: UUID) -> nominating.AwardView:
    """One award."""
    view = listing.show_award(work(), principal(), award_id)
    etag(view.version)
    return view


@blp.route("/awards/<uuid:award_id>/decide", methods=["POST"])
@allow(*HR, relation="never on an award of one's own")
@problems(409, 412, 428)
@blp.doc(parameters=[IF_MATCH])
@blp.arguments(shapes.AwardDecisionIn)
@blp.response(200, shapes.AwardOut)
def decide_award(body: dict[str, Any], award_id: UUID) -> nominating.AwardView:
    """Grant or decline by a numbered decision."""
    command = deciding.DecideAward(award_id=award_id, expected=expected_version(), **body)
    view = deciding.decide_award(work(), principal(), command)
    etag(view.version)
    return view


@blp.route("/reference", methods=["GET"])
@allow(*OVERSIGHT)
@blp.arguments(shapes.ReferenceQuery, location="query")
@blp.response(200, shapes.ReferencesOut)
def list_references(args: dict[str, Any]) -> dict[str, Any]:
    """Versions of the tables of legal numbers, each with its source and how well it is verified."""
    return {"items": publishing.list_references(work(), principal(), args["kind"])}


@blp.route("/reference", methods=["POST"])
@allow(*HR)
@problems(409)
@blp.arguments(shapes.ReferenceIn)
@blp.response(201, shapes.ReferenceOut)
def publish_reference(body: dict[str, Any]) -> Any:
    """Add a version that holds from its day on; earlier ones are never edited."""
    return publishing.publish_reference(work(), principal(), publishing.PublishReference(**body))
