"""Subscriptions: paused, replayed, changed and ended, by those who may."""

from datetime import timedelta

from chassis.ids import new_id
from tests.notification.builders import SUBSCRIPTIONS, issued, plan_activated


def test_a_paused_subscription_gets_everything_after_it_resumes(
    service, subscribed, subscriber, receiver, url, consume, carry
):
    assert service.client(subscriber).post(f"{url}/pause").json["state"] == "PAUSED"
    for _ in range(3):
        consume("appraisal", "PlanActivated", plan_activated(new_id()))
    assert carry() == 0
    again = service.client(subscriber).post(f"{url}/pause")
    assert (again.status_code, again.json["code"]) == (409, "subscription_state_conflict")
    service.client(subscriber).post(f"{url}/resume")
    assert carry() == 3


def test_a_replay_sends_again_since_a_day_under_the_same_ids(
    service, subscribed, subscriber, receiver, url, consume, carry
):
    old = service.clock.now() - timedelta(days=20)
    consume("appraisal", "PlanActivated", plan_activated(new_id()), time=old)
    recent = consume("appraisal", "PlanActivated", plan_activated(new_id()))
    assert carry() == 2
    receiver.received.clear()
    since = (old + timedelta(days=10)).date().isoformat()
    assert service.client(subscriber).post(f"{url}/replay", json={"since": since}).json["run"] == 2
    assert carry() == 1
    assert [one.event["id"] for one in receiver.received] == [str(recent.id)]


def test_a_subscription_can_start_in_the_past(service, subscriber, receiver, consume, carry):
    for days in (40, 20, 0):
        consume("appraisal", "PlanActivated", plan_activated(new_id()), time=service.clock.now() - timedelta(days=days))
    carry()
    start = (service.clock.now() - timedelta(days=30)).date().isoformat()
    answer = service.client(subscriber).post(SUBSCRIPTIONS, json={"url": receiver.url, "start_from": start})
    assert answer.status_code == 201
    assert carry() == 2


def test_a_revoked_grant_stops_deliveries_at_once(
    service, person, subscribed, subscriber, receiver, url, consume, carry
):
    officer = service.client(person("hr_officer"))
    [grant] = officer.get("/api/v1/notification/grants").json["items"]
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    officer.post(f"/api/v1/notification/grants/{grant['grant_id']}/revoke", json={"reason": "Perjanjian berakhir"})
    assert carry() == 0
    assert receiver.received == []
    assert service.client(subscriber).get(url).json["subscription"]["state_reason"] == "GRANT_ENDED"
    assert service.client(subscriber).post(f"{url}/resume").json["code"] == "subscription_grant_missing"


def test_a_narrower_grant_narrows_what_is_sent(service, person, subscribed, subscriber, receiver, consume, carry):
    body = {
        "client_id": str(subscriber.account_id), "subscriber_name": "BKC", "channels": ["WEBHOOK"],
        "event_types": ["appraisal.AppraisalIssued.v1"], "legal_basis": "Perjanjian 2/2026",
    }  # fmt: skip
    assert service.client(person("operator")).post("/api/v1/notification/grants", json=body).status_code == 201
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    consume("appraisal", "AppraisalIssued", issued(new_id()))
    carry()
    assert [one.event["type"] for one in receiver.received] == ["AppraisalIssued"]


def test_a_ping_shows_what_the_endpoint_answers(service, subscribed, subscriber, receiver, url):
    answer = service.client(subscriber).post(f"{url}/ping").json
    assert (answer["ok"], answer["status"]) == (True, 204)
    [event] = receiver.verified(subscribed["secret"])
    assert event["type"] == "Ping"
    again = service.client(subscriber).post(f"{url}/ping")
    assert (again.status_code, again.json["code"]) == (429, "subscription_ping_too_soon")


class TestAccess:
    def test_another_client_of_the_agency_may_not_touch_a_subscription(self, service, person, url):
        outsider = service.client(person("subscriber"))
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
            answer = outsider.request(method, path, json=body, headers={"If-Match": "*"})
            assert answer.status_code == 403, (method, path, answer.json)
        assert outsider.get(SUBSCRIPTIONS).json["items"] == []

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

    def test_a_closed_subscription_is_over(self, service, subscriber, receiver, subscribed, url, consume, carry):
        consume("appraisal", "PlanActivated", plan_activated(new_id()))
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
