"""Reference data: tables of legal numbers."""

from typing import Any

from approvals.proposal import ProposalView
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Items
from incentive.domain.reference import PublishReference, ReferenceView
from incentive.http.access import HR, OVERSIGHT, PREFIX, Relation
from incentive.http.proposing import proposed
from incentive.http.reference_data_schemas import ReferenceIn, ReferenceQuery
from incentive.use_cases.reference_data import read

blp = ServiceBlueprint("reference_data", url_prefix=f"{PREFIX}/reference", description="Reference data")


@blp.route("", methods=["GET"])
@allow(*OVERSIGHT)
@blp.arguments(ReferenceQuery, location="query")
@blp.response(200, Items[ReferenceView])
def list_references(query: dict[str, Any]) -> Items[ReferenceView]:
    """Versions of the tables of legal numbers, each with its source and how well it is verified."""
    return read.list_references(work(), principal(), **query)


@blp.route("", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED)
@idempotent
@problems(409)
@blp.arguments(ReferenceIn)
@blp.response(202, ProposalView)
def publish_reference(body: dict[str, Any]) -> ProposalView:
    """Add a version that holds from its day on; earlier ones are never edited."""
    reason = body.pop("proposal_reason")
    return proposed("reference.publish", PublishReference(**body), reason)
