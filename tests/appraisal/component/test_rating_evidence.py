"""What is to be weighed before somebody is rated: who reads it, and what of the person's history with it."""

from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event

LINK = "https://arsip.example/berkas/1"


@pytest.fixture
def plan(bureau):
    return bureau.active_plan()


def evidence(bureau, who, period="quarter=1", person=None, status=200, year=2026):
    person = (person or bureau.siti).employee_id
    return bureau.get(who, f"/evaluations/evidence?employee_id={person}&year={year}&{period}", status)


def log(bureau, plan, day, result=0, **fields):
    body = {"date": day, "work_result_id": plan["work_results"][result]["id"], "text": "Berkas selesai", **fields}
    return bureau.post(bureau.siti, f"/plans/{plan['id']}/progress", body, 201)["id"]


def comment(bureau, plan, by=None, **target):
    return bureau.post(by or bureau.head, f"/plans/{plan['id']}/feedback", {"text": "Rapi", **target}, 201)["id"]


@contextmanager
def statements(service):
    found, engine = [], service.work.database.engine

    def keep(_connection, _cursor, statement, *_):
        found.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    yield found
    event.remove(engine, "before_cursor_execute", keep)


def test_results_with_targets_stand_beside_what_was_recorded_on_them_in_the_period(bureau, plan):
    bureau.turn(2026, 3, 30, 3)
    log(bureau, plan, "2026-01-15", quantity="12", unit="usul", evidence_link=LINK)
    log(bureau, plan, "2026-03-30", quantity="7.5", unit="usul")
    log(bureau, plan, "2026-03-30", quantity="3", unit="hari", evidence_link=LINK + "0")
    log(bureau, plan, "2026-03-30", result=1)
    word = comment(bureau, plan, work_result_id=plan["work_results"][0]["id"])
    bureau.turn(2026, 4, 2, 3)
    log(bureau, plan, "2026-04-01", quantity="100", unit="usul")
    shown = evidence(bureau, bureau.head)
    assert (shown["plan_id"], shown["plan_version"], shown["model"]) == (plan["id"], 1, "QUANTITATIVE")
    assert (shown["first_day"], shown["last_day"]) == ("2026-01-01", "2026-03-31")
    first, second = shown["results"][:2]
    assert [one["target_number"] or one["target_text"] for one in first["indicators"]] == [
        "120",
        "paling lambat 5 hari",
    ]
    assert first["realised"] == {
        "entries": 3,
        "quantities": [{"unit": "hari", "quantity": "3"}, {"unit": "usul", "quantity": "19.5"}],
        "evidence_links": [LINK + "0", LINK],
        "links": 2,
    }
    assert [one["id"] for one in first["feedback"]] == [word]
    assert (second["realised"]["entries"], second["realised"]["quantities"], second["feedback"]) == (1, [], [])
    assert len(shown["results"]) == 4


def test_feedback_on_values_has_the_role_of_its_giver_and_no_name(bureau, plan):
    (colleague,) = bureau.hire(1)
    bureau.turn(2026, 3, 2, 3)
    comment(bureau, plan, colleague, behaviour_value="HA")
    shown = evidence(bureau, bureau.head)
    value = next(one for one in shown["values"] if one["value"] == "HA")
    assert (value["name"], value["feedback"][0]["giver_role"]) == ("Harmonis", "PEER")
    assert len(value["guides"]) == 3
    assert str(colleague.employee_id) not in str(shown)
    assert [one["value"] for one in shown["values"] if one["feedback"]] == ["HA"]


def test_who_may_rate_hr_and_the_person_read_it_and_nobody_else(bureau, plan):
    (colleague,) = bureau.hire(1)
    for one in (bureau.head, bureau.hr, bureau.siti):
        assert evidence(bureau, one)["plan_id"] == plan["id"]
    for one in (bureau.chief, bureau.outsider, colleague, bureau.inspector):
        assert evidence(bureau, one, status=403)["code"] == "forbidden"


