"""Propose an action, decide on it as the second person, take it back, let it lapse, read what waits."""

from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from approvals.actions import Action, Actions, json_of
from approvals.officers import officer_of, require_officer
from approvals.proposal import (
    ListProposals,
    Proposal,
    ProposalReason,
    ProposalState,
    ProposalView,
    ProposedRow,
    payload_hash,
)
from approvals.rows import insert_proposal, list_proposals, load_payload, load_proposal, update_proposal
from chassis import audit, timers
from chassis.auth import Principal
from chassis.errors import Forbidden, NotFound
from chassis.ids import new_id
from chassis.pagination import Page, PageRequest
from chassis.records import require_version
from chassis.unit_of_work import PendingWrites, Transaction, UnitOfWork
from chassis.views import decode_as, encode

C = TypeVar("C")
LAPSE = "approval_proposal"


def propose_action(
    work: UnitOfWork, actor: Principal, actions: Actions, name: str, command: Any, *, reason: str = ""
) -> ProposalView:
    """Record the proposal and tell those who may approve it; what the action itself would refuse is refused at once."""
    action = actions.named(name)
    with work.transaction(actor.agency_id) as tx:
        concerned = tuple(sorted(set(action.concerns(tx, command))))
        officer = require_officer(tx, actor, concerned)
        command = action.pinned(tx, command)
        outcome = _tried(tx, actor, action, command)
        payload, shown = encode(command).decode(), encode(action.shown(command)).decode()
        proposal = Proposal(
            id=new_id(),
            action=action.name,
            shown=shown,
            payload_hash=payload_hash(action.name, payload, shown),
            concerns=concerned,
            reason=reason,
            state=ProposalState.PROPOSED,
            proposed_by=officer.account_id,
            proposed_by_person=officer.person_id,
            proposed_at=tx.now,
            lapses_at=tx.now + action.lapses_after,
            outcome=outcome,
        )
        insert_proposal(tx, proposal, payload)
        timers.schedule(tx, LAPSE, proposal.id, proposal.lapses_at)
        actions.announce(tx, proposal.id, action.name)
        _audit(tx, actor, "action_proposed", proposal)
        return ProposalView.of(proposal)


def approve_action(work: UnitOfWork, actor: Principal, actions: Actions, command: ProposalReason) -> ProposalView:
    """Carry out the action as it was proposed, in the name of the second person."""
    with work.transaction(actor.agency_id) as tx:
        before = _to_decide(tx, actor, actions, command)
        officer = require_officer(tx, actor, before.concerns)
        payload = load_payload(tx, before.id)
        after = before.approved(officer, payload, command.reason, tx.now)
        action = actions.named(before.action)
        proposed = decode_as(payload.encode(), action.command)
        officer.require_second(*action.earlier(tx, proposed))
        done = action.perform(tx, actor, proposed)
        saved = update_proposal(tx, before, replace(after, outcome=json_of(done)))
        _audit(tx, actor, "action_approved", saved)
        return ProposalView.of(saved)


def reject_action(work: UnitOfWork, actor: Principal, actions: Actions, command: ProposalReason) -> ProposalView:
    """Nothing is carried out."""
    with work.transaction(actor.agency_id) as tx:
        before = _to_decide(tx, actor, actions, command)
        officer = require_officer(tx, actor, before.concerns)
        saved = update_proposal(tx, before, before.rejected(officer, command.reason, tx.now))
        _audit(tx, actor, "action_rejected", saved)
        return ProposalView.of(saved)


def withdraw_action(work: UnitOfWork, actor: Principal, actions: Actions, command: ProposalReason) -> ProposalView:
    with work.transaction(actor.agency_id) as tx:
        before = _to_decide(tx, actor, actions, command)
        saved = update_proposal(tx, before, before.withdrawn(officer_of(actor), command.reason, tx.now))
        _audit(tx, actor, "action_withdrawn", saved)
        return ProposalView.of(saved)


def lapse_action(tx: Transaction, proposal_id: UUID) -> None:
    """Let a proposal lapse that nobody has decided on."""
    before = load_proposal(tx, proposal_id, lock=True)
    after = before.lapsed(tx.now)
    if after is not before:
        update_proposal(tx, before, after)
        audit.record(tx, "system", "action_lapsed", "proposal", proposal_id, proposed_action=before.action)


def show_action(work: UnitOfWork, actor: Principal, proposal_id: UUID) -> ProposalView:
    """Return a proposal. Raise NotFound for one that concerns the reader, who reads what comes of it elsewhere."""
    with work.transaction(actor.agency_id) as tx:
        proposal = _readable(actor, load_proposal(tx, proposal_id))
        _audit(tx, actor, "proposal_read", proposal)
        return ProposalView.of(proposal)


def list_rows(
    work: UnitOfWork, actor: Principal, actions: Actions, proposal_id: UUID, page: PageRequest
) -> Page[ProposedRow]:
    """Return the rows of a file that is proposed, but for those about the reader. Raise NotFound."""
    with work.transaction(actor.agency_id) as tx:
        proposal = _readable(actor, load_proposal(tx, proposal_id))
        action = actions.named(proposal.action)
        found = action.rows(decode_as(load_payload(tx, proposal_id).encode(), action.command), page)
        shown = [row for row in found.items if row.employee_id is None or row.employee_id != actor.employee_id]
        _audit(tx, actor, "proposal_rows_read", proposal)
        return Page(shown, found.next_cursor)


def list_actions(work: UnitOfWork, actor: Principal, actions: Actions, wanted: ListProposals) -> Page[ProposalView]:
    """Return proposals, the newest first; none that concern the reader."""
    actions.require_known(wanted.action)
    with work.transaction(actor.agency_id) as tx:
        found = list_proposals(tx, wanted, actor.employee_id)
        audit.record(tx, actor, "proposals_listed", "proposal", "-", proposals=len(found.items))
        return found.of(ProposalView.of)


def _to_decide(tx: Transaction, actor: Principal, actions: Actions, command: ProposalReason) -> Proposal:
    """Return the proposal, locked. Raise NotFound, Forbidden or VersionConflict."""
    found = load_proposal(tx, command.proposal_id, lock=True)
    if not actor.has(*actions.named(found.action).roles):
        raise Forbidden
    require_version(command.expected_version, found.version)
    return found


def _readable(actor: Principal, proposal: Proposal) -> Proposal:
    if actor.employee_id in proposal.concerns:
        raise NotFound(object="usulan", id=proposal.id)
    return proposal


def _tried(tx: Transaction, actor: Principal, action: Action[C], command: C) -> Any:
    """Return what would come of the action: it is carried out, and undone."""
    trial = replace(tx, pending=PendingWrites(agency_id=tx.agency_id), held={})
    point = tx.session.begin_nested()
    try:
        return json_of((action.check or action.perform)(trial, actor, command))
    finally:
        point.rollback()


def _audit(tx: Transaction, actor: Principal, action: str, proposal: Proposal) -> None:
    audit.record(
        tx,
        actor,
        action,
        "proposal",
        proposal.id,
        proposed_action=proposal.action,
        concerns=[str(one) for one in proposal.concerns],
    )
