"""Two versions of one event are two classes of one name."""

from dataclasses import dataclass
from datetime import UTC, datetime

from chassis.bus.envelope import IntegrationEvent, envelope
from chassis.ids import new_id


@dataclass(frozen=True, kw_only=True)
class BookLent(IntegrationEvent, subject="title"):
    title: str


@dataclass(frozen=True, kw_only=True)
class BookLentV2(IntegrationEvent, subject="isbn", name="BookLent", version=2):
    isbn: str


def attributes(event):
    ids = {"event_id": new_id(), "agency_id": "x", "correlation_id": "", "causation_id": "", "traceparent": ""}
    sent = envelope(event, time=datetime(2026, 1, 2, tzinfo=UTC), **ids)
    return sent["type"], sent["subject"], sent["dataschema"].rsplit("/", 1)[1]


def test_a_class_gives_its_name_and_the_first_version():
    assert attributes(BookLent(title="Laskar")) == ("BookLent", "Laskar", "BookLent.v1.schema.json")


def test_a_later_version_keeps_the_name_of_its_event():
    assert attributes(BookLentV2(isbn="978")) == ("BookLent", "978", "BookLent.v2.schema.json")
