"""Whoever reads the whole agency infers nothing of a rating of their own that is not issued: by no list, sum or refusal."""

import pytest

from chassis.ids import new_id
from tests.appraisal.builders import a_rating
from tests.appraisal.component.deadlines import outage
from tests.appraisal.component.reviews import BEST, asked, let_extremes_be_reviewed
from tests.appraisal.component.test_calibrations import Q1, opened, proposed, suggest
from tests.appraisal.component.test_distribution_levels import block, body_of, predicate, teams

__all__ = ["proposed"]
MINUTES = {"minutes": "Penilaian kepala unit dibahas."}


@pytest.fixture
def officer(bureau):
    """Siti is an HR officer too."""
    return bureau.person("hr_officer", employee_id=bureau.siti.employee_id)


def sessions(bureau, who):
    return [one["id"] for one in bureau.get(who, "/calibrations?year=2026")["items"]]


def finish(bureau, evaluation, by=None):
    return bureau.post(by or bureau.head, f"/evaluations/{evaluation['id']}/finish", status=200)


def close(bureau, session):
    return bureau.post(bureau.chief, f"/calibrations/{session['id']}/close", MINUTES, 200, headers={"If-Match": "*"})


def test_a_session_is_kept_from_an_officer_whose_own_result_is_awaited_in_it(bureau, officer, proposed):
    session = suggest(bureau, opened(bureau), proposed[0])
    close(bureau, session)
    inspector = bureau.person("inspector", employee_id=bureau.siti.employee_id)
    for who in (officer, inspector):
        for path in ("", "/document"):
            assert bureau.get(who, f"/calibrations/{session['id']}{path}", 403)["code"] == "own_affair"
        assert sessions(bureau, who) == []
        assert bureau.get(who, "/calibrations", query_string={"unit": str(bureau.unit)})["items"] == []
    assert sessions(bureau, bureau.second_hr) == [session["id"]]
    assert bureau.get(bureau.second_hr, f"/calibrations/{session['id']}")["counts_after"] == {"GOOD": 7}
    finish(bureau, proposed[0])
    for who in (officer, inspector):
        assert sessions(bureau, who) == [session["id"]]
        assert bureau.get(who, f"/calibrations/{session['id']}")["counts_after"] == {"GOOD": 7}


def test_opening_a_session_answers_an_officer_alike_before_and_after_they_are_proposed(bureau, officer):
    bureau.active_plan()
    other = new_id()
    bureau.add_unit(other, bureau.bureau_unit, None)
    bureau.turn(2026, 4, 6, 3)
    body = {**Q1, "due_on": "2026-04-20", "reason": "Menyelaraskan"}
    answers = []
    for propose in (False, True):
        if propose:
            bureau.rate(1, finish=False)
        answers.append([opened(bureau, officer, 403)["code"]])
        answers[-1].append(bureau.post(officer, f"/units/{bureau.bureau_unit}/calibrations", body, 403)["code"])
        answers[-1].append(bureau.post(officer, f"/units/{other}/calibrations", body, 409)["code"])
    assert answers == [["own_affair", "own_affair", "nothing_to_calibrate"]] * 2
    assert opened(bureau, bureau.second_hr)["capacity"] == "HR"


def test_an_appraiser_who_awaits_an_own_result_takes_part_without_counts_and_minutes(bureau, proposed):
    session = opened(bureau)
    assert close(bureau, session)["minutes"] == MINUTES["minutes"]
    path = f"/calibrations/{session['id']}"
    seen = bureau.get(bureau.head, path)
    assert (seen["minutes"], seen["counts_before"], seen["counts_after"]) == ("", None, None)
    finish(bureau, proposed[-1], bureau.chief)
    assert bureau.get(bureau.head, path)["minutes"] == MINUTES["minutes"]


