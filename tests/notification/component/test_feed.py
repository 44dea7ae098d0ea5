"""The feed: the same events for all, in an order in which nothing is ever missed."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest

from chassis.bus.envelope import Event
from chassis.ids import new_id
from notification.persistence import feed as feed_rows
from notification.persistence.models import FeedEvent
from notification.use_cases.feed.place import place_all_events, place_events
from tests.notification.builders import contact, issued, plan_activated

FEED = "/api/v1/notification/feed"
PLAN = "appraisal.PlanActivated.v1"


@pytest.fixture
def place(service):
    return lambda: place_all_events(service.work)


def read(service, who, **query):
    answer = service.client(who).get(FEED, query_string=query)
    assert answer.status_code == 200, answer.json
    return answer.json


def event_of(agency, employee_id, sequence, year=2026) -> Event:
    return Event(
        id=new_id(), producer="appraisal", name="PlanActivated", version=1, subject=str(employee_id),
        agency_id=agency, sequence=sequence, time=datetime.now(UTC), data=plan_activated(employee_id, year),
        body=json.dumps({"id": str(employee_id), "data": {"year": year}}),
    )  # fmt: skip


def test_the_feed_gives_the_event_as_it_was_sent(service, subscriber, consume, place):
    siti = new_id()
    event = consume("appraisal", "PlanActivated", plan_activated(siti))
    place()
    page = read(service, subscriber)
    assert [item["id"] for item in page["items"]] == [str(event.id)]
    assert page["items"][0]["data"] == event.data
    assert page["items"][0]["source"] == "/suar/appraisal"
    assert page["at_end"]
    assert read(service, subscriber, cursor=page["next_cursor"])["items"] == []


def test_internal_events_and_those_without_a_contract_never_leave(service, subscriber, consume, place, agency):
    siti = new_id()
    consume("personnel", "EmployeeContactChanged", contact(siti))
    consume("appraisal", "FollowUpOpened", {
        "follow_up_id": str(new_id()), "employee_id": str(siti), "kind": "COUNSELLING", "evaluation_id": str(new_id()),
        "competency_codes": [],
    })  # fmt: skip
    consume("wellbeing", "CaseOpened", {"case_id": str(new_id())})
    place()
    assert read(service, subscriber)["items"] == []
    with service.work.transaction(agency) as tx:
        assert tx.session.query(FeedEvent).count() == 0, "their content is not even kept"
        assert feed_rows.head(tx) == 0
    types = service.client(subscriber).get("/api/v1/notification/event-types").json["items"]
    assert not {"appraisal.FollowUpOpened.v1", "personnel.EmployeeContactChanged.v1"} & {one["name"] for one in types}


def test_an_internal_event_cannot_be_granted(service, person):
    body = {
        "client_id": str(new_id()), "subscriber_name": "X", "channels": ["FEED"], "legal_basis": "PKS",
        "event_types": [PLAN, "appraisal.FollowUpOpened.v1"],
    }  # fmt: skip
    answer = service.client(person("hr_officer")).post("/api/v1/notification/grants", json=body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "event_types.1"


def test_pages_follow_one_another_without_gap_or_repeat(service, subscriber, consume, place):
    sent = [str(consume("appraisal", "PlanActivated", plan_activated(new_id())).id) for _ in range(25)]
    place()
    found, cursor = [], None
    while True:
        page = read(service, subscriber, limit=7, **({"cursor": cursor} if cursor else {}))
        found += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if page["at_end"]:
            break
    assert found == sent


def test_a_reader_never_misses_an_event_that_commits_late(service, subscriber, agency):
    """The consumer that began first commits last; a plain serial number would have been skipped by then."""
    early, late = event_of(agency, new_id(), 1), event_of(agency, new_id(), 1)
    began, go_on = threading.Event(), threading.Event()

    def slow_consumer():
        with service.work.transaction(agency) as tx:
            feed_rows.append(tx, late, internal=False)
            began.set()
            go_on.wait(10)

    slow = threading.Thread(target=slow_consumer)
    slow.start()
    began.wait(10)
    with service.work.transaction(agency) as tx:
        feed_rows.append(tx, early, internal=False)
    place_events(service.work, agency)
    page = read(service, subscriber)
    assert len(page["items"]) == 1
    go_on.set()
    slow.join()
    place_events(service.work, agency)
    after = read(service, subscriber, cursor=page["next_cursor"])
    assert [item["id"] for item in after["items"]] == [late.subject]


def test_a_reader_in_a_hurry_sees_every_event_of_many_concurrent_writers(service, subscriber, agency):
    writers, each, found, cursor = 4, 25, [], None
    done = threading.Event()

    def write():
        for number in range(each):
            with service.work.transaction(agency) as tx:
                feed_rows.append(tx, event_of(agency, new_id(), 1, year=2000 + number), internal=False)

    def place_until_done():
        while not done.is_set() or place_events(service.work, agency):
            place_events(service.work, agency)

    threads = [threading.Thread(target=write) for _ in range(writers)]
    placers = [threading.Thread(target=place_until_done) for _ in range(2)]
    for thread in threads + placers:
        thread.start()
    while len(found) < writers * each:
        page = read(service, subscriber, limit=10, **({"cursor": cursor} if cursor else {}))
        found += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if not any(thread.is_alive() for thread in threads):
            done.set()
            if not any(thread.is_alive() for thread in placers) and page["at_end"]:
                break
    for thread in threads + placers:
        thread.join()
    assert len(found) == len(set(found)) == writers * each
    with service.work.transaction(agency) as tx:
        assert feed_rows.head(tx) == writers * each, "positions are counted without a gap"


def test_events_of_one_subject_stand_in_their_sequence(service, subscriber, agency):
    siti = new_id()
    first, second, third = (event_of(agency, siti, number, year=2020 + number) for number in (1, 2, 3))
    with service.work.transaction(agency) as tx:
        feed_rows.append(tx, third, internal=False)
        feed_rows.append(tx, second, internal=False)
    assert place_events(service.work, agency) == 0, "both wait for the first"
    with service.work.transaction(agency) as tx:
        feed_rows.append(tx, first, internal=False)
    assert place_events(service.work, agency) == 3
    assert [item["data"]["year"] for item in read(service, subscriber)["items"]] == [2021, 2022, 2023]


def test_an_internal_event_counts_in_the_sequence_and_leaves_no_hole(service, subscriber, agency):
    siti = new_id()
    with service.work.transaction(agency) as tx:
        feed_rows.append(tx, event_of(agency, siti, 1), internal=True)
        feed_rows.append(tx, event_of(agency, siti, 2), internal=False)
    assert place_events(service.work, agency) == 2
    assert len(read(service, subscriber)["items"]) == 1


def test_a_reader_can_start_from_a_date_in_the_past(service, subscriber, consume, place):
    for month in (1, 4, 7):
        consume("appraisal", "PlanActivated", plan_activated(new_id()), time=datetime(2026, month, 1, 3, tzinfo=UTC))
    place()
    times = [item["time"][:7] for item in read(service, subscriber, since="2026-03-01")["items"]]
    assert times == ["2026-04", "2026-07"]


def test_the_first_day_of_a_grant_holds_for_the_feed(service, person, consume, place):
    client = person("subscriber")
    body = {
        "client_id": str(client.account_id), "subscriber_name": "BKN Contoh", "channels": ["FEED"],
        "event_types": [PLAN], "legal_basis": "PKS 2", "data_from": "2026-03-01",
    }  # fmt: skip
    service.client(person("operator")).post("/api/v1/notification/grants", json=body)
    for month in (1, 4):
        consume("appraisal", "PlanActivated", plan_activated(new_id()), time=datetime(2026, month, 1, tzinfo=UTC))
    place()
    assert [item["time"][:7] for item in read(service, client)["items"]] == ["2026-04"]
    refused = service.client(client).get(FEED, query_string={"since": "2026-01-01"})
    assert (refused.status_code, refused.json["code"]) == (422, "subscription_start_before_grant")


def test_a_types_filter_stays_within_the_grant(service, subscriber, consume, place):
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    event = consume("appraisal", "AppraisalIssued", issued(new_id()))
    place()
    assert [item["id"] for item in read(service, subscriber, types="appraisal.AppraisalIssued.v1")["items"]] == [
        str(event.id)
    ]
    refused = service.client(subscriber).get(FEED, query_string={"types": "training.TrainingFinished.v1"})
    assert (refused.status_code, refused.json["code"]) == (422, "subscription_types_not_granted")


def test_without_a_grant_or_after_its_end_there_is_no_feed(service, person, subscriber):
    outsider = service.client(person("subscriber")).get(FEED)
    assert (outsider.status_code, outsider.json["code"]) == (403, "subscription_grant_missing")
    officer = service.client(person("hr_officer"))
    grant = officer.get("/api/v1/notification/grants").json["items"][0]
    assert (
        officer.post(
            f"/api/v1/notification/grants/{grant['grant_id']}/revoke", json={"reason": "Perjanjian berakhir"}
        ).status_code
        == 200
    )
    assert service.client(subscriber).get(FEED).status_code == 403


def test_a_grant_ends_by_its_last_day(service, person):
    client = person("subscriber")
    today = service.clock.now().date()
    body = {
        "client_id": str(client.account_id), "subscriber_name": "BKN Contoh", "channels": ["FEED"],
        "event_types": [PLAN], "legal_basis": "PKS 2", "valid_until": (today + timedelta(days=1)).isoformat(),
    }  # fmt: skip
    assert service.client(person("hr_officer")).post("/api/v1/notification/grants", json=body).status_code == 201
    assert service.client(client).get(FEED).status_code == 200
    before = service.clock.now()
    try:
        service.clock.turn(before + timedelta(days=3))
        assert service.client(client).get(FEED).status_code == 403
    finally:
        service.clock.turn(before)


@pytest.mark.parametrize("cursor", ["x", "eyJwIjotMX0", "eyJwIjoieCJ9", "eyJwIjp0cnVlfQ", "e30"])
def test_a_cursor_of_somebody_elses_making_is_refused(service, subscriber, cursor):
    assert service.client(subscriber).get(FEED, query_string={"cursor": cursor}).status_code == 422


def test_agencies_do_not_see_each_others_feed(service, subscriber, consume, place, person):
    consume("appraisal", "PlanActivated", plan_activated(new_id()))
    place()
    other = person("subscriber", agency_id="instansi-kedua")
    body = {
        "client_id": str(other.account_id), "subscriber_name": "X", "channels": ["FEED"], "event_types": [PLAN],
        "legal_basis": "PKS",
    }  # fmt: skip
    officer = person("hr_officer", agency_id="instansi-kedua")
    assert service.client(officer).post("/api/v1/notification/grants", json=body).status_code == 201
    assert read(service, other)["items"] == []


def test_people_and_officers_do_not_read_the_feed(service, person):
    for roles in ((), ("hr_officer",), ("operator",), ("inspector",)):
        assert service.client(person(*roles)).get(FEED).status_code == 403
