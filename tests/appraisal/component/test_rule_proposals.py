"""Rules are governed: two officers, nothing dated back, nobody in a case of their own, shown before it is decided."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from sqlalchemy import text

from tests.appraisal.component.test_evaluations import annual

FAIR = {"objection_days": 21, "decision_days": 14, "deemed_receipt_days": 10}
EVERYBODY = {level: dict.fromkeys(("ABOVE", "MEETS", "BELOW"), "VERY_GOOD") for level in ("ABOVE", "MEETS", "BELOW")}
DIALOGUE = {"answer_days": 5}


def codes(problem):
    return {(one["field"], one["code"]) for one in problem["errors"]}


def waiting(bureau, who):
    return bureau.get(who, "/rules/proposals?state=PROPOSED")["items"]


def issued_of_hr(bureau):
    """The officer's own year is evaluated, received, and may be objected to."""
    bureau.active_plan(bureau.hr, bureau.chief)
    bureau.rate_fourth_quarter(bureau.chief, bureau.hr)
    bureau.turn(2027, 1, 12, 3)
    return bureau.issue(who=bureau.hr, by=bureau.chief)["id"]


def test_one_officer_proposes_and_another_approves(bureau):
    made = bureau.propose("DIALOGUE", DIALOGUE, "2026-02-01")
    assert (made["state"], made["moves"], made["rule_version"]) == ("PROPOSED", ["WITHDRAW"], None)
    (listed,) = waiting(bureau, bureau.second_hr)
    assert (listed["id"], listed["moves"]) == (made["id"], ["APPROVE", "REJECT"])
    assert waiting(bureau, bureau.inspector)[0]["moves"] == []
    refused = bureau.approve(made, by=bureau.hr, status=403)
    assert refused["code"] == "proposal_needs_second_officer"
    path = f"/rules/proposals/{made['id']}/approve"
    assert bureau.post(bureau.second_hr, path, {"reason": "x"}, 428)
    bureau.approve({**made, "version": 9}, status=412)
    done = bureau.approve(made)
    assert (done["state"], done["decided_by"], done["moves"]) == ("APPROVED", str(bureau.second_hr.employee_id), [])
    assert waiting(bureau, bureau.hr) == []
    assert bureau.approve(done, status=409)["code"] == "proposal_move_refused"

    def in_force():
        rules = bureau.get(bureau.siti, "/rules")["items"]
        return [one["rule_version"] for one in rules if one["kind"] == "DIALOGUE" and one["in_force"]]

    assert in_force() == ["default-2022"]
    bureau.turn(2026, 2, 1, 3)
    assert in_force() == [done["rule_version"]]


def test_a_proposal_is_rejected_or_withdrawn_with_a_reason(bureau):
    first, second = bureau.propose("DIALOGUE", DIALOGUE), bureau.propose("SMALL_GROUP", {"smallest": 7})
    assert bureau.approve(first, move="withdraw", status=403)["code"] == "proposal_of_another"
    assert bureau.approve(first, move="withdraw", by=bureau.hr)["state"] == "WITHDRAWN"
    done = bureau.approve(second, move="reject")
    assert (done["state"], done["decision_reason"]) == ("REJECTED", "Sesuai peraturan")
    assert bureau.get(bureau.hr, f"/rules/proposals/{second['id']}")["preview"] is None
    assert bureau.get(bureau.hr, "/rules/proposals?kind=SMALL_GROUP")["items"][0]["id"] == second["id"]


def test_a_day_beyond_all_years_that_are_kept_is_refused(bureau):
    for day in ("9999-12-31", "2101-01-01"):
        refused = bureau.propose("DIALOGUE", DIALOGUE, day, status=422)
        assert codes(refused) == {("effective_from", "date_too_late")}
        shown = bureau.call(bureau.hr, "POST", "/rules/proposals/preview", 422, json=proposal_of(day))
        assert codes(shown.json) == {("effective_from", "date_too_late")}
    assert bureau.propose("DIALOGUE", DIALOGUE, "2100-12-31")["state"] == "PROPOSED"


