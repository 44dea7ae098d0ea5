"""Calibration: what is suggested changes nothing until the appraiser takes it up, and the employee reads why."""

from dataclasses import replace
from datetime import date

import pytest

from chassis.ids import new_id
from tests.appraisal.builders import a_rating
from tests.appraisal.component.test_at_once import at_once

Q1 = {"year": 2026, "quarter": 1}
BEST = a_rating("ABOVE", "ABOVE")
WHY = "Sebanding dengan rekan satu tim yang capaiannya sama"


@pytest.fixture
def proposed(bureau):
    """Siti and five colleagues have proposals; the sixth, the head of the unit, has one by the chief."""
    people = [bureau.siti, *bureau.hire(5)]
    for one in people:
        bureau.active_plan(one)
    bureau.active_plan(bureau.head, bureau.chief)
    bureau.turn(2026, 4, 6, 3)
    made = [bureau.rate(1, who=one, finish=False) for one in people]
    own = {**a_rating(employee_id=str(bureau.head.employee_id)), **Q1, "finish": False}
    made.append(bureau.post(bureau.chief, "/evaluations/periodic", own, 201))
    return made


def opened(bureau, who=None, status=201, **changes):
    body = {**Q1, "due_on": "2026-04-20", "reason": "Menyelaraskan ukuran antar tim", **changes}
    return bureau.post(who or bureau.chief, f"/units/{bureau.unit}/calibrations", body, status)


def suggest(bureau, session, evaluation, who=None, status=201, **changes):
    body = {"evaluation_id": evaluation["id"], "work_result": "ABOVE", "behaviour": "ABOVE", "reason": WHY, **changes}
    return bureau.post(who or bureau.chief, f"/calibrations/{session['id']}/suggestions", body, status)


def path_of(session):
    return f"/calibrations/{session['id']}/suggestions/{session['suggestions'][-1]['id']}"


def test_only_the_appraiser_changes_a_rating_and_the_employee_reads_why(bureau, proposed):
    session = opened(bureau)
    assert (session["state"], session["counts_before"]["GOOD"]) == ("OPEN", 7)
    assert session["moves"] == ["SUGGEST", "ADOPT", "REFUSE", "CLOSE"]
    assert session["participants"] == sorted([str(bureau.head.employee_id), str(bureau.chief.employee_id)])
    session = suggest(bureau, session, proposed[0])
    bureau.post(bureau.chief, f"{path_of(session)}/adopt", BEST, 403)
    assert bureau.get(bureau.head, f"/evaluations/{proposed[0]['id']}")["predicate"] == "GOOD"
    adopted = bureau.post(bureau.head, f"{path_of(session)}/adopt", BEST, 200)
    assert (adopted["predicate"], adopted["state"], adopted["revision"]) == ("VERY_GOOD", "PROPOSED", 2)
    assert bureau.post(bureau.head, f"{path_of(session)}/refuse", {"reason": "x"}, 409)["code"] == "suggestion_answered"
    bureau.get(bureau.siti, f"/evaluations/{adopted['id']}/explanation", 403)
    bureau.post(bureau.head, f"/evaluations/{adopted['id']}/finish", status=200)
    history = bureau.get(bureau.siti, f"/evaluations/{adopted['id']}/explanation")["history"]
    assert [(one["predicate"], one["reason"]) for one in history] == [("GOOD", ""), ("VERY_GOOD", WHY)]


def test_a_suggestion_is_refused_with_a_reason_and_the_leader_closes_with_minutes(bureau, proposed):
    session = suggest(bureau, opened(bureau), proposed[1])
    same = bureau.post(bureau.head, f"{path_of(session)}/adopt", a_rating(), 422)
    assert same["errors"][0]["code"] == "nothing_changed"
    refused = bureau.post(bureau.head, f"{path_of(session)}/refuse", {"reason": "Bukti tidak cukup"}, 200)
    assert (refused["outcome"], refused["answer"], refused["predicate_after"]) == ("REFUSED", "Bukti tidak cukup", None)
    minutes, path = {"minutes": "Satu saran, ditolak."}, f"/calibrations/{session['id']}"
    assert bureau.post(bureau.chief, f"{path}/close", minutes, 428)["code"] == "version_required"
    stale = {"headers": {"If-Match": '"7"'}}
    bureau.post(bureau.chief, f"{path}/close", minutes, 412, **stale)
    seen = {"headers": {"If-Match": f'"{session["version"]}"'}}
    bureau.post(bureau.head, f"{path}/close", minutes, 403, **seen)
    closed = bureau.post(bureau.chief, f"{path}/close", minutes, 200, **seen)
    assert (closed["state"], closed["moves"], closed["minutes"]) == ("CLOSED", [], "Satu saran, ditolak.")
    assert closed["counts_after"] == closed["counts_before"] == {"GOOD": 7}
    late = suggest(bureau, session, proposed[2], status=409)
    assert late["code"] == "calibration_move_refused"


