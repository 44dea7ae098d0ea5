"""Events as they are published and as they are consumed, and the CloudEvents envelope between the two."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import msgspec

T = TypeVar("T")

# The ranges of the columns in which these numbers are stored.
MAX_VERSION, MAX_SEQUENCE = 2**31 - 1, 2**63 - 1


def to_json(value: Any) -> Any:
    """Convert a plain Python value to JSON types: ids and decimals become text, dates ISO 8601, enums their value."""
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
    """Base of the events a service publishes: a frozen dataclass in the past tense.

    Its name is the event's, its package the producer's; `class PlanActivated(IntegrationEvent, subject="employee_id")`
    names the field whose value is the CloudEvents subject. While two versions are published, the class of the later one
    names both: `class PlanActivatedV2(IntegrationEvent, subject="employee_id", name="PlanActivated", version=2)`.
    `producer` is named where the service has another name than its package.
    """

    PRODUCER: ClassVar[str]
    NAME: ClassVar[str]
    VERSION: ClassVar[int]
    SUBJECT: ClassVar[str]

    def __init_subclass__(cls, *, subject: str, name: str = "", version: int = 1, producer: str = "") -> None:
        cls.PRODUCER, cls.NAME, cls.SUBJECT = producer or cls.__module__.split(".")[0], name or cls.__name__, subject
        cls.VERSION = version

    @property
    def subject(self) -> str:
        """Return the CloudEvents subject: the value of the field that SUBJECT names."""
        return str(getattr(self, self.SUBJECT))

    def data(self) -> dict[str, Any]:
        """Return the payload, ready for JSON."""
        return {item.name: to_json(getattr(self, item.name)) for item in fields(self)}


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event as it is consumed. `data` may hold more than a consumer needs and may grow: read only what you use."""

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
        """Parse an envelope; raise ValueError when it is malformed, or when a database could not store it."""
        try:
            whole = body.decode() if isinstance(body, bytes) else body
            raw = json.loads(whole)
            if not isinstance(raw["data"], dict):
                raise TypeError("data is no object")
            return cls(
                id=UUID(raw["id"]),
                producer=_text(raw, "source").rsplit("/", 1)[1],
                name=_text(raw, "type"),
                version=_integer(raw["dataschema"].rsplit(".v", 1)[1].split(".", 1)[0], MAX_VERSION),
                subject=_text(raw, "subject"),
                agency_id=_text(raw, "agency"),
                sequence=_integer(raw["sequence"], MAX_SEQUENCE),
                time=datetime.fromisoformat(raw["time"]),
                data=raw["data"],
                correlation_id=_text(raw, "correlationid", ""),
                causation_id=_text(raw, "causationid", ""),
                traceparent=_text(raw, "traceparent", ""),
                body=whole,
            )
        except (LookupError, TypeError, AttributeError, ValueError, OverflowError, RecursionError) as error:
            raise ValueError(f"not an event envelope: {type(error).__name__}: {error}") from error

    def read(self, kind: type[T], **more: object) -> T:
        """Make a `kind` of the fields of `data` that it names; those in `more` come first.

        Raise ValueError where one is missing or wrong.
        """
        return msgspec.convert({**self.data, **more}, kind)


def _text(raw: Mapping[str, Any], key: str, default: str | None = None) -> str:
    """Return a text that a database can store: without NUL and without lone surrogates."""
    value = raw[key] if default is None else raw.get(key, default)
    if not isinstance(value, str) or "\0" in value:
        raise TypeError(f"{key} is no plain text")
    value.encode()
    return value


def _integer(value: str | int, maximum: int) -> int:
    number = int(value)
    if not 0 <= number <= maximum:
        raise ValueError(f"a number is not between 0 and {maximum}")
    return number


def schema_path(producer: str, name: str, version: int) -> str:
    """Return the path of an event's schema, relative to the contracts folder."""
    return f"events/{producer}/{name}.v{version}.schema.json"


def routing_key(agency_id: str, producer: str, name: str, version: int) -> str:
    """Return `<agency>.<service>.<EventName>.v<N>`."""
    return f"{agency_id}.{producer}.{name}.v{version}"


def envelope(
    event: IntegrationEvent,
    *,
    event_id: UUID,
    agency_id: str,
    time: datetime,
    correlation_id: str,
    causation_id: str,
    traceparent: str,
) -> dict[str, Any]:
    """Return the attributes of a CloudEvents 1.0 envelope in structured mode, without `sequence` and `data`."""
    optional = {"correlationid": correlation_id, "causationid": causation_id, "traceparent": traceparent}
    return {
        "specversion": "1.0",
        "id": str(event_id),
        "source": f"/suar/{event.PRODUCER}",
        "type": event.NAME,
        "subject": event.subject,
        "time": time.isoformat(),
        "datacontenttype": "application/json",
        "dataschema": "/contracts/" + schema_path(event.PRODUCER, event.NAME, event.VERSION),
        "agency": agency_id,
        **{key: value for key, value in optional.items() if value},
    }
