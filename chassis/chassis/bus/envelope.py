"""What travels: facts that a service says, events that it hears, and the CloudEvents envelope between them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar
from uuid import UUID

# What the columns of these numbers can hold.
MOST_VERSIONS, MOST_EVENTS = 2**31 - 1, 2**63 - 1


def to_json(value: Any) -> Any:
    """Turn a plain Python value into what JSON can say: ids and decimals become text, dates ISO, enums their value."""
    match value:
        case Enum():
            return value.value
        case UUID() | Decimal():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case Mapping():
            return {str(key): to_json(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [to_json(item) for item in value]
        case _:
            return value


@dataclass(frozen=True, kw_only=True)
class IntegrationEvent:
    """Base of the events a service says: a frozen dataclass in the past tense with its contract's coordinates."""

    PRODUCER: ClassVar[str]
    NAME: ClassVar[str]
    VERSION: ClassVar[int] = 1
    SUBJECT: ClassVar[str]

    @property
    def subject(self) -> str:
        """The CloudEvents subject: the value of the field that SUBJECT names."""
        return str(getattr(self, self.SUBJECT))

    def data(self) -> dict[str, Any]:
        """The payload, ready for JSON."""
        return {item.name: to_json(getattr(self, item.name)) for item in fields(self)}


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event as it is heard. `data` holds more than the reader needs, and may grow: read only what you use."""

    id: UUID
    producer: str
    name: str
    version: int
    subject: str
    agency_id: str
    sequence: int
    time: datetime
    data: dict[str, Any]
    correlation_id: str = ""
    causation_id: str = ""
    traceparent: str = ""
    body: str = ""

    @classmethod
    def parse(cls, body: str | bytes) -> "Event":
        """Read an envelope; raises ValueError when it is not one of ours, or could not even be kept for later."""
        try:
            whole = body.decode() if isinstance(body, bytes) else body
            raw = json.loads(whole)
            if not isinstance(raw["data"], dict):
                raise TypeError("data is no object")
            return cls(
                id=UUID(raw["id"]),
                producer=_words(raw, "source").rsplit("/", 1)[1],
                name=_words(raw, "type"),
                version=_number(raw["dataschema"].rsplit(".v", 1)[1].split(".", 1)[0], MOST_VERSIONS),
                subject=_words(raw, "subject"),
                agency_id=_words(raw, "agency"),
                sequence=_number(raw["sequence"], MOST_EVENTS),
                time=datetime.fromisoformat(raw["time"]),
                data=raw["data"],
                correlation_id=_words(raw, "correlationid", ""),
                causation_id=_words(raw, "causationid", ""),
                traceparent=_words(raw, "traceparent", ""),
                body=whole,
            )
        except (LookupError, TypeError, AttributeError, ValueError, OverflowError, RecursionError) as error:
            raise ValueError(f"not an event envelope: {type(error).__name__}: {error}") from error


def _words(raw: Mapping[str, Any], key: str, otherwise: str | None = None) -> str:
    """Text that a database can keep: without NUL, and without half a character."""
    value = raw[key] if otherwise is None else raw.get(key, otherwise)
    if not isinstance(value, str) or "\0" in value:
        raise TypeError(f"{key} is no plain text")
    value.encode()
    return value


def _number(value: str | int, most: int) -> int:
    number = int(value)
    if not 0 <= number <= most:
        raise ValueError(f"a number is not between 0 and {most}")
    return number


def schema_path(producer: str, name: str, version: int) -> str:
    """Where an event's schema lies, seen from the contracts folder."""
    return f"events/{producer}/{name}.v{version}.schema.json"


def routing_key(agency_id: str, producer: str, name: str, version: int) -> str:
    """`<agency>.<service>.<EventName>.v<N>`."""
    return f"{agency_id}.{producer}.{name}.v{version}"


def envelope(
    fact: IntegrationEvent,
    *,
    event_id: UUID,
    agency_id: str,
    time: datetime,
    correlation_id: str,
    causation_id: str,
    traceparent: str,
) -> dict[str, Any]:
    """The attributes of a CloudEvents 1.0 envelope in structured mode, without `sequence` and `data`."""
    optional = {"correlationid": correlation_id, "causationid": causation_id, "traceparent": traceparent}
    return {
        "specversion": "1.0",
        "id": str(event_id),
        "source": f"/suar/{fact.PRODUCER}",
        "type": fact.NAME,
        "subject": fact.subject,
        "time": time.isoformat(),
        "datacontenttype": "application/json",
        "dataschema": "/contracts/" + schema_path(fact.PRODUCER, fact.NAME, fact.VERSION),
        "agency": agency_id,
        **{key: value for key, value in optional.items() if value},
    }