def test_who_appraises_after_a_move_or_in_anothers_place_reads_what_they_are_to_answer(bureau, proposed):
    session = suggest(bureau, suggest(bureau, opened(bureau), proposed[0]), proposed[1])
    path, (successor, substitute, colleague) = f"/calibrations/{session['id']}", bureau.hire(3)
    for who in (successor, substitute, colleague):
        bureau.get(who, path, 403)
    bureau.place(bureau.siti, bureau.unit, "JF", successor)
    bureau.stand_in(substitute, bureau.head, date(2026, 4, 1), date(2026, 4, 30))
    for who in (successor, substitute):
        assert bureau.get(who, path)["moves"] == ["ADOPT", "REFUSE"]
    bureau.get(colleague, path, 403)


def test_nobody_suggests_or_reads_what_is_suggested_about_themselves(bureau, proposed):
    session = opened(bureau)
    assert suggest(bureau, session, proposed[-1], who=bureau.head, status=403)["code"] == "own_affair"
    suggest(bureau, session, proposed[-1])
    seen = bureau.get(bureau.head, f"/calibrations/{session['id']}")
    assert (seen["suggestions"], seen["counts_before"], seen["moves"]) == ([], None, ["SUGGEST", "ADOPT", "REFUSE"])
    assert len(bureau.get(bureau.hr, f"/calibrations/{session['id']}")["suggestions"]) == 1
    officer = bureau.person("hr_officer", employee_id=bureau.siti.employee_id)
    assert bureau.get(officer, f"/calibrations/{session['id']}", 403)["code"] == "own_affair"


def test_the_leader_reads_no_counts_that_would_give_another_unit_away(bureau, proposed):
    """The bureau is shown to its leader above, and of its parts only two that nobody can tell apart are not."""
    small = new_id()
    bureau.add_unit(small, bureau.bureau_unit, None)
    for one in (few := bureau.hire(2, small)):
        bureau.turn(2026, 3, 1, 3)
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)
    session = opened(bureau)
    assert session["counts_before"] == {"GOOD": 7}
    for one in few:
        bureau.rate(1, who=one, finish=False)
    path = f"/calibrations/{session['id']}"
    assert bureau.get(bureau.chief, path)["counts_before"] is None
    assert bureau.get(bureau.hr, path)["counts_before"] == {"GOOD": 7}


def test_a_session_that_nobody_closes_ends_by_itself_and_never_holds_a_rating_up(bureau, proposed):
    session = suggest(bureau, opened(bureau), proposed[0])
    bureau.post(bureau.head, f"/evaluations/{proposed[1]['id']}/finish", status=200)
    assert suggest(bureau, session, proposed[1], status=409)["code"] == "not_in_calibration"
    bureau.turn(2026, 4, 21, 3)
    ended = bureau.get(bureau.hr, f"/calibrations/{session['id']}")
    assert (ended["state"], ended["moves"]) == ("EXPIRED", [])
    refused = bureau.post(bureau.head, f"{path_of(session)}/adopt", BEST, 409)
    assert refused["code"] == "calibration_move_refused"
    bureau.post(bureau.head, f"/evaluations/{proposed[0]['id']}/finish", status=200)


def test_who_opens_a_session_and_who_reads_it(bureau, proposed):
    assert bureau.post(bureau.hr, f"/units/{bureau.root}/calibrations", {}, 422)["errors"]
    for who in (bureau.siti, bureau.head, bureau.inspector):
        opened(bureau, who, 403)
    assert opened(bureau, due_on="2026-07-20", status=422)["errors"][0]["code"] == "out_of_range"
    assert opened(bureau, quarter=2, status=409)["code"] == "nothing_to_calibrate"
    session = opened(bureau, bureau.hr)
    assert session["capacity"] == "HR"
    for who in (bureau.siti, bureau.outsider):
        bureau.get(who, f"/calibrations/{session['id']}", 403)
        assert bureau.get(who, "/calibrations")["items"] == []
    for who in (bureau.head, bureau.chief, bureau.hr, bureau.inspector):
        assert [one["id"] for one in bureau.get(who, "/calibrations?year=2026")["items"]] == [session["id"]]


