"""What the contracts say of each type of event: whether it may leave, whether it ends, which fields people may see."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from chassis.bus import contracts as published
from notification.domain.event_type import CURRENT, DEPRECATED, RETIRED, Catalogue, EventTypeView

SUFFIX = ".schema.json"
PUBLISHED_FOLDER, RETIRED_FOLDER = "events", f"{published.RETIRED}/events"


@cache
def event_catalogue(contracts: Path) -> Catalogue:
    """Return the types that may leave, and those that did until they were retired; internal ones are none of them."""
    found: dict[str, EventTypeView] = {}
    for folder in (PUBLISHED_FOLDER, RETIRED_FOLDER):
        for name, path, schema in _schemas(contracts, folder):
            if not schema["x-internal"]:
                found[name] = _view(name, f"/contracts/{folder}/{path.parent.name}/{path.name}", schema, folder)
    return Catalogue(found)


def _view(name: str, place: str, schema: dict[str, Any], folder: str) -> EventTypeView:
    words = schema.get("description") or schema.get("title") or ""
    if not schema.get("deprecated"):
        return EventTypeView(name, words, place, CURRENT)
    lifecycle = RETIRED if folder == RETIRED_FOLDER else DEPRECATED
    return EventTypeView(name, words, place, lifecycle, date.fromisoformat(schema["x-sunset"]), schema["x-successor"])


def displayable_fields(contracts: Path) -> dict[str, frozenset[str]]:
    """Return by event, internal ones too, the fields that its producer marks as `x-displayable`."""
    return {
        name: frozenset(field for field, its in schema["properties"].items() if its.get("x-displayable"))
        for name, _, schema in _schemas(contracts, PUBLISHED_FOLDER)
    }


def _schemas(contracts: Path, folder: str) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    for path in sorted((contracts / folder).glob(f"*/*{SUFFIX}")):
        yield f"{path.parent.name}.{path.name.removesuffix(SUFFIX)}", path, json.loads(path.read_text("utf-8"))
