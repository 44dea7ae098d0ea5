"""Show the reference data of an agency: what holds, and what held."""

from appraisal.domain.rules import RuleKind, RulesView, RuleView
from appraisal.persistence.rules import load_setting
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def show_rules(work: UnitOfWork, actor: Principal) -> RulesView:
    with work.transaction(actor.agency_id) as tx:
        setting = load_setting(tx)
        in_force = {kind: setting.rules.on(kind, setting.today) for kind in RuleKind}
        items = [RuleView.marked(rule, in_force=in_force[rule.kind] is rule) for rule in setting.rules.rules]
        return RulesView(tuple(items), setting.time_zone)
