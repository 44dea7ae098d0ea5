"""Amounts per job class."""

from typing import Any

from approvals.proposal import ProposalView
from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, problems, work
from chassis.pagination import Items
from incentive.domain.class_amount import AdoptClassAmounts, ClassAmountView, DefaultClassAmountsView
from incentive.http.access import EVERYBODY, HR, PREFIX, Relation
from incentive.http.class_amounts_schemas import AdoptIn, DayQuery
from incentive.http.proposing import proposed
from incentive.use_cases.class_amounts import read

blp = ServiceBlueprint("class_amounts", url_prefix=f"{PREFIX}/class-amounts", description="Amounts per job class")


@blp.route("", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(DayQuery, location="query")
@blp.response(200, Items[ClassAmountView])
def list_class_amounts(query: dict[str, Any]) -> Items[ClassAmountView]:
    """The amount of each class on a day; public regulation, so open to everybody signed in."""
    return read.list_class_amounts(work(), principal(), day=query["on"])


@blp.route("/defaults", methods=["GET"])
@allow(*HR)
@blp.response(200, Items[DefaultClassAmountsView])
def list_default_class_amounts() -> Items[DefaultClassAmountsView]:
    """Tables that are delivered with the service, with how well each figure is verified."""
    return read.list_default_class_amounts()


@blp.route("/adopt", methods=["POST"])
@allow(*HR, relation=Relation.PROPOSED)
@idempotent
@problems(409)
@blp.arguments(AdoptIn)
@blp.response(202, ProposalView)
def adopt_class_amounts(body: dict[str, Any]) -> ProposalView:
    """Adopt a default table from a day on."""
    reason = body.pop("proposal_reason")
    return proposed("class_amounts.adopt", AdoptClassAmounts(**body), reason)
