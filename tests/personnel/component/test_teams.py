"""Teams of people of several units: recorded, changed, and seen by their members."""

import pytest

from tests.personnel.builders import API, BUDI, HEAD_OF_BUREAU, HEAD_OF_SUBDIVISION, SITI, Ministry


def member(
    ministry: Ministry, nip: str, role: str = "MEMBER", first: str = "2026-02-02", last: str | None = None
) -> dict:
    return {"employee_id": ministry.find(nip)["employee_id"], "role": role, "first_day": first, "last_day": last}


def record(ministry: Ministry, *members: dict, by=None):
    body = {"name": "Tim Reformasi Birokrasi", "order_number": "ST-3/2026", "members": list(members)}
    return (by or ministry.hr).post(f"{API}/teams", json=body)


@pytest.fixture
def office(ministry: Ministry) -> Ministry:
    return ministry.populate()


def test_siti_memimpin_tim_lintas_unit_yang_juga_memuat_kepala_biro(office: Ministry):
    siti, chief = member(office, SITI, "LEADER", last="2026-11-30"), member(office, HEAD_OF_BUREAU)
    answer = record(office, chief, siti)
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
    told = office.events("TeamChanged")[-1]["data"]
    assert told == {"team_id": answer.json["id"], "members": [siti, chief], "version": 1}

    body = {"name": "Tim RB", "order_number": "ST-9/2026"}
    budi = member(office, BUDI, "LEADER", first="2026-12-01")
    url = f"{API}/teams/{answer.json['id']}"
    changed = office.hr.put(url, json=body | {"members": [siti, chief, budi]}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json["version"], changed.json["name"]) == (200, 2, "Tim RB")
    assert [one["role"] for one in office.events("TeamChanged")[-1]["data"]["members"]] == [
        "LEADER",
        "MEMBER",
        "LEADER",
    ]
    assert office.hr.get(url).json == changed.json
    again = office.hr.put(url, json=body | {"members": [budi, siti, chief]}, headers={"If-Match": '"2"'})
    assert (again.status_code, again.json["version"]) == (200, 2)
    assert office.hr.put(url, json=body | {"members": [siti]}, headers={"If-Match": '"1"'}).status_code == 412
    assert len(office.events("TeamChanged")) == 2


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ([(SITI, "MEMBER")], "one_leader_needed"),
        ([(SITI, "LEADER"), (BUDI, "LEADER")], "one_leader_needed"),
        ([(SITI, "LEADER"), (BUDI, "MEMBER"), (BUDI, "MEMBER", "2026-03-01")], "member_twice"),
        ([(SITI, "LEADER", "2026-03-01", "2026-02-01")], "date_too_early"),
    ],
)
def test_a_team_has_one_leader_at_a_time_and_each_member_once(office: Ministry, members, code):
    answer = record(office, *(member(office, *one) for one in members))
    assert (answer.status_code, [one["code"] for one in answer.json["errors"]]) == (422, [code])


def test_members_are_people_of_the_agency(office: Ministry):
    unknown = {"employee_id": "01980000-0000-7000-8000-000000000009", "role": "MEMBER", "first_day": "2026-02-02"}
    answer = record(office, member(office, SITI, "LEADER"), unknown)
    assert [one["code"] for one in answer.json["errors"]] == ["employee_unknown"]


def test_an_officer_does_not_make_themselves_leader_and_may_change_the_others(office: Ministry):
    leader, officer = member(office, SITI, "LEADER"), office.client_of(SITI, "hr_officer")
    refused = record(office, leader, by=officer)
    assert (refused.status_code, refused.json["code"]) == (403, "own_affair")
    team = record(office, leader).json
    url, body = f"{API}/teams/{team['id']}", {"name": team["name"], "order_number": "ST-4/2026"}
    added = officer.put(url, json=body | {"members": [leader, member(office, BUDI)]}, headers={"If-Match": "*"})
    assert added.status_code == 200
    longer = leader | {"last_day": "2026-12-31"}
    assert officer.put(url, json=body | {"members": [longer]}, headers={"If-Match": "*"}).json["code"] == "own_affair"


def test_members_see_their_teams(office: Ministry):
    one = record(office, member(office, SITI, "LEADER"), member(office, HEAD_OF_BUREAU)).json["id"]
    other = record(office, member(office, HEAD_OF_SUBDIVISION, "LEADER")).json["id"]

    def seen(client, query: str = "") -> set[str]:
        return {team["id"] for team in client.get(f"{API}/teams{query}").json["items"]}

    siti = office.client_of(SITI)
    assert (seen(siti), seen(office.hr), seen(office.client_of(BUDI))) == ({one}, {one, other}, set())
    assert siti.get(f"{API}/teams/{one}").status_code == 200
    assert siti.get(f"{API}/teams/{other}").status_code == 403
    assert seen(office.hr, f"?employee_id={office.find(SITI)['employee_id']}") == {one}
