"""What appraisal publishes fits its contracts; what it consumes is read in any order and however often it comes."""

import json
import tomllib
from dataclasses import fields
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from sqlalchemy import text

from appraisal import events
from appraisal.consumers import consumers
from chassis.bus.envelope import IntegrationEvent
from directory.questions import time_zone

CONTRACTS = Path(__file__).parents[3] / "contracts"
OURS = CONTRACTS / "events" / "appraisal"
EVENTS = [
    c for c in vars(events).values() if isinstance(c, type) and issubclass(c, IntegrationEvent) and "NAME" in vars(c)
]
INTERNAL = {
    "CalibrationCalled",
    "CorrectionProposed",
    "DeadlineExtended",
    "DeadlinesApproaching",
    "DeadlinesOverdue",
    "DeciderDesignated",
    "DialogueEscalated",
    "DialogueRequested",
    "ExaminationCalled",
    "FollowUpClosed",
    "FollowUpOpened",
    "ObjectionAnswered",
    "ObjectionEscalated",
    "ObjectionStatementOverdue",
    "ObjectionWithdrawn",
    "RatingSuggested",
    "ReceiptAwaited",
    "ReceiptDeemed",
    "RemindersOutdated",
    "StudyReportDecided",
    "StudyReportRevoked",
    "StudyRevocationProposed",
    "ReviewAsked",
    "ReviewOverdue",
    "ReviewReturned",
}
EXAMPLES = sorted((OURS / "examples").glob("*.json"))
CONSUMED = sorted(
    path
    for producer, name, version in consumers.subscriptions()
    for path in (CONTRACTS / "events" / producer / "examples").glob(f"{name}.v{version}.*")
)


def test_every_event_has_a_schema_and_an_example():
    names = {f.NAME for f in EVENTS}
    assert names == {p.name.split(".")[0] for p in OURS.glob("*.schema.json")}
    assert names == {p.name.split(".")[0] for p in EXAMPLES}


@pytest.mark.parametrize("event", EVENTS, ids=lambda f: f.NAME)
def test_an_event_carries_what_its_schema_declares(event):
    schema = json.loads((OURS / f"{event.NAME}.v{event.VERSION}.schema.json").read_text())
    names = {f.name for f in fields(event)}
    assert names == set(schema["properties"])
    assert set(schema["required"]) <= names
    assert event.SUBJECT in names
    assert schema["x-internal"] is (event.NAME in INTERNAL)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_fits_its_schema(path):
    example = json.loads(path.read_text())
    schema = json.loads((OURS / Path(example["dataschema"]).name).read_text())
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert list(validator.iter_errors(example["data"])) == []
    assert example["subject"] in example["data"].values()


def test_what_is_consumed_is_what_the_subscriptions_allow():
    allowed = tomllib.loads((CONTRACTS / "subscriptions.toml").read_text())["appraisal"]["subscribes_to"]
    assert [f"{p}.{n}.v{v}" for p, n, v in consumers.subscriptions()] == sorted(allowed)


@pytest.mark.parametrize("order", [CONSUMED, CONSUMED[::-1], CONSUMED + CONSUMED], ids=["sorted", "reversed", "twice"])
def test_personnels_examples_are_understood_in_any_order(service, agency, order):
    for path in order:
        body = json.loads(path.read_text())
        service.deliver_envelope(
            {
                **body,
                "agency": agency,
                "id": str(uuid5(NAMESPACE_OID, f"{agency}/{body['id']}")),
                "subject": f"{body['subject']}/{agency}",
            }
        )
    assert service.deferred(agency) == []
    with service.work.transaction(agency) as tx:
        assert tx.session.scalar(text("SELECT count(*) FROM directory_stretch")) > 1
        assert time_zone(tx) == "Asia/Jakarta"
