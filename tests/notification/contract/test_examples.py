"""Every example of every published event is heard without a fault, and every text fits the schema it speaks of."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from notification.domain.templates import OWN_NOTICES, placeholders
from notification.persistence.event_types import event_catalogue
from notification.persistence.models import FeedEvent
from notification.persistence.template_files import template_book
from notification.use_cases.feed.place import place_all_events
from testkit.plugin import CONTRACTS

EXAMPLES = sorted(CONTRACTS.glob("events/*/examples/*.json"))
OF_RETIRED = sorted(CONTRACTS.glob("retired/events/*/examples/*.json"))
FROM_THE_DIRECTORY = {"employee_name", "unit_name"}


def schema_of(kind: str) -> dict:
    producer, name, version = kind.split(".")
    return json.loads((CONTRACTS / "events" / producer / f"{name}.{version}.schema.json").read_text())


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_an_example_is_consumed(service, agency, path: Path):
    service.deliver_example(path, agency)
    assert service.deferred(agency) == []
    place_all_events(service.work)


@pytest.mark.parametrize("path", OF_RETIRED, ids=lambda path: path.name)
def test_an_event_that_a_former_process_still_publishes_is_kept_for_the_feed(service, agency, path: Path):
    service.deliver_example(path, agency)
    with service.work.transaction(agency) as tx:
        (kind,) = tx.session.scalars(select(FeedEvent.kind))
    assert path.name.startswith(kind.removeprefix("personnel."))


@pytest.mark.parametrize(
    "template",
    [one for one in template_book(CONTRACTS).by_key.values() if one.event not in OWN_NOTICES],
    ids=lambda one: one.key,
)
def test_a_text_uses_only_fields_that_its_event_always_has(template):
    schema = schema_of(template.event)
    needed = set().union(*(placeholders(text) for text in (template.title, template.body, template.link)))
    needed |= set(template.once_per) | set(template.when)
    optional_here = {"quarter", "month", "reissued_for", "receipt_rule"} & set(template.when)
    if template.when.get("receipt_rule") == "DEEMED":
        optional_here.add("deemed_receipt_at")
    assert needed - FROM_THE_DIRECTORY - optional_here <= set(schema["required"])
    assert needed - FROM_THE_DIRECTORY <= set(schema["properties"])


def test_internal_events_are_not_among_the_types_that_may_leave():
    types = event_catalogue(CONTRACTS).types
    assert "appraisal.AppraisalCompleted.v1" in types
    for path in CONTRACTS.glob("events/*/*.schema.json"):
        kind = f"{path.parent.name}.{path.name.removesuffix('.schema.json')}"
        assert (kind in types) is not json.loads(path.read_text())["x-internal"], kind
