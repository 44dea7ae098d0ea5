"""Deliveries to a subscriber: what is sent, what came of each call, and which may go out now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from chassis.views import view_of
from notification.domain.errors import DeliveryStateConflict
from notification.domain.retries import DELIVERY_MINUTES, Outcome, classify_status, next_attempt


class DeliveryState(StrEnum):
    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


RETRIABLE = (DeliveryState.FAILED, DeliveryState.CANCELLED)


@dataclass(frozen=True)
class AttemptView:
    """A call that failed; the one that succeeded is recorded in its delivery."""

    number: int
    at: datetime
    status: int | None
    error: str
    duration_ms: int


@dataclass(frozen=True)
class Delivery:
    """One event on its way to one subscriber, as the delivery log shows it."""

    delivery_id: UUID
    run: int
    position: int
    event_id: UUID
    kind: str
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime | None
    status: int | None
    error: str | None
    duration_ms: int | None
    finished_at: datetime | None
    failures: tuple[AttemptView, ...] = ()

    def retried(self, now: datetime) -> "Delivery":
        """Return it due once more. Raise DeliveryStateConflict unless it was given up or cancelled."""
        if self.state not in RETRIABLE:
            raise DeliveryStateConflict(state=self.state, expected=" atau ".join(RETRIABLE))
        return replace(self, state=DeliveryState.PENDING, attempts=0, next_attempt_at=now, finished_at=None)


@dataclass(frozen=True)
class Reply:
    """What came of one call: a status, or the reason why there is none."""

    status: int | None
    error: str | None
    duration_ms: int
    retry_after: timedelta | None = None

    @property
    def outcome(self) -> Outcome:
        return Outcome.ENDPOINT_DOWN if self.status is None else classify_status(self.status)


@dataclass(frozen=True)
class Outgoing:
    """A delivery that goes out now, with the event as its producer sent it."""

    delivery_id: UUID
    event_id: UUID
    attempts: int
    body: str


@dataclass(frozen=True)
class Call:
    sent: Outgoing
    reply: Reply


@dataclass(frozen=True)
class FailedCall:
    """A delivery after a call that failed: tried again, or given up, and then its subject goes on."""

    delivery_id: UUID
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime | None
    status: int | None
    error: str
    duration_ms: int
    endpoint_failure: bool
    finished_at: datetime | None

    @classmethod
    def of(cls, call: Call, now: datetime) -> "FailedCall":
        reply, attempts = call.reply, call.sent.attempts + 1
        due = next_attempt(attempts, now, DELIVERY_MINUTES, reply.retry_after)
        return cls(
            delivery_id=call.sent.delivery_id, attempts=attempts, next_attempt_at=due, status=reply.status,
            state=DeliveryState.FAILED if due is None else DeliveryState.PENDING,
            error=reply.error or f"HTTP_{reply.status}", duration_ms=reply.duration_ms,
            endpoint_failure=reply.outcome is not Outcome.REFUSED, finished_at=now if due is None else None,
        )  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """A delivery not finished yet, as the dispatcher sees it."""

    position: int
    subject: str
    is_due: bool


def chains(waiting: Sequence[Waiting], limit: int) -> list[list[int]]:
    """Return the positions that may be sent now, one chain for each subject, in order of position.

    A subject whose oldest unfinished event is not due waits as a whole, so that no event overtakes an earlier one of
    its own subject; other subjects go on.
    """
    waiting_subjects: set[str] = set()
    found: dict[str, list[int]] = {}
    room = limit
    for item in sorted(waiting, key=lambda item: item.position):
        if item.subject in waiting_subjects or room == 0:
            continue
        if not item.is_due:
            waiting_subjects.add(item.subject)
            continue
        found.setdefault(item.subject, []).append(item.position)
        room -= 1
    return list(found.values())


@dataclass(frozen=True)
class PingView:
    ok: bool
    status: int | None
    error: str | None
    duration_ms: int

    @classmethod
    def of(cls, reply: Reply) -> "PingView":
        return view_of(cls, reply, ok=reply.outcome is Outcome.DELIVERED)
