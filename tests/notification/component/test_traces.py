"""The trace and the request's id go along to the subscriber, and what leaves the system is counted."""

import json

from chassis.ids import new_id
from chassis.observability.tracing import trace_id_of
from tests.notification.builders import plan_activated

SENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def numbers(service):
    lines = service.client().get("/metrics").text.splitlines()
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in lines if line and line[0] != "#"}


def test_a_call_to_a_subscriber_belongs_to_the_trace_of_the_event(service, subscribed, receiver, consume, carry):
    body = json.loads(consume("appraisal", "PlanActivated", plan_activated(new_id())).body)
    carry()
    receiver.received.clear()
    body |= {"id": str(new_id()), "sequence": 2, "traceparent": SENT, "correlationid": "permintaan-0001"}
    service.deliver_envelope(body)
    assert carry() == 1
    headers = {name.lower(): value for name, value in receiver.received[0].headers.items()}
    assert trace_id_of(headers["traceparent"]) == trace_id_of(SENT)
    assert headers["traceparent"] != SENT
    assert headers["x-request-id"] == "permintaan-0001"


def test_deliveries_are_counted_and_what_waits_is_seen(service, subscribed, receiver, consume, carry):
    key = 'suar_deliveries_total{channel="webhook",outcome="delivered"}'
    before = numbers(service).get(key, 0)
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    after = numbers(service)
    assert after[key] == before + 1
    assert after['suar_delivery_seconds_count{channel="webhook"}'] >= 1
    assert {"suar_email_waiting", "suar_webhook_overdue_seconds", "suar_feed_waiting"} <= set(after)
