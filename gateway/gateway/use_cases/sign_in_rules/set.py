"""Set what an account of an agency must have, from a day on; earlier rules stay."""

from chassis import audit
from chassis.auth import Principal
from chassis.dated import require_first_day
from chassis.errors import FieldError, InvalidInput
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from chassis.views import view_of
from gateway.authorisation import agency_for
from gateway.dependencies import IdentityServices
from gateway.domain.sign_in_rules import SetSignInRule, SignInRule, SignInRuleView
from gateway.persistence.people import day_here
from gateway.persistence.sign_in_rules import insert_sign_in_rule, list_sign_in_rules, lock_sign_in_rules


def set_sign_in_rule(
    work: UnitOfWork, services: IdentityServices, actor: Principal, command: SetSignInRule
) -> SignInRuleView:
    """Record the rule, which holds for whoever signs in from its first day on. Raise InvalidInput for a past day."""
    with work.transaction(agency_for(actor, command.agency_id)) as tx:
        require_first_day("valid_from", command.valid_from, day_here(tx))
        unknown = services.roles.unknown(command.second_factor_roles, "person")
        if unknown:
            expected = ", ".join(services.roles.of("person"))
            faults = [FieldError("second_factor_roles", "role_unknown", name, expected) for name in unknown]
            raise InvalidInput(errors=faults)
        lock_sign_in_rules(tx)
        version = list_sign_in_rules(tx)[-1].version + 1
        rule = view_of(SignInRule, command, id=new_id(), version=version)
        insert_sign_in_rule(tx, rule, str(actor.account_id))
        audit.record(tx, actor, "sign_in_rule.set", "sign_in_rule", rule.id or "", valid_from=rule.valid_from)
        return SignInRuleView.of(rule)
