"""Propose a dated version of a rule for the agency; a second officer decides on it."""

from datetime import timedelta

from appraisal.authorisation import officer_of
from appraisal.domain.deadlines import start_of_day
from appraisal.domain.rule_proposal import ProposeRule, RuleProposal
from appraisal.domain.rule_views import RuleProposalView
from appraisal.persistence.rule_proposals import insert_proposal, own_cases, preview_of
from appraisal.persistence.rules import load_setting
from chassis import audit, timers
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.unit_of_work import UnitOfWork

LAPSE = "rule_proposal"


def propose_rule(work: UnitOfWork, actor: Principal, command: ProposeRule) -> RuleProposalView:
    """Record the proposal, which lapses once its first day is over without a decision."""
    officer = officer_of(actor)
    with work.transaction(actor.agency_id) as tx:
        own = own_cases(tx, officer)
        own.require_untouched(command.kind)
        setting = load_setting(tx)
        made = RuleProposal.made(new_id(), command, setting.rules, officer, tx.now, setting.today)
        insert_proposal(tx, made)
        day_after = made.effective_from + timedelta(days=1)
        timers.schedule(tx, LAPSE, made.id, start_of_day(day_after, setting.time_zone))
        audit.record(tx, actor, "rule_proposed", "rule_proposal", made.id, kind=made.kind)
        preview = preview_of(tx, actor.employee_id, setting, made.rule(tx.agency_id))
        return RuleProposalView.of(made, made.moves(officer, own, setting.today), preview)
