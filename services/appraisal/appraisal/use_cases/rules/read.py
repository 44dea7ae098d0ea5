"""Show the reference data of an agency: what holds, what held, and the limits of it."""

from appraisal.domain.rule_views import RulesView
from appraisal.persistence.rules import load_setting
from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork


def show_rules(work: UnitOfWork, actor: Principal) -> RulesView:
    with work.transaction(actor.agency_id) as tx:
        setting = load_setting(tx)
        return RulesView.on(setting.rules, setting.today, setting.time_zone)
