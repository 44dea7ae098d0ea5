"""Propose an act, decide on it as the second person, take it back, let it lapse, read what waits."""

from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from approvals.acts import Act, Acts, json_of
from approvals.hands import hand_of, require_officer
from approvals.proposal import (
    ListProposals,
    Proposal,
    ProposalReason,
    ProposalState,
    ProposalView,
    payload_hash,
)
from approvals.rows import insert_proposal, list_proposals, load_proposal, update_proposal
from chassis import audit, timers
from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.ids import new_id
from chassis.pagination import Page
from chassis.records import require_version
from chassis.unit_of_work import PendingWrites, Transaction, UnitOfWork
from chassis.views import decode_as, encode

C = TypeVar("C")
LAPSE = "approval_proposal"


def propose_act(
    work: UnitOfWork, actor: Principal, acts: Acts, name: str, command: Any, *, reason: str = ""
) -> ProposalView:
    """Record the proposal and tell those who may approve it; what the act itself would refuse is refused at once."""
    act = acts.named(name)
    with work.transaction(actor.agency_id) as tx:
        concerned = tuple(sorted(set(act.concerns(tx, command))))
        hand = require_officer(tx, actor, concerned)
        command = act.pinned(tx, command)
        outcome = _tried(tx, actor, act, command)
        payload = encode(command).decode()
        proposal = Proposal(
            id=new_id(),
            act=act.name,
            payload=payload,
            payload_hash=payload_hash(act.name, payload),
            concerns=concerned,
            reason=reason,
            state=ProposalState.PROPOSED,
            proposed_by=hand.account_id,
            proposed_by_person=hand.person_id,
            proposed_at=tx.now,
            lapses_at=tx.now + act.lapses_after,
            outcome=outcome,
        )
        insert_proposal(tx, proposal)
        timers.schedule(tx, LAPSE, proposal.id, proposal.lapses_at)
        acts.announce(tx, proposal.id, act.name)
        _audit(tx, actor, "act_proposed", proposal)
        return _view(acts, proposal)


def approve_act(work: UnitOfWork, actor: Principal, acts: Acts, command: ProposalReason) -> ProposalView:
    """Carry out the act as it was proposed, by the hand of the second person."""
    with work.transaction(actor.agency_id) as tx:
        before = _to_decide(tx, actor, acts, command)
        hand = require_officer(tx, actor, before.concerns)
        after = before.approved(hand, command.reason, tx.now)
        act = acts.named(before.act)
        proposed = decode_as(before.payload.encode(), act.command)
        hand.require_second(*act.earlier(tx, proposed))
        done = act.perform(tx, actor, proposed)
        saved = update_proposal(tx, before, replace(after, outcome=json_of(done)))
        _audit(tx, actor, "act_approved", saved)
        return _view(acts, saved)


def reject_act(work: UnitOfWork, actor: Principal, acts: Acts, command: ProposalReason) -> ProposalView:
    """Nothing is carried out."""
    with work.transaction(actor.agency_id) as tx:
        before = _to_decide(tx, actor, acts, command)
        hand = require_officer(tx, actor, before.concerns)
        saved = update_proposal(tx, before, before.rejected(hand, command.reason, tx.now))
        _audit(tx, actor, "act_rejected", saved)
        return _view(acts, saved)


def withdraw_act(work: UnitOfWork, actor: Principal, acts: Acts, command: ProposalReason) -> ProposalView:
    with work.transaction(actor.agency_id) as tx:
        before = _to_decide(tx, actor, acts, command)
        saved = update_proposal(tx, before, before.withdrawn(hand_of(actor), command.reason, tx.now))
        _audit(tx, actor, "act_withdrawn", saved)
        return _view(acts, saved)


def lapse_act(tx: Transaction, proposal_id: UUID) -> None:
    """Let a proposal lapse that nobody has decided on."""
    before = load_proposal(tx, proposal_id, lock=True)
    after = before.lapsed(tx.now)
    if after is not before:
        update_proposal(tx, before, after)
        audit.record(tx, "system", "act_lapsed", "proposal", proposal_id, act=before.act)


def show_act(work: UnitOfWork, actor: Principal, acts: Acts, proposal_id: UUID) -> ProposalView:
    """Return a proposal. Raise NotFound for one that concerns the reader, who reads what comes of it elsewhere."""
    with work.transaction(actor.agency_id) as tx:
        proposal = _readable(actor, load_proposal(tx, proposal_id))
        _audit(tx, actor, "proposal_read", proposal)
        return _view(acts, proposal)


def list_acts(work: UnitOfWork, actor: Principal, acts: Acts, wanted: ListProposals) -> Page[ProposalView]:
    """Return proposals, the newest first; none that concern the reader."""
    acts.require_known(wanted.act)
    with work.transaction(actor.agency_id) as tx:
        found = list_proposals(tx, wanted, actor.employee_id)
        audit.record(tx, actor, "proposals_listed", "proposal", "-", proposals=len(found.items))
        return found.of(lambda proposal: _view(acts, proposal))


def _to_decide(tx: Transaction, actor: Principal, acts: Acts, command: ProposalReason) -> Proposal:
    """Return the proposal, locked. Raise NotFound, Forbidden or VersionConflict."""
    found = load_proposal(tx, command.proposal_id, lock=True)
    if not actor.has(*acts.named(found.act).roles):
        raise Forbidden
    require_version(command.expected_version, found.version)
    return found


def _readable(actor: Principal, proposal: Proposal) -> Proposal:
    if actor.employee_id in proposal.concerns:
        raise NotFound(object="usulan", id=proposal.id)
    return proposal


def _tried(tx: Transaction, actor: Principal, act: Act[C], command: C) -> Any:
    """Return what would come of the act: it is carried out, and undone."""
    trial = replace(tx, pending=PendingWrites(agency_id=tx.agency_id), held={})
    point = tx.session.begin_nested()
    try:
        return json_of((act.check or act.perform)(trial, actor, command))
    finally:
        point.rollback()


def _audit(tx: Transaction, actor: Principal, action: str, proposal: Proposal) -> None:
    audit.record(
        tx, actor, action, "proposal", proposal.id, act=proposal.act, concerns=[str(one) for one in proposal.concerns]
    )


def _view(acts: Acts, proposal: Proposal) -> ProposalView:
    act = acts.named(proposal.act)
    return ProposalView.of(proposal, json_of(act.shown(decode_as(proposal.payload.encode(), act.command))))
