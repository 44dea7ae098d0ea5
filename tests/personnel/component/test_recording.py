"""What HR records holds from its day, past or to come; the timeline that follows is published whole."""

import pytest

from tests.personnel.builders import (
    API,
    BUDI,
    HEAD_OF_BUREAU,
    HEAD_OF_SUBDIVISION,
    SITI,
    Ministry,
    employee_row,
    four_people,
)


def record(ministry: Ministry, nip: str, what: str, method: str = "POST", **body):
    one = ministry.find(nip)
    body = {"reason": "surat keputusan", **body}
    headers = {"If-Match": f'"{one["version"]}"'}
    return ministry.hr.request(method, f"{API}/employees/{one['employee_id']}/{what}", json=body, headers=headers)


def move(ministry: Ministry, nip: str, job_class: int, since: str, **body):
    one = ministry.find(nip)
    post = ("unit_id", "position_code", "position_title", "position_kind", "position_level")
    body = {name: one[name] for name in post} | {"job_class": job_class, "effective_from": since, **body}
    answer = record(ministry, nip, "assignments", **body)
    assert answer.status_code == 201, answer.text
    return answer.json


def timelines(ministry: Ministry, nip: str) -> list:
    employee_id = ministry.find(nip)["employee_id"]
    return [one["data"] for one in ministry.events("EmployeeTimelineChanged") if one["subject"] == employee_id]


def published(ministry: Ministry, nip: str, *names: str) -> list:
    """The stretches that everybody knows now, as their first day and these values."""
    return [(one["first_day"], *(one[name] for name in names)) for one in timelines(ministry, nip)[-1]["stretches"]]


def shown(ministry: Ministry, nip: str, query: str = "") -> dict:
    answer = ministry.hr.get(f"{API}/employees/{ministry.find(nip)['employee_id']}/timeline{query}")
    assert answer.status_code == 200, answer.text
    return answer.json


def test_everybody_of_a_file_has_a_timeline_that_is_published_once(ministry: Ministry):
    ministry.populate()
    head = ministry.find(HEAD_OF_SUBDIVISION)["employee_id"]
    (told,) = timelines(ministry, SITI)
    assert (told["version"], told["changed_from"], told["cause"]) == (1, "2023-01-02", "CHANGE")
    (stretch,) = told["stretches"]
    assert (stretch["first_day"], stretch["last_day"], stretch["superior_id"]) == ("2023-01-02", None, head)
    assert (stretch["employment_type"], stretch["status"], stretch["grade"], stretch["job_class"]) == (
        "PNS",
        "ACTIVE",
        "III/b",
        8,
    )
    assert published(ministry, HEAD_OF_BUREAU, "superior_id") == [("2023-01-02", None)]
    seen = shown(ministry, SITI)
    assert (seen["version"], seen["service_start"]) == (1, "2019-03-01")
    assert seen["stretches"] == told["stretches"]
    assert [one["id"].partition("-")[0] for one in seen["positions"] + seen["grades"]] == ["position", "grade"]


def test_a_class_recorded_into_a_gap_of_the_past_reaches_everybody(ministry: Ministry, service, at):
    ministry.populate()
    service.clock.turn(at(2026, 8, 3))
    move(ministry, SITI, 9, "2026-08-01")

    service.clock.turn(at(2026, 9, 2))
    answer = move(ministry, SITI, 10, "2026-05-01", replaces_later=False)

    assert (answer["takes_effect"], answer["changed_from"]) == ("PAST_ONLY", "2026-05-01")
    assert published(ministry, SITI, "job_class") == [("2023-01-02", 8), ("2026-05-01", 10), ("2026-08-01", 9)]
    told = timelines(ministry, SITI)[-1]
    assert (told["changed_from"], told["version"], told["cause"]) == ("2026-05-01", 3, "CHANGE")
    assert ministry.events("AssignmentChanged")[-1]["data"]["changed_from"] == "2026-05-01"


