"""The backlog of a service: counts, and ages of the oldest, of everything that waits in its tables."""

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta
from sqlalchemy import text
from sqlalchemy.orm import Session

# One round trip: whoever asks (metrics every few seconds) wants all of it at one moment.
_BACKLOG = text(
    "SELECT (SELECT count(*) FROM outbox WHERE published_at IS NULL) AS outbox, "
    "CAST((SELECT extract(epoch FROM clock_timestamp() - min(recorded_at)) FROM outbox WHERE published_at IS NULL) "
    "AS float) AS outbox_age, "
    "(SELECT count(*) FROM deferred WHERE next_attempt_at IS NOT NULL) AS deferred, "
    "CAST((SELECT extract(epoch FROM clock_timestamp() - min(first_failed_at)) FROM deferred "
    "WHERE next_attempt_at IS NOT NULL) AS float) AS deferred_age, "
    "(SELECT count(*) FROM deferred WHERE parked_at IS NOT NULL AND discarded_at IS NULL) AS parked, "
    "CAST((SELECT extract(epoch FROM clock_timestamp() - min(parked_at)) FROM deferred "
    "WHERE parked_at IS NOT NULL AND discarded_at IS NULL) AS float) AS parked_age, "
    "(SELECT count(*) FROM job WHERE status IN ('QUEUED', 'RUNNING')) AS jobs_open, "
    "(SELECT count(*) FROM job WHERE status = 'FAILED') AS jobs_failed, "
    "(SELECT count(*) FROM timer WHERE attempts > 0) AS timers_failing, "
    "(SELECT count(*) FROM audit WHERE chain IS NULL) AS audit_unsealed"
)


@dataclass(frozen=True)
class Backlog:
    """Counts of rows that wait; the ages are seconds, None where nothing waits."""

    outbox: Annotated[int, Meta(description="recorded, not yet published")]
    outbox_age: Annotated[float | None, Meta(description="seconds, of the oldest")]
    deferred: int
    deferred_age: float | None
    parked: int
    parked_age: float | None
    jobs_open: int
    jobs_failed: int
    timers_failing: int
    audit_unsealed: int


def read_backlog(session: Session) -> Backlog:
    """Count what waits in this service's tables."""
    return Backlog(**session.execute(_BACKLOG).mappings().one())
