"""Calls to look at reports: they reach the officer who is named, or the inspectorate, and say nothing of a report."""

from uuid import uuid4

import pytest

INBOX = "/api/v1/notification/inbox"


def call(consume, addressee, officer_id=None, occasion="DANGER"):
    alarm = str(uuid4())
    officer = str(officer_id) if officer_id else None
    data = {"alarm_id": alarm, "addressee": addressee, "officer_id": officer, "occasion": occasion}
    return consume("wellbeing", "ReportWaiting", data, subject=alarm)


def messages(service, who):
    return service.client(who).get(INBOX).json["items"]


@pytest.mark.parametrize(
    ("occasion", "title"),
    [("DANGER", "Ada laporan yang perlu diperiksa segera"), ("OVERDUE", "Ada laporan yang melewati batas waktu")],
)
def test_an_officer_who_is_called_gets_it_and_no_other_officer_does(service, person, consume, occasion, title):
    called, colleague, inspector = person("wellbeing_officer"), person("wellbeing_officer"), person("inspector")
    event = call(consume, "OFFICER", called.employee_id, occasion)
    (message,) = messages(service, called)
    assert message["title"] == title
    assert event.data["alarm_id"] not in message["title"] + message["body"] + message["link"]
    assert messages(service, colleague) == messages(service, inspector) == []


@pytest.mark.parametrize("occasion", ["DANGER", "OVERDUE"])
def test_the_inspectorate_is_called_by_its_office_and_the_officers_do_not_learn_of_it(
    service, person, consume, occasion
):
    call(consume, "INSPECTORATE", occasion=occasion)
    assert len(messages(service, person("inspector"))) == 1
    for role in ("wellbeing_officer", "hr_officer", "operator", "unit_leader", "employee"):
        assert messages(service, person(role)) == []


def test_a_preference_does_not_keep_an_alarm_out_of_the_inbox(service, person):
    body = {"inbox": False, "email": "OFF"}
    client = service.client(person("wellbeing_officer"))
    assert client.put("/api/v1/notification/preferences/REPORT", json=body).status_code == 422
