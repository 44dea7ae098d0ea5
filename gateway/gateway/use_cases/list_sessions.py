"""List one's own living sessions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.auth import Principal
from chassis.unit_of_work import UnitOfWork
from gateway.house import House
from gateway.persistence import tokens


@dataclass(frozen=True)
class SessionView:
    session_id: UUID
    created_at: datetime
    last_seen_at: datetime
    idle_until: datetime
    expires_at: datetime
    address: str
    agent: str
    current: bool


def list_sessions(work: UnitOfWork, house: House, actor: Principal, current: UUID | None) -> list[SessionView]:
    """The caller's sessions, newest first, with the one of this very request marked."""
    with work.transaction(actor.agency_id) as tx:
        return [
            SessionView(
                session_id=row.id,
                created_at=row.created_at,
                last_seen_at=row.last_seen_at,
                idle_until=row.idle_until,
                expires_at=row.expires_at,
                address=row.address,
                agent=row.agent,
                current=row.id == current,
            )
            for row in tokens.living(tx.session, actor.account_id, house.now())
        ]