def test_a_retirement_recorded_two_months_late_holds_from_its_day(ministry: Ministry, service, at):
    ministry.populate()
    service.clock.turn(at(2026, 7, 2))
    answer = record(
        ministry, SITI, "status", status="RETIRED", effective_from="2026-05-01", decision_number="KEP-12/2026"
    )
    assert (answer.status_code, answer.json["takes_effect"]) == (201, "NOW")
    assert published(ministry, SITI, "status") == [("2023-01-02", "ACTIVE"), ("2026-05-01", "RETIRED")]
    assert ministry.events("EmployeeChanged")[-1]["data"]["changed_from"] == "2026-05-01"
    assert ministry.find(SITI)["status"] == "RETIRED"
    newest = shown(ministry, SITI)["statuses"][-1]
    assert (newest["decision_number"], newest["recorded_on"], newest["cause"], newest["source"]) == (
        "KEP-12/2026",
        "2026-07-02",
        "CHANGE",
        "HAND",
    )


def test_a_retirement_is_recorded_ahead_and_takes_effect_by_itself(ministry: Ministry, service, at):
    ministry.populate()
    answer = record(ministry, SITI, "status", status="RETIRED", effective_from="2026-05-01")
    assert (answer.status_code, answer.json["takes_effect"]) == (201, "LATER")
    assert published(ministry, SITI, "status") == [("2023-01-02", "ACTIVE"), ("2026-05-01", "RETIRED")]
    before = ministry.events()
    assert before[-1]["data"]["series"] == ["STATUS"]
    assert ministry.find(SITI)["status"] == "ACTIVE"

    service.clock.turn(at(2026, 4, 30, 17, 1))  # the first minute of May in Jakarta
    service.run_timers()

    assert ministry.find(SITI)["status"] == "RETIRED"
    assert ministry.events() == before


def test_a_leave_from_february_to_november_is_recorded_ahead_with_its_return(ministry: Ministry, service, at):
    ministry.populate()
    answer = record(ministry, SITI, "status", status="UNPAID_LEAVE", effective_from="2026-02-01", until="2026-11-30")
    assert answer.status_code == 201, answer.text
    assert published(ministry, SITI, "status") == [
        ("2023-01-02", "ACTIVE"),
        ("2026-02-01", "UNPAID_LEAVE"),
        ("2026-12-01", "ACTIVE"),
    ]
    for month, status in ((2, "UNPAID_LEAVE"), (11, "UNPAID_LEAVE"), (12, "ACTIVE")):
        service.clock.turn(at(2026, month, 1))
        service.run_timers()
        assert ministry.find(SITI)["status"] == status


def test_a_return_may_be_recorded_before_the_leave_that_it_ends(ministry: Ministry, service, at):
    ministry.populate()
    service.clock.turn(at(2026, 6, 1))
    for status, since in (("ACTIVE", "2026-05-11"), ("UNPAID_LEAVE", "2026-04-01")):
        assert record(ministry, SITI, "status", status=status, effective_from=since).status_code == 201
    assert published(ministry, SITI, "status") == [
        ("2023-01-02", "ACTIVE"),
        ("2026-04-01", "UNPAID_LEAVE"),
        ("2026-05-11", "ACTIVE"),
    ]


@pytest.mark.parametrize("retirement_first", [True, False])
def test_nobody_returns_from_a_leave_who_has_retired_meanwhile(ministry: Ministry, retirement_first):
    ministry.populate()
    leave = {"status": "UNPAID_LEAVE", "effective_from": "2026-02-01", "until": "2026-11-30"}
    retirement = {"status": "RETIRED", "effective_from": "2026-06-01"}
    for body in (retirement, leave) if retirement_first else (leave, retirement):
        assert record(ministry, SITI, "status", **body).status_code == 201
    assert published(ministry, SITI, "status") == [
        ("2023-01-02", "ACTIVE"),
        ("2026-02-01", "UNPAID_LEAVE"),
        ("2026-06-01", "RETIRED"),
    ]


def test_a_leave_that_is_withdrawn_ends_nothing_either(ministry: Ministry):
    ministry.populate()
    record(ministry, SITI, "status", status="UNPAID_LEAVE", effective_from="2026-02-01", until="2026-05-31")
    wrong = shown(ministry, SITI)["statuses"][-1]["id"]
    record(ministry, SITI, "status", status="SUSPENDED", effective_from="2026-03-01")
    assert published(ministry, SITI, "status")[-1] == ("2026-03-01", "SUSPENDED")
    assert record(ministry, SITI, f"records/{wrong}/withdrawal").status_code == 200
    assert published(ministry, SITI, "status") == [("2023-01-02", "ACTIVE"), ("2026-03-01", "SUSPENDED")]


