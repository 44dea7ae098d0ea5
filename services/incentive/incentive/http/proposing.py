"""Proposing an action of the table of actions that take two people."""

from typing import Any

from approvals.deciding import propose_action
from approvals.proposal import ProposalView
from chassis.http import principal, with_etag, work
from incentive.second_person import ACTIONS


def proposed(action: str, command: Any, reason: str = "") -> ProposalView:
    """Propose an action in the caller's name."""
    return with_etag(propose_action(work(), principal(), ACTIONS, action, command, reason=reason))
