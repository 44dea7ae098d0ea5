"""What was confirmed of a study is revoked with a reason: by one officer, or by two where a rating rests on it."""

from datetime import date

import pytest

from tests.appraisal.component.exported import agreed
from tests.appraisal.component.test_study_reports import TERM, decide, report, student

__all__ = ["student"]
REASON = {"reason": "Transkrip ternyata milik orang lain"}


@pytest.fixture
def confirmed(bureau, student):
    return decide(bureau, report(bureau, student), "confirm")


@pytest.fixture
def rested(bureau):
    """A confirmed report of April 2026, on which Siti's second quarter rests."""
    bureau.active_plan()
    bureau.change(bureau.siti, date(2026, 4, 1), status="STUDY_LEAVE")
    bureau.change(bureau.siti, date(2026, 5, 1), status="ACTIVE")
    bureau.turn(2026, 5, 4, 3)
    made = report(bureau, bureau.siti, first_day="2026-04-01", last_day="2026-04-30")
    done = decide(bureau, made, "confirm")
    bureau.turn(2026, 7, 6, 3)
    return done, bureau.rate(2)


def revoke(bureau, made, status=201, by=None, **body):
    headers = {"If-Match": f'"{made["version"]}"'}
    path = f"/study-reports/{made['id']}/revocations"
    return bureau.post(by or bureau.hr, path, body or REASON, status, headers=headers)


def end(bureau, made, how, status=200, by=None):
    path = f"/study-reports/{made['report_id']}/revocations/{made['id']}/{how}"
    return bureau.post(by or bureau.second_hr, path, {"reason": "x"} if how == "reject" else {}, status)


def test_one_officer_revokes_what_no_rating_rests_on_and_the_person_mends_it(bureau, student, confirmed):
    assert bureau.get(bureau.hr, f"/study-reports/{confirmed['id']}")["moves"] == ["REVOKE"]
    done = revoke(bureau, confirmed)
    assert (done["state"], done["evaluation_ids"], done["reason"]) == ("CARRIED_OUT", [], REASON["reason"])
    shown = bureau.get(student, f"/study-reports/{confirmed['id']}")
    assert (shown["state"], shown["reason"], shown["moves"]) == ("RETURNED", REASON["reason"], ["EDIT"])
    states = [one["data"]["state"] for one in bureau.events("StudyReportDecided")]
    assert states == ["CONFIRMED", "RETURNED"]
    mended = bureau.put(student, f"/study-reports/{confirmed['id']}", TERM, version=shown["version"])
    assert decide(bureau, mended, "confirm")["state"] == "CONFIRMED"
    (listed,) = bureau.get(student, f"/study-reports/{confirmed['id']}/revocations")["items"]
    assert listed["id"] == done["id"]
    assert bureau.events("StudyReportRevoked") == bureau.events("StudyRevocationProposed") == []


def test_where_a_rating_rests_on_it_a_second_officer_decides_and_the_rating_is_marked(bureau, rested):
    made, rated = rested
    proposed = revoke(bureau, made)
    assert (proposed["state"], proposed["evaluation_ids"]) == ("PROPOSED", [rated["id"]])
    assert bureau.get(bureau.siti, f"/study-reports/{made['id']}")["state"] == "CONFIRMED"
    assert revoke(bureau, made, 409)["code"] == "study_revocation_pending"
    assert end(bureau, proposed, "approve", 403, bureau.hr)["code"] == "study_revocation_needs_second_officer"
    done = end(bureau, proposed, "approve")
    assert (done["state"], done["decided_by"]) == ("CARRIED_OUT", str(bureau.second_hr.employee_id))
    assert bureau.get(bureau.siti, f"/study-reports/{made['id']}")["state"] == "RETURNED"
    assert end(bureau, proposed, "approve", 409)["code"] == "study_revocation_decided"
    (marked,) = bureau.events("StudyReportRevoked")
    assert (marked["data"]["evaluation_id"], marked["data"]["appraiser_id"]) == (
        rated["id"],
        str(bureau.head.employee_id),
    )
    explained = bureau.get(bureau.siti, f"/evaluations/{rated['id']}/explanation")
    (flag,) = explained["revoked_study_reports"]
    assert (flag["report_id"], flag["reason"]) == (made["id"], REASON["reason"])
    assert [one["id"] for one in explained["inputs"]["study_reports"]] == [made["id"]]
    agreed(bureau, rated["id"])


