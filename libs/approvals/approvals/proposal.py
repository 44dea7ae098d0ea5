"""A proposal of an action: made by one person, approved or rejected by another, or withdrawn, or lapsed."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta

from approvals.errors import ProposalAltered, ProposalNotOpen, ProposalOfSomebodyElse, SecondPersonNeeded
from chassis.pagination import PageRequest
from chassis.views import decode_as, view_of


class ProposalState(StrEnum):
    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
    LAPSED = "LAPSED"


class ProposalMove(StrEnum):
    APPROVE = "APPROVE"
    REJECT = "REJECT"
    WITHDRAW = "WITHDRAW"
    LAPSE = "LAPSE"


# Only what waits can be moved, and nothing follows on a move.
MOVES: Mapping[ProposalMove, ProposalState] = {
    ProposalMove.APPROVE: ProposalState.APPROVED,
    ProposalMove.REJECT: ProposalState.REJECTED,
    ProposalMove.WITHDRAW: ProposalState.WITHDRAWN,
    ProposalMove.LAPSE: ProposalState.LAPSED,
}
IN_WORDS = {
    ProposalState.PROPOSED: "menunggu",
    ProposalState.APPROVED: "disetujui",
    ProposalState.REJECTED: "ditolak",
    ProposalState.WITHDRAWN: "ditarik",
    ProposalState.LAPSED: "kedaluwarsa",
}


@dataclass(frozen=True)
class Officer:
    """Who proposes or decides: the account, and the person whose account it is."""

    account_id: UUID
    person_id: UUID

    def require_second(self, *first: UUID | None) -> None:
        """Raise SecondPersonNeeded for whoever was the first: accounts or people, so from whatever account."""
        if self.account_id in first or self.person_id in first:
            raise SecondPersonNeeded


@dataclass(frozen=True)
class ProposalReason:
    """What goes with the decision on a proposal."""

    proposal_id: UUID
    reason: str
    expected_version: int | None


@dataclass(frozen=True)
class ListProposals:
    page: PageRequest
    state: ProposalState | None = None
    action: str | None = None


@dataclass(frozen=True)
class Proposal:
    """What a proposal carries out, the command, is kept beside it: a list of proposals loads no files.

    `shown` is what readers see of the command, as JSON; `payload_hash` is of both, as they were proposed. `concerns`
    are the people whom the action is about. `outcome` is what came of it; before the approval what would.
    """

    id: UUID
    action: str
    shown: str
    payload_hash: str
    concerns: tuple[UUID, ...]
    reason: str
    state: ProposalState
    proposed_by: UUID
    proposed_by_person: UUID
    proposed_at: datetime
    lapses_at: datetime
    outcome: Any = None
    decided_by: UUID | None = None
    decided_by_person: UUID | None = None
    decided_at: datetime | None = None
    decision_reason: str = ""
    version: int = 1

    def approved(self, by: Officer, payload: str, reason: str, now: datetime) -> "Proposal":
        """Return it approved by a second person. Raise ProposalNotOpen, SecondPersonNeeded or ProposalAltered."""
        after = self._decided(ProposalMove.APPROVE, by, reason, now)
        if payload_hash(self.action, payload, self.shown) != self.payload_hash:
            raise ProposalAltered
        return after

    def rejected(self, by: Officer, reason: str, now: datetime) -> "Proposal":
        """Return it rejected by a second person. Raise ProposalNotOpen or SecondPersonNeeded."""
        return self._decided(ProposalMove.REJECT, by, reason, now)

    def withdrawn(self, by: Officer, reason: str, now: datetime) -> "Proposal":
        """Return it taken back by who proposed it. Raise ProposalNotOpen or ProposalOfSomebodyElse."""
        after = self._moved(ProposalMove.WITHDRAW, by, reason, now)
        if by.person_id != self.proposed_by_person:
            raise ProposalOfSomebodyElse
        return after

    def lapsed(self, now: datetime) -> "Proposal":
        """Return it lapsed where nobody has decided by its day; else as it is."""
        if self.state is not ProposalState.PROPOSED or now < self.lapses_at:
            return self
        return replace(self, state=MOVES[ProposalMove.LAPSE], decided_at=now)

    def _decided(self, move: ProposalMove, by: Officer, reason: str, now: datetime) -> "Proposal":
        after = self._moved(move, by, reason, now)
        by.require_second(self.proposed_by, self.proposed_by_person)
        return after

    def _moved(self, move: ProposalMove, by: Officer, reason: str, now: datetime) -> "Proposal":
        if self.state is not ProposalState.PROPOSED:
            raise ProposalNotOpen(state=IN_WORDS[self.state])
        if now >= self.lapses_at:
            raise ProposalNotOpen(state=IN_WORDS[ProposalState.LAPSED])
        return replace(
            self,
            state=MOVES[move],
            decided_by=by.account_id,
            decided_by_person=by.person_id,
            decided_at=now,
            decision_reason=reason,
        )


def payload_hash(action: str, payload: str, shown: str) -> str:
    """Return the SHA-256 of an action, its command and what is shown of it, in hexadecimal."""
    return hashlib.sha256(f"{action}\n{payload}\n{shown}".encode()).hexdigest()


@dataclass(frozen=True)
class ProposedRow:
    """A row of a file that is proposed; `employee_id` stands for the NIP of an employee who is known."""

    line: int
    cells: dict[str, str]
    employee_id: UUID | None = None
    duplicate_of: Annotated[int | None, Meta(description="the line that says the same; this one stays out")] = None


@dataclass(frozen=True)
class ProposalView:
    id: UUID
    action: str
    payload: Annotated[dict[str, Any], Meta(description="the command as it was proposed; of a file what is in it")]
    payload_hash: Annotated[str, Meta(description="SHA-256 of the action, the command and what is shown of it")]
    concerns: Annotated[list[UUID], Meta(description="whom it is about; empty: the whole agency")]
    reason: str
    state: ProposalState
    proposed_by: UUID
    proposed_by_person: UUID
    proposed_at: datetime
    lapses_at: datetime
    outcome: Annotated[dict[str, Any] | None, Meta(description="what came of it; before the approval what would")]
    decided_by: UUID | None
    decided_by_person: UUID | None
    decided_at: datetime | None
    decision_reason: str
    version: int

    @classmethod
    def of(cls, proposal: Proposal) -> "ProposalView":
        payload = decode_as(proposal.shown.encode(), dict[str, Any])
        return view_of(cls, proposal, payload=payload, concerns=list(proposal.concerns))
