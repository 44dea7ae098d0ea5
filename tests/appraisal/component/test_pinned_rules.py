"""A period keeps the rules that were in force when its year was opened, and an annual comes after the periodic ones."""

from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event

# behaviour below expectation is VERY_POOR whatever the results are
STRICT = {
    "ABOVE": {"ABOVE": "VERY_GOOD", "MEETS": "GOOD", "BELOW": "VERY_POOR"},
    "MEETS": {"ABOVE": "GOOD", "MEETS": "GOOD", "BELOW": "VERY_POOR"},
    "BELOW": {"ABOVE": "NEEDS_IMPROVEMENT", "MEETS": "NEEDS_IMPROVEMENT", "BELOW": "VERY_POOR"},
}


def test_a_matrix_changes_no_opened_period_and_the_officer_sees_which(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    preview = bureau.set_rule("PREDICATE_MATRIX", STRICT)["preview"]
    kept = [(one["quarter"], one["month"], one["rule_version"]) for one in preview["kept"]]
    assert kept == [(quarter, None, "permenpanrb-6-2022") for quarter in (2, 3, 4, None)]
    bureau.turn(2026, 7, 6, 3)
    done = bureau.rate(2, "ABOVE", "BELOW")
    assert done["predicate"] == "POOR_MISCONDUCT"
    explained = bureau.get(bureau.siti, f"/evaluations/{done['id']}/explanation")
    assert explained["rule"]["rule_version"] == "permenpanrb-6-2022"
    assert bureau.correct(done["id"], "MEETS", "BELOW")["predicate"] == "POOR_MISCONDUCT"
    bureau.turn(2026, 7, 31, 3)
    later = bureau.set_rule("PREDICATE_MATRIX", STRICT, "2026-10-01")["preview"]
    assert [one["quarter"] for one in later["kept"]] == [4, None]


def test_a_rule_of_a_year_that_nobody_has_opened_holds_when_it_is(bureau):
    done = bureau.set_rule("PREDICATE_MATRIX", STRICT)
    assert done["preview"]["kept"] == []
    assert [(one["year"], one["quarter"]) for one in done["preview"]["holds_in"]] == [
        (year, quarter) for year in (2026, 2027) for quarter in (1, 2, 3, 4, None)
    ]
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    assert bureau.rate(1, "ABOVE", "BELOW")["predicate"] == "VERY_POOR"


def test_windows_minimum_days_and_the_days_to_object_are_those_of_the_opening(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    bureau.set_rule("PERIODIC_WINDOW", {"opens_after_days": 0, "closes_after_days": 7})
    bureau.set_rule("MINIMUM_DAYS", {"working_days": 366})
    objection = {"objection_days": 30, "decision_days": 30, "deemed_receipt_days": 14}
    bureau.set_rule("OBJECTION", objection)
    bureau.turn(2026, 4, 30, 3)
    assert bureau.rate(1)["state"] == "FINAL"
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    issued = bureau.issue()
    received = bureau.post(bureau.siti, f"/evaluations/{issued['id']}/receive", status=200)
    assert received["objection_until"] == "2027-01-26T16:59:59Z"
    shown = bureau.get(bureau.siti, f"/evaluations/{issued['id']}/explanation")["rights"]["rule"]
    assert shown["rule_version"] == "pp-30-2019-tanpa-anggapan-terima"
    filed = bureau.post(bureau.siti, f"/evaluations/{issued['id']}/objection", {"reasons": "x"}, 201)
    assert filed["decide_by"] == "2027-01-26T16:59:59Z"


@contextmanager
def statements(service):
    """Gather the statements that are sent to the database."""
    found, engine = [], service.work.database.engine

    def keep(_connection, _cursor, statement, *_):
        found.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    yield found
    event.remove(engine, "before_cursor_execute", keep)


def test_a_rating_reads_its_period_with_the_rules_in_one_statement_and_a_plan_in_none_of_its_own(bureau, service):
    (colleague,) = bureau.hire(1)
    bureau.active_plan()
    # the first plan of somebody's year opens their obligations, which needs the periods
    bureau.post(bureau.hr, "/obligations/openings", {"year": 2026}, 202)
    bureau.service.run_jobs()
    with statements(service) as of_plan:
        bureau.active_plan(colleague)
    assert [one for one in of_plan if "FROM period" in one and "FROM evaluation" not in one] == []
    bureau.turn(2026, 12, 31, 3)
    for rate in (lambda: bureau.rate(4), bureau.issue):
        with statements(service) as sent:
            rate()
        (of_period,) = [one for one in sent if "FROM period" in one]
        assert "FROM rule_version" in of_period


def test_an_extension_moves_the_end_of_its_period(bureau):
    bureau.active_plan()
    body = {"year": 2026, "quarter": 1, "closes_on": "2026-05-20", "reason": "Layanan terganggu"}
    bureau.post(bureau.hr, "/periods/extensions", body, 201)
    assert [one["closes_on"] for one in bureau.get(bureau.siti, "/cycles/2026")["periods"]][:2] == [
        "2026-05-20",
        "2026-07-30",
    ]
    shown = bureau.get(bureau.siti, "/periods?year=2026")["items"][0]
    assert (shown["closes_on"], shown["extended_to"]) == ("2026-05-20", "2026-05-20")
    bureau.turn(2026, 5, 20, 3)
    assert bureau.get(bureau.head, "/appraiser/queue")["to_rate"][0]["quarter"] == 1
    month = {**body, "quarter": None, "month": 1}
    assert bureau.post(bureau.hr, "/periods/extensions", month, 409)["code"] == "period_not_in_cycle"


@pytest.mark.parametrize(
    ("finish", "moment", "code"),
    [
        (None, (2027, 1, 5, 3), "periods_open"),
        (False, (2027, 1, 5, 3), "periods_open"),
        (True, (2027, 1, 5, 3), None),
        # the window of the fourth quarter has closed unrated
        (None, (2027, 1, 31, 3), None),
        # and has not opened yet
        (None, (2026, 12, 30, 3), None),
    ],
)
def test_an_annual_comes_when_the_periodic_ones_are_final_or_can_no_more_be_made(bureau, finish, moment, code):
    bureau.active_plan()
    bureau.turn(*moment)
    if finish is not None:
        bureau.rate(4, finish=finish)
    answer = bureau.issue(status=409 if code else 201)
    assert answer.get("code") == code
    if code:
        assert answer["detail"].startswith("Evaluasi tahunan 2026 belum dapat ditetapkan: periode 2026 triwulan 4 ")


def test_an_annual_waits_for_no_period_of_which_the_person_is_excused_or_that_lies_before_the_plan(bureau):
    (newcomer,) = bureau.hire(1)
    extended = {"year": 2026, "quarter": 3, "closes_on": "2027-01-31", "reason": "x"}
    bureau.active_plan()
    bureau.post(bureau.hr, "/periods/extensions", extended, 201)
    bureau.turn(2026, 10, 9, 3)
    bureau.active_plan(newcomer)
    bureau.change(bureau.siti, since=date(2026, 10, 1), status="STUDY_LEAVE")
    bureau.rate(3)
    bureau.turn(2027, 1, 5, 3)
    assert bureau.issue()["state"] == "ISSUED"
    bureau.rate(4, who=newcomer)
    assert bureau.issue(who=newcomer)["state"] == "ISSUED"


def test_a_final_annual_shuts_no_period_that_is_open_and_no_day_of_it(bureau):
    plan = bureau.active_plan()
    bureau.turn(2026, 12, 24, 3)
    annual = bureau.issue()
    bureau.post(bureau.siti, f"/evaluations/{annual['id']}/receive", status=200)
    bureau.post(bureau.siti, f"/evaluations/{annual['id']}/accept", status=200)
    bureau.turn(2027, 1, 4, 3)
    line = {"date": "2026-12-31", "work_result_id": plan["work_results"][0]["id"], "text": "Laporan akhir tahun"}
    path = f"/plans/{plan['id']}/progress"
    assert bureau.post(bureau.siti, path, line, 201)["date"] == "2026-12-31"
    assert bureau.post(bureau.siti, path, {**line, "date": "2026-09-30"}, 409)["code"] == "plan_closed"
    done = bureau.rate(4)
    explained = bureau.get(bureau.siti, f"/evaluations/{done['id']}/explanation")
    assert [one["entries"] for one in explained["inputs"]["realisation"]] == [1]
    bureau.turn(2027, 1, 31, 3)
    assert bureau.post(bureau.siti, path, line, 409)["code"] == "plan_closed"
