"""What other agencies are notified of: who, from which day on, why, and which series; nothing of what it is."""

from tests.personnel.builders import HEAD_OF_BUREAU, OTHER_HEAD, SITI, Ministry, employee_row
from tests.personnel.component.test_recording import record
from tests.personnel.component.test_units_in_time import WHY, patch, post, timeline, unit

THIN = ("EmployeeChanged", "AssignmentChanged", "OrgUnitChanged")


def thin(ministry: Ministry, key: str, subject: str) -> list[tuple[object, ...]]:
    """Return what was published of a subject: the event, its series, the day, the cause and the version."""
    found = [one for name in THIN for one in ministry.events(name) if one["subject"] == subject]
    for one in found:
        assert set(one["data"]) == {key, "changed_from", "cause", "series", "version"}
    data = [(one["type"], one["data"]) for one in sorted(found, key=lambda one: one["sequence"])]
    return [(name, it["series"], it["changed_from"], it["cause"], it["version"]) for name, it in data]


def test_a_person_of_a_file_differs_in_everything_from_the_first_day(ministry: Ministry):
    ministry.populate()
    employment = ["STATUS", "EMPLOYMENT_TYPE", "GRADE", "SERVICE_START"]
    assert thin(ministry, "employee_id", ministry.find(SITI)["employee_id"]) == [
        ("EmployeeChanged", employment, "2023-01-02", "CHANGE", 1),
        ("AssignmentChanged", ["POSITION", "SUPERIOR"], "2023-01-02", "CHANGE", 1),
    ]


def test_each_kind_is_published_when_its_own_series_differ(ministry: Ministry):
    ministry.populate()
    siti = ministry.find(SITI)["employee_id"]
    known = len(thin(ministry, "employee_id", siti))
    record(ministry, SITI, "status", status="STUDY_LEAVE", effective_from="2026-05-01")
    record(ministry, SITI, "grade", grade="III/c", effective_from="2026-04-01", cause="CORRECTION")
    assert thin(ministry, "employee_id", siti)[known:] == [
        ("EmployeeChanged", ["STATUS"], "2026-05-01", "CHANGE", 2),
        ("EmployeeChanged", ["GRADE"], "2026-04-01", "CORRECTION", 3),
    ]


def test_a_move_of_a_superior_is_no_event_of_those_below(ministry: Ministry):
    ministry.populate()
    ministry.import_employees(employee_row(OTHER_HEAD, tmt_cpns="2006-04-01", tmt_jabatan="2026-01-02"))
    siti, chief = (ministry.find(nip)["employee_id"] for nip in (SITI, HEAD_OF_BUREAU))
    before = thin(ministry, "employee_id", siti)
    other = ministry.find(OTHER_HEAD)["employee_id"]
    answer = record(ministry, HEAD_OF_BUREAU, "superior", "PUT", superior_id=other, effective_from="2026-01-02")
    assert answer.status_code == 200, answer.text
    assert thin(ministry, "employee_id", siti) == before
    last = thin(ministry, "employee_id", chief)[-1]
    assert last == ("AssignmentChanged", ["SUPERIOR"], "2026-01-02", "CHANGE", 2)


def test_a_unit_differs_from_the_day_of_its_record_and_a_withdrawal_is_a_correction(ministry: Ministry):
    ministry.populate()
    one = unit(ministry, "01.01")
    patch(ministry, one, name="Subbagian Kinerja", effective_from="2026-07-01", **WHY)
    patch(ministry, one, parent_id=None, effective_from="2026-01-02", replaces_later=True, **WHY)
    last = next(each for each in reversed(timeline(ministry, one)["records"]) if each["series"] == "NAME")
    assert post(ministry, one, f"records/{last['id']}/withdrawal", reason="SK dibatalkan").status_code == 200
    assert thin(ministry, "unit_id", one["unit_id"]) == [
        ("OrgUnitChanged", ["NAME", "PARENT", "LEADER", "ACTIVE"], "2026-01-02", "CHANGE", 1),
        ("OrgUnitChanged", ["NAME"], "2026-07-01", "CHANGE", 2),
        ("OrgUnitChanged", ["PARENT"], "2026-01-02", "CORRECTION", 3),
        ("OrgUnitChanged", ["NAME"], "2026-07-01", "CORRECTION", 4),
    ]
