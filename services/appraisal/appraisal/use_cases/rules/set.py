"""Add a dated version of a rule for the agency; what was computed by an earlier one still names that."""

from appraisal.authorisation import self_of
from appraisal.domain.rule_views import RuleSetView
from appraisal.domain.rules import Rule, SetRule
from appraisal.persistence.periods import open_rows
from appraisal.persistence.rules import insert_rule, load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def set_rule(work: UnitOfWork, actor: Principal, command: SetRule) -> RuleSetView:
    with work.transaction(actor.agency_id) as tx:
        rule_id = new_id()
        rule = Rule.set(rule_id, tx.agency_id, command)
        insert_rule(tx, rule_id, rule, reason=command.reason, set_by=self_of(actor))
        audit.record(tx, actor, "rule_set", "rule", rule.kind, rule_version=rule.rule_version)
        setting = load_setting(tx)
        return RuleSetView.added(rule, setting.rules, open_rows(tx, setting.today), setting.today)
