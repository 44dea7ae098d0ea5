"""By what papers name people: for other services of the deployment, within an agency."""

from uuid import UUID

from tests.personnel.builders import HEAD_OF_BUREAU, SITI, Ministry

ADDRESS = "/internal/personnel/employees/paper-names"


def test_people_are_named_with_number_and_position_as_papers_name_them(ministry: Ministry, service):
    ministry.populate()
    siti, chief = ministry.find(SITI), ministry.find(HEAD_OF_BUREAU)
    ids = f"{chief['employee_id']},{UUID(int=5)},{siti['employee_id']}"
    named = ministry.client_of(SITI).get(f"{ADDRESS}?ids={ids}").json["items"]
    assert [one["employee_id"] for one in named] == [chief["employee_id"], siti["employee_id"]]
    assert named[1] == {
        "employee_id": siti["employee_id"],
        "name": "Siti Rahmania",
        "nip": siti["nip"],
        "position_code": siti["position_code"],
        "position_title": "Analis SDM Ahli Pertama",
        "unit_name": "Unit 01.01",
        "titles": {siti["position_code"]: "Analis SDM Ahli Pertama"},
    }


def test_the_titles_of_other_positions_go_with_it_the_one_recorded_last_for_each_code(ministry: Ministry):
    ministry.populate()
    siti = ministry.find(SITI)
    path = f"/api/v1/personnel/employees/{siti['employee_id']}/assignments"
    for code, title, day in (
        ("JF-LAMA", "Analis Lama", "2025-02-01"),
        ("JF-LAMA", "Analis Lama (nomenklatur baru)", "2025-03-01"),
        (siti["position_code"], "Analis SDM Ahli Pertama", "2025-04-01"),
    ):
        record = {
            "effective_from": day, "cause": "CHANGE", "decision_number": "SK-1", "reason": "Mutasi", "unit_id": siti["unit_id"],
            "position_code": code, "position_title": title, "position_kind": siti["position_kind"],
            "position_level": siti["position_level"], "job_class": siti["job_class"],
        }  # fmt: skip
        answer = ministry.hr.post(path, json=record, headers={"If-Match": "*"})
        assert answer.status_code == 201, answer.text
    (named,) = ministry.client_of(SITI).get(f"{ADDRESS}?ids={siti['employee_id']}").json["items"]
    assert named["position_title"] == "Analis SDM Ahli Pertama"
    assert named["titles"]["JF-LAMA"] == "Analis Lama (nomenklatur baru)"


def test_an_official_from_outside_is_named_by_the_office_without_a_number(ministry: Ministry):
    ministry.populate()
    governor = {"name": "Gubernur Contoh", "office": "Gubernur", "institution": "Provinsi Contoh",
                "first_day": "2026-01-01"}  # fmt: skip
    official = ministry.hr.post("/api/v1/personnel/officials", json=governor).json
    (named,) = ministry.client_of(SITI).get(f"{ADDRESS}?ids={official['id']}").json["items"]
    assert (named["name"], named["nip"], named["position_title"]) == ("Gubernur Contoh", None, "Gubernur")
    assert named["unit_name"] == "Provinsi Contoh"


def test_nobody_is_named_to_another_agency_or_without_a_token(ministry: Ministry, service, person):
    ministry.populate()
    address = f"{ADDRESS}?ids={ministry.find(SITI)['employee_id']}"
    assert service.client(person(agency_id="instansi-lain")).get(address).json["items"] == []
    assert service.client().get(address).status_code == 401


def test_a_long_list_is_refused_by_name(ministry: Ministry):
    ministry.populate()
    answer = ministry.client_of(SITI).get(f"{ADDRESS}?ids={','.join([str(UUID(int=1))] * 101)}")
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "ids")
