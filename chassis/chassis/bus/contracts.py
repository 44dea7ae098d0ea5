"""The published contracts: JSON Schemas of events, and who subscribes to what."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from chassis.bus.envelope import Event, IntegrationEvent, schema_path


class ContractBroken(Exception):
    """A fact does not fit the schema that its producer has published; the transaction that says it must not commit."""


@dataclass(frozen=True)
class Fault:
    """Where data break their schema, with the value found there and what the schema says of it."""

    where: str
    value: object
    message: str


@dataclass(frozen=True)
class Contracts:
    """Reads the contracts folder; schemas are compiled once."""

    folder: Path

    def check(self, fact: IntegrationEvent) -> None:
        """Raise ContractBroken unless the fact fits its schema."""
        fault = _first_fault(_validator(self.folder, fact.PRODUCER, fact.NAME, fact.VERSION), fact.data())
        if fault is not None:
            raise ContractBroken(f"{fact.PRODUCER}.{fact.NAME}.v{fact.VERSION}: {fault.where}: {fault.message}")

    def fault_in(self, producer: str, name: str, version: int, data: Mapping[str, Any]) -> Fault | None:
        """The first thing in an event's data that its schema forbids; None as well where there is no such schema."""
        if not (self.folder / schema_path(producer, name, version)).exists():
            return None
        return _first_fault(_validator(self.folder, producer, name, version), data)

    def is_internal(self, event: Event) -> bool:
        """Tell whether an event must never leave the deployment (`x-internal` in its schema, or no schema at all)."""
        try:
            schema = _schema(self.folder, event.producer, event.name, event.version)
        except FileNotFoundError:
            return True
        return bool(schema.get("x-internal", False))

    def subscriptions(self, service: str) -> list[tuple[str, str, int]]:
        """The (producer, event, version) triples a service may hear; ("*", "*", 0) stands for everything."""
        table = tomllib.loads((self.folder / "subscriptions.toml").read_text())
        result = []
        for entry in table.get(service, {}).get("hears", []):
            if entry == "*":
                result.append(("*", "*", 0))
                continue
            producer, name, version = entry.split(".")
            result.append((producer, name, int(version.removeprefix("v"))))
        return result


def _first_fault(validator: Draft202012Validator, data: Mapping[str, Any]) -> Fault | None:
    error = next(iter(validator.iter_errors(data)), None)
    if error is None:
        return None
    where = "/".join(str(part) for part in error.absolute_path) or "data"
    return Fault(where, error.instance, error.message)


@cache
def _schema(folder: Path, producer: str, name: str, version: int) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / schema_path(producer, name, version)).read_text())
    return loaded


@cache
def _validator(folder: Path, producer: str, name: str, version: int) -> Draft202012Validator:
    try:
        schema = _schema(folder, producer, name, version)
    except FileNotFoundError as error:
        raise ContractBroken(f"no schema at {schema_path(producer, name, version)}") from error
    return Draft202012Validator(schema, format_checker=FormatChecker())
