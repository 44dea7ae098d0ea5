"""Use cases on the audit chain: its heads, and whether a segment of it holds. Never its content."""

from chassis import audit
from chassis.audit import ChainHead, ChainSegment
from chassis.auth import Principal
from chassis.pagination import Items
from chassis.unit_of_work import UnitOfWork


def list_chain_heads(work: UnitOfWork, actor: Principal) -> Items[ChainHead]:
    """Return the newest sealed row of each agency's chain."""
    with work.transaction(actor.agency_id) as tx:
        return Items(audit.heads(tx.session))


def verify_chain_segment(work: UnitOfWork, actor: Principal, *, agency: str, after: int, limit: int) -> ChainSegment:
    """Verify at most `limit` rows of an agency's chain after one that is already verified."""
    with work.transaction(actor.agency_id) as tx:
        return audit.verify_segment(tx.session, agency, after, limit)
