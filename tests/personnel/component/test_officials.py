"""Officials from outside: recorded by HR, superior of a head, known to messages by name and to services by office."""

import pytest

from tests.personnel.builders import API, HEAD_OF_BUREAU, HEAD_OF_SUBDIVISION, SITI, Ministry, employee_row

GOVERNOR = {
    "name": "Ratna Wijaya",
    "office": "Gubernur",
    "institution": "Provinsi Contoh",
    "email": "gubernur@provinsi.example",
    "first_day": "2025-02-20",
}


def record(ministry: Ministry, **body) -> dict:
    answer = ministry.hr.post(f"{API}/officials", json=GOVERNOR | body)
    assert answer.status_code == 201, answer.text
    return answer.json


def test_gubernur_menjadi_atasan_kepala_biro(ministry: Ministry):
    ministry.populate()
    governor, chief = record(ministry), ministry.find(HEAD_OF_BUREAU)
    body = {"superior_id": governor["id"], "effective_from": "2026-01-02", "reason": "SK Gubernur 1/2026"}
    url = f"{API}/employees/{chief['employee_id']}"

    answer = ministry.hr.put(f"{url}/superior", json=body, headers={"If-Match": "*"})

    assert (answer.status_code, answer.json["takes_effect"]) == (200, "NOW")
    published = {one["subject"]: one["data"] for one in ministry.events("EmployeeTimelineChanged")}
    assert published[chief["employee_id"]]["stretches"][-1]["superior_id"] == governor["id"]
    assert ministry.find(HEAD_OF_BUREAU)["reviewer_id"] is None
    assert ministry.find(HEAD_OF_SUBDIVISION)["reviewer_id"] == governor["id"]
    history = ministry.hr.get(f"{url}/history").json["superiors"]
    assert history[-1]["superior_name"] == "Ratna Wijaya"
    card = {
        "employee_id": governor["id"], "name": "Ratna Wijaya", "position_title": "Gubernur", "unit_id": None,
        "unit_name": "Provinsi Contoh",
    }  # fmt: skip
    found = ministry.find(HEAD_OF_BUREAU)
    assert (found["appraiser_id"], found["appraiser"]) == (governor["id"], card)
    assert ministry.client_of(SITI).get(f"{API}/cards?ids={governor['id']}").json["items"] == [card]
    assert ministry.client_of(HEAD_OF_SUBDIVISION).get(f"{API}/me").json["employee"]["reviewer"] == card


def test_services_learn_the_office_and_messages_the_name(ministry: Ministry):
    governor = record(ministry)
    office, contact = (
        ministry.events(name)[-1]["data"] for name in ("ExternalOfficialChanged", "OfficialContactChanged")
    )
    assert office == {
        "official_id": governor["id"], "office": "Gubernur", "first_day": "2025-02-20", "last_day": None, "version": 1,
    }  # fmt: skip
    assert (contact["name"], contact["email"]) == ("Ratna Wijaya", "gubernur@provinsi.example")

    url, before = f"{API}/officials/{governor['id']}", len(ministry.events())
    answer = ministry.hr.patch(url, json={"last_day": "2030-02-19"}, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json["version"], answer.headers["ETag"]) == (200, 2, '"2"')
    assert [one["type"] for one in ministry.events()[before:]] == ["ExternalOfficialChanged"]
    ministry.hr.patch(url, json={"name": "Ratna Wijaya Putri"}, headers={"If-Match": '"2"'})
    assert [one["type"] for one in ministry.events()[before:]][1:] == ["OfficialContactChanged"]
    again = ministry.hr.patch(url, json={"name": "Ratna Wijaya Putri"}, headers={"If-Match": "*"})
    assert (again.status_code, again.json["code"]) == (409, "personnel_nothing_changed")
    assert ministry.hr.patch(url, json={"name": "X"}, headers={"If-Match": '"1"'}).status_code == 412


@pytest.mark.parametrize("method", ["post", "patch"])
def test_a_term_does_not_end_before_it_begins(ministry: Ministry, method):
    if method == "post":
        answer = ministry.hr.post(f"{API}/officials", json=GOVERNOR | {"last_day": "2025-01-01"})
    else:
        url = f"{API}/officials/{record(ministry)['id']}"
        answer = ministry.hr.patch(url, json={"last_day": "2025-01-01"}, headers={"If-Match": "*"})
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, "date_too_early")


@pytest.mark.parametrize("email", ["bukan surel", "gubernur@", f"g@{'a' * 250}.example"])
def test_an_address_is_one_and_no_longer_than_mail_allows(ministry: Ministry, email):
    answer = ministry.hr.post(f"{API}/officials", json=GOVERNOR | {"email": email})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "email")
    url = f"{API}/officials/{record(ministry)['id']}"
    assert ministry.hr.patch(url, json={"email": email}, headers={"If-Match": "*"}).status_code == 422


def test_officials_are_found_by_name_and_day_and_their_address_is_for_hr(ministry: Ministry):
    ministry.populate()
    record(ministry, last_day="2026-06-30")
    record(ministry, name="Bagus Santoso", office="Menteri", first_day="2026-07-01")

    def names(query: str) -> list[str]:
        return [one["name"] for one in ministry.hr.get(f"{API}/officials{query}").json["items"]]

    assert names("") == ["Bagus Santoso", "Ratna Wijaya"]
    assert names("?name=ratna") == names("?on=2026-06-30") == ["Ratna Wijaya"]
    assert names("?on=2026-07-01") == ["Bagus Santoso"]
    first = ministry.hr.get(f"{API}/officials?limit=1").json
    rest = ministry.hr.get(f"{API}/officials?limit=1&cursor={first['next_cursor']}").json["items"]
    assert [one["name"] for one in rest] == ["Ratna Wijaya"]
    assert rest[0]["email"] == GOVERNOR["email"]
    siti = ministry.client_of(SITI)
    assert siti.get(f"{API}/officials").json["items"][0]["email"] is None
    assert siti.get(f"{API}/officials/{rest[0]['id']}").json["email"] is None


def test_an_address_is_no_longer_than_an_envelope_can_carry(ministry: Ministry):
    ministry.populate()
    longest = "a" * 64 + "@" + ("b" * 59 + ".") * 3 + "c" * 6 + ".id"
    too_long = "a" * 64 + "@" + ("b" * 59 + ".") * 3 + "c" * 7 + ".id"
    assert (len(longest), len(too_long)) == (254, 255)
    one = ministry.hr.post(f"{API}/officials", json={**GOVERNOR, "email": longest})
    assert (one.status_code, one.json["email"]) == (201, longest)
    siti = f"{API}/employees/{ministry.find(SITI)['employee_id']}"
    for method, url, body in (
        ("POST", f"{API}/officials", {**GOVERNOR, "email": too_long}),
        ("PATCH", f"{API}/officials/{one.json['id']}", {"email": too_long}),
        ("PATCH", siti, {"email": too_long, "reason": "SK"}),
    ):
        refused = ministry.hr.request(method, url, json=body, headers={"If-Match": "*"})
        assert (refused.status_code, refused.json["errors"][0]["field"]) == (422, "email"), url
    rows = [employee_row(SITI, email=too_long)]
    (issue,) = ministry.import_employees(*rows)["found"]
    assert (issue["column"], issue["code"], ministry.find(SITI)["email"]) == ("email", "email_wrong", None)
