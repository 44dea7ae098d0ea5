"""The types of event that may leave the deployment: which go on, which are deprecated, which are retired."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from notification.domain.errors import EventTypeDeprecated, EventTypeRetired


class Lifecycle(StrEnum):
    """DEPRECATED: published until its last day, and taken by nobody new. RETIRED: not published any more."""

    CURRENT = "CURRENT"
    DEPRECATED = "DEPRECATED"
    RETIRED = "RETIRED"


CURRENT, DEPRECATED, RETIRED = Lifecycle


@dataclass(frozen=True)
class EventTypeNotice:
    """What a subscriber must know of a type that ends, or has ended."""

    event_type: str
    lifecycle: Lifecycle
    sunset: Annotated[date, Meta(description="from this day on it is not published")]
    successor: Annotated[str, Meta(description="the type that takes its place")]

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of a delivery: Sunset (RFC 8594), and the schema of the successor (RFC 5829)."""
        day = format_datetime(datetime.combine(self.sunset, time.min, UTC), usegmt=True)
        producer, rest = self.successor.split(".", 1)
        return {"sunset": day, "link": f'</contracts/events/{producer}/{rest}.schema.json>; rel="successor-version"'}


@dataclass(frozen=True)
class EventTypeView:
    """A type of event that may leave the deployment; `sunset` and `successor` are those of one that ends."""

    name: str
    description: str
    schema: str
    lifecycle: Lifecycle = CURRENT
    sunset: Annotated[date | None, Meta(description="from this day on it is not published")] = None
    successor: Annotated[str | None, Meta(description="the type that takes its place")] = None

    @property
    def notice(self) -> EventTypeNotice | None:
        """Return what a subscriber must know of it; None when it goes on."""
        if self.sunset is None or self.successor is None:
            return None
        return EventTypeNotice(self.name, self.lifecycle, self.sunset, self.successor)


@dataclass(frozen=True)
class Catalogue:
    """All types that may leave, by name."""

    types: Mapping[str, EventTypeView]

    def notice(self, name: str) -> EventTypeNotice | None:
        found = self.types.get(name)
        return found.notice if found else None

    def notices(self, names: Iterable[str]) -> tuple[EventTypeNotice, ...]:
        """Return what is to be known of those of these types that end or have ended."""
        found = (self.notice(name) for name in names)
        return tuple(one for one in found if one is not None)

    def are_over(self, names: Collection[str]) -> bool:
        """Return whether none of these types is published any more."""
        return all(found is not None and found.lifecycle is RETIRED for found in map(self.notice, names))

    def require_published(self, names: Collection[str]) -> None:
        """Raise EventTypeRetired when none of these types is published any more."""
        if self.are_over(names):
            self._refuse(self.notices(names))

    def chosen(self, asked: Collection[str], found: Sequence[str], kept: Collection[str] = ()) -> tuple[str, ...]:
        """Return the types of a subscription; `found` are those asked for, or all that are granted when none is.

        Of all that are granted only those that go on are taken, and those it has already (`kept`). Raise
        EventTypeDeprecated, EventTypeRetired for one that takes no new subscriber.
        """
        ending = [one for one in self.notices(found) if one.event_type not in kept]
        names = {one.event_type for one in ending}
        chosen = tuple(name for name in found if name not in names)
        if ending and (asked or not chosen):
            self._refuse(ending)
        return chosen

    def _refuse(self, ending: Sequence[EventTypeNotice]) -> None:
        retired = [one for one in ending if one.lifecycle is RETIRED]
        refused = retired or ending
        raise (EventTypeRetired if retired else EventTypeDeprecated)(
            types=", ".join(one.event_type for one in refused),
            successors=", ".join(dict.fromkeys(one.successor for one in refused)),
            sunset=", ".join(dict.fromkeys(one.sunset.isoformat() for one in refused)),
        )


@dataclass(frozen=True)
class EndpointView:
    """An address to which a type is sent."""

    subscription_id: UUID
    host: str
    state: str


@dataclass(frozen=True)
class SubscriberView:
    """Who may take a type by an open grant, and the addresses to which it is sent."""

    client_id: UUID
    subscriber_name: str
    grant_id: UUID
    channels: tuple[str, ...]
    valid_until: date | None
    subscriptions: Annotated[tuple[EndpointView, ...], Meta(description="empty: none takes it by webhook")]