def proposal_of(day):
    body = {"kind": "DIALOGUE", "value": DIALOGUE, "effective_from": day, "reason": "Penyesuaian"}
    return {**body, "legal_source": "Peraturan Menteri Contoh", "verified": False}


def test_a_matrix_dated_back_in_which_all_are_very_good_is_refused_for_each_of_these(bureau):
    bureau.turn(2026, 4, 6, 3)
    refused = bureau.propose("PREDICATE_MATRIX", EVERYBODY, "2026-01-01", status=422)
    assert codes(refused) == {
        ("effective_from", "date_too_early"),
        ("value.ABOVE.BELOW", "beyond_national_limit"),
        ("value.BELOW.ABOVE", "beyond_national_limit"),
    }
    assert refused["errors"][0]["expected"].startswith("paling awal 2026-04-06")


def test_what_waits_beyond_its_first_day_is_not_approved_and_lapses(bureau):
    made = bureau.propose("DIALOGUE", DIALOGUE, "2026-01-20")
    bureau.turn(2026, 1, 20, 16, 59)
    bureau.service.run_timers()
    assert waiting(bureau, bureau.second_hr)[0]["moves"] == ["APPROVE", "REJECT"]
    bureau.turn(2026, 1, 20, 17, 1)
    assert waiting(bureau, bureau.second_hr)[0]["moves"] == ["REJECT"]
    assert codes(bureau.approve(made, status=422)) == {("effective_from", "date_too_early")}
    bureau.service.run_timers()
    (shown,) = bureau.get(bureau.hr, "/rules/proposals")["items"]
    assert (shown["state"], shown["moves"], shown["decided_by"]) == ("LAPSED", [], None)


def test_a_version_that_came_meanwhile_refuses_the_approval(bureau):
    first, second = (bureau.propose("DIALOGUE", {"answer_days": days}) for days in (4, 9))
    version = bureau.approve(first)["rule_version"]
    refused = bureau.approve(second, status=409)
    assert refused["code"] == "rule_changed_meanwhile"
    assert version in refused["detail"]


def test_nobody_proposes_or_approves_what_would_touch_a_running_case_of_their_own(bureau):
    evaluation = issued_of_hr(bureau)
    longer = {**FAIR, "objection_days": 366}
    refused = bureau.propose("OBJECTION", longer, status=403)
    assert refused["code"] == "rule_of_own_case"
    assert "(evaluasi tahunan 2026)" in refused["detail"]
    by_other = bureau.propose("OBJECTION", longer, by=bureau.second_hr)
    assert waiting(bureau, bureau.hr)[0]["moves"] == ["REJECT"]
    assert bureau.approve(by_other, by=bureau.hr, status=403)["code"] == "rule_of_own_case"
    assert bureau.approve(bureau.propose("DIALOGUE", DIALOGUE))["state"] == "APPROVED"
    assert bureau.approve(by_other, by=bureau.person("hr_officer"))["preview"]["running_cases"] == 1
    received = bureau.post(bureau.hr, f"/evaluations/{evaluation}/receive", status=200)
    assert received["objection_until"] == "2027-01-26T16:59:59Z"


def test_what_was_proposed_before_the_proposer_had_a_case_is_not_approved_while_it_runs(bureau):
    made = bureau.propose("OBJECTION", FAIR, "2027-03-01")
    evaluation = issued_of_hr(bureau)
    refused = bureau.approve(made, status=403)
    assert (refused["code"], "perkara pengusulnya sendiri" in refused["detail"]) == ("rule_of_own_case", True)
    bureau.post(bureau.hr, f"/evaluations/{evaluation}/receive", status=200)
    bureau.post(bureau.hr, f"/evaluations/{evaluation}/accept", status=200)
    assert bureau.approve(made)["state"] == "APPROVED"


def test_two_approvals_at_once_of_one_kind_bring_one_version(bureau):
    made = [bureau.propose("DIALOGUE", {"answer_days": days}) for days in (4, 9)]
    officers = (bureau.second_hr, bureau.person("hr_officer"))
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one, by: bureau.approve(one, by, status=None), made, officers))
    assert sorted(one.status_code for one in answers) == [200, 409]


