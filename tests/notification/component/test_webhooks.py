"""Signed webhooks: what a receiver gets, once, in order, and in whose name."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from chassis.ids import new_id
from notification.loops import Dispatcher
from notification.persistence import webhook_queue
from notification.use_cases.deliveries.take import take_deliveries
from notification.use_cases.feed.place import place_all_events
from tests.notification.builders import contact, issued, plan_activated


def test_a_receiver_verifies_what_it_gets_with_the_published_library(service, subscribed, receiver, consume, carry):
    event = consume("appraisal", "PlanActivated", plan_activated(new_id()))
    assert carry() == 1
    [verified] = receiver.verified(subscribed["secret"])
    assert verified["id"] == str(event.id)
    assert verified["type"] == "PlanActivated"
    assert receiver.received[0].body == event.body, "byte for byte what the producer said"
    headers = {name.lower(): value for name, value in receiver.received[0].headers.items()}
    assert headers["webhook-id"] == str(event.id)
    assert headers["content-type"].startswith("application/cloudevents+json")
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "QUJD" * 8).verify(receiver.received[0].body, receiver.received[0].headers)


def test_each_event_is_sent_once_however_often_it_is_consumed(subscribed, receiver, consume, carry):
    event_id, data = new_id(), plan_activated(new_id())
    consume("appraisal", "PlanActivated", data, event_id=event_id, sequence=1)
    consume("appraisal", "PlanActivated", data, event_id=event_id, sequence=1)
    assert carry() == 1
    assert carry() == 0
    assert len(receiver.received) == 1


def test_only_granted_types_are_sent_and_internal_ones_never(subscribed, receiver, consume, carry):
    siti = new_id()
    consume("personnel", "EmployeeContactChanged", contact(siti))
    consume("training", "TrainingEnrolled", {
        "enrolment_id": str(new_id()), "session_id": str(new_id()), "employee_id": str(siti), "starts_on": "2026-08-03",
    })  # fmt: skip
    consume("appraisal", "AppraisalIssued", issued(siti))
    assert carry() == 1
    assert [one.event["type"] for one in receiver.received] == ["AppraisalIssued"]


def test_the_secret_is_shown_once_and_is_sealed_in_the_database(service, subscribed, subscriber, url, agency):
    assert subscribed["secret"].startswith("whsec_")
    shown = service.client(subscriber).get(url)
    assert subscribed["secret"] not in shown.text
    with service.work.transaction(agency) as tx:
        stored = tx.session.execute(text("SELECT sealed FROM webhook_secrets")).scalar_one()
    assert subscribed["secret"].removeprefix("whsec_") not in stored


def test_after_a_rotation_both_secrets_verify_until_the_overlap_is_over(
    service, subscribed, subscriber, receiver, url, consume, carry
):
    new = service.client(subscriber).post(f"{url}/rotate-secret", json={"overlap_hours": 24}).json
    assert new["previous_expires_at"] is not None
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    assert receiver.verified(subscribed["secret"]) == receiver.verified(new["secret"])
    third = service.client(subscriber).post(f"{url}/rotate-secret", json={"overlap_hours": 0}).json
    receiver.received.clear()
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    assert len(receiver.verified(third["secret"])) == 1
    for old in (subscribed["secret"], new["secret"]):
        with pytest.raises(WebhookVerificationError):
            receiver.verified(old)


def test_connections_are_kept_for_one_event_after_another(subscribed, receiver, consume, carry):
    for _ in range(40):
        consume("appraisal", "PlanActivated", plan_activated(new_id()))
    assert carry() == 40
    assert receiver.connections <= 4, "as many as there are senders for one endpoint"


def test_two_dispatchers_send_nothing_twice(service, subscribed, receiver, consume, dispatcher):
    for _ in range(30):
        consume("appraisal", "PlanActivated", plan_activated(new_id()))
    place_all_events(service.work)
    with ThreadPoolExecutor(3) as pool:
        for task in [pool.submit(dispatcher.dispatch_due) for _ in range(3)]:
            task.result()
    dispatcher.dispatch_due()
    assert len(receiver.received) == 30


def test_a_dispatcher_killed_after_the_call_repeats_it_under_the_same_id(
    service, subscribed, receiver, consume, dispatcher, carry
):
    """The outcome is not committed: the transaction that would note it fails, as when the process dies there."""
    event = consume("appraisal", "PlanActivated", plan_activated(new_id()))
    place_all_events(service.work)
    dying = Dispatcher(service.work, dispatcher.outbound)
    [lease] = webhook_queue.claim(service.work.database.engine, 8)
    load = take_deliveries(service.work, lease, dispatcher.outbound.box)
    dying._send(load, time.monotonic() + 10, threading.Event())
    dying.close()
    with service.work.database.engine.begin() as connection:
        connection.execute(text("UPDATE webhook_queue SET lease_until = clock_timestamp() - interval '1 second'"))
    assert carry() == 1
    assert [one.headers["webhook-id"] for one in receiver.received] == [str(event.id)] * 2
