"""Read proposals: those that wait for a second officer, and one with what it would change."""

from uuid import UUID

from appraisal.domain.rule_proposal import ListProposals, ProposalState
from appraisal.domain.rule_views import RuleProposalRowView, RuleProposalView
from appraisal.persistence.rule_proposals import list_proposals, load_proposal, preview_of
from appraisal.persistence.rules import load_setting
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import UnitOfWork
from directory.questions import today


def show_rule_proposal(work: UnitOfWork, actor: Principal, proposal_id: UUID) -> RuleProposalView:
    with work.transaction(actor.agency_id) as tx:
        found, setting = load_proposal(tx, proposal_id), load_setting(tx)
        is_waiting = found.state is ProposalState.PROPOSED
        preview = preview_of(tx, setting, found.rule(tx.agency_id)) if is_waiting else None
        return RuleProposalView.of(found, _officer(actor), setting.today, preview)


def list_rule_proposals(work: UnitOfWork, actor: Principal, query: ListProposals) -> Page[RuleProposalRowView]:
    with work.transaction(actor.agency_id) as tx:
        day, by = today(tx), _officer(actor)
        return list_proposals(tx, query).of(lambda one: RuleProposalRowView.row(one, by, day))


def _officer(actor: Principal) -> UUID | None:
    """Return who may move a proposal; an inspector only reads."""
    return actor.employee_id if actor.has("hr_officer") else None
