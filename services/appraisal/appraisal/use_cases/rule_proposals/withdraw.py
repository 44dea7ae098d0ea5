"""Take back a proposed version of a rule, as long as nobody has decided on it."""

from appraisal.authorisation import officer_of
from appraisal.domain.rule_proposal import DecideProposal
from appraisal.domain.rule_views import RuleProposalView
from appraisal.persistence.rule_proposals import load_proposal, update_proposal
from chassis import audit
from chassis.auth import Principal
from chassis.records import require_version
from chassis.unit_of_work import UnitOfWork


def withdraw_rule(work: UnitOfWork, actor: Principal, command: DecideProposal) -> RuleProposalView:
    officer = officer_of(actor)
    with work.transaction(actor.agency_id) as tx:
        before = load_proposal(tx, command.proposal_id)
        after = before.withdrawn(officer, command.reason, tx.now)
        require_version(command.expected_version, before.version)
        saved = update_proposal(tx, before, after)
        audit.record(tx, actor, "rule_withdrawn", "rule_proposal", saved.id)
        return RuleProposalView.of(saved, (), None)
