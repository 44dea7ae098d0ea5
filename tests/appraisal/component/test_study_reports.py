"""Who is on study leave is evaluated through the progress of the study, which HR confirms."""

from dataclasses import replace
from datetime import date

import pytest

from tests.appraisal.component.test_at_once import at_once

TERM = {
    "first_day": "2026-02-01",
    "last_day": "2026-07-31",
    "institution": "Universitas Contoh",
    "programme": "Magister Administrasi Publik",
    "progress": "Tiga mata kuliah selesai, usulan tesis disetujui",
    "credits_earned": "12",
    "credits_required": "36",
    "grade_average": "3.75",
    "on_schedule": True,
}


@pytest.fixture
def student(bureau):
    bureau.change(bureau.siti, date(2026, 2, 1), status="STUDY_LEAVE")
    bureau.change(bureau.siti, date(2027, 2, 1), status="ACTIVE")
    bureau.turn(2026, 8, 3, 3)
    return bureau.siti


def report(bureau, who, status=201, **change):
    return bureau.post(who, "/study-reports", {**TERM, **change}, status)


def decide(bureau, made, move, body=None, by=None, status=200, version=None):
    headers = {"If-Match": f'"{version or made["version"]}"'}
    return bureau.post(by or bureau.hr, f"/study-reports/{made['id']}/{move}", body, status, headers=headers)


def test_a_report_is_returned_mended_and_confirmed(bureau, student):
    made = report(bureau, student)
    assert (made["state"], made["moves"], made["grade_average"]) == ("REPORTED", ["EDIT"], "3.75")
    waiting = bureau.get(bureau.hr, "/study-reports?state=REPORTED")["items"]
    assert [(one["id"], one["moves"]) for one in waiting] == [(made["id"], ["RETURN", "CONFIRM"])]
    returned = decide(bureau, made, "return", {"reason": "Lampirkan transkrip"})
    assert (returned["state"], returned["reason"]) == ("RETURNED", "Lampirkan transkrip")
    assert decide(bureau, returned, "confirm", status=409)["code"] == "study_report_move_refused"
    mended = {**TERM, "evidence_link": "https://contoh.go.id/transkrip.pdf"}
    again = bureau.put(student, f"/study-reports/{made['id']}", mended, version=returned["version"])
    assert (again["state"], again["reason"], again["decided_by"]) == ("REPORTED", "", None)
    confirmed = decide(bureau, again, "confirm")
    assert (confirmed["state"], confirmed["decided_by"]) == ("CONFIRMED", str(bureau.hr.employee_id))
    assert bureau.put(student, f"/study-reports/{made['id']}", TERM, 409, version=confirmed["version"])
    assert [one["data"]["state"] for one in bureau.events("StudyReportDecided")] == ["RETURNED", "CONFIRMED"]


def test_only_days_of_study_leave_are_reported_and_each_once(bureau, student):
    assert report(bureau, bureau.head, 409)["code"] == "not_on_study_leave"
    early = {"first_day": "2026-01-01", "last_day": "2026-01-31"}
    refused = report(bureau, student, 409, **early)
    assert (refused["code"], "2026-01-31" in refused["detail"]) == ("not_on_study_leave", True)
    first = report(bureau, student)
    other = report(bureau, student, 409, first_day="2026-07-31", last_day="2026-08-02")
    assert other["errors"][0]["code"] == "study_term_reported"
    longer = {**TERM, "last_day": "2026-08-02"}
    bureau.put(student, f"/study-reports/{first['id']}", longer, version=1)
    assert report(bureau, student, first_day="2026-08-03", last_day="2026-08-03")["state"] == "REPORTED"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"last_day": "2026-01-31"}, "last_day"),
        ({"last_day": "2027-02-02"}, "last_day"),
        ({"first_day": "2026-08-03", "last_day": "2026-08-04"}, "last_day"),
        ({"grade_average": "4.01"}, "grade_average"),
        ({"credits_earned": "-1"}, "credits_earned"),
        ({"evidence_link": "javascript:alert(1)"}, "evidence_link"),
        ({"progress": " "}, "progress"),
    ],
)
def test_what_is_no_report_is_refused_by_its_field(bureau, student, change, field):
    assert [one["field"] for one in report(bureau, student, 422, **change)["errors"]] == [field]


def test_a_number_is_answered_as_people_write_it(bureau, student):
    made = report(bureau, student, credits_earned="1E+2", grade_average=3)
    assert (made["credits_earned"], made["grade_average"]) == ("100", "3")
    assert bureau.get(student, f"/study-reports/{made['id']}") == made


def test_of_many_at_once_one_report_of_a_term_is_made(bureau, student):
    statuses = at_once(bureau, (student, "/study-reports", TERM))
    assert sorted(statuses) == [201] + [409] * (len(statuses) - 1)


def test_two_officers_at_once_decide_once_and_the_second_learns_it(bureau, student):
    made = report(bureau, student)
    decide(bureau, made, "confirm")
    decide(bureau, made, "return", {"reason": "x"}, by=bureau.second_hr, status=412)
    assert bureau.get(student, f"/study-reports/{made['id']}")["state"] == "CONFIRMED"


def test_nobody_decides_on_the_own_study(bureau):
    bureau.change(bureau.hr, date(2026, 2, 1), status="STUDY_LEAVE")
    bureau.turn(2026, 8, 3, 3)
    made = report(bureau, bureau.hr)
    assert decide(bureau, made, "confirm", status=403)["code"] == "own_affair"
    assert decide(bureau, made, "confirm", by=bureau.second_hr)["state"] == "CONFIRMED"


def test_people_read_their_own_reports(bureau, student):
    made = report(bureau, student)
    assert bureau.get(bureau.head, f"/study-reports?employee_id={student.employee_id}")["items"] == []
    bureau.get(bureau.head, f"/study-reports/{made['id']}", 403)
    assert bureau.get(student, "/study-reports?year=2026")["items"][0]["id"] == made["id"]
    assert bureau.get(student, "/study-reports?year=2025")["items"] == []
    assert bureau.get(bureau.inspector, f"/study-reports/{made['id']}")["moves"] == []
    assert [one["moves"] for one in bureau.get(bureau.inspector, "/study-reports")["items"]] == [[]]
    machine = replace(bureau.hr, employee_id=None)
    assert bureau.get(machine, f"/study-reports/{made['id']}")["moves"] == []
    decide(bureau, made, "confirm", by=machine, status=403)


def test_a_rating_rests_on_what_was_confirmed_of_its_days(bureau):
    bureau.active_plan()
    bureau.change(bureau.siti, date(2026, 2, 1), status="STUDY_LEAVE")
    bureau.change(bureau.siti, date(2026, 5, 1), status="ACTIVE")
    bureau.turn(2026, 5, 4, 3)
    first = report(bureau, bureau.siti, last_day="2026-03-31")
    second = report(bureau, bureau.siti, first_day="2026-04-01", last_day="2026-04-30")
    for made in (first, second):
        decide(bureau, made, "confirm")
    bureau.turn(2026, 7, 6, 3)
    rated = bureau.rate(2)
    explained = bureau.get(bureau.siti, f"/evaluations/{rated['id']}/explanation")
    (used,) = explained["inputs"]["study_reports"]
    assert (used["id"], used["grade_average"], used["on_schedule"]) == (second["id"], "3.75", True)
    (basis,) = explained["bases"]
    assert (basis["intact"], [one["id"] for one in basis["content"]["study_reports"]]) == (True, [second["id"]])
