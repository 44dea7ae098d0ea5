"""Move a need to another state and keep the trace."""

from chassis import audit
from chassis.unit_of_work import Transaction
from training.domain.errors import NeedClosed
from training.domain.needs import NeedState, may_move
from training.persistence.models import Need, NeedMove


def move_need(tx: Transaction, need: Need, target: NeedState, *, by: str, reason: str) -> None:
    """Raises NeedClosed when the need cannot make this move."""
    if not may_move(NeedState(need.state), target):
        raise NeedClosed(state=need.state, target=target)
    need.state = target
    need.version += 1
    tx.session.add(
        NeedMove(agency_id=tx.agency_id, need_id=need.id, state=target, reason=reason, moved_by=by, moved_at=tx.now)
    )
    audit.record(tx, by, f"need_{target.lower()}", "need", need.id)
    tx.session.flush()