def test_the_end_of_a_leave_of_which_a_file_knew_no_day_is_recorded_as_a_return(ministry: Ministry):
    ministry.import_units()
    ministry.import_employees(employee_row(SITI, status="TUGAS_BELAJAR"))
    body = {"status": "STUDY_LEAVE", "effective_from": "2025-09-01", "until": "2026-08-31"}
    assert record(ministry, SITI, "status", **body).status_code == 201
    assert published(ministry, SITI, "status") == [("2023-01-02", "STUDY_LEAVE"), ("2026-09-01", "ACTIVE")]


def test_each_recording_makes_whoever_has_read_before_look_again(ministry: Ministry):
    ministry.populate()
    one = ministry.find(SITI)
    address, headers = f"{API}/employees/{one['employee_id']}/status", {"If-Match": f'"{one["version"]}"'}
    body = {"status": "RETIRED", "effective_from": "2026-05-01", "reason": "SK"}
    answer = ministry.hr.post(address, json=body, headers=headers)
    assert (answer.json["takes_effect"], answer.json["version"]) == ("LATER", one["version"] + 1)
    assert ministry.find(SITI)["version"] == answer.json["version"]
    assert ministry.hr.post(address, json={**body, "effective_from": "2026-06-01"}, headers=headers).status_code == 412


def test_a_candidate_who_became_a_civil_servant_a_month_ago(ministry: Ministry, service, at):
    ministry.import_units()
    ministry.import_employees(employee_row(SITI, jenis_kepegawaian="CPNS"))
    service.clock.turn(at(2026, 3, 2))
    answer = record(ministry, SITI, "employment-type", employment_type="PNS", effective_from="2026-02-01")
    assert (answer.status_code, answer.json["takes_effect"]) == (201, "NOW")
    assert published(ministry, SITI, "employment_type") == [("2023-01-02", "CPNS"), ("2026-02-01", "PNS")]
    assert ministry.find(SITI)["employment_type"] == "PNS"


def test_another_type_of_employment_brings_its_grade(ministry: Ministry):
    ministry.populate()
    body = {"employment_type": "CPNS", "effective_from": "2026-01-02"}
    refused = record(ministry, BUDI, "employment-type", **body)
    assert (refused.status_code, refused.json["errors"][0]["code"]) == (422, "grade_unknown")
    answer = record(ministry, BUDI, "employment-type", **body, grade="III/a")
    assert answer.status_code == 201, answer.text
    budi = ministry.find(BUDI)
    assert (budi["employment_type"], budi["grade"], budi["grade_since"]) == ("CPNS", "III/a", "2026-01-02")


def test_a_grade_holds_from_its_day(ministry: Ministry):
    ministry.populate()
    wrong = record(ministry, SITI, "grade", grade="IX", effective_from="2026-01-01")
    assert (wrong.status_code, wrong.json["errors"][0]["code"]) == (422, "grade_unknown")
    later = record(ministry, SITI, "grade", grade="III/c", effective_from="2026-01-01", grade_since="2026-02-01")
    assert (later.status_code, later.json["errors"][0]["field"]) == (422, "grade_since")
    assert record(ministry, SITI, "grade", grade="III/c", effective_from="2026-01-01").status_code == 201
    assert published(ministry, SITI, "grade", "grade_since") == [
        ("2023-01-02", "III/b", "2022-04-01"),
        ("2026-01-01", "III/c", "2026-01-01"),
    ]
    again = record(ministry, SITI, "grade", grade="III/c", effective_from="2026-01-01")
    assert (again.status_code, again.json["code"]) == (409, "personnel_nothing_changed")


@pytest.mark.parametrize(
    ("status", "until", "code"),
    [("STUDY_LEAVE", "2026-01-31", "date_too_early"), ("RETIRED", "2026-03-01", "until_not_applicable")],
)
def test_an_absence_does_not_end_before_it_begins_and_leaving_has_no_end(ministry: Ministry, status, until, code):
    ministry.populate()
    answer = record(ministry, SITI, "status", status=status, effective_from="2026-02-01", until=until)
    assert (answer.status_code, answer.json["errors"][0]["code"]) == (422, code)


