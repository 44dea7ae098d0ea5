"""Paid months are never edited: whatever changes later is a further line of the next run."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from incentive.use_cases.allowance_runs import calculate
from tests.incentive.builders import RULES, V1, Life, match, ok


@pytest.fixture
def ready(ministry):
    ministry.policy()
    ministry.amounts()
    return ministry


def lines_for(ministry, someone, month):
    return [line for line in ministry.year(someone)["lines"] if line["month"] == month]


def test_a_corrected_predicate_comes_as_a_line_of_the_next_run(ready):
    someone = ready.hire()
    ready.at(2026, 4, 6, 2)
    evaluation = ready.quarter(someone, 2026, 1, "NEEDS_IMPROVEMENT")
    ready.at(2026, 4, 28, 2)
    ready.pay("2026-04")
    ready.at(2026, 5, 2, 2)
    ready.corrected(someone, 2026, "GOOD", quarter=1, evaluation_id=evaluation, version=2, previous="NEEDS_IMPROVEMENT")
    ready.at(2026, 5, 28, 2)
    run = ready.pay("2026-05")
    first, second = lines_for(ready, someone, "2026-04")
    assert (first["amount"], first["kind"], first["run_month"]) == (4_319_441, "REGULAR", "2026-04")
    assert (second["amount"], second["kind"], second["run_month"]) == (275_709, "ADJUSTMENT", "2026-05")
    assert second["adjusts_line_id"] == first["id"]
    assert run["totals"]["correction_amount"] == 275_709
    assert [event["month"] for event in ready.published("AllowanceAdjusted")] == ["2026-04"]
    assert not any(
        "amount" in event for event in ready.published("AllowanceAdjusted") + ready.published("AllowanceCalculated")
    )
    explained = ok(ready.hr.get(f"{V1}/allowances/{second['id']}/explanation"))
    assert (explained["previous_amount"], explained["recomputed_amount"], explained["matches"]) == (
        4_319_441,
        4_595_150,
        True,
    )


def test_a_correction_delivered_again_publishes_nothing_more(ready):
    someone = ready.hire()
    ready.at(2026, 4, 6, 2)
    evaluation = ready.quarter(someone, 2026, 1, "NEEDS_IMPROVEMENT")
    ready.pay("2026-04")
    for _ in range(2):
        ready.corrected(someone, 2026, "GOOD", quarter=1, evaluation_id=evaluation, version=2)
    ready.at(2026, 5, 28, 2)
    ready.pay("2026-05")
    ready.corrected(someone, 2026, "GOOD", quarter=1, evaluation_id=evaluation, version=2)
    ready.quarter(someone, 2026, 1, "NEEDS_IMPROVEMENT", evaluation_id=evaluation, version=1)
    ready.at(2026, 6, 28, 2)
    ready.pay("2026-06")
    assert [line["amount"] for line in lines_for(ready, someone, "2026-04")] == [4_319_441, 275_709]


def test_a_correction_received_before_the_result_it_corrects_ends_the_same(ready):
    someone, evaluation = ready.hire(), uuid4()
    ready.at(2026, 4, 6, 2)
    ready.corrected(someone, 2026, "GOOD", quarter=1, evaluation_id=evaluation, version=2)
    ready.quarter(someone, 2026, 1, "VERY_POOR", evaluation_id=evaluation, version=1)
    ready.calculate("2026-04")
    assert [line["amount"] for line in lines_for(ready, someone, "2026-04")] == [4_595_150]


def test_corrected_attendance_and_class_are_booked_as_differences(ready):
    someone = ready.hire()
    ready.at(2026, 3, 2, 2)
    ready.attend(someone, "2026-02", ABSENT=2)
    ready.pay("2026-02")
    ready.attend(someone, "2026-02", ABSENT=1)
    ready.at(2026, 3, 28, 2)
    ready.pay("2026-03")
    ready.assign(someone, job_class=9, effective_from="2026-02-01")
    ready.at(2026, 4, 28, 2)
    ready.pay("2026-04")
    assert [line["amount"] for line in lines_for(ready, someone, "2026-02")] == [4_448_105, 73_523, 476_305]
    assert sum(line["amount"] for line in lines_for(ready, someone, "2026-02")) == 4_997_933  # class 9 less 4% of 40%
    assert [line["amount"] for line in lines_for(ready, someone, "2026-03")] == [4_595_150, 484_050]
    assert [line["amount"] for line in lines_for(ready, someone, "2026-01")] == []


def test_a_penalty_takes_a_quarter_and_its_revocation_gives_it_back(ready):
    someone = ready.hire()
    body = {
        "employee_id": str(someone),
        "level": "MODERATE",
        "from_month": "2026-02",
        "months": 6,
        "percent": "25",
        "letter_number": "HD-1/2026",
    }
    penalty = ready.two(ready.hr.post(f"{V1}/discipline-penalties", json=body))
    assert (penalty["from_month"], penalty["to_month"]) == ("2026-02", "2026-07")
    ready.at(2026, 2, 27, 2)
    ready.pay("2026-02")
    ready.two(ready.hr.post(f"{V1}/discipline-penalties/{penalty['id']}/revoke", json={"letter_number": "HD-2/2026"}))
    ready.at(2026, 3, 28, 2)
    ready.pay("2026-03")
    assert [line["amount"] for line in lines_for(ready, someone, "2026-02")] == [3_446_363, 1_148_787]
    again = ready.hr.post(f"{V1}/discipline-penalties/{penalty['id']}/revoke", json={"letter_number": "HD-3/2026"})
    assert again.get_json()["code"] == "discipline_penalty_already_revoked"


def test_a_moderate_penalty_is_25_per_cent_for_6_9_or_12_months(ready):
    someone = ready.hire()
    body = {
        "employee_id": str(someone),
        "level": "MODERATE",
        "from_month": "2026-02",
        "months": 7,
        "percent": "30",
        "letter_number": "HD-9",
    }
    refused = ready.hr.post(f"{V1}/discipline-penalties", json=body)
    assert refused.status_code == 422
    assert {fault["field"] for fault in refused.get_json()["errors"]} == {"percent", "months"}


def test_a_new_policy_version_corrects_the_months_it_covers(ready):
    someone = ready.hire(employment_type="CPNS")
    ready.at(2026, 2, 27, 2)
    ready.pay("2026-02")
    ready.policy("2026-02-01", cpns_factor="0.90")
    ready.at(2026, 3, 27, 2)
    ready.pay("2026-03")
    assert [(line["amount"], line["policy_version"]) for line in lines_for(ready, someone, "2026-02")] == [
        (3_676_120, 1),
        (459_515, 2),
    ]


def test_somebody_received_late_gets_the_past_month_with_the_next_run(ready):
    ready.at(2026, 2, 27, 2)
    ready.pay("2026-02")
    someone = ready.hire(effective_from="2026-02-01")
    ready.at(2026, 3, 27, 2)
    ready.pay("2026-03")
    (line,) = lines_for(ready, someone, "2026-02")
    assert (line["kind"], line["amount"], line["run_month"]) == ("REGULAR", 4_595_150, "2026-03")


def test_running_a_month_again_before_approval_changes_only_what_differs(ready):
    one, other = ready.hire(), ready.hire()
    ready.at(2026, 2, 27, 2)
    ready.calculate("2026-02")
    before = {line["employee_id"]: line for line in lines_of(ready, "2026-02")}
    ready.attend(other, "2026-02", TL1=2)
    run = ready.calculate("2026-02")
    after = {line["employee_id"]: line for line in lines_of(ready, "2026-02")}
    assert after[str(one)] == before[str(one)]
    assert (after[str(other)]["id"], after[str(other)]["amount"]) == (before[str(other)]["id"], 4_576_769)
    published = [event["employee_id"] for event in ready.published("AllowanceCalculated")]
    assert (published.count(str(one)), published.count(str(other))) == (1, 2)
    assert run["round"] == 2
    decided = ready.decide(run)
    again = ok(ready.hr.post(f"{V1}/allowance-runs", json={"month": "2026-02"}), 202)
    assert (again["state"], again["version"]) == ("PAID", decided["version"])


def test_a_correction_that_is_withdrawn_before_approval_comes_to_nothing(ready):
    someone = ready.hire()
    ready.at(2026, 2, 27, 2)
    ready.pay("2026-02")
    ready.attend(someone, "2026-02", ABSENT=1)
    ready.at(2026, 3, 27, 2)
    ready.calculate("2026-03")
    ready.attend(someone, "2026-02", ABSENT=0)
    run = ready.calculate("2026-03")
    assert run["totals"]["correction_amount"] == 0
    assert sum(line["amount"] for line in lines_for(ready, someone, "2026-02")) == 4_595_150


def lines_of(ministry, month):
    run = next(item for item in ok(ministry.hr.get(f"{V1}/allowance-runs"))["items"] if item["month"] == month)
    return ok(ministry.hr.get(f"{V1}/allowance-runs/{run['id']}/lines"))["items"]


def test_the_class_held_at_the_end_of_each_month_counts(ready):
    someone = ready.hire(effective_from="2025-01-01")
    ready.assign(someone, job_class=9, effective_from="2026-02-15")
    for month in (1, 2):
        ready.at(2026, month, 28, 2)
        ready.pay(f"2026-{month:02d}")
    assert [line["job_class"] for line in ready.year(someone)["lines"]] == [8, 9]


def test_an_older_version_that_arrives_late_does_not_undo_a_newer_one(ready):
    someone = ready.hire(job_class=9)
    older = Life()
    older.employed(effective_from="2026-01-02", status="SUSPENDED")
    older.assigned(unit_id=str(uuid4()), job_class=7)
    newer = ready.lives[someone]
    ready.publish(newer, version=3)
    ready.lives[someone] = older
    ready.publish(older, version=2)
    ready.at(2026, 1, 30, 2)
    ready.calculate("2026-01")
    assert [line["amount"] for line in ready.year(someone)["lines"]] == [5_079_200]


@pytest.mark.parametrize("status", ["SUSPENDED", "UNPAID_LEAVE"])
def test_who_is_not_payable_gets_a_line_with_the_reason_and_no_event(ready, status):
    someone = ready.hire(status=status)
    run = ready.calculate("2026-01")
    (line,) = ready.year(someone)["lines"]
    assert (line["amount"], line["not_payable"]) == (0, status)
    assert run["totals"]["not_payable"] == 1
    assert ready.published("AllowanceCalculated") == []


def test_on_mpp_or_blu_nothing_is_paid_and_study_leave_by_its_class(ready):
    mpp, blu, study = ready.hire(), ready.hire(), ready.hire(status="STUDY_LEAVE")
    ready.policy("2026-01-01", study_leave={"job_class": {"S2_S3": 7}, "factor": "1", "extension_factor": "0.5"})
    for who, kind, more in (
        (mpp, "MPP_LEAVE", {}),
        (blu, "BLU_REMUNERATION", {}),
        (study, "STUDY_LEAVE", {"study_level": "S2_S3", "extension": True}),
    ):
        body = {"employee_id": str(who), "kind": kind, "from_month": "2026-01", "reference": "SK-1", **more}
        ok(ready.hr.post(f"{V1}/circumstances", json=body), 201)
    ready.calculate("2026-01")
    got = {who: ready.year(who)["lines"][0] for who in (mpp, blu, study)}
    assert [got[who]["not_payable"] for who in (mpp, blu)] == ["MPP_LEAVE", "BLU_REMUNERATION"]
    assert got[study]["amount"] == 1_957_975
    (kept,) = ok(ready.hr.get(f"{V1}/circumstances?employee_id={mpp}"))["items"]
    ok(ready.hr.post(f"{V1}/circumstances/{kept['id']}/void"))
    ready.calculate("2026-01")
    assert ready.year(mpp)["lines"][0]["amount"] == 4_595_150


def test_whoever_proposes_a_month_does_not_approve_it(ready):
    ready.hire()
    run = ready.calculate("2026-01")
    path = f"{V1}/allowance-runs/{run['id']}/approve"
    assert ready.second.post(path).status_code == 428
    assert ready.second.post(path, headers={"If-Match": '"99"'}).status_code == 412
    waiting = ok(ready.hr.post(path, headers=match(run)), 202)
    assert ok(ready.hr.get(f"{V1}/allowance-runs/{run['id']}"))["state"] == "CALCULATED"
    approve = f"{V1}/proposals/{waiting['id']}/approve"
    refused = ready.hr.post(approve, json={"reason": "x"}, headers=match(waiting))
    assert (refused.status_code, refused.get_json()["code"]) == (403, "approval_second_person_needed")
    headers = {**match(waiting), "Idempotency-Key": "setuju-2026-01"}
    approved = ready.second.post(approve, json={"reason": "x"}, headers=headers)
    assert ok(approved)["outcome"]["state"] == "APPROVED"
    again = ready.second.post(approve, json={"reason": "x"}, headers=headers)
    assert (ok(again), again.headers["ETag"]) == (approved.get_json(), approved.headers["ETag"])
    twice = ready.hr.post(path, headers={"If-Match": "*"})
    assert twice.get_json()["code"] == "allowance_run_not_calculated"


def test_a_run_calculated_again_since_it_was_proposed_is_not_approved(ready):
    ready.hire()
    run = ready.calculate("2026-01")
    waiting = ok(ready.hr.post(f"{V1}/allowance-runs/{run['id']}/approve", headers=match(run)), 202)
    ready.calculate("2026-01")
    path = f"{V1}/proposals/{waiting['id']}/approve"
    assert ready.second.post(path, json={"reason": "x"}, headers=match(waiting)).status_code == 412


def test_a_policy_rewritten_since_it_was_proposed_is_not_published(ministry):
    body = {"name": "Satu", "valid_from": "2026-01-01", "rules": RULES, "legal_source": "x"}
    draft = ok(ministry.hr.post(f"{V1}/policies", json=body), 201)
    waiting = ok(ministry.hr.post(f"{V1}/policies/{draft['id']}/publish"), 202)
    other = {**body, "rules": {**RULES, "default_factor": "0.5"}}
    ok(ministry.hr.put(f"{V1}/policies/{draft['id']}", json=other, headers=match(draft)))
    path = f"{V1}/proposals/{waiting['id']}/approve"
    assert ministry.second.post(path, json={"reason": "x"}, headers=match(waiting)).status_code == 412
    assert ok(ministry.hr.get(f"{V1}/policies/{draft['id']}"))["state"] == "DRAFT"


def test_whoever_wrote_a_policy_does_not_approve_it_and_none_does_without_a_second_person(ministry):
    body = {"name": "Berdua", "valid_from": "2026-01-01", "rules": RULES, "legal_source": "x"}
    alone = ministry.hr.post(f"{V1}/policies", json={**body, "rules": {**RULES, "second_person_approves": False}})
    assert alone.get_json()["errors"][0]["code"] == "second_person_always"
    draft = ok(ministry.second.post(f"{V1}/policies", json=body), 201)
    waiting = ok(ministry.hr.post(f"{V1}/policies/{draft['id']}/publish"), 202)
    refused = ministry.second.post(
        f"{V1}/proposals/{waiting['id']}/approve", json={"reason": "x"}, headers=match(waiting)
    )
    assert (refused.status_code, refused.get_json()["code"]) == (403, "approval_second_person_needed")
    assert ok(ministry.hr.get(f"{V1}/policies/{draft['id']}"))["state"] == "DRAFT"


def test_a_class_without_amount_is_a_problem_that_keeps_the_run_from_approval(ready):
    someone = ready.hire(job_class=8)
    ready.service.clock.turn(ready.service.clock.now())
    ready.hire(job_class=17)
    with ready.service.work.transaction(ready.agency) as tx:
        tx.session.execute(
            text("DELETE FROM class_amount WHERE agency_id = :a AND job_class = 17"), {"a": ready.agency}
        )
    run = ready.calculate("2026-01")
    assert run["totals"]["problems"] == 1
    (issue,) = ok(ready.hr.get(f"{V1}/jobs/{run['job_id']}/issues"))["items"]
    assert issue["code"] == "allowance_class_amount_missing"
    refused = ready.second.post(f"{V1}/allowance-runs/{run['id']}/approve", headers=match(run))
    assert refused.get_json()["code"] == "allowance_run_has_problems"
    assert ready.year(someone)["lines"][0]["amount"] == 4_595_150


def test_a_month_needs_a_policy_amounts_and_to_have_come(ministry):
    def start(month):
        return ministry.hr.post(f"{V1}/allowance-runs", json={"month": month}).get_json()["code"]

    assert start("2026-01") == "allowance_policy_missing"
    ministry.policy()
    assert start("2026-01") == "allowance_class_amounts_missing"
    ministry.amounts()
    assert start("2026-02") == "allowance_month_not_reached"
    assert start("2025-12") == "allowance_policy_missing"


def test_a_killed_run_goes_on_where_it_was(ready, monkeypatch):
    monkeypatch.setattr(calculate, "CHUNK", 2)
    people = [ready.hire() for _ in range(5)]
    started = ok(ready.hr.post(f"{V1}/allowance-runs", json={"month": "2026-01"}), 202)
    jobs = ready.service.worker.jobs
    assert jobs.run_step(ready.service.work)
    half = ok(ready.hr.get(f"{V1}/jobs/{started['job_id']}"))
    assert (half["status"], half["processed"], half["total"]) == ("RUNNING", 2, 5)
    again = ok(ready.hr.post(f"{V1}/allowance-runs", json={"month": "2026-01"}), 202)
    assert (again["job_id"], again["state"]) == (started["job_id"], "CALCULATING")
    ready.service.run_jobs()
    assert [len(ready.year(one)["lines"]) for one in people] == [1] * 5
    assert len(ready.published("AllowanceCalculated")) == 5


def test_the_predicate_of_the_previous_year_may_rule_a_whole_year(ministry):
    ministry.policy(
        predicate_source="PREV_YEAR",
        factor_base="FULL",
        weights={"performance": "1", "attendance": "0"},
        predicate_factor={
            "VERY_GOOD": "1",
            "GOOD": "1",
            "NEEDS_IMPROVEMENT": "0.75",
            "POOR_MISCONDUCT": "0.50",
            "VERY_POOR": "0.25",
        },
        attendance_rules={},
    )
    ministry.amounts()
    someone = ministry.hire()
    ministry.pay("2026-01")
    ministry.at(2026, 1, 29, 2)
    ministry.annual(someone, 2025, "NEEDS_IMPROVEMENT")
    ministry.at(2026, 2, 27, 2)
    ministry.pay("2026-02")
    assert [(line["month"], line["amount"]) for line in ministry.year(someone)["lines"]] == [
        ("2026-01", 4_595_150),
        ("2026-01", -1_148_787),
        ("2026-02", 3_446_363),
    ]
