"""What people are told of their account, and what somebody reads who is no employee of the agency."""

from dataclasses import replace

import pytest

from chassis.ids import new_id
from tests.notification.component.test_inbox import titles


def changed(employee_id, change, version=2, **data):
    """The data of AccountAccessChanged."""
    access = {"REDUCED": "OWN_RECORDS", "CLOSED": "NONE"}.get(change, "FULL")
    whole = {"account_id": str(new_id()), "employee_id": str(employee_id), "access": access, "change": change}
    return {**whole, "deceased": False, "readable_until": None, "version": version, **data}


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ("REDUCED", "Akun Anda dibatasi"),
        ("CLOSED", "Akun Anda ditutup"),
        ("REOPENED", "Akun Anda dibuka kembali"),
        ("ROLES_ENDED", "Peran pada akun Anda berakhir"),
    ],
)
def test_each_change_of_an_account_is_told_once(service, person, consume, change, title):
    siti = person()
    data = changed(siti.employee_id, change, readable_until="2026-05-29" if change == "REDUCED" else None)
    consume("identity", "AccountAccessChanged", data)
    consume("identity", "AccountAccessChanged", data)
    assert titles(service, siti) == [title]
    (message,) = service.client(siti).get("/api/v1/notification/inbox").json["items"]
    assert ("29 Mei 2026" in message["body"]) == (change == "REDUCED")


def test_nobody_writes_to_who_has_died(service, person, consume):
    siti = person()
    consume("identity", "AccountAccessChanged", changed(siti.employee_id, "CLOSED", deceased=True))
    assert titles(service, siti) == []


@pytest.mark.parametrize("role", ["former_employee", "external_official"])
def test_who_is_no_employee_reads_the_own_messages_and_no_circulars(service, person, consume, role):
    siti = person()
    consume("identity", "AccountAccessChanged", changed(siti.employee_id, "REDUCED", readable_until="2026-05-29"))
    consume("wellbeing", "SurveyPublished", {"survey_id": str(new_id())})
    assert len(titles(service, siti)) == 2
    outside = replace(siti, roles=frozenset({role}))
    assert titles(service, outside) == ["Akun Anda dibatasi"]


@pytest.mark.parametrize(
    "step",
    ["RESET_REQUESTED", "RESET_APPROVED", "CODE_ISSUED", "PASSWORD_RESET", "LINK_CHANGED", "SECOND_FACTOR_REMOVED"],
)
def test_each_step_towards_signing_in_as_somebody_reaches_them(service, person, consume, step):
    siti = person()
    data = {"account_id": str(new_id()), "employee_id": str(siti.employee_id), "step": step}
    consume("identity", "AccountCredentialsChanged", data)
    (message,) = service.client(siti).get("/api/v1/notification/inbox").json["items"]
    assert "hubungi" in message["body"]
