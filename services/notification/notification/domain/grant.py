"""What a subscriber was allowed to receive, by whom and until when; never edited, only replaced or revoked."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from chassis.views import view_of
from notification.domain.errors import GrantRevoked, StartBeforeGrant, TypesNotGranted


class Channel(StrEnum):
    WEBHOOK = "WEBHOOK"
    FEED = "FEED"
    AMQP = "AMQP"


@dataclass(frozen=True)
class GiveGrant:
    client_id: UUID
    subscriber_name: str
    event_types: list[str]
    channels: list[Channel]
    legal_basis: str
    data_from: date | None
    valid_until: date | None


@dataclass(frozen=True)
class Grant:
    """A permission; a client has at most one that is not revoked."""

    grant_id: UUID
    client_id: UUID
    subscriber_name: str
    event_types: tuple[str, ...]
    channels: tuple[Channel, ...]
    legal_basis: str
    data_from: date | None
    valid_until: date | None
    granted_by: UUID
    granted_at: datetime
    revoked_by: UUID | None = None
    revoked_at: datetime | None = None
    revoke_reason: str | None = None

    @classmethod
    def given(cls, grant_id: UUID, command: GiveGrant, by: UUID, now: datetime) -> "Grant":
        """Make a grant; its types and channels are kept once each, in order."""
        return view_of(
            cls, command, grant_id=grant_id, event_types=tuple(sorted(set(command.event_types))),
            channels=tuple(sorted(set(command.channels))), granted_by=by, granted_at=now,
            revoked_by=None, revoked_at=None, revoke_reason=None,
        )  # fmt: skip

    def covers(self, channel: Channel, today: date) -> bool:
        """Return whether the client may use a channel today."""
        is_over = self.revoked_at is not None or (self.valid_until is not None and self.valid_until < today)
        return not is_over and channel in self.channels

    def revoked(self, by: UUID, now: datetime, reason: str) -> "Grant":
        """Return it taken back. Raise GrantRevoked."""
        if self.revoked_at is not None:
            raise GrantRevoked
        return replace(self, revoked_by=by, revoked_at=now, revoke_reason=reason)

    def narrow(self, asked: Collection[str]) -> tuple[str, ...]:
        """Return the types asked for, or all that are granted when none is. Raise TypesNotGranted."""
        outside = [name for name in dict.fromkeys(asked) if name not in self.event_types]
        if outside:
            raise TypesNotGranted(types=", ".join(outside))
        return tuple(sorted(set(asked or self.event_types)))

    def require_start(self, day: date | None) -> None:
        """Raise StartBeforeGrant for a first day of data that lies before the grant's own."""
        if day is not None and self.data_from is not None and day < self.data_from:
            raise StartBeforeGrant(data_from=self.data_from.isoformat())


@dataclass(frozen=True)
class GrantView:
    """A grant as the client and the agency's officers read it."""

    grant_id: UUID
    client_id: UUID
    subscriber_name: str
    event_types: tuple[str, ...]
    channels: tuple[Channel, ...]
    legal_basis: str
    data_from: date | None
    valid_until: date | None
    granted_by: UUID
    granted_at: datetime
    revoked_at: datetime | None
    revoke_reason: str | None

    @classmethod
    def of(cls, grant: Grant) -> "GrantView":
        return view_of(cls, grant)


@dataclass(frozen=True)
class TopologyView:
    """For the operator: what to set up on the broker for a direct reader."""

    exchange: str
    queue: str
    routing_keys: tuple[str, ...]
    user: str
    configure: Annotated[str, Meta(description="permission pattern")]
    write: Annotated[str, Meta(description="permission pattern")]
    read: Annotated[str, Meta(description="permission pattern")]

    @classmethod
    def of(cls, grant: Grant, agency_id: str, exchange: str) -> "TopologyView":
        """One queue, no right to write, and a binding for each event: a wildcard would let internal events out."""
        name = f"suar.ext.{agency_id}.{grant.client_id}"
        return cls(
            exchange=exchange, queue=name, routing_keys=tuple(f"{agency_id}.{kind}" for kind in grant.event_types),
            user=f"ext-{agency_id}-{grant.client_id}", configure="^$", write="^$",
            read="^" + name.replace(".", r"\.") + "$",
        )  # fmt: skip
