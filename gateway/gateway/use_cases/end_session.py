"""End sessions of one's own: this one, a named one, or all others."""

from uuid import UUID

from chassis import audit
from chassis.auth import Principal
from chassis.errors import NotFound
from chassis.unit_of_work import UnitOfWork
from gateway.house import House
from gateway.persistence import tokens


def end_session(work: UnitOfWork, house: House, actor: Principal, session_id: UUID) -> None:
    """End one session of the caller's; raises NotFound when there is no such living session."""
    with work.transaction(actor.agency_id) as tx:
        if not tokens.end(tx.session, actor.account_id, house.now(), "signed_out", only=session_id):
            raise NotFound(object="sesi", id=session_id)
        audit.record(tx, actor, "session.ended", "account", actor.account_id, session_id=session_id)


def end_other_sessions(work: UnitOfWork, house: House, actor: Principal, current: UUID | None) -> int:
    """End all sessions of the caller's but the present one; gives how many."""
    with work.transaction(actor.agency_id) as tx:
        ended = tokens.end(tx.session, actor.account_id, house.now(), "ended_by_owner", keep=current)
        audit.record(tx, actor, "session.others_ended", "account", actor.account_id, count=ended)
        return ended