def test_a_change_leaves_later_days_alone_and_a_correction_does_not(ministry: Ministry, service, at):
    ministry.populate()
    service.clock.turn(at(2026, 6, 1))
    move(ministry, SITI, 9, "2026-04-01")
    move(ministry, SITI, 10, "2026-03-01")
    classes = [("2023-01-02", 8), ("2026-03-01", 10), ("2026-04-01", 9)]
    assert published(ministry, SITI, "job_class") == classes

    corrected = move(ministry, SITI, 11, "2026-03-15", cause="CORRECTION")

    assert (corrected["takes_effect"], corrected["changed_from"]) == ("NOW", "2026-03-15")
    assert published(ministry, SITI, "job_class") == [("2023-01-02", 8), ("2026-03-01", 10), ("2026-03-15", 11)]
    assert timelines(ministry, SITI)[-1]["cause"] == "CORRECTION"
    replaced = [(one["job_class"], one["replaced"]) for one in shown(ministry, SITI)["positions"]]
    assert replaced == [(8, False), (9, True), (10, False), (11, False)]


def test_a_withdrawn_record_was_never_recorded_and_stays_to_be_seen(ministry: Ministry, service, at):
    ministry.populate()
    service.clock.turn(at(2026, 6, 1))
    record(ministry, SITI, "status", status="SUSPENDED", effective_from="2026-05-01")
    wrong = shown(ministry, SITI)["statuses"][-1]["id"]
    assert ministry.find(SITI)["status"] == "SUSPENDED"

    answer = record(ministry, SITI, f"records/{wrong}/withdrawal", reason="salah orang")

    assert (answer.status_code, answer.json["changed_from"]) == (200, "2026-05-01")
    assert published(ministry, SITI, "status") == [("2023-01-02", "ACTIVE")]
    assert ministry.find(SITI)["status"] == "ACTIVE"
    assert [one["data"]["cause"] for one in ministry.events("EmployeeChanged")[-2:]] == ["CHANGE", "CORRECTION"]
    kept = shown(ministry, SITI)["statuses"][-1]
    assert (kept["withdrawal_reason"], kept["withdrawn_by"]) == ("salah orang", str(ministry.principal.account_id))
    again = record(ministry, SITI, f"records/{wrong}/withdrawal", reason="salah orang")
    assert (again.status_code, again.json["code"]) == (409, "record_withdrawn")


def test_the_only_superior_is_withdrawn_but_not_the_only_position(ministry: Ministry):
    ministry.populate()
    seen = shown(ministry, SITI)
    assert record(ministry, SITI, f"records/{seen['superiors'][0]['id']}/withdrawal").status_code == 200
    assert ministry.find(SITI)["appraiser_id"] is None
    assert published(ministry, SITI, "superior_id") == [("2023-01-02", None)]
    refused = record(ministry, SITI, f"records/{seen['positions'][0]['id']}/withdrawal")
    assert (refused.status_code, refused.json["code"]) == (409, "record_needed")
    strange = record(ministry, SITI, "records/position-0/withdrawal")
    assert strange.status_code == 404


def test_what_was_believed_on_a_day_can_be_asked_for_ever(ministry: Ministry, service, at):
    ministry.populate()
    service.clock.turn(at(2026, 7, 2))
    record(ministry, SITI, "status", status="RETIRED", effective_from="2026-05-01")

    def known(moment):
        return [
            (one["first_day"], one["status"]) for one in shown(ministry, SITI, f"?as_known_on={moment}")["stretches"]
        ]

    assert known("2026-06-30T00:00:00Z") == [("2023-01-02", "ACTIVE")]
    assert known("2026-07-03T00:00:00%2B07:00") == [("2023-01-02", "ACTIVE"), ("2026-05-01", "RETIRED")]
    assert known("2025-01-01T00:00:00Z") == []


def test_who_has_died_is_counted_and_found_no_more(ministry: Ministry):
    ministry.populate()
    record(ministry, SITI, "status", status="DECEASED", effective_from="2026-01-02")
    assert published(ministry, SITI, "status")[-1] == ("2026-01-02", "DECEASED")
    assert ministry.hr.get(f"{API}/summary").json["total"] == 3
    assert ministry.hr.get(f"{API}/cards?name=Siti").json["items"] == []


