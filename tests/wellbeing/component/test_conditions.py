import pytest

from tests.wellbeing.builders import BASE, SMALL_BUREAU, a_bureau, an_officer, ok, refused


@pytest.fixture
def context(service, agency, at):
    service.clock.turn(at(2026, 8, 10, 2))
    return a_bureau(service, agency, SMALL_BUREAU)


@pytest.fixture
def officer(context):
    return an_officer(context)


def measure(context, who, team="siti", measure="LIGHT", value="210", day="2026-08-10", place="Meja 4"):
    body = {"unit_id": str(context.teams[team]), "place": place, "measure": measure, "value": value, "measured_on": day}
    return context.client(who).post(f"{BASE}/measurements", json=body)


def hazard(context, who, *, danger=False):
    body = {
        "category": "SAFETY",
        "unit_id": str(context.teams["siti"]),
        "description": "Kabel terkelupas",
        "danger": danger,
    }
    return ok(context.client(who).post(f"{BASE}/conditions", json=body), 201)


def test_210_lux_at_sitis_desk_opens_a_ticket_with_a_deadline_and_new_lamps_close_it(
    context, officer, service, agency, at
):
    siti, client = context.member("siti", 3), context.client(officer)

    found = ok(measure(context, siti), 201)

    assert (found["finding"], found["lowest"], found["verified"]) == ("TOO_LOW", "300", True)
    assert found["reference_version"] == "default-environment-1"
    path = f"{BASE}/conditions/{found['ticket_id']}"
    ticket = ok(context.client(siti).get(path))
    assert ticket["description"].startswith("Terukur 210 lux; seharusnya paling sedikit 300 lux")
    assert ticket["due_at"].startswith("2026-08-13T17:00:00")
    owner = context.member("large", 2)
    ok(client.put(f"{path}/owner", json={"owner_id": str(owner.employee_id)}))
    ok(client.post(f"{path}/moves", json={"target": "TRIAGED", "resolve_by": "2026-08-20"}))
    ok(context.client(owner).post(f"{path}/moves", json={"target": "IN_PROGRESS"}))
    assert ok(measure(context, siti, value="340.5"), 201)["ticket_id"] == found["ticket_id"]
    done = ok(context.client(owner).post(f"{path}/moves", json={"target": "RESOLVED", "note": "Lampu diganti"}))

    assert [entry["action"] for entry in done["history"]] == [
        "RECEIVED", "ASSIGNED", "TRIAGED", "IN_PROGRESS", "MEASURED", "RESOLVED",
    ]  # fmt: skip
    assert [row["finding"] for row in done["measurements"]] == ["TOO_LOW", "WITHIN"]
    published = service.events(agency)
    assert [one["type"] for one in published] == ["ConditionOpened", "ConditionClosed"]
    assert published[0]["data"] == {
        "ticket_id": found["ticket_id"],
        "unit_id": str(context.teams["siti"]),
        "category": "LIGHT",
        "due_at": "2026-08-13T17:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("what", "value", "finding", "verified"),
    [
        ("LIGHT", "300", "WITHIN", True),
        ("LIGHT", "299.9", "TOO_LOW", True),
        ("TEMPERATURE", "26", "WITHIN", True),
        ("TEMPERATURE", "26.1", "TOO_HIGH", True),
        ("HUMIDITY", "61", "TOO_HIGH", True),
        ("NOISE", "66", "TOO_HIGH", False),
        ("CO2", "1001", "TOO_HIGH", False),
    ],
)
def test_each_measure_is_held_against_its_limit_and_says_whether_that_is_verified(
    context, what, value, finding, verified
):
    found = ok(measure(context, context.member("siti", 3), measure=what, value=value), 201)

    assert (found["finding"], found["verified"]) == (finding, verified)
    assert (found["ticket_id"] is None) == (finding == "WITHIN")


