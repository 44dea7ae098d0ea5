"""What the published contracts say of each type of event: whether it may leave, and which fields people may see."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from notification.domain.grant import EventTypeView

SUFFIX = ".schema.json"


@cache
def event_types(contracts: Path) -> dict[str, EventTypeView]:
    """Return the types that may leave by name (`appraisal.AppraisalCompleted.v1`); internal ones are not among them."""
    found: dict[str, EventTypeView] = {}
    for name, path, schema in _schemas(contracts):
        if schema["x-internal"]:
            continue
        words = schema.get("description") or schema.get("title") or ""
        found[name] = EventTypeView(name, words, f"/contracts/events/{path.parent.name}/{path.name}")
    return found


def displayable_fields(contracts: Path) -> dict[str, frozenset[str]]:
    """Return by event, internal ones too, the fields that its producer marks as `x-displayable`."""
    return {
        name: frozenset(field for field, its in schema["properties"].items() if its.get("x-displayable"))
        for name, _, schema in _schemas(contracts)
    }


def _schemas(contracts: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    for path in sorted((contracts / "events").glob(f"*/*{SUFFIX}")):
        yield f"{path.parent.name}.{path.name.removesuffix(SUFFIX)}", path, json.loads(path.read_text("utf-8"))
