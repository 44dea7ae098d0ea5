"""Show what a version of a rule would change, before anybody proposes it."""

from appraisal.domain.rule_proposal import ProposeRule, RuleProposal
from appraisal.domain.rule_views import RulePreviewView
from appraisal.persistence.rule_proposals import preview_of
from appraisal.persistence.rules import load_setting
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork


def preview_rule(work: UnitOfWork, actor: Principal, command: ProposeRule) -> RulePreviewView:
    """Refuse what a proposal would be refused for; nothing is recorded."""
    with work.transaction(actor.agency_id) as tx:
        setting = load_setting(tx)
        made = RuleProposal.made(new_id(), command, setting.rules, actor.account_id, tx.now, setting.today)
        return preview_of(tx, actor.employee_id, setting, made.rule(tx.agency_id))