def test_an_implausible_or_future_measurement_is_refused_with_what_would_be_right(context):
    siti = context.member("siti", 3)
    body = refused(measure(context, siti, measure="HUMIDITY", value="160"), 422, "invalid_input")
    assert body["errors"][0] == {
        "field": "value",
        "code": "implausible_value",
        "value": "160.00",
        "expected": "0 sampai 100 %",
    }
    body = refused(measure(context, siti, day="2026-08-11"), 422, "invalid_input")
    assert body["errors"][0]["code"] == "in_the_future"


def test_measuring_the_same_place_again_joins_the_open_ticket(context):
    siti = context.member("siti", 3)
    first = ok(measure(context, siti), 201)
    again = ok(measure(context, siti, value="205"), 201)
    elsewhere = ok(measure(context, siti, place="Meja 5"), 201)

    assert again["ticket_id"] == first["ticket_id"] != elsewhere["ticket_id"]


def test_an_agencys_stricter_limit_holds_from_its_date_and_a_laxer_one_is_refused(context, officer):
    client, siti = context.client(officer), context.member("siti", 3)
    body = ok(client.get(f"{BASE}/reference/ENVIRONMENT"))["body"]
    body["LIGHT"] = {"lowest": "500", "highest": None, "source": "SK Sekjen 1/2026", "verified": True}
    entry = {"valid_from": "2026-08-10", "body": body, "source": "SK Sekjen 1/2026", "verified": True}
    made = ok(client.post(f"{BASE}/reference/ENVIRONMENT", json=entry), 201)

    stricter = ok(measure(context, siti, value="400"), 201)
    before = ok(measure(context, siti, value="400", day="2026-08-09", place="Meja 9"), 201)

    assert (stricter["finding"], stricter["reference_version"]) == ("TOO_LOW", made["version"])
    assert before["finding"] == "WITHIN"
    answered = refused(
        client.post(f"{BASE}/reference/ENVIRONMENT", json={**entry, "valid_from": "2026-08-09"}), 422, "invalid_input"
    )
    assert answered["errors"][0]["expected"].startswith("paling awal 2026-08-10")
    body["LIGHT"]["lowest"] = "200"
    refused(client.post(f"{BASE}/reference/ENVIRONMENT", json=entry), 422, "reference_weaker_than_default")


def test_danger_is_due_in_24_hours_and_escalates_when_nobody_has_looked(context, officer, service, at):
    ticket = hazard(context, context.member("siti", 3), danger=True)
    path = f"{BASE}/conditions/{ticket['ticket_id']}"
    assert ticket["due_at"].startswith("2026-08-11T02:00:")

    service.clock.turn(at(2026, 8, 11, 1, 59))
    service.run_timers()
    assert ok(context.client(officer).get(path))["escalated_at"] is None
    service.clock.turn(at(2026, 8, 11, 2, 1))
    service.run_timers()

    late = ok(context.client(officer).get(path))
    assert late["escalated_at"] is not None
    assert late["history"][-1]["action"] == "ESCALATED"
    moved = ok(context.client(officer).post(f"{path}/moves", json={"target": "TRIAGED", "resolve_by": "2026-08-12"}))
    assert moved["escalated_at"] is None
    service.clock.turn(at(2026, 8, 12, 17, 1))
    service.run_timers()
    assert ok(context.client(officer).get(path))["escalated_at"] is not None


def test_holidays_and_the_weekend_are_no_working_days_for_a_deadline(context, officer):
    holiday = {"day": "2026-08-12", "name": "Libur contoh", "source": "SKB contoh"}
    entered = ok(context.client(officer).put(f"{BASE}/holidays", json={"items": [holiday]}))

    ticket = hazard(context, context.member("siti", 3))

    assert entered["items"] == [holiday]
    assert ticket["due_at"].startswith("2026-08-14T17:00:00")


def test_the_deadline_ends_with_the_day_of_the_agencys_own_zone(service, agency, at):
    service.clock.turn(at(2026, 8, 10, 15, 30))
    context = a_bureau(service, agency, SMALL_BUREAU, zone="Asia/Jayapura")

    ticket = hazard(context, context.member("siti", 3))

    assert ticket["due_at"].startswith("2026-08-14T15:00:00")


