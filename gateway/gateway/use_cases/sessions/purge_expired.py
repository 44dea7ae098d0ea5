"""Delete sessions, codes and failure counts that are long expired."""

from datetime import timedelta

from chassis.unit_of_work import UnitOfWork
from gateway.dependencies import IdentityServices
from gateway.domain.system_tenant import SYSTEM_TENANT
from gateway.persistence import sessions

RETENTION = timedelta(days=30)
# Far longer than any failure counts; a stranger may add some for each address.
FAILURES_KEPT = timedelta(days=1)


def purge_expired(work: UnitOfWork, services: IdentityServices) -> int:
    """Delete what expired longer ago than the retention time; return how many rows."""
    with work.transaction(SYSTEM_TENANT) as tx:
        now = services.now()
        return sessions.purge_expired(tx, now - RETENTION, now - FAILURES_KEPT)
