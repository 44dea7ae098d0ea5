"""Read what an account of an agency must have."""

from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork
from gateway.authorisation import agency_for
from gateway.domain.sign_in_rules import SignInRuleView
from gateway.persistence.sign_in_rules import list_sign_in_rules


def show_sign_in_rules(work: UnitOfWork, actor: Principal, *, agency_id: str | None) -> Items[SignInRuleView]:
    """Return the default and what has been set since, the oldest first."""
    with work.transaction(agency_for(actor, agency_id)) as tx:
        return Items([SignInRuleView.of(rule) for rule in list_sign_in_rules(tx)])
