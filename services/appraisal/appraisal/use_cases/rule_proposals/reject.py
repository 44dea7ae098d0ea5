"""Reject a proposed version of a rule, as the second officer."""

from appraisal.authorisation import is_subordinate_of, officer_of
from appraisal.domain.rule_proposal import DecideProposal
from appraisal.domain.rule_views import RuleProposalView
from appraisal.persistence.rule_proposals import load_proposal, update_proposal
from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork


def reject_rule(work: UnitOfWork, actor: Principal, command: DecideProposal) -> RuleProposalView:
    """Nothing changes by it, so who has a case of their own may reject too."""
    officer = officer_of(actor)
    with work.transaction(actor.agency_id) as tx:
        before = load_proposal(tx, command.proposal_id)
        after = before.rejected(officer, command.reason, tx.now)
        require_version(command.expected_version, before.version)
        below = is_subordinate_of(tx, officer, before.proposed_by)
        saved = update_proposal(tx, before, after.by_official(below=below))
        audit.record(tx, actor, "rule_rejected", "rule_proposal", saved.id, by_subordinate=below)
        return RuleProposalView.of(saved, (), None)