def test_one_session_of_a_unit_and_a_period_is_open(bureau, proposed):
    first = opened(bureau)
    refused = opened(bureau, status=409)
    assert (refused["code"], refused["errors"][0]["value"]) == ("calibration_open", first["id"])
    assert "20 April 2026" in refused["detail"]
    body = {**Q1, "due_on": "2026-04-20", "reason": "x"}
    assert bureau.post(bureau.second_hr, f"/units/{bureau.bureau_unit}/calibrations", body, 201)
    bureau.post(
        bureau.chief, f"/calibrations/{first['id']}/close", {"minutes": "Selesai"}, 200, headers={"If-Match": "*"}
    )
    second = opened(bureau)
    bureau.turn(2026, 4, 20, 17)
    assert opened(bureau, due_on="2026-04-22")["id"] not in {first["id"], second["id"]}


def test_of_many_at_once_one_is_opened(bureau, proposed):
    path = f"/units/{bureau.unit}/calibrations"
    statuses = at_once(bureau, (bureau.chief, path, {**Q1, "due_on": "2026-04-20", "reason": "x"}))
    assert sorted(statuses) == [201] + [409] * (len(statuses) - 1)


def test_who_takes_part_is_called_and_learns_of_each_suggestion(bureau, proposed):
    session = opened(bureau)
    called = [one["data"] for one in bureau.events("CalibrationCalled")]
    assert [one["appraiser_id"] for one in called] == [str(bureau.head.employee_id)]
    assert called[0]["due_at"][:19] == session["due_at"][:19]
    suggest(bureau, session, proposed[0])
    (suggested,) = bureau.events("RatingSuggested")
    assert set(suggested["data"]) == {"calibration_id", "suggestion_id", "appraiser_id", "unit_id", "due_at"}
    suggest(bureau, session, proposed[1], who=bureau.head)
    assert len(bureau.events("RatingSuggested")) == 1


def retire_the_head(bureau):
    """The head has gone, and the outsider leads the unit's people."""
    bureau.change(bureau.head, date(2026, 4, 6), status="RETIRED")
    for one in (bureau.siti, *bureau.team):
        bureau.change(one, date(2026, 4, 6), superior_id=bureau.outsider.employee_id)


def called(bureau, event):
    return [one["data"]["appraiser_id"] for one in bureau.events(event)]


def test_who_came_after_a_retired_appraiser_is_called_in_their_place_and_takes_part(bureau, proposed):
    retire_the_head(bureau)
    session = opened(bureau)
    assert called(bureau, "CalibrationCalled") == [str(bureau.outsider.employee_id)]
    assert session["participants"] == sorted([str(bureau.outsider.employee_id), str(bureau.chief.employee_id)])
    assert [one["id"] for one in bureau.get(bureau.outsider, "/calibrations")["items"]] == [session["id"]]


def test_a_suggestion_is_made_known_to_who_answers_it_today(bureau, proposed):
    session = opened(bureau)
    retire_the_head(bureau)
    session = suggest(bureau, session, proposed[0])
    assert called(bureau, "RatingSuggested") == [str(bureau.outsider.employee_id)]
    assert bureau.post(bureau.outsider, f"{path_of(session)}/adopt", BEST, 200)["predicate"] == "VERY_GOOD"


def test_a_leader_is_listed_what_they_may_open(bureau, proposed):
    session = opened(bureau)
    for who in (bureau.chief, bureau.head, bureau.hr):
        assert [one["id"] for one in bureau.get(who, "/calibrations")["items"]] == [session["id"]]
        bureau.get(who, f"/calibrations/{session['id']}")
    assert bureau.get(bureau.top, "/calibrations")["items"] == []
    bureau.get(bureau.top, f"/calibrations/{session['id']}", 403)
    body = {**Q1, "due_on": "2026-04-20", "reason": "x"}
    uppermost = bureau.post(bureau.second_hr, f"/units/{bureau.root}/calibrations", body, 201)
    placeless = replace(bureau.top, unit_id=None)
    bureau.get(placeless, f"/calibrations/{uppermost['id']}", 403)
    assert bureau.get(placeless, "/calibrations")["items"] == []
