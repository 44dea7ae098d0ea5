"""What an account of an agency must have: dated rules that an operator sets."""

from typing import Any

from flask import request

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, work
from chassis.pagination import Items
from gateway.domain.sign_in_rules import SetSignInRule, SignInRuleView
from gateway.http.access import MANAGERS, OPERATOR, Relation
from gateway.http.current import services
from gateway.http.fields import agency_in
from gateway.http.sign_in_rules_schemas import SignInRuleIn, SignInRulesQuery
from gateway.use_cases.sign_in_rules.read import show_sign_in_rules
from gateway.use_cases.sign_in_rules.set import set_sign_in_rule

blp = ServiceBlueprint("sign_in_rules", url_prefix="/api/v1/identity", description="Rules about signing in")


def agency_of_rule() -> str:
    """Return the agency that the body names, in whose transaction the key is kept; else the caller's."""
    return agency_in(request.get_json(silent=True)) or principal().agency_id


@blp.route("/sign-in-rules", methods=["GET"])
@allow(*MANAGERS, relation=Relation.MANAGED)
@blp.arguments(SignInRulesQuery, location="query")
@blp.response(200, Items[SignInRuleView])
def get_sign_in_rules(query: dict[str, Any]) -> Items[SignInRuleView]:
    """The default and what has been set since"""
    return show_sign_in_rules(work(), principal(), **query)


@blp.route("/sign-in-rules", methods=["POST"])
@allow(*OPERATOR, relation="any agency")
@idempotent(agency=agency_of_rule)
@blp.arguments(SignInRuleIn)
@blp.response(201, SignInRuleView)
def post_sign_in_rule(body: dict[str, Any]) -> SignInRuleView:
    """Set what accounts must have, from a day on"""
    return set_sign_in_rule(work(), services(), principal(), SetSignInRule(**body))
