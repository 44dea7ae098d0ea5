"""Set the agency's rule about its accounts from a day on; earlier ones stay."""

from chassis import audit, jobs, timers
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork
from chassis.views import view_of
from gateway.domain.account_rules import AccountRule, AccountRuleView, SetAccountRule
from gateway.persistence.account_rules import insert_rule, list_rules, lock_rules
from gateway.persistence.people import day_here, start_of_day
from gateway.use_cases.people.follow_all import JOB, RULE_TIMER, FollowAll


def set_account_rule(work: UnitOfWork, actor: Principal, command: SetAccountRule) -> AccountRuleView:
    """Record the rule; a job lets every account follow it, and another one on the day from which it holds."""
    with work.transaction(actor.agency_id) as tx:
        lock_rules(tx)
        version = list_rules(tx)[-1].version + 1
        rule = view_of(AccountRule, command, id=new_id(), version=version)
        insert_rule(tx, rule, str(actor.account_id))
        jobs.start(tx, JOB, FollowAll(), actor.account_id)
        if rule.valid_from > day_here(tx):
            timers.schedule(tx, RULE_TIMER, rule.valid_from, start_of_day(tx, rule.valid_from))
        audit.record(tx, actor, "account_rule.set", "account_rule", rule.id or "", valid_from=rule.valid_from)
        return AccountRuleView.of(rule)
