"""Changes within a month, through the API: who is paid by days is shown which days, at what amount, by which rule."""

import io

import pytest

from tests.incentive.builders import V1, match, ok

BY_DAYS = {
    "START": "CALENDAR_DAYS",
    "END": "CALENDAR_DAYS",
    "LEAVE": "CALENDAR_DAYS",
    "TYPE": "CALENDAR_DAYS",
    "CLASS": "CALENDAR_DAYS",
    "AMOUNT": "CALENDAR_DAYS",
}


@pytest.fixture
def ready(ministry):
    ministry.policy(changes=BY_DAYS)
    ministry.amounts()
    return ministry


def months_of(ministry, someone):
    return [(line["month"], line["amount"]) for line in ministry.year(someone)["lines"]]


def explained(ministry, someone, place=-1):
    line = ministry.year(someone)["lines"][place]
    return ok(ministry.hr.get(f"{V1}/allowances/{line['id']}/explanation"))


def test_a_class_from_the_16th_is_explained_by_its_days(ready):
    someone = ready.hire()
    ready.assign(someone, job_class=12, effective_from="2026-06-16")
    ready.at(2026, 6, 30, 2)
    ready.pay("2026-06")
    assert months_of(ready, someone) == [("2026-06", 7_245_575)]
    found = explained(ready, someone)
    assert found["matches"]
    assert [(one["first_day"], one["last_day"], one["share"], one["job_class"]) for one in found["segments"]] == [
        ("2026-06-01", "2026-06-15", "1/2", 8),
        ("2026-06-16", "2026-06-30", "1/2", 12),
    ]
    later = found["segments"][1]
    assert (later["calendar_days"], later["working_days"]) == (15, 11)
    assert (later["base"], later["legal_source"]) == (9_896_000, "Perpres 103/2022 (BKN)")
    assert (later["changes"], later["rule"]) == (["CLASS"], "CALENDAR_DAYS")
    assert [step["code"] for step in found["steps"]].count("segment_paid") == 2


def test_a_whole_month_is_explained_as_one_segment(ready):
    someone = ready.hire()
    ready.at(2026, 2, 27, 2)
    ready.pay("2026-02")
    (only,) = explained(ready, someone)["segments"]
    assert (only["first_day"], only["last_day"], only["share"], only["changes"]) == (
        "2026-02-01",
        "2026-02-28",
        "1",
        [],
    )


def test_a_class_told_after_payment_is_corrected_by_its_days(ready):
    someone = ready.hire()
    ready.at(2026, 6, 30, 2)
    ready.pay("2026-06")
    ready.assign(someone, job_class=12, effective_from="2026-06-16")
    ready.at(2026, 7, 30, 2)
    ready.pay("2026-07")
    assert months_of(ready, someone) == [("2026-06", 4_595_150), ("2026-06", 2_650_425), ("2026-07", 9_896_000)]
    correction = explained(ready, someone, 1)
    assert (correction["matches"], correction["full_amount"]) == (True, 7_245_575)


def test_a_policy_from_the_15th_governs_its_days_and_corrects_a_paid_month(ready):
    someone = ready.hire(employment_type="CPNS")
    ready.at(2026, 6, 30, 2)
    ready.pay("2026-06")
    ready.policy("2026-06-15", cpns_factor="0.90", changes=BY_DAYS)
    ready.at(2026, 7, 30, 2)
    run = ready.pay("2026-07")
    assert months_of(ready, someone) == [("2026-06", 3_676_120), ("2026-06", 245_075), ("2026-07", 4_135_635)]
    found = explained(ready, someone, 1)
    assert [one["policy_version"] for one in found["segments"]] == [1, 2]
    assert (found["rule"]["version"], [one["version"] for one in found["earlier_rules"]]) == (2, [1])
    assert found["matches"]
    assert run["policy_ids"] == [run["policy_id"]]


def test_a_run_names_every_policy_of_its_month(ready):
    ready.hire()
    ready.policy("2026-06-15", changes=BY_DAYS)
    ready.at(2026, 6, 30, 2)
    run = ready.calculate("2026-06")
    assert len(run["policy_ids"]) == 2
    ready.decide(run)


