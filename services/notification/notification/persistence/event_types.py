"""Which types of event may leave at all, read from the published contracts."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SUFFIX = ".schema.json"


@dataclass(frozen=True)
class EventType:
    name: str
    description: str
    schema: str


@cache
def event_types(contracts: Path) -> dict[str, EventType]:
    """By name (`appraisal.AppraisalCompleted.v1`); internal events are left out."""
    found: dict[str, EventType] = {}
    for path in sorted((contracts / "events").glob(f"*/*{SUFFIX}")):
        schema = json.loads(path.read_text("utf-8"))
        if schema.get("x-internal"):
            continue
        name = f"{path.parent.name}.{path.name.removesuffix(SUFFIX)}"
        words = schema.get("description") or schema.get("title") or ""
        found[name] = EventType(name, words, f"/contracts/events/{path.parent.name}/{path.name}")
    return found
