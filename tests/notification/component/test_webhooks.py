"""Signed webhooks: what a receiver gets, in which order, and what happens when it does not answer."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import text
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from chassis.ids import new_id
from tests.notification.builders import contact, issued, plan_activated

SUBSCRIPTIONS = "/api/v1/notification/subscriptions"


@pytest.fixture
def url(subscribed):
    return f"{SUBSCRIPTIONS}/{subscribed['subscription']['subscription_id']}"


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


def test_a_receiver_verifies_what_it_gets_with_the_published_library(service, subscribed, receiver, hear, carry):
    event = hear("appraisal", "PlanActivated", plan_activated(new_id()))
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


def test_each_event_is_sent_once_however_often_it_is_heard(subscribed, receiver, hear, carry):
    event_id, data = new_id(), plan_activated(new_id())
    hear("appraisal", "PlanActivated", data, event_id=event_id, sequence=1)
    hear("appraisal", "PlanActivated", data, event_id=event_id, sequence=1)
    assert carry() == 1
    assert carry() == 0
    assert len(receiver.received) == 1


def test_only_granted_types_are_sent_and_internal_ones_never(subscribed, receiver, hear, carry):
    siti = new_id()
    hear("personnel", "EmployeeContactChanged", contact(siti))
    hear("training", "TrainingEnrolled", {
        "enrolment_id": str(new_id()), "session_id": str(new_id()), "employee_id": str(siti), "starts_on": "2026-08-03",
    })  # fmt: skip
    hear("appraisal", "AppraisalIssued", issued(siti))
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
    service, subscribed, subscriber, receiver, url, hear, carry
):
    new = service.client(subscriber).post(f"{url}/rotate-secret", json={"overlap_hours": 24}).json
    assert new["previous_expires_at"] is not None
    hear("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    assert receiver.verified(subscribed["secret"]) == receiver.verified(new["secret"])
    third = service.client(subscriber).post(f"{url}/rotate-secret", json={"overlap_hours": 0}).json
    receiver.received.clear()
    hear("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    assert len(receiver.verified(third["secret"])) == 1
    for old in (subscribed["secret"], new["secret"]):
        with pytest.raises(WebhookVerificationError):
            receiver.verified(old)


def test_a_refused_event_holds_back_its_own_subject_only(
    service, subscribed, subscriber, receiver, url, hear, carry, pass_time
):
    siti, budi = new_id(), new_id()
    receiver.answer = lambda one: 400 if one.event["subject"] == str(siti) else 200
    for year in (2024, 2025):
        hear("appraisal", "PlanActivated", plan_activated(siti, year))
        hear("appraisal", "PlanActivated", plan_activated(budi, year))
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
    service, subscribed, receiver, hear, carry, pass_time
):
    receiver.answer = lambda _one: 503
    for _ in range(20):
        hear("appraisal", "PlanActivated", plan_activated(new_id()))
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


def test_retry_after_is_respected(service, subscribed, subscriber, receiver, url, hear, carry):
    receiver.answer = lambda _one: (429, {"Retry-After": "3600"})
    hear("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    [waiting] = service.client(subscriber).get(f"{url}/deliveries").json["items"]
    with service.work.database.engine.connect() as connection:
        seconds = connection.execute(
            text("SELECT extract(epoch FROM CAST(:at AS timestamptz) - clock_timestamp())"),
            {"at": waiting["next_attempt_at"]},
        ).scalar_one()
    assert 3500 < seconds <= 3600


def test_an_endpoint_that_nobody_listens_at_is_a_failure_with_a_code(service, subscriber, hear, carry):
    opened = service.client(subscriber).post(SUBSCRIPTIONS, json={"url": "http://127.0.0.1:9/hook"}).json
    hear("appraisal", "PlanActivated", plan_activated(new_id()))
    assert carry() == 0
    url = f"{SUBSCRIPTIONS}/{opened['subscription']['subscription_id']}"
    [waiting] = service.client(subscriber).get(f"{url}/deliveries").json["items"]
    assert (waiting["status"], waiting["error"]) == (None, "CONNECT_FAILED")


def test_after_days_of_failure_the_subscription_is_switched_off_with_notice(
    service, person, subscribed, subscriber, receiver, url, hear, carry, pass_time
):
    receiver.answer = lambda _one: 500
    hear("appraisal", "PlanActivated", plan_activated(new_id()))
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
    hear("appraisal", "PlanActivated", plan_activated(new_id()))
    assert carry() == 0
    assert service.client(subscriber).post(f"{url}/resume").status_code == 200
    assert carry() == 2, "nothing was lost meanwhile"


def test_gone_means_gone(service, subscribed, subscriber, receiver, url, hear, carry):
    receiver.answer = lambda _one: 410
    hear("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    assert service.client(subscriber).get(url).json["subscription"]["state_reason"] == "ENDPOINT_GONE"


def test_a_redirect_is_not_followed(service, subscribed, subscriber, receiver, url, hear, carry):
    receiver.answer = lambda one: (307, {"Location": receiver.url + "/elsewhere"})
    hear("appraisal", "PlanActivated", plan_activated(new_id()))
    carry()
    assert [one.path for one in receiver.received] == ["/hook"]
    [waiting] = service.client(subscriber).get(f"{url}/deliveries").json["items"]
    assert waiting["error"] == "HTTP_307"


def test_a_paused_subscription_gets_everything_after_it_resumes(
    service, subscribed, subscriber, receiver, url, hear, carry
):
    assert service.client(subscriber).post(f"{url}/pause").json["state"] == "PAUSED"
    for _ in range(3):
        hear("appraisal", "PlanActivated", plan_activated(new_id()))
    assert carry() == 0
    again = service.client(subscriber).post(f"{url}/pause")
    assert (again.status_code, again.json["code"]) == (409, "subscription_state_conflict")
    service.client(subscriber).post(f"{url}/resume")
    assert carry() == 3


def test_a_replay_sends_again_since_a_day_under_the_same_ids(
    service, subscribed, subscriber, receiver, url, hear, carry
):
    old = service.clock.now() - timedelta(days=20)
    hear("appraisal", "PlanActivated", plan_activated(new_id()), time=old)
    recent = hear("appraisal", "PlanActivated", plan_activated(new_id()))
    assert carry() == 2
    receiver.received.clear()
    since = (old + timedelta(days=10)).date().isoformat()
    assert service.client(subscriber).post(f"{url}/replay", json={"since": since}).json["run"] == 2
    assert carry() == 1
    assert [one.event["id"] for one in receiver.received] == [str(recent.id)]


def test_a_subscription_can_start_in_the_past(service, subscriber, receiver, hear, carry):
    for days in (40, 20, 0):
        hear("appraisal", "PlanActivated", plan_activated(new_id()), time=service.clock.now() - timedelta(days=days))
    carry()
    start = (service.clock.now() - timedelta(days=30)).date().isoformat()
    answer = service.client(subscriber).post(SUBSCRIPTIONS, json={"url": receiver.url, "start_from": start})
    assert answer.status_code == 201
    assert carry() == 2


def test_a_given_up_delivery_can_be_sent_again(service, subscribed, subscriber, receiver, url, hear, carry, agency):
    receiver.answer = lambda _one: 422
    hear("appraisal", "PlanActivated", plan_activated(new_id()))
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


def test_a_revoked_grant_stops_deliveries_at_once(service, person, subscribed, subscriber, receiver, url, hear, carry):
    officer = service.client(person("hr_officer"))
    [grant] = officer.get("/api/v1/notification/grants").json["items"]
    hear("appraisal", "PlanActivated", plan_activated(new_id()))
    officer.post(f"/api/v1/notification/grants/{grant['grant_id']}/revoke", json={"reason": "Perjanjian berakhir"})
    assert carry() == 0
    assert receiver.received == []
    assert service.client(subscriber).get(url).json["subscription"]["state_reason"] == "GRANT_ENDED"
    assert service.client(subscriber).post(f"{url}/resume").json["code"] == "subscription_grant_missing"


def test_a_narrower_grant_narrows_what_is_sent(service, person, subscribed, subscriber, receiver, hear, carry):
    body = {
        "client_id": str(subscriber.account_id), "subscriber_name": "BKC", "channels": ["WEBHOOK"],
        "event_types": ["appraisal.AppraisalIssued.v1"], "legal_basis": "Perjanjian 2/2026",
    }  # fmt: skip
    assert service.client(person("operator")).post("/api/v1/notification/grants", json=body).status_code == 201
    hear("appraisal", "PlanActivated", plan_activated(new_id()))
    hear("appraisal", "AppraisalIssued", issued(new_id()))
    carry()
    assert [one.event["type"] for one in receiver.received] == ["AppraisalIssued"]


def test_a_ping_tells_what_the_endpoint_answers(service, subscribed, subscriber, receiver, url):
    answer = service.client(subscriber).post(f"{url}/ping").json
    assert (answer["ok"], answer["status"]) == (True, 204)
    [event] = receiver.verified(subscribed["secret"])
    assert event["type"] == "Ping"
    again = service.client(subscriber).post(f"{url}/ping")
    assert (again.status_code, again.json["code"]) == (429, "subscription_ping_too_soon")


def test_connections_are_kept_for_one_event_after_another(subscribed, receiver, hear, carry):
    for _ in range(40):
        hear("appraisal", "PlanActivated", plan_activated(new_id()))
    assert carry() == 40
    assert receiver.connections <= 4, "as many as there are senders for one endpoint"


def test_two_dispatchers_send_nothing_twice(service, subscribed, receiver, hear, dispatcher):
    from concurrent.futures import ThreadPoolExecutor

    from notification.use_cases.sequence_feed import sequence_everything

    for _ in range(30):
        hear("appraisal", "PlanActivated", plan_activated(new_id()))
    sequence_everything(service.work)
    with ThreadPoolExecutor(3) as pool:
        for task in [pool.submit(dispatcher.dispatch_due) for _ in range(3)]:
            task.result()
    dispatcher.dispatch_due()
    assert len(receiver.received) == 30


def test_a_dispatcher_killed_after_the_call_repeats_it_under_the_same_id(
    service, subscribed, receiver, hear, dispatcher, carry
):
    """The outcome is not committed: the transaction that would note it fails, as when the process dies there."""
    from notification.use_cases import dispatch_webhooks

    event = hear("appraisal", "PlanActivated", plan_activated(new_id()))
    from notification.use_cases.sequence_feed import sequence_everything

    sequence_everything(service.work)
    dying = dispatch_webhooks.Dispatcher(service.work, dispatcher.outside)
    lease = next(iter(dispatch_webhooks.webhook_queue.claim(service.work.database.engine, 8)))
    load = dying._load(lease)
    import threading

    dying._send(load, time.monotonic() + 10, threading.Event())
    dying.close()
    with service.work.database.engine.begin() as connection:
        connection.execute(text("UPDATE webhook_queue SET lease_until = clock_timestamp() - interval '1 second'"))
    assert carry() == 1
    assert [one.headers["webhook-id"] for one in receiver.received] == [str(event.id)] * 2


class TestAccess:
    def test_another_client_of_the_agency_may_not_touch_a_subscription(self, service, person, url):
        stranger = service.client(person("subscriber"))
        for method, path, body in (
            ("GET", url, None),
            ("PATCH", url, {"url": "http://127.0.0.1:1/x"}),
            ("DELETE", url, None),
            ("POST", f"{url}/pause", {}),
            ("POST", f"{url}/resume", {}),
            ("POST", f"{url}/rotate-secret", {}),
            ("POST", f"{url}/ping", {}),
            ("POST", f"{url}/replay", {"since": "2026-01-01"}),
            ("GET", f"{url}/deliveries", None),
            ("POST", f"{url}/deliveries/{new_id()}/retry", {}),
        ):
            answer = stranger.request(method, path, json=body, headers={"If-Match": "*"})
            assert answer.status_code == 403, (method, path, answer.json)
        assert stranger.get(SUBSCRIPTIONS).json["items"] == []

    def test_another_agencys_client_or_officer_finds_nothing(self, service, person, url):
        for role in ("subscriber", "hr_officer", "operator"):
            other = service.client(person(role, agency_id="instansi-jauh"))
            assert other.get(url).status_code == 404
            assert other.post(f"{url}/pause").status_code == 404

    def test_officers_of_the_agency_see_and_stop_but_do_not_get_secrets(self, service, person, url):
        for role in ("hr_officer", "operator"):
            officer = service.client(person(role))
            assert officer.get(url).status_code == 200
            assert officer.post(f"{url}/rotate-secret", json={}).status_code == 403
            assert (
                officer.patch(url, json={"url": "http://127.0.0.1:1/x"}, headers={"If-Match": "*"}).status_code == 403
            )
        assert officer.post(f"{url}/pause").status_code == 200

    def test_people_without_an_office_have_no_business_here(self, service, person, url):
        for role in ((), ("inspector",), ("unit_leader",), ("wellbeing_officer",)):
            assert service.client(person(*role)).get(url).status_code == 403
            assert service.client(person(*role)).get("/api/v1/notification/grants").status_code == 403

    def test_a_client_cannot_give_itself_a_grant(self, service, person):
        client = person("subscriber")
        body = {
            "client_id": str(client.account_id), "subscriber_name": "X", "channels": ["FEED"],
            "event_types": ["appraisal.PlanActivated.v1"], "legal_basis": "-",
        }  # fmt: skip
        assert service.client(client).post("/api/v1/notification/grants", json=body).status_code == 403

    def test_a_client_reads_its_own_grants_only(self, service, person, subscriber):
        [grant] = service.client(subscriber).get("/api/v1/notification/grants").json["items"]
        other = service.client(person("subscriber"))
        assert other.get("/api/v1/notification/grants").json["items"] == []
        assert other.get(f"/api/v1/notification/grants/{grant['grant_id']}").status_code == 403


class TestChanges:
    def test_a_change_needs_the_version_it_was_made_on(self, service, subscriber, url, receiver):
        client = service.client(subscriber)
        assert client.patch(url, json={"contact_email": "ti@bkc.go.id"}).status_code == 428
        etag = client.get(url).headers["ETag"]
        changed = client.patch(url, json={"contact_email": "ti@bkc.go.id"}, headers={"If-Match": etag})
        assert changed.json["contact_email"] == "ti@bkc.go.id"
        stale = client.patch(url, json={"contact_email": None}, headers={"If-Match": etag})
        assert stale.status_code == 412

    def test_the_same_address_is_not_subscribed_twice(self, service, subscriber, receiver, subscribed):
        again = service.client(subscriber).post(SUBSCRIPTIONS, json={"url": receiver.url})
        assert (again.status_code, again.json["code"]) == (409, "subscription_url_taken")

    def test_a_closed_subscription_is_over(self, service, subscriber, receiver, subscribed, url, hear, carry):
        hear("appraisal", "PlanActivated", plan_activated(new_id()))
        assert service.client(subscriber).delete(url).status_code == 204
        assert service.client(subscriber).delete(url).status_code == 204
        assert carry() == 0
        assert service.client(subscriber).post(f"{url}/resume").status_code == 409
        assert service.client(subscriber).post(SUBSCRIPTIONS, json={"url": receiver.url}).status_code == 201

    def test_types_outside_the_grant_are_refused_by_name(self, service, subscriber, receiver):
        body = {"url": receiver.url, "event_types": ["training.TrainingFinished.v1"]}
        refused = service.client(subscriber).post(SUBSCRIPTIONS, json=body)
        assert refused.status_code == 422
        assert "training.TrainingFinished.v1" in refused.json["detail"]

    def test_the_topology_of_a_direct_reader_names_each_event(self, service, person, subscriber, agency):
        [grant] = service.client(subscriber).get("/api/v1/notification/grants").json["items"]
        shown = service.client(person("operator")).get(f"/api/v1/notification/grants/{grant['grant_id']}/topology").json
        assert f"{agency}.appraisal.PlanActivated.v1" in shown["routing_keys"]
        assert not any("*" in key or "#" in key for key in shown["routing_keys"])
        assert (shown["configure"], shown["write"]) == ("^$", "^$")
