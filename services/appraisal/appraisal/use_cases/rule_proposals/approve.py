"""Approve a proposed version of a rule, as the second officer: it is in force from its day."""

from appraisal.authorisation import is_subordinate_of, officer_of
from appraisal.domain.rule_proposal import DecideProposal
from appraisal.domain.rule_views import RuleProposalView
from appraisal.persistence.rule_proposals import (
    insert_version,
    load_proposal,
    one_approval_at_a_time,
    own_cases,
    pin_versions,
    preview_of,
    update_proposal,
)
from appraisal.persistence.rules import load_setting
from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork


def approve_rule(work: UnitOfWork, actor: Principal, command: DecideProposal) -> RuleProposalView:
    """What was computed by an earlier version still names that, and opened periods keep the version that they have."""
    officer = officer_of(actor)
    with work.transaction(actor.agency_id) as tx:
        one_approval_at_a_time(tx)
        before, setting = load_proposal(tx, command.proposal_id), load_setting(tx)
        after = before.approved(setting.rules, tx.agency_id, officer, command.reason, tx.now, setting.today)
        require_version(command.expected_version, before.version)
        own_cases(tx, officer).require_untouched(before.kind)
        own_cases(tx, before.proposed_by).require_untouched(before.kind, whose="pengusulnya")
        below = is_subordinate_of(tx, officer, before.proposed_by)
        saved = update_proposal(tx, before, after.by_official(below=below))
        rule = saved.rule(tx.agency_id)
        preview = preview_of(tx, actor.employee_id, setting, rule)
        pin_versions(tx, setting, rule.kind)
        insert_version(tx, saved, rule)
        audit.record(
            tx, actor, "rule_approved", "rule_proposal", saved.id, rule_version=rule.rule_version, by_subordinate=below
        )
        return RuleProposalView.of(saved, (), preview)