@pytest.mark.parametrize(
    ("what", "name", "body", "expected"),
    [
        ("status", "status", {"status": "RETIRED"}, "RETIRED"),
        ("grade", "grade", {"grade": "III/c"}, "III/c"),
        ("employment_type", "employment_type", {"employment_type": "CPNS"}, "CPNS"),
        ("superior", "superior_id", {"superior_id": None}, None),
    ],
)
def test_what_a_recording_would_change_can_be_seen_before(ministry: Ministry, what, name, body, expected):
    ministry.populate()
    siti, told = ministry.find(SITI), len(ministry.events())
    address = f"{API}/employees/{siti['employee_id']}/timeline/preview"

    seen = ministry.hr.post(address, json={what: {**body, "effective_from": "2025-07-01", "reason": "SK"}})

    assert (seen.status_code, seen.json["changed_from"], seen.json["takes_effect"]) == (200, "2025-07-01", "NOW")
    assert [(one["first_day"], one[name]) for one in seen.json["after"]][1:] == [("2025-07-01", expected)]
    assert seen.json["before"] == shown(ministry, SITI)["stretches"]
    assert (ministry.find(SITI), len(ministry.events())) == (siti, told)


def test_what_a_recording_would_be_refused_for_is_seen_before(ministry: Ministry):
    ministry.populate()
    address = f"{API}/employees/{ministry.find(SITI)['employee_id']}/timeline/preview"
    day = {"effective_from": "2025-07-01", "reason": "SK"}
    wrong = ministry.hr.post(address, json={"grade": {"grade": "IX", **day}})
    assert (wrong.status_code, wrong.json["errors"][0]["code"]) == (422, "grade_unknown")
    both = {"grade": {"grade": "III/c", **day}, "status": {"status": "RETIRED", **day}}
    assert [ministry.hr.post(address, json=body).status_code for body in (both, {})] == [422, 422]


def test_a_planned_superior_is_in_the_timeline_from_its_day(ministry: Ministry):
    ministry.populate()
    chief, head = ministry.find(HEAD_OF_BUREAU)["employee_id"], ministry.find(HEAD_OF_SUBDIVISION)["employee_id"]
    answer = record(ministry, SITI, "superior", "PUT", superior_id=chief, effective_from="2026-03-01")
    assert answer.json["takes_effect"] == "LATER"
    assert published(ministry, SITI, "superior_id") == [("2023-01-02", head), ("2026-03-01", chief)]
    # the head's own superior is no part of it: whoever reviews is asked of the superior's timeline
    assert len(timelines(ministry, BUDI)) == 1


def test_a_file_that_moves_somebody_says_so_once_and_with_its_cause(ministry: Ministry):
    ministry.populate()
    rows = four_people()
    rows[0] |= {"kelas_jabatan": "9", "golongan": "III/c", "tmt_golongan": "2026-01-01", "tmt_jabatan": "2026-01-01"}
    ministry.import_employees(*rows)
    assert [one["version"] for one in timelines(ministry, SITI)] == [1, 2]
    assert published(ministry, SITI, "job_class", "grade") == [("2023-01-02", 8, "III/b"), ("2026-01-01", 9, "III/c")]


def test_an_agency_has_more_job_classes_than_others(ministry: Ministry, service, person):
    ministry.populate()
    operator = service.client(person("operator"))
    address = f"{API}/agencies/{ministry.agency}"
    assert operator.get(address).json["highest_job_class"] == 17
    with pytest.raises(AssertionError, match="job_class_unknown"):
        move(ministry, SITI, 20, "2026-01-02")
    told = len(ministry.events("AgencyChanged"))

    changed = operator.patch(address, json={"highest_job_class": 27}, headers={"If-Match": "*"})

    assert (changed.status_code, changed.json["highest_job_class"]) == (200, 27)
    assert [one["data"]["highest_job_class"] for one in ministry.events("AgencyChanged")[told:]] == [27]
    move(ministry, SITI, 20, "2026-01-02")
    assert published(ministry, SITI, "job_class")[-1] == ("2026-01-02", 20)
    job = ministry.import_employees(
        employee_row(SITI, kelas_jabatan="28"), employee_row(HEAD_OF_BUREAU, kelas_jabatan="27")
    )
    assert [(one["row"], one["code"]) for one in job["found"]] == [(2, "job_class_unknown")]