def test_who_stands_in_reads_it_on_these_days_alone(bureau, plan):
    bureau.stand_in(bureau.outsider, bureau.head, date(2026, 4, 6), date(2026, 4, 7))
    bureau.turn(2026, 4, 3, 3)
    evidence(bureau, bureau.outsider, status=403)
    bureau.turn(2026, 4, 6, 3)
    assert evidence(bureau, bureau.outsider)["plan_id"] == plan["id"]
    bureau.turn(2026, 4, 8, 3)
    evidence(bureau, bureau.outsider, status=403)


def test_after_a_move_the_appraiser_of_the_periods_end_reads_it_with_the_rating_of_the_days_before(bureau, plan):
    other = bureau.person()
    bureau.place(other, bureau.root, "PENGAWAS", bureau.top)
    bureau.turn(2026, 5, 15, 3)
    bureau.change(bureau.siti, since=date(2026, 5, 15), superior_id=other.employee_id, unit_id=bureau.root)
    bureau.service.run_timers()
    body = {"employee_id": str(bureau.siti.employee_id), "year": 2026, "quarter": 2, "first_day": "2026-04-01"}
    bureau.post(bureau.head, "/evaluations/segments", {**body, "work_result": "MEETS", "behaviour": "ABOVE"}, 201)
    assert [one["predicate"] for one in evidence(bureau, other, "quarter=2")["segment_ratings"]] == ["GOOD"]
    assert evidence(bureau, bureau.siti, "quarter=2")["segment_ratings"] == []
    evidence(bureau, bureau.head, "quarter=2", status=403)
    assert evidence(bureau, bureau.head, "quarter=1")["plan_id"] == plan["id"]


def test_the_history_is_what_the_caller_may_read(bureau, plan):
    bureau.turn(2026, 4, 6, 3)
    first = bureau.rate(1, "BELOW")
    bureau.turn(2026, 7, 6, 3)
    proposal = bureau.rate(2, finish=False)
    shown = evidence(bureau, bureau.head, "quarter=3")
    assert [(one["quarter"], one["state"], one["predicate"]) for one in shown["periods"]] == [
        (1, "FINAL", "NEEDS_IMPROVEMENT"),
        (2, "PROPOSED", "GOOD"),
    ]
    assert [one["evaluation_id"] for one in evidence(bureau, bureau.siti, "quarter=3")["periods"]] == [first["id"]]
    assert evidence(bureau, bureau.head, "quarter=2")["evaluation_id"] == proposal["id"]
    assert evidence(bureau, bureau.siti, "quarter=2")["evaluation_id"] is None
    assert [one["quarter"] for one in evidence(bureau, bureau.head, "quarter=2")["periods"]] == [1]
    assert [one["quarter"] for one in evidence(bureau, bureau.head, "")["periods"]] == [1, 2]


def test_a_new_appraiser_reads_what_earlier_ones_have_rated(bureau, plan):
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1)
    bureau.place(bureau.outsider, bureau.unit, "PENGAWAS", bureau.chief, since=date(2026, 6, 1))
    bureau.change(bureau.siti, since=date(2026, 6, 1), superior_id=bureau.outsider.employee_id)
    bureau.turn(2026, 7, 6, 3)
    assert [one["quarter"] for one in evidence(bureau, bureau.outsider, "quarter=2")["periods"]] == [1]


def test_annual_results_of_the_three_years_before_are_shown(bureau, plan):
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    issued = bureau.issue()
    shown = evidence(bureau, bureau.head, "quarter=1", year=2027)
    assert [(one["year"], one["evaluation_id"], one["state"]) for one in shown["years"]] == [
        (2026, issued["id"], "ISSUED")
    ]
    assert shown["periods"] == []
    assert len(evidence(bureau, bureau.head, "quarter=1", year=2029)["years"]) == 1
    assert evidence(bureau, bureau.head, "quarter=1", year=2030)["years"] == []