def test_what_is_refused_tells_an_officer_nothing_of_their_own_proposal(bureau):
    """At most one of twelve is VERY_GOOD, and the officer's own proposal is: for them that place is free."""
    block(bureau)
    people = teams(bureau, 4, 2)
    predicate(bureau, bureau.bureau_unit)
    own = bureau.rate(1, *BEST, who=people[0], finish=False)
    officer = bureau.person("hr_officer", employee_id=people[0].employee_id)
    order = {**Q1, "order_reference": "SK-1/2026"}
    path, taken = "/evaluations/periodic", {**body_of(people[2], *BEST), **order}
    assert bureau.post(bureau.second_hr, path, taken, 409)["code"] == "distribution_broken"
    bureau.post(officer, path, taken, 201)
    assert bureau.post(officer, path, {**body_of(people[4], *BEST), **order}, 409)["code"] == "distribution_broken"
    refused = bureau.post(bureau.head, f"/evaluations/{own['id']}/finish", status=409)
    assert refused["code"] == "distribution_broken", "it is compared when it is finished"


def test_a_summary_counts_no_more_proposals_than_the_reader_is_listed(bureau, officer, proposed):
    listed = bureau.get(officer, "/evaluations?year=2026&quarter=1&state=PROPOSED")["items"]
    summary = bureau.get(officer, "/summary?year=2026&quarter=1")
    assert summary["total"]["evaluations"]["PROPOSED"] == len(listed) == 6
    (unit,) = [one for one in summary["units"] if one["unit_id"] == str(bureau.unit)]
    assert unit["evaluations"]["PROPOSED"] == 6
    assert bureau.get(bureau.hr, "/summary?year=2026&quarter=1")["total"]["evaluations"]["PROPOSED"] == 7


def test_two_scopes_of_a_distribution_differ_by_no_proposal_about_the_reader(bureau, officer, proposed):
    for unit in (bureau.unit, bureau.bureau_unit):
        predicate(bureau, unit, "GOOD")
    rated = {}
    for who in (officer, bureau.second_hr):
        shown = [
            bureau.get(who, f"/units/{one}/distribution?year=2026&quarter=1")
            for one in (bureau.unit, bureau.bureau_unit)
        ]
        rated[who.account_id] = [one["rated"] for one in shown]
        assert len({one["headcount"] - one["rated"] for one in shown}) == 2
    assert rated == {officer.account_id: [6, 6], bureau.second_hr.account_id: [7, 7]}


def test_an_outage_moves_as_many_deadlines_as_the_reader_is_listed(bureau, officer):
    let_extremes_be_reviewed(bureau)
    asked(bureau)
    bureau.turn(2026, 4, 8, 3)
    made = outage(bureau, "2026-04-06T10:30:00+07:00", "2026-04-07T10:30:00+07:00", who=officer)
    (shown,) = bureau.get(officer, "/outages")["items"]
    listed = bureau.get(officer, f"/outages/{made['id']}/deadlines")["items"]
    assert made["extended"] == shown["extended"] == len(listed)
    (all_of_it,) = bureau.get(bureau.hr, "/outages")["items"]
    assert all_of_it["extended"] == len(listed) + 1


def test_the_preview_of_a_rule_counts_nothing_about_the_reader(bureau, officer):
    let_extremes_be_reviewed(bureau)
    national = next(one for one in bureau.get(bureau.hr, "/rules")["items"] if one["kind"] == "REMINDER")
    body = {"kind": "REMINDER", "value": national["value"], "effective_from": "2026-05-01", "reason": "x"}
    body |= {"legal_source": "Peraturan Menteri Contoh", "verified": True}

    def people(who):
        return bureau.post(who, "/rules/proposals/preview", body, 200)["people"]

    asked(bureau)
    assert people(officer) == people(bureau.second_hr) - 1


def test_the_refusal_of_an_own_rating_is_the_same_whether_there_is_a_proposal(bureau, officer):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    body = a_rating(employee_id=str(bureau.siti.employee_id), **Q1, order_reference="SK-1/2026")
    before = bureau.post(officer, "/evaluations/periodic", body, 403)
    bureau.rate(1, finish=False)
    after = bureau.post(officer, "/evaluations/periodic", body, 403)
    assert (before["code"], before["detail"]) == (after["code"], after["detail"])
