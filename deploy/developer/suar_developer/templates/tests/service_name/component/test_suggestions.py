"""An employee files a suggestion, and reads it; HR reads all."""

import pytest

from chassis.bus.envelope import to_json
from tests.directory.builders import START, employee_timeline, from_day

PATH = "/api/v1/service_name/suggestions"


@pytest.fixture
def publish(service, agency):
    """Deliver an event of personnel."""

    def deliver(name, subject, data):
        service.deliver(name, to_json(data), producer="personnel", agency=agency, subject=subject)

    return deliver


@pytest.fixture
def siti(person, agency, publish):
    """A civil servant whom personnel has published."""
    one = person()
    named = {"agency_id": agency, "name": "Kementerian", "time_zone": "Asia/Jakarta", "version": 1}
    publish("AgencyChanged", agency, named)
    publish("EmployeeTimelineChanged", one.employee_id, employee_timeline(one.employee_id, from_day()))
    return one


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


def test_who_has_retired_files_none(service, siti, publish):
    retired = employee_timeline(siti.employee_id, from_day(START, status="RETIRED"), version=2)
    publish("EmployeeTimelineChanged", siti.employee_id, retired)
    answer = service.client(siti).post(PATH, json={"text": "Ruang baca"})
    assert answer.get_json()["code"] == "service_name_author_not_in_service"


def test_who_has_not_arrived_from_personnel_yet_is_asked_to_come_again(service, siti, person):
    answer = service.client(person()).post(PATH, json={"text": "Ruang baca"})
    assert (answer.status_code, answer.get_json()["code"]) == (503, "not_known_yet")
