"""A type of event is deprecated and then retired: nobody new takes it, and those who do learn it, and lose no event."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chassis import jobs
from chassis.auth import Principal
from notification.domain.event_type import CURRENT, DEPRECATED, RETIRED, Lifecycle
from notification.loops import Dispatcher
from notification.persistence.event_types import event_catalogue
from notification.use_cases.event_types.announce import JOB, AnnounceParams
from testkit.plugin import CONTRACTS
from testkit.service import ServiceUnderTest
from tests.notification.builders import SUBSCRIPTIONS, issued, plan_activated

API = "/api/v1/notification"
ENDING, SUCCESSOR = "appraisal.PlanActivated.v1", "appraisal.AppraisalIssued.v1"
NOTICE = {"event_type": ENDING, "lifecycle": "DEPRECATED", "sunset": "2027-05-31", "successor": SUCCESSOR}


@pytest.fixture(scope="session")
def contracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ending") / "contracts"
    shutil.copytree(CONTRACTS, folder)
    return folder


@pytest.fixture(scope="session")
def service(make_service: Callable[..., ServiceUnderTest], contracts: Path) -> ServiceUnderTest:
    """The service on contracts that change."""
    return make_service("notification", {"CONTRACTS_DIR": str(contracts)})


@pytest.fixture(scope="session")
def dispatcher(service: ServiceUnderTest) -> Iterator[Dispatcher]:
    made = Dispatcher(service.work, service.app.extensions["notification_outbound"])
    yield made
    made.close()


@pytest.fixture
def becomes(contracts: Path) -> Iterator[Callable[[Lifecycle], None]]:
    """Publish contracts by which the type goes on, is deprecated or is retired."""
    name = "events/appraisal/PlanActivated.v1.schema.json"
    original = (CONTRACTS / name).read_text()
    ends = {"deprecated": True, "x-sunset": NOTICE["sunset"], "x-successor": SUCCESSOR}

    def publish(lifecycle: Lifecycle) -> None:
        for folder in (contracts, contracts / "retired"):
            (folder / name).unlink(missing_ok=True)
        path = (contracts / "retired" if lifecycle is RETIRED else contracts) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(original if lifecycle is CURRENT else json.dumps(json.loads(original) | ends))
        event_catalogue.cache_clear()

    yield publish
    publish(CURRENT)


def grant(client: Principal, *types: str) -> dict[str, object]:
    return {
        "client_id": str(client.account_id), "subscriber_name": "BKC", "channels": ["WEBHOOK", "FEED"],
        "event_types": types, "legal_basis": "Perjanjian 1/2026",
    }  # fmt: skip


def test_a_deprecated_type_takes_nobody_new(service, person, subscriber, receiver, becomes):
    becomes(DEPRECATED)
    hr, client = service.client(person("hr_officer")), service.client(subscriber)
    asked = {"url": receiver.url, "event_types": [ENDING]}
    refused = client.post(SUBSCRIPTIONS, json=asked)
    assert (refused.status_code, refused.json["code"]) == (422, "event_type_deprecated")
    assert SUCCESSOR in refused.json["detail"]
    rest = client.post(SUBSCRIPTIONS, json={"url": receiver.url}).json["subscription"]
    assert ENDING not in rest["event_types"]
    patch = {"json": {"event_types": [ENDING]}, "headers": {"If-Match": "*"}}
    assert client.patch(f"{SUBSCRIPTIONS}/{rest['subscription_id']}", **patch).json["code"] == "event_type_deprecated"
    (error,) = hr.post(f"{API}/grants", json=grant(person("subscriber"), ENDING)).json["errors"]
    assert (error["field"], error["code"], error["expected"]) == ("event_types.0", "event_type_deprecated", SUCCESSOR)
    assert hr.post(f"{API}/grants", json=grant(subscriber, ENDING)).status_code == 201


def test_who_takes_it_goes_on_and_learns_of_its_end(
    service, subscribed, subscriber, receiver, url, becomes, consume, carry
):
    client = service.client(subscriber)
    assert client.get(url).json["subscription"]["notices"] == []
    becomes(DEPRECATED)
    consume("appraisal", "PlanActivated", plan_activated(subscriber.account_id))
    consume("appraisal", "AppraisalIssued", issued(subscriber.account_id))
    assert carry() == 2
    headers = {one.event["type"]: one.headers for one in receiver.received}
    assert headers["PlanActivated"]["sunset"] == "Mon, 31 May 2027 00:00:00 GMT"
    assert "AppraisalIssued.v1.schema.json" in headers["PlanActivated"]["link"]
    assert not {"sunset", "link"} & headers["AppraisalIssued"].keys()
    assert len(receiver.verified(subscribed["secret"])) == 2
    assert client.get(url).json["subscription"]["notices"] == [NOTICE]
    assert client.get(SUBSCRIPTIONS).json["items"][0]["notices"] == [NOTICE]
    assert client.get(f"{API}/feed").json["notices"] == [NOTICE]
    assert client.get(f"{API}/feed?types={SUCCESSOR}").json["notices"] == []


def test_the_catalogue_and_the_list_of_subscribers_say_who_must_move(service, person, subscriber, receiver, becomes):
    client, hr = service.client(subscriber), service.client(person("hr_officer"))
    opened = client.post(SUBSCRIPTIONS, json={"url": receiver.url, "event_types": [ENDING]}).json["subscription"]
    becomes(DEPRECATED)
    listed = {one["name"]: one for one in client.get(f"{API}/event-types").json["items"]}
    assert (listed[ENDING]["lifecycle"], listed[ENDING]["sunset"]) == ("DEPRECATED", "2027-05-31")
    assert (listed[ENDING]["successor"], listed[SUCCESSOR]["lifecycle"]) == (SUCCESSOR, "CURRENT")
    (found,) = hr.get(f"{API}/event-types/{ENDING}/subscribers").json["items"]
    assert (found["client_id"], found["channels"]) == (str(subscriber.account_id), ["FEED", "WEBHOOK"])
    endpoint = {"subscription_id": opened["subscription_id"], "host": "127.0.0.1", "state": "ACTIVE"}
    assert found["subscriptions"] == [endpoint]
    (other,) = hr.get(f"{API}/event-types/{SUCCESSOR}/subscribers").json["items"]
    assert other["subscriptions"] == []
    assert hr.get(f"{API}/event-types/personnel.EmployeeTimelineChanged.v1/subscribers").status_code == 404
    elsewhere = service.client(person("operator", agency_id="instansi-jauh"))
    assert elsewhere.get(f"{API}/event-types/{ENDING}/subscribers").json["items"] == []
    here = f"{API}/event-types/{ENDING}/subscribers?agency_id={subscriber.agency_id}"
    assert elsewhere.get(here).json["items"] == hr.get(here).json["items"] == [found]
    assert service.client(person("hr_officer", agency_id="instansi-jauh")).get(here).status_code == 403


def announce(service: ServiceUnderTest, agency: str, *types: str) -> None:
    """Run what the migration that retires a type has queued in each agency."""
    with service.work.transaction(agency) as tx:
        jobs.start(tx, JOB, AnnounceParams(list(types)), None, key="test")
    service.run_jobs()


@pytest.fixture
def taken(service, subscriber, receiver) -> str:
    """A subscription to the type that ends, and to no other; the contact has an address."""
    body = {"url": receiver.url, "event_types": [ENDING], "contact_email": "ti@bkc.example"}
    answer = service.client(subscriber).post(SUBSCRIPTIONS, json=body)
    return f"{SUBSCRIPTIONS}/{answer.json['subscription']['subscription_id']}"


def test_a_subscription_ends_when_the_last_event_of_a_retired_type_is_sent(
    service, person, agency, subscriber, receiver, taken, becomes, consume, carry
):
    client = service.client(subscriber)
    consume("appraisal", "PlanActivated", plan_activated(subscriber.account_id))
    becomes(RETIRED)
    assert client.get(taken).json["subscription"]["state"] == "ACTIVE"
    assert carry() == 1
    announce(service, agency, ENDING)
    assert carry() == 0
    ended = client.get(taken).json
    assert (ended["subscription"]["state"], ended["subscription"]["state_reason"]) == ("DISABLED", "TYPES_RETIRED")
    assert ended["subscription"]["notices"] == [NOTICE | {"lifecycle": "RETIRED"}]
    assert ended["deliveries"] == {"DELIVERED": 1}
    resumed = client.post(f"{taken}/resume")
    assert (resumed.status_code, resumed.json["code"]) == (422, "event_type_retired")

    changed = client.patch(taken, json={"event_types": [SUCCESSOR]}, headers={"If-Match": "*"})
    assert (changed.status_code, client.post(f"{taken}/resume").json["state"]) == (200, "ACTIVE")
    consume("appraisal", "AppraisalIssued", issued(subscriber.account_id))
    assert carry() == 1


def test_hr_the_operator_and_the_contact_are_notified_of_what_is_retired(
    service, person, agency, subscriber, taken, becomes
):
    becomes(RETIRED)
    announce(service, agency, ENDING)
    for office in ("hr_officer", "operator"):
        (message,) = service.client(person(office)).get(f"{API}/inbox").json["items"]
        assert message["title"] == "Jenis peristiwa dihentikan"
        for word in ("Badan Kepegawaian Contoh", ENDING, SUCCESSOR, "sudah tidak diterbitkan"):
            assert word in message["body"]
    emails = service.client(person("operator")).get(f"{API}/emails").json["items"]
    assert [one["kind"] for one in emails].count("NOTICE") == 1
    announced = service.client(person("hr_officer")).get(f"{API}/event-types/{ENDING}/subscribers").json["items"]
    assert [one["subscriber_name"] for one in announced] == ["Badan Kepegawaian Contoh"]


def test_a_retired_type_is_neither_subscribed_nor_granted_and_its_history_is_read(
    service, person, agency, subscriber, receiver, becomes, consume, carry
):
    client, hr = service.client(subscriber), service.client(person("hr_officer"))
    consume("appraisal", "PlanActivated", plan_activated(subscriber.account_id))
    carry()
    becomes(RETIRED)
    refused = client.post(SUBSCRIPTIONS, json={"url": receiver.url, "event_types": [ENDING]})
    assert (refused.status_code, refused.json["code"]) == (422, "event_type_retired")
    (error,) = hr.post(f"{API}/grants", json=grant(subscriber, ENDING)).json["errors"]
    assert (error["code"], error["expected"]) == ("event_type_retired", SUCCESSOR)
    feed = client.get(f"{API}/feed?types={ENDING}").json
    assert ([one["type"] for one in feed["items"]], feed["notices"][0]["lifecycle"]) == (["PlanActivated"], "RETIRED")


def test_a_subscription_to_other_types_too_goes_on_with_them(
    service, agency, subscriber, subscribed, url, becomes, consume, carry
):
    becomes(RETIRED)
    announce(service, agency, ENDING)
    consume("appraisal", "AppraisalIssued", issued(subscriber.account_id))
    assert carry() == 1
    assert service.client(subscriber).get(url).json["subscription"]["state"] == "ACTIVE"