def test_two_officers_who_both_have_a_case_need_a_third_and_one_whose_case_has_ended_is_free(bureau):
    evaluation = issued_of_hr(bureau)
    by_third = bureau.propose("OBJECTION", FAIR, "2027-03-01", by=bureau.person("hr_officer"))
    bureau.post(bureau.hr, f"/evaluations/{evaluation}/receive", status=200)
    bureau.post(bureau.hr, f"/evaluations/{evaluation}/objection", {"reasons": "x"}, 201)
    assert bureau.approve(by_third, by=bureau.hr, status=403)["code"] == "rule_of_own_case"
    objection = bureau.get(bureau.hr, "/objections?open=true")["items"][0]["id"]
    decision = {"outcome": "KEPT", "reasons": "x"}
    bureau.turn(2027, 1, 26, 3)
    bureau.post(bureau.top, f"/objections/{objection}/decision", decision, 200)
    assert bureau.approve(by_third, by=bureau.hr)["state"] == "APPROVED"


def test_an_account_of_no_employee_changes_no_rule(bureau):
    machine = replace(bureau.person("hr_officer"), employee_id=None)
    refused = bureau.propose("DIALOGUE", DIALOGUE, by=machine, status=403)
    assert refused["code"] == "officer_without_employee"


def test_a_proposal_shows_before_what_it_would_change_and_a_preview_records_nothing(bureau):
    bureau.active_plan()
    body = {"kind": "MINIMUM_DAYS", "value": {"working_days": 5}, "effective_from": "2026-05-01", "reason": "x"}
    source = {"legal_source": "Peraturan Menteri Contoh", "verified": False}
    preview = bureau.post(bureau.hr, "/rules/proposals/preview", {**body, **source}, 200)
    kept = [(one["year"], one["quarter"], one["rule_version"]) for one in preview["kept"]]
    assert kept == [(2026, quarter, "default-2022") for quarter in (2, 3, 4, None)]
    assert [(one["year"], one["quarter"]) for one in preview["holds_in"]] == [
        (2027, quarter) for quarter in (1, 2, 3, 4, None)
    ]
    assert (preview["running_cases"], preview["people"]) == (0, 1)
    assert waiting(bureau, bureau.hr) == []
    made = bureau.propose("MINIMUM_DAYS", {"working_days": 5}, "2026-05-01")
    assert made["preview"] == preview
    assert bureau.get(bureau.second_hr, f"/rules/proposals/{made['id']}")["preview"] == preview
    assert bureau.approve(made)["preview"] == preview
    old = {**body, **source, "effective_from": "2026-01-01"}
    assert codes(bureau.post(bureau.hr, "/rules/proposals/preview", old, 422)) == {("effective_from", "date_too_early")}


def test_a_case_that_runs_keeps_its_deadlines(bureau):
    evaluation = annual(bureau)
    before = bureau.get(bureau.siti, f"/evaluations/{evaluation}")["objection_until"]
    preview = bureau.set_rule("OBJECTION", {**FAIR, "objection_days": 60, "decision_days": 60})["preview"]
    assert (preview["running_cases"], preview["people"]) == (1, 1)
    assert bureau.get(bureau.siti, f"/evaluations/{evaluation}")["objection_until"] == before
    filed = bureau.post(bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "x"}, 201)
    assert filed["decide_by"] == "2027-01-26T16:59:59Z"


def test_an_approval_by_the_proposer_s_subordinate_is_shown_and_audited(bureau, service):
    bureau.place(bureau.second_hr, bureau.bureau_unit, "PELAKSANA", bureau.hr)
    assert bureau.set_rule("DIALOGUE", DIALOGUE)["by_subordinate"] is True
    assert (
        bureau.approve(bureau.propose("DIALOGUE", DIALOGUE, by=bureau.second_hr), by=bureau.hr)["by_subordinate"]
        is False
    )
    with service.work.transaction(bureau.agency) as tx:
        query = text(
            "SELECT detail ->> 'by_subordinate' FROM audit WHERE agency_id = :agency AND action = 'rule_approved'"
        )
        found = tx.session.scalars(query, {"agency": bureau.agency}).all()
    assert sorted(found) == ["false", "true"]