def test_amounts_from_the_16th_divide_the_month(ready):
    someone = ready.hire()
    rows = b"kelas_jabatan,jumlah,berlaku_sejak\n8,9190300,2026-06-16\n"
    ready.two(ready.hr.post(f"{V1}/imports/class-amounts", data={"file": (io.BytesIO(rows), "besaran.csv")}))
    ready.service.run_jobs()
    ready.at(2026, 6, 30, 2)
    ready.pay("2026-06")
    assert months_of(ready, someone) == [("2026-06", 6_892_725)]
    assert [one["changes"] for one in explained(ready, someone)["segments"]] == [[], ["AMOUNT"]]


def test_a_simulation_divides_the_month_as_a_run_does(ready):
    someone = ready.hire()
    ready.assign(someone, job_class=12, effective_from="2026-06-16")
    ready.at(2026, 6, 30, 2)
    draft = ready.policy("2026-06-15")
    body = {"month": "2026-06", "employee_ids": [str(someone)]}
    found = ok(ready.hr.post(f"{V1}/policies/{draft['id']}/simulate", json=body))
    ready.calculate("2026-06")
    assert [found["total"]] == [amount for _, amount in months_of(ready, someone)]


def test_a_holiday_entered_after_payment_corrects_who_is_paid_by_working_days(ministry):
    ministry.policy(changes={"CLASS": "WORKING_DAYS"})
    ministry.amounts()
    someone = ministry.hire()
    ministry.assign(someone, job_class=12, effective_from="2026-06-16")
    ministry.at(2026, 6, 30, 2)
    ministry.pay("2026-06")
    calendar = {
        "kind": "WORK_CALENDAR",
        "valid_from": "2026-01-01",
        "data": {"days_per_week": 5, "holidays": ["2026-06-01"]},
        "legal_source": "SKB hari libur 2026",
    }
    ministry.two(ministry.hr.post(f"{V1}/reference", json=calendar))
    ministry.at(2026, 7, 30, 2)
    ministry.pay("2026-07")
    june = [amount for month, amount in months_of(ministry, someone) if month == "2026-06"]
    assert june == [7_245_575, 126_211]  # 7,371,786 by 10/21 and 11/21


@pytest.mark.parametrize("data", [{"days_per_week": 7, "holidays": []}, {"days_per_week": 5, "holidays": ["31-12"]}])
def test_a_calendar_that_cannot_be_read_is_refused(ready, data):
    body = {"kind": "WORK_CALENDAR", "valid_from": "2026-01-01", "data": data, "legal_source": "x"}
    assert ready.hr.post(f"{V1}/reference", json=body).status_code == 422


def test_a_rule_without_meaning_for_its_kind_is_refused_with_what_would_be_right(ready):
    rules = {**ready.policy()["rules"], "changes": {"AMOUNT": "NEXT_MONTH"}}
    body = {"name": "x", "valid_from": "2026-06-15", "rules": rules, "legal_source": "x"}
    refused = ready.hr.post(f"{V1}/policies", json=body)
    assert refused.status_code == 422
    (fault,) = refused.get_json()["errors"]
    assert (fault["field"], fault["code"]) == ("rules.changes.AMOUNT", "change_rule_not_allowed")


def test_study_leave_without_its_level_is_a_problem_where_the_policy_pays_by_it(ready):
    someone = ready.hire(status="STUDY_LEAVE")
    study = {"job_class": {"S2_S3": 7, "S1_DIPLOMA": 6}}
    policy = ready.policy(study_leave=study)
    run = ready.calculate("2026-01")
    (issue,) = ok(ready.hr.get(f"{V1}/jobs/{run['job_id']}/issues"))["items"]
    assert (issue["code"], issue["column"]) == ("allowance_study_level_missing", "tugas_belajar")
    refused = ready.second.post(f"{V1}/allowance-runs/{run['id']}/approve", headers=match(run))
    assert refused.get_json()["code"] == "allowance_run_has_problems"
    body = {"month": "2026-01", "employee_ids": [str(someone)]}
    tried = ready.hr.post(f"{V1}/policies/{policy['id']}/simulate", json=body)
    assert tried.get_json()["code"] == "allowance_study_level_missing"
    level = {"kind": "STUDY_LEAVE", "study_level": "S2_S3", "from_month": "2026-01", "reference": "SK-1"}
    ok(ready.hr.post(f"{V1}/circumstances", json={"employee_id": str(someone), **level}), 201)
    ready.decide(ready.calculate("2026-01"))
    assert [line["amount"] for line in ready.year(someone)["lines"]] == [3_915_950]