def rest_on_april(bureau):
    """A confirmed report of April 2026, on which a proposal rests that is not disclosed."""
    bureau.active_plan()
    bureau.change(bureau.siti, date(2026, 4, 1), status="STUDY_LEAVE")
    bureau.change(bureau.siti, date(2026, 5, 1), status="ACTIVE")
    bureau.turn(2026, 5, 4, 3)
    made = report(bureau, bureau.siti, first_day="2026-04-01", last_day="2026-04-30")
    done = decide(bureau, made, "confirm")
    bureau.turn(2026, 7, 6, 3)
    return done, bureau.rate(2, finish=False)


def test_its_person_learns_of_no_rating_by_it_before_that_is_disclosed(bureau):
    made, proposal = rest_on_april(bureau)
    path = f"/study-reports/{made['id']}/revocations"
    as_officer = bureau.person("hr_officer", employee_id=bureau.siti.employee_id)
    rejected = end(bureau, revoke(bureau, made), "reject")
    proposed = revoke(bureau, made)
    for own in (bureau.siti, as_officer):
        assert bureau.get(own, path)["items"] == []
    assert [one["id"] for one in bureau.get(bureau.inspector, path)["items"]] == [proposed["id"], rejected["id"]]
    done = end(bureau, proposed, "approve")
    assert done["evaluation_ids"] == [proposal["id"]]
    (seen,) = bureau.get(bureau.siti, path)["items"]
    at_once = {"evaluation_ids": [], "proposed_by": done["decided_by"], "proposed_at": done["decided_at"], "version": 1}
    assert seen == {**done, **at_once}
    bureau.post(bureau.head, f"/evaluations/{proposal['id']}/finish", status=200)
    assert bureau.get(bureau.siti, path)["items"] == [done, rejected]


def test_a_correction_no_longer_rests_on_what_was_revoked(bureau, rested):
    made, rated = rested
    end(bureau, revoke(bureau, made), "approve")
    bureau.correct(rated["id"], "BELOW", "MEETS")
    explained = bureau.get(bureau.siti, f"/evaluations/{rated['id']}/explanation")
    assert (explained["revoked_study_reports"], explained["inputs"]["study_reports"]) == ([], [])


def test_a_rejected_revocation_leaves_it_confirmed_and_its_proposer_takes_it_back(bureau, rested):
    made, rated = rested
    for officer in (bureau.second_hr, bureau.hr):
        proposed = revoke(bureau, made)
        assert end(bureau, proposed, "reject", by=officer)["state"] == "REJECTED"
    assert bureau.get(bureau.siti, f"/study-reports/{made['id']}")["state"] == "CONFIRMED"
    assert bureau.get(bureau.siti, f"/evaluations/{rated['id']}/explanation")["revoked_study_reports"] == []


def test_only_what_is_confirmed_is_revoked_by_hr_never_of_the_own_study(bureau, student):
    made = report(bureau, student)
    assert revoke(bureau, made, 409)["code"] == "study_report_move_refused"
    done = decide(bureau, made, "confirm")
    for who in (student, bureau.head, bureau.inspector):
        revoke(bureau, done, 403, who)
    own = bureau.person("hr_officer", employee_id=student.employee_id)
    assert revoke(bureau, done, 403, own)["code"] == "own_affair"
    assert revoke(bureau, {**done, "version": 1}, 412)["code"] == "version_conflict"
    assert revoke(bureau, done, 422, reason=" ")["errors"][0]["field"] == "reason"
