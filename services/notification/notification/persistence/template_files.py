"""Reads the template files, once for a process; a wrong template is left out, and the others go on."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from prometheus_client import Metric
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from chassis.observability.logging import get_logger
from notification.domain.templates import OWN_NOTICES, Template, TemplateError, Topic, Words, read_template, read_topic
from notification.persistence.event_types import displayable_fields

log = get_logger()
REJECTED_METRIC = "suar_templates_rejected"


@dataclass(frozen=True)
class TemplateBook:
    """The templates that can be used, and the reason for each that cannot."""

    by_key: Mapping[str, Template]
    by_event: Mapping[str, tuple[Template, ...]]
    rejected: tuple[str, ...]

    def for_event(self, kind: str) -> tuple[Template, ...]:
        return self.by_event.get(kind, ())


@cache
def obligation_words() -> Mapping[str, Words]:
    """Return the words of what is owed, by its kind."""
    found = tomllib.loads((_folder() / "reminders.toml").read_text("utf-8"))["words"]
    return {
        kind: Words(words, words) if isinstance(words, str) else Words(words["own"], words["others"])
        for kind, words in found.items()
    }


def _folder() -> Traversable:
    return files("notification") / "templates"


@cache
def topics() -> Mapping[str, Topic]:
    """Return the topics by key; a wrong one stops the process at start."""
    found = tomllib.loads((_folder() / "topics.toml").read_text("utf-8"))["topic"]
    return {topic.key: topic for topic in map(read_topic, found)}


@cache
def template_book(contracts: Path) -> TemplateBook:
    """Return the templates, checked against the published contracts; each that is rejected is logged."""
    return read_book(_folder(), contracts)


def read_book(folder: Traversable, contracts: Path) -> TemplateBook:
    """Read the template files of a folder."""
    displayable = {**displayable_fields(contracts), **OWN_NOTICES}
    by_key: dict[str, Template] = {}
    by_event: dict[str, list[Template]] = defaultdict(list)
    rejected: list[str] = []
    for name, raw in _messages(folder, rejected):
        try:
            template = read_template(raw, topics(), displayable)
            if template.key in by_key:
                raise TemplateError(f"{template.key} is described twice")
        except TemplateError as error:
            rejected.append(f"{name}: {error}")
            continue
        by_key[template.key] = template
        by_event[template.event].append(template)
    for reason in rejected:
        log.error("template_rejected", reason=reason)
    return TemplateBook(by_key, {event: tuple(found) for event, found in by_event.items()}, tuple(rejected))


def _messages(folder: Traversable, rejected: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".toml") or file.name == "topics.toml":
            continue
        try:
            found = tomllib.loads(file.read_text("utf-8")).get("message", [])
        except ValueError as error:
            rejected.append(f"{file.name}: {error}")
            continue
        yield from ((file.name, raw) for raw in found)


class RejectedTemplates(Collector):
    """How many templates are left out, for Prometheus."""

    def __init__(self, book: TemplateBook) -> None:
        self._book = book

    def collect(self) -> Iterator[Metric]:
        rejected = len(self._book.rejected)
        yield GaugeMetricFamily(REJECTED_METRIC, "Templates of messages that are wrong and left out", value=rejected)
