"""What happens when a receiver does not answer, refuses, or is gone."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from chassis.ids import new_id
from tests.notification.builders import SUBSCRIPTIONS, plan_activated


@pytest.fixture
def pass_time(service):
    """Let the waits of a subscription be over: its deliveries and its rest lie as much further back."""

    def back(subscribed, by: timedelta, *, failing_by: timedelta | None = None):
        subscription_id = subscribed["subscription"]["subscription_id"]
        agency = None
        with service.work.database.engine.begin() as connection:
            agency = connection.execute(
                text(
                    "UPDATE webhook_queue SET due_at = due_at - CAST(:by AS interval), "
                    "rest_until = rest_until - CAST(:by AS interval) WHERE subscription_id = :id RETURNING agency_id"
                ),
                {"by": by, "id": subscription_id},
            ).scalar()
        with service.work.transaction(agency) as tx:
            tx.session.execute(
                text("UPDATE webhook_deliveries SET next_attempt_at = next_attempt_at - CAST(:by AS interval)"),
                {"by": by},
            )
            if failing_by:
                tx.session.execute(
                    text("UPDATE subscriptions SET failing_since = failing_since - CAST(:by AS interval)"),
                    {"by": failing_by},
                )

    return back


def test_a_refused_event_holds_back_its_own_subject_only(
    service, subscribed, subscriber, receiver, url, consume, carry, pass_time
):
    siti, budi = new_id(), new_id()
    receiver.answer = lambda one: 400 if one.event["subject"] == str(siti) else 200
    for year in (2024, 2025):
        consume("appraisal", "PlanActivated", plan_activated(siti, year))
        consume("appraisal", "PlanActivated", plan_activated(budi, year))
    assert carry() == 2
    years = [(one.event["subject"], one.event["data"]["year"]) for one in receiver.received]
    assert years.count((str(siti), 2024)) == 1
    assert (str(siti), 2025) not in years
    log = service.client(subscriber).get(f"{url}/deliveries", query_string={"state": "PENDING"}).json["items"]
    assert [(one["attempts"], one["error"]) for one in log] == [(0, None), (1, "HTTP_400")]
    assert log[1]["failures"][0]["status"] == 400

    receiver.answer = lambda _one: 200
    pass_time(subscribed, timedelta(minutes=2))
    assert carry() == 2
    mine = [one.event["data"]["year"] for one in receiver.received if one.event["subject"] == str(siti)]
    assert mine == [2024, 2024, 2025], "again from where it stopped, in order"


def test_an_endpoint_that_is_down_is_probed_once_and_then_left_alone(
    service, subscribed, receiver, consume, carry, pass_time
):
    receiver.answer = lambda _one: 503
    for _ in range(20):
        consume("appraisal", "PlanActivated", plan_activated(new_id()))
    assert carry() == 0
    assert len(receiver.received) <= 4, "no more calls than senders"
    before = len(receiver.received)
    assert carry() == 0
    assert len(receiver.received) == before, "it rests"
    pass_time(subscribed, timedelta(seconds=6))
    carry()
    assert len(receiver.received) == before + 1, "one call to see whether it is back"

    receiver.answer = lambda _one: 200
    pass_time(subscribed, timedelta(minutes=10))
    assert carry() == 20
    events = {one.event["id"] for one in receiver.received}
    assert len(events) == 20


def test_retry_after_is_respected(service, subscribed, subscriber, receiver, url, consume, carry):
    receiver.answer = lambda _one: (429, {"Retry-After": "3600"})
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    [waiting] = service.client(subscriber).get(f"{url}/deliveries").json["items"]
    with service.work.database.engine.connect() as connection:
        seconds = connection.execute(
            text("SELECT extract(epoch FROM CAST(:at AS timestamptz) - clock_timestamp())"),
            {"at": waiting["next_attempt_at"]},
        ).scalar_one()
    assert 3500 < seconds <= 3600


def test_an_endpoint_that_nobody_listens_at_is_a_failure_with_a_code(service, subscriber, consume, carry):
    opened = service.client(subscriber).post(SUBSCRIPTIONS, json={"url": "http://127.0.0.1:9/hook"}).json
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    assert carry() == 0
    url = f"{SUBSCRIPTIONS}/{opened['subscription']['subscription_id']}"
    [waiting] = service.client(subscriber).get(f"{url}/deliveries").json["items"]
    assert (waiting["status"], waiting["error"]) == (None, "CONNECT_FAILED")


def test_after_days_of_failure_the_subscription_is_switched_off_with_notice(
    service, person, subscribed, subscriber, receiver, url, consume, carry, pass_time
):
    receiver.answer = lambda _one: 500
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    pass_time(subscribed, timedelta(days=6), failing_by=timedelta(days=6))
    carry()
    standing = service.client(subscriber).get(url).json
    assert (standing["subscription"]["state"], standing["subscription"]["state_reason"]) == (
        "DISABLED",
        "ENDPOINT_FAILING",
    )
    notice = service.client(person("hr_officer")).get("/api/v1/notification/inbox").json["items"][0]
    assert notice["title"] == "Langganan data dihentikan otomatis"
    assert "Badan Kepegawaian Contoh" in notice["body"]
    assert service.client(person("operator")).get("/api/v1/notification/inbox").json["items"]

    receiver.answer = lambda _one: 200
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    assert carry() == 0
    assert service.client(subscriber).post(f"{url}/resume").status_code == 200
    assert carry() == 2, "nothing was lost meanwhile"


def test_gone_means_gone(service, subscribed, subscriber, receiver, url, consume, carry):
    receiver.answer = lambda _one: 410
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    assert service.client(subscriber).get(url).json["subscription"]["state_reason"] == "ENDPOINT_GONE"


def test_a_redirect_is_not_followed(service, subscribed, subscriber, receiver, url, consume, carry):
    receiver.answer = lambda one: (307, {"Location": receiver.url + "/elsewhere"})
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    assert [one.path for one in receiver.received] == ["/hook"]
    [waiting] = service.client(subscriber).get(f"{url}/deliveries").json["items"]
    assert waiting["error"] == "HTTP_307"


def test_a_given_up_delivery_can_be_sent_again(service, subscribed, subscriber, receiver, url, consume, carry, agency):
    receiver.answer = lambda _one: 422
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    with service.work.transaction(agency) as tx:
        tx.session.execute(text("UPDATE webhook_deliveries SET attempts = 11, next_attempt_at = clock_timestamp()"))
        tx.session.execute(
            text("UPDATE webhook_queue SET due_at = clock_timestamp() WHERE agency_id = :a"), {"a": agency}
        )
    carry()
    [given_up] = service.client(subscriber).get(f"{url}/deliveries").json["items"]
    assert (given_up["state"], given_up["attempts"]) == ("FAILED", 12)
    receiver.answer = lambda _one: 200
    retry = service.client(subscriber).post(f"{url}/deliveries/{given_up['delivery_id']}/retry")
    assert retry.json["state"] == "PENDING"
    assert carry() == 1
    assert service.client(subscriber).post(f"{url}/deliveries/{given_up['delivery_id']}/retry").status_code == 409
