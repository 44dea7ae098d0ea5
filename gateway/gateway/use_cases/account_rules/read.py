"""Read the agency's rules about its accounts."""

from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from gateway.domain.account_rules import AccountRuleView
from gateway.persistence.account_rules import list_rules


def show_account_rules(work: UnitOfWork, actor: Principal) -> Items[AccountRuleView]:
    """Return the default and what the agency has set since, the oldest first."""
    with work.transaction(actor.agency_id) as tx:
        return Items([AccountRuleView.of(rule) for rule in list_rules(tx)])
