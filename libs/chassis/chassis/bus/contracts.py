"""The published contracts: JSON Schemas of events, and the subscriptions of each service."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker

from chassis.bus.envelope import Event, IntegrationEvent, schema_path

# Producer, event name and version.
Subscription = tuple[str, str, int]
EVERYTHING: Subscription = ("*", "*", 0)
# Where the schemas of events lie that are not published any more; such events still come out of history, and from a
# process of the former release.
RETIRED = "retired"


class ContractBroken(Exception):
    """An event violates the schema that its producer has published; the transaction must not commit."""


@dataclass(frozen=True)
class SchemaViolation:
    """Where data violate their schema, the value found there, and the validator's message."""

    path: str
    value: object
    message: str


@dataclass(frozen=True)
class Contracts:
    """Reads the contracts folder; each schema is compiled once."""

    folder: Path

    def check(self, event: IntegrationEvent, data: Mapping[str, Any] | None = None) -> None:
        """Raise ContractBroken unless the event conforms to its schema; `data` is the event's, where it is at hand."""
        validators = _validators(self.folder, event.PRODUCER, event.NAME, event.VERSION)
        found = validators.first_violation(event.data() if data is None else data)
        if found is not None:
            raise ContractBroken(f"{event.PRODUCER}.{event.NAME}.v{event.VERSION}: {found.path}: {found.message}")

    def first_violation(
        self, producer: str, name: str, version: int, data: Mapping[str, Any]
    ) -> SchemaViolation | None:
        """Return the first violation in an event's data; None when there is none, or no such schema."""
        folder = self._folder_of(producer, name, version)
        return None if folder is None else _validators(folder, producer, name, version).first_violation(data)

    def is_internal(self, event: Event) -> bool:
        """Return whether an event must never leave the deployment: unless its schema says `"x-internal": false`."""
        folder = self._folder_of(event.producer, event.name, event.version)
        if folder is None:
            return True
        return _schema(folder, event.producer, event.name, event.version).get("x-internal") is not False

    def subscriptions(self, service: str) -> list[Subscription]:
        """Return the subscriptions of a service as `subscriptions.toml` lists them."""
        table = tomllib.loads((self.folder / "subscriptions.toml").read_text())
        result: list[Subscription] = []
        for entry in table.get(service, {}).get("subscribes_to", []):
            if entry == "*":
                result.append(EVERYTHING)
                continue
            producer, name, version = entry.split(".")
            result.append((producer, name, int(version.removeprefix("v"))))
        return result

    def _folder_of(self, producer: str, name: str, version: int) -> Path | None:
        """Return the folder with an event's schema: of those that are published, or of those that were."""
        path = schema_path(producer, name, version)
        return next((one for one in (self.folder, self.folder / RETIRED) if (one / path).exists()), None)


@dataclass(frozen=True)
class _Validators:
    """A compiled schema, twice: the fast one is asked first, the other one says in its words what is wrong."""

    fast: jsonschema_rs.Draft202012Validator
    precise: Draft202012Validator

    def first_violation(self, data: Mapping[str, Any]) -> SchemaViolation | None:
        if self.fast.is_valid(data):
            return None
        error = next(iter(self.precise.iter_errors(data)), None)
        if error is None:
            return None
        path = "/".join(str(part) for part in error.absolute_path) or "data"
        return SchemaViolation(path, error.instance, error.message)


@cache
def _schema(folder: Path, producer: str, name: str, version: int) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / schema_path(producer, name, version)).read_text())
    return loaded


@cache
def _validators(folder: Path, producer: str, name: str, version: int) -> _Validators:
    try:
        schema = _schema(folder, producer, name, version)
    except FileNotFoundError as error:
        raise ContractBroken(f"no schema at {schema_path(producer, name, version)}") from error
    fast = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    return _Validators(fast, Draft202012Validator(schema, format_checker=FormatChecker()))
