"""An employee files a suggestion, and reads it; HR reads all."""

import pytest

PATH = "/api/v1/service_name/suggestions"


@pytest.fixture
def siti(person):
    return person()


@pytest.fixture
def filed(service, siti):
    answer = service.client(siti).post(PATH, json={"text": "Ruang baca"})
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def ids(service, caller):
    return [one["id"] for one in service.client(caller).get(PATH).get_json()["items"]]


def test_a_suggestion_is_shown_to_its_author(service, siti, filed):
    assert service.client(siti).get(f"{PATH}/{filed['id']}").get_json() == filed
    assert filed["employee_id"] == str(siti.employee_id)


def test_hr_lists_all_and_others_list_their_own(service, siti, person, filed):
    assert ids(service, siti) == ids(service, person("hr_officer")) == [filed["id"]]
    assert ids(service, person()) == []


def test_a_suggestion_without_words_is_refused(service, siti):
    answer = service.client(siti).post(PATH, json={"text": " "})
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "text")


def test_who_has_retired_files_none(service, siti, agency):
    data = {"employee_id": str(siti.employee_id), "employment_type": "PNS", "status": "RETIRED", "version": 1}
    service.deliver("EmployeeChanged", data, producer="personnel", agency=agency, subject=siti.employee_id)
    answer = service.client(siti).post(PATH, json={"text": "Ruang baca"})
    assert answer.get_json()["code"] == "service_name_author_retired"
