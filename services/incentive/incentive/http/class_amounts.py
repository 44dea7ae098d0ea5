"""Amounts per job class."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, principal, problems, work
from incentive.http.access import EVERYBODY, HR, PREFIX
from incentive.http.policy_schemas import AdoptIn, AmountsOut, OnQuery, ShippedTablesOut
from incentive.use_cases import adopt_class_amounts as adopting
from incentive.use_cases import list_class_amounts as listing

blp = ServiceBlueprint("class_amounts", url_prefix=f"{PREFIX}/class-amounts", description="Amounts per job class")


@blp.route("", methods=["GET"])
@allow(*EVERYBODY)
@blp.arguments(OnQuery, location="query")
@blp.response(200, AmountsOut)
def list_class_amounts(args: dict[str, Any]) -> dict[str, Any]:
    """What each class is given on a day; public regulation, so open to everybody signed in."""
    return {"items": listing.list_class_amounts(work(), principal(), args["on"])}


@blp.route("/shipped", methods=["GET"])
@allow(*HR)
@blp.response(200, ShippedTablesOut)
def list_shipped_class_amounts() -> dict[str, Any]:
    """Tables that come along, with how well each figure is verified."""
    return {"items": adopting.shipped_tables()}


@blp.route("/adopt", methods=["POST"])
@allow(*HR)
@problems(409)
@blp.arguments(AdoptIn)
@blp.response(200, AmountsOut)
def adopt_class_amounts(body: dict[str, Any]) -> dict[str, Any]:
    """Take over a shipped table from a day on."""
    found = adopting.adopt_class_amounts(work(), principal(), adopting.AdoptClassAmounts(**body))
    return {"items": found}
