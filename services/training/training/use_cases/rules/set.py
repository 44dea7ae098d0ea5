"""Set the number of a rule from a day on; earlier rows stay."""

from chassis import audit
from chassis.auth import Principal
from chassis.unit_of_work import Transaction
from training.domain.rule import Rule, SetRule
from training.persistence.locked_rows import lock
from training.persistence.reference import add_rule


def set_rule(tx: Transaction, actor: Principal, command: SetRule) -> Rule:
    command.require_within_limits()
    lock(tx, "reference", "rule")
    rule = add_rule(tx, command, actor.account_id)
    audit.record(tx, actor, "rule_set", "rule_value", rule.id, name=rule.name)
    return rule