def test_a_leader_sees_the_place_but_not_who_reported_it_and_no_other_leaders_places(context):
    ticket = hazard(context, context.member("siti", 3))
    path = f"{BASE}/conditions/{ticket['ticket_id']}"
    head = context.client(context.principal(context.head, context.bureau, "unit_leader"))
    other = context.client(context.member("large", 0, "unit_leader"))

    seen = ok(head.get(path))

    assert seen["description"] == "Kabel terkelupas"
    assert seen["reporter_id"] is None
    assert ticket["ticket_id"] in str(ok(head.get(f"{BASE}/conditions")))
    refused(other.get(path), 403, "forbidden")
    assert ok(other.get(f"{BASE}/conditions"))["items"] == []
    refused(context.client(context.member("siti", 4)).get(path), 403, "forbidden")
    refused(head.post(f"{path}/moves", json={"target": "TRIAGED", "resolve_by": "2026-08-20"}), 403, "forbidden")


def test_steps_that_are_not_possible_are_named(context, officer):
    ticket = hazard(context, context.member("siti", 3))
    move = lambda **body: context.client(officer).post(f"{BASE}/conditions/{ticket['ticket_id']}/moves", json=body)  # noqa: E731

    body = refused(move(target="RESOLVED", note="selesai"), 409, "ticket_move_not_allowed")
    assert "TRIAGED" in body["detail"]
    assert refused(move(target="TRIAGED"), 422, "invalid_input")["errors"][0]["field"] == "resolve_by"
    ok(move(target="TRIAGED", resolve_by="2026-08-20"))
    assert refused(move(target="REFERRED", note="x"), 422, "invalid_input")["errors"][0]["field"] == "referral"
    ok(move(target="REFERRED", note="Diteruskan", referral="BUILDING_MANAGEMENT"))
    refused(move(target="IN_PROGRESS"), 409, "ticket_move_not_allowed")


def test_reporter_and_officer_write_to_each_other_and_nobody_else_does(context, officer):
    siti = context.member("siti", 3)
    path = f"{BASE}/conditions/{hazard(context, siti)['ticket_id']}/messages"

    refused(context.client(context.member("siti", 4)).post(path, json={"text": "?"}), 403, "forbidden")
    refused(context.client(context.member("siti", 0, "unit_leader")).post(path, json={"text": "?"}), 403, "forbidden")
    ok(context.client(officer).post(path, json={"text": "Di lantai berapa?"}), 201)
    seen = ok(context.client(siti).post(path, json={"text": "Lantai tiga."}), 201)

    assert [(one["from_reporter"], one["text"]) for one in seen["messages"]] == [
        (False, "Di lantai berapa?"),
        (True, "Lantai tiga."),
    ]


def test_pages_of_tickets_hold_each_once(context, officer):
    for index in range(5):
        ok(measure(context, context.member("siti", 3), place=f"Meja {index}"), 201)
    client, cursor, seen = context.client(officer), None, []
    while True:
        found = ok(client.get(f"{BASE}/conditions?limit=2" + (f"&cursor={cursor}" if cursor else "")))
        seen += [item["ticket_id"] for item in found["items"]]
        cursor = found["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 5
    refused(client.get(f"{BASE}/conditions?cursor=bm90anNvbg"), 422, "invalid_input")


def test_the_same_report_sent_twice_with_one_key_is_one_ticket(context, officer):
    body = {"category": "SAFETY", "unit_id": str(context.teams["siti"]), "description": "Kabel terkelupas"}
    siti = context.client(context.member("siti", 3))
    both = [
        ok(siti.post(f"{BASE}/conditions", json=body, headers={"Idempotency-Key": "sekali"}), 201) for _ in range(2)
    ]

    assert both[0]["ticket_id"] == both[1]["ticket_id"]
