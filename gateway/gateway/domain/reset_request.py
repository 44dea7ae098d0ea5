"""A new password for somebody with power: one person asks for it, another agrees, and the first gets the code."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from gateway.domain.account import Account
from gateway.domain.errors import SecondPersonNeeded

# Long enough for a colleague who is on leave today.
WAITS = timedelta(days=3)


@dataclass(frozen=True)
class Officer:
    """Who asks or agrees; `person_id` is the employee, None for an operator who is none: such a one only asks."""

    account_id: UUID
    person_id: UUID | None


@dataclass(frozen=True)
class ResetRequest:
    """`requester_id` is the employee who asks, None where that is an operator who is none."""

    account_id: UUID
    requested_by: UUID
    requester_id: UUID | None
    requested_at: datetime
    expires_at: datetime
    approved_by: UUID | None = None
    approved_at: datetime | None = None

    @classmethod
    def made(cls, account: Account, officer: Officer, now: datetime) -> "ResetRequest":
        return cls(account.id, officer.account_id, officer.person_id, now, now + WAITS)

    def is_open(self, now: datetime) -> bool:
        return self.expires_at > now

    def approved(self, account: Account, officer: Officer, now: datetime) -> "ResetRequest":
        """Return the request with a second person's consent. Raise SecondPersonNeeded for the first, and for the owner.

        Two accounts of one person are one person, and an account of nobody may be anybody's.
        """
        people = {None, self.requester_id, account.person_id}
        if officer.account_id in {self.requested_by, account.id} or officer.person_id in people:
            raise SecondPersonNeeded
        return replace(self, approved_by=officer.account_id, approved_at=now)
