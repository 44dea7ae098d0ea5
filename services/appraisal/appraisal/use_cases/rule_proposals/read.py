"""Read proposals: those that wait for a second officer, and one with what it would change."""

from uuid import UUID

from appraisal.domain.rule_proposal import ListProposals, OwnCases, ProposalState
from appraisal.domain.rule_views import RuleProposalRowView, RuleProposalView
from appraisal.persistence.rule_proposals import list_proposals, load_proposal, own_cases, preview_of
from appraisal.persistence.rules import load_setting
from chassis.auth import Principal
from chassis.pagination import Page
from chassis.unit_of_work import Transaction, UnitOfWork
from directory.questions import today


def show_rule_proposal(work: UnitOfWork, actor: Principal, proposal_id: UUID) -> RuleProposalView:
    with work.transaction(actor.agency_id) as tx:
        found, setting = load_proposal(tx, proposal_id), load_setting(tx)
        is_waiting = found.state is ProposalState.PROPOSED
        preview = preview_of(tx, actor.employee_id, setting, found.rule(tx.agency_id)) if is_waiting else None
        officer, own = _officer(tx, actor)
        return RuleProposalView.of(found, found.moves(officer, own, setting.today), preview)


def list_rule_proposals(work: UnitOfWork, actor: Principal, query: ListProposals) -> Page[RuleProposalRowView]:
    with work.transaction(actor.agency_id) as tx:
        day, (officer, own) = today(tx), _officer(tx, actor)
        return list_proposals(tx, query).of(lambda one: RuleProposalRowView.row(one, one.moves(officer, own, day)))


def _officer(tx: Transaction, actor: Principal) -> tuple[UUID | None, OwnCases]:
    """Return who may move a proposal, with their own cases; an inspector only reads."""
    if actor.employee_id is None or not actor.has("hr_officer"):
        return None, OwnCases()
    return actor.employee_id, own_cases(tx, actor.employee_id)
