"""Proposing an act of the table of acts that take two people."""

from typing import Any

from approvals.deciding import propose_act
from approvals.proposal import ProposalView
from chassis.http import principal, with_etag, work
from training.second_person import ACTS


def proposed(act: str, command: Any, reason: str) -> ProposalView:
    """Propose an act in the caller's name."""
    return with_etag(propose_act(work(), principal(), ACTS, act, command, reason=reason))
