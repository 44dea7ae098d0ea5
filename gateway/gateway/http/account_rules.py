"""The agency's dated rules about its accounts."""

from typing import Any

from chassis.auth import allow
from chassis.http import ServiceBlueprint, idempotent, principal, work
from chassis.pagination import Items
from gateway.domain.account_rules import AccountRuleView, SetAccountRule
from gateway.http.access import HR, MANAGERS
from gateway.http.account_rules_schemas import AccountRuleIn
from gateway.use_cases.account_rules.read import show_account_rules
from gateway.use_cases.account_rules.set import set_account_rule

blp = ServiceBlueprint("account_rules", url_prefix="/api/v1/identity", description="Rules about accounts")


@blp.route("/account-rules", methods=["GET"])
@allow(*MANAGERS, relation="the own agency's")
@blp.response(200, Items[AccountRuleView])
def get_account_rules() -> Items[AccountRuleView]:
    """The default and what the agency has set since"""
    return show_account_rules(work(), principal())


@blp.route("/account-rules", methods=["POST"])
@allow(*HR)
@idempotent
@blp.arguments(AccountRuleIn)
@blp.response(201, AccountRuleView)
def post_account_rule(body: dict[str, Any]) -> AccountRuleView:
    """Set the rule from a day on; accounts follow it by a job"""
    return set_account_rule(work(), principal(), SetAccountRule(**body))
