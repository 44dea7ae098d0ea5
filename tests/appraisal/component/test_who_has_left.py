"""What somebody may do who has left the service: what is there stays readable, and nothing of service is begun."""

from datetime import date

import pytest

from tests.appraisal.builders import a_plan, a_result


def leave(bureau, who, *day):
    """It is this day, in Jakarta, and somebody has left by it."""
    bureau.turn(*day, 3)
    bureau.change(who, since=date(*day), status="RETIRED")


def progress_on(plan, day):
    return {"date": day, "work_result_id": plan["work_results"][0]["id"], "text": "Berkas diserahkan"}


def refused(answer):
    return answer["code"], "tidak lagi bertugas" in answer["detail"]


NOT_IN_SERVICE = ("not_in_service", True)


@pytest.mark.parametrize("year", [2026, 2027])
def test_who_has_left_drafts_no_plan_and_nobody_does_it_for_them(bureau, year):
    leave(bureau, bureau.siti, 2026, 3, 28)
    bureau.turn(2026, 4, 11, 3)
    assert refused(bureau.post(bureau.siti, "/plans", a_plan(year), 409)) == NOT_IN_SERVICE
    for_siti = a_plan(year, employee_id=str(bureau.siti.employee_id))
    assert refused(bureau.post(bureau.hr, "/plans", for_siti, 409)) == NOT_IN_SERVICE


def test_who_leaves_before_a_year_drafts_no_plan_of_it(bureau):
    bureau.change(bureau.siti, since=date(2026, 12, 1), status="RETIRED")
    bureau.draft()
    assert refused(bureau.post(bureau.siti, "/plans", a_plan(2027), 409)) == NOT_IN_SERVICE


def test_a_draft_of_somebody_who_has_left_is_read_and_not_edited_or_submitted(bureau):
    plan = bureau.draft()
    path = f"/plans/{plan['id']}"
    leave(bureau, bureau.siti, 2026, 3, 28)
    assert refused(bureau.post(bureau.siti, f"{path}/submit", status=409)) == NOT_IN_SERVICE
    content = {key: value for key, value in a_plan().items() if key != "year"}
    edited = bureau.call(bureau.siti, "PUT", path, 409, json=content, headers={"If-Match": f'"{plan["version"]}"'})
    assert refused(edited.json) == NOT_IN_SERVICE
    assert (bureau.get(bureau.siti, path)["moves"], bureau.get(bureau.siti, "/me/plan?year=2026")["moves"]) == (
        ["CLOSE"],
        ["CLOSE"],
    )
    bureau.change(bureau.siti, since=date(2026, 3, 28), status="ACTIVE", cause="CORRECTION")
    assert bureau.post(bureau.siti, f"{path}/submit", status=200)["state"] == "SUBMITTED"


def test_a_plan_that_was_submitted_before_is_agreed_and_offers_no_revision(bureau):
    plan = bureau.draft()
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    leave(bureau, bureau.siti, 2026, 3, 28)
    assert bureau.agree(bureau.head, f"/plans/{plan['id']}")["moves"] == ["CLOSE"]


@pytest.mark.parametrize("who", ["siti", "head"])
def test_the_plan_of_who_has_left_is_revised_by_nobody(bureau, who):
    plan = bureau.active_plan()
    leave(bureau, bureau.siti, 2026, 3, 28)
    answer = bureau.post(getattr(bureau, who), f"/plans/{plan['id']}/revise", {"reason": "Target berubah"}, 409)
    assert refused(answer) == NOT_IN_SERVICE


def test_an_appraiser_who_has_left_revises_and_links_nothing(bureau):
    superior = bureau.active_plan(bureau.head, bureau.chief)
    plan = bureau.active_plan()
    leave(bureau, bureau.head, 2026, 3, 28)
    revised = bureau.post(bureau.head, f"/plans/{plan['id']}/revise", {"reason": "Target berubah"}, 409)
    own, above = plan["work_results"][0]["id"], superior["work_results"][0]["id"]
    links = {"links": [{"work_result_id": own, "parent_work_result_id": above}]}
    linked = bureau.post(bureau.head, f"/plans/{plan['id']}/links", links, 409)
    assert (refused(revised), refused(linked)) == (NOT_IN_SERVICE, NOT_IN_SERVICE)
    assert bureau.post(bureau.siti, f"/plans/{plan['id']}/links", links, 200)["work_results"][0]["id"] == own


@pytest.mark.parametrize("status", ["SUSPENDED", "STUDY_LEAVE"])
def test_who_is_away_drafts_and_submits(bureau, status):
    bureau.change(bureau.siti, since=date(2026, 1, 5), status=status)
    plan = bureau.draft(work_results=[a_result()])
    assert "SUBMIT" in bureau.get(bureau.siti, f"/plans/{plan['id']}")["moves"]
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)


def test_who_has_left_records_the_days_that_they_have_worked_and_no_later_ones(bureau):
    plan = bureau.active_plan()
    leave(bureau, bureau.siti, 2026, 3, 28)
    bureau.turn(2026, 4, 11, 3)
    path = f"/plans/{plan['id']}/progress"
    bureau.post(bureau.siti, path, progress_on(plan, "2026-03-27"), 201)
    assert refused(bureau.post(bureau.siti, path, progress_on(plan, "2026-03-28"), 409)) == NOT_IN_SERVICE
    assert len(bureau.get(bureau.siti, path)["items"]) == 1


def test_who_has_left_gives_no_feedback_and_answers_what_they_were_given(bureau):
    plan, other = bureau.active_plan(), bureau.active_plan(*bureau.hire(1))
    about = {"behaviour_value": "BP", "text": "Cepat menanggapi"}
    given = bureau.post(bureau.head, f"/plans/{plan['id']}/feedback", about, 201)
    leave(bureau, bureau.siti, 2026, 3, 28)
    assert refused(bureau.post(bureau.siti, f"/plans/{other['id']}/feedback", about, 409)) == NOT_IN_SERVICE
    bureau.post(bureau.siti, f"/feedback/{given['id']}/answer", {"answer": "Terima kasih"}, 200)
