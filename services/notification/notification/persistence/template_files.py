"""Reads the template files, once; a wrong one stops the process at start."""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from notification.domain.templates import Template, TemplateError, Topic, read_template, read_topic


@dataclass(frozen=True)
class TemplateBook:
    topics: Mapping[str, Topic]
    by_key: Mapping[str, Template]
    by_event: Mapping[str, tuple[Template, ...]]

    def for_event(self, kind: str) -> tuple[Template, ...]:
        return self.by_event.get(kind, ())


@cache
def template_book() -> TemplateBook:
    folder = files("notification") / "templates"
    topics = {
        topic.key: topic
        for topic in map(read_topic, tomllib.loads((folder / "topics.toml").read_text("utf-8"))["topic"])
    }
    by_key: dict[str, Template] = {}
    by_event: dict[str, list[Template]] = defaultdict(list)
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".toml") or file.name == "topics.toml":
            continue
        for raw in tomllib.loads(file.read_text("utf-8")).get("message", []):
            template = read_template(raw, topics)
            if template.key in by_key:
                raise TemplateError(f"{file.name}: {template.key} is described twice")
            by_key[template.key] = template
            by_event[template.event].append(template)
    return TemplateBook(topics, by_key, {event: tuple(found) for event, found in by_event.items()})