def test_what_a_former_release_left_unpinned_or_below_a_limit_takes_nothing_from_anybody(bureau, service):
    """It let one officer date an objection of seven days back, and pinned fewer kinds."""
    bureau.active_plan()
    with service.work.transaction(bureau.agency) as tx:
        tx.session.execute(text("UPDATE period SET pinned = pinned - 'OBJECTION' - 'MINIMUM_DAYS'"))
        values = {"id": bureau.unit, "agency": bureau.agency, "by": bureau.hr.employee_id}
        tx.session.execute(
            text(
                "INSERT INTO rule_version (id, agency_id, kind, rule_version, effective_from, value, legal_source, "
                "verified, reason, set_by, set_at) VALUES (:id, :agency, 'OBJECTION', 'lama', '2026-01-01', "
                """'{"objection_days": 7, "decision_days": 7, "deemed_receipt_days": 1}', 'x', true, 'x', :by, now())"""
            ),
            values,
        )
    bureau.turn(2026, 6, 1, 3)
    preview = bureau.set_rule("MINIMUM_DAYS", {"working_days": 366})["preview"]
    assert [one["quarter"] for one in preview["kept"]] == [2, 3, 4, None]
    (lowest,) = [one for one in bureau.get(bureau.siti, "/rules")["items"] if one["rule_version"] == "lama"]
    assert lowest["value"] == {"objection_days": 14, "decision_days": 7, "deemed_receipt_days": 7}
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    evaluation = bureau.issue()["id"]
    received = bureau.post(bureau.siti, f"/evaluations/{evaluation}/receive", status=200)
    assert received["objection_until"] == "2027-01-26T16:59:59Z"


def weak(bureau, quarter, month):
    bureau.turn(2026, month, 6, 3)
    return bureau.rate(quarter, "BELOW")


def repeated(bureau):
    return [one["data"]["repeated"] for one in bureau.events("FollowUpOpened")]


def levels(bureau):
    return [one["level"] for one in bureau.get(bureau.hr, "/early-warnings")["items"]]


def test_a_quarter_that_nobody_rated_ends_the_row(bureau):
    bureau.active_plan()
    weak(bureau, 1, 4)
    weak(bureau, 3, 10)
    assert (repeated(bureau), levels(bureau)) == ([False, False], ["SINGLE"])


def test_a_quarter_spent_on_leave_does_not_end_the_row_and_an_order_does(bureau):
    (other,) = bureau.hire(1)
    for who in (bureau.siti, other):
        bureau.active_plan(who)
    bureau.turn(2026, 4, 6, 3)
    for who in (bureau.siti, other):
        bureau.rate(1, "BELOW", who=who)
    bureau.change(bureau.siti, since=date(2026, 4, 1), status="UNPAID_LEAVE")
    bureau.change(bureau.siti, since=date(2026, 7, 1), status="ACTIVE")
    owed = bureau.get(bureau.hr, f"/obligations?year=2026&employee_id={other.employee_id}")["items"]
    (second,) = [one["id"] for one in owed if one["subject"] == "2026-Q2"]
    bureau.post(bureau.hr, f"/obligations/{second}/excuse", {"reason": "x", "order_reference": "SK-1"}, 200)
    bureau.turn(2026, 10, 6, 3)
    for who in (bureau.siti, other):
        bureau.rate(3, "BELOW", who=who)
    assert repeated(bureau) == [False, False, True, False]
    assert sorted(levels(bureau)) == ["REPEATED", "SINGLE"]


def test_five_in_a_row_may_be_asked_for_and_the_fifth_is_the_repeated_one(bureau):
    national = next(one for one in bureau.get(bureau.hr, "/rules")["items"] if one["kind"] == "FOLLOW_UP")
    bureau.set_rule("FOLLOW_UP", {**national["value"], "repeated_after": 5})
    bureau.post(bureau.hr, "/cycles", {"year": 2026, "periodic": "MONTH"}, 200)
    bureau.active_plan()
    for month in range(1, 6):
        bureau.turn(2026, month + 1, 3, 3)
        bureau.rate(None, "BELOW", month=month)
    assert repeated(bureau) == [False] * 4 + [True]
