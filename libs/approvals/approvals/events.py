"""What an event carries by which a service says that a proposal waits; the event is the service's own."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class ProposalWaits:
    """Name of the action and id of the proposal; what is in it is asked of the service."""

    proposal_id: UUID
    action: str