def test_open_follow_ups_are_shown_to_their_parties_alone(bureau, plan):
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1, "MEETS", "BELOW")
    bureau.turn(2026, 7, 6, 3)
    bureau.rate(2, "BELOW")
    shown = [
        [one["kind"] for one in evidence(bureau, who, "quarter=3")["open_follow_ups"]]
        for who in (bureau.head, bureau.hr, bureau.siti)
    ]
    assert shown == [["COACHING"], ["COUNSELLING", "COACHING"], ["COUNSELLING", "COACHING"]]
    coaching = evidence(bureau, bureau.head, "quarter=3")["open_follow_ups"][0]["id"]
    bureau.post(bureau.head, f"/follow-ups/{coaching}/close", {"outcome": "IMPROVED"}, 200)
    assert evidence(bureau, bureau.head, "quarter=3")["open_follow_ups"] == []


def test_without_a_plan_everything_is_empty_but_the_values(bureau):
    shown = evidence(bureau, bureau.head)
    empty = ("results", "periods", "years", "segment_ratings", "open_follow_ups")
    assert [shown[name] for name in empty] == [[]] * 5
    assert (shown["plan_id"], shown["plan_version"], shown["model"]) == (None, None, None)
    assert len(shown["values"]) == 7
    assert shown["elsewhere"] == {
        "realised": {"entries": 0, "quantities": [], "evidence_links": [], "links": 0},
        "feedback": [],
    }


def test_what_is_on_a_result_that_a_revision_has_dropped_is_shown_apart(bureau, plan):
    bureau.turn(2026, 2, 2, 3)
    log(bureau, plan, "2026-02-02", result=3)
    word = comment(bureau, plan, work_result_id=plan["work_results"][3]["id"])
    path = f"/plans/{plan['id']}"
    bureau.post(bureau.siti, f"{path}/revise", {"reason": "Tugas selesai"}, 200)
    full = bureau.get(bureau.siti, path)
    kept = {key: full[key] for key in ("model", "annex")} | {"behaviour_expectations": []}
    results = [
        {key: one[key] for key in ("id", "kind", "title", "indicators")} for one in full["draft"]["work_results"][:3]
    ]
    saved = bureau.put(bureau.siti, path, {**kept, "work_results": results}, version=full["version"])
    bureau.post(bureau.siti, f"{path}/submit", status=200)
    assert evidence(bureau, bureau.head)["plan_version"] == 1
    bureau.agree(bureau.head, path, version=saved["version"] + 1)
    shown = evidence(bureau, bureau.head)
    assert (shown["plan_version"], len(shown["results"])) == (2, 3)
    assert (shown["elsewhere"]["realised"]["entries"], shown["elsewhere"]["feedback"][0]["id"]) == (1, word)


def test_a_person_of_another_agency_or_of_none_is_not_known(bureau, person):
    assert evidence(bureau, bureau.hr, person=person(), status=404)["code"] == "not_found"


@pytest.mark.parametrize("period", ["quarter=5", "month=13", "quarter=1&month=2"])
def test_a_period_that_cannot_be_is_named(bureau, period):
    assert evidence(bureau, bureau.head, period, status=422)["errors"][0]["field"] in {"quarter", "month"}


def test_it_costs_the_same_statements_however_much_was_recorded(bureau, plan, service):
    def count():
        with statements(service) as sent:
            evidence(bureau, bureau.head, "quarter=2")
        return len(sent)

    few = count()
    for quarter, month in ((1, 4), (2, 7)):
        bureau.turn(2026, month, 6, 3)
        for result in range(4):
            log(bureau, plan, f"2026-{month - 1:02d}-30", result, evidence_link=LINK)
        bureau.rate(quarter, "BELOW", finish=quarter == 1)
    bureau.turn(2026, 6, 1, 3)
    comment(bureau, plan, behaviour_value="KO")
    assert (few, count()) == (few, few)
    assert few <= 20
