"""However late something is recorded, pay and credit end as if it had been known from the start."""

import pytest
from sqlalchemy import text

from incentive.persistence.eligibility import findings_of
from incentive.use_cases.allowance_runs import calculate
from tests.incentive.builders import V1, match, ok

BY_DAYS = dict.fromkeys(("START", "END", "LEAVE", "TYPE", "CLASS"), "CALENDAR_DAYS")


@pytest.fixture
def ready(ministry):
    ministry.amounts()
    return ministry


def paid(ministry, months):
    for month in months:
        ministry.at(2026, month, 28, 2)
        ministry.pay(f"2026-{month:02d}")


def sums(ministry, someone):
    found: dict[str, int] = {}
    for line in ministry.year(someone)["lines"]:
        found[line["month"]] = found.get(line["month"], 0) + line["amount"]
    return found


def test_retired_from_the_first_and_recorded_on_the_third_is_not_paid(ready):
    ready.policy(held_on="FIRST_DAY")
    someone = ready.hire(effective_from="2025-01-01")
    ready.at(2026, 6, 3, 2)
    ready.employ(someone, status="RETIRED", effective_from="2026-06-01")
    paid(ready, [6])
    assert sums(ready, someone) == {}


@pytest.mark.parametrize(
    "rules,june",
    [
        ({"held_on": "LAST_DAY"}, 0),
        ({"held_on": "FIRST_DAY"}, 4_595_150),
        ({"changes": BY_DAYS}, 2_144_403),  # 14/30: 2,144,403.33
    ],
)
def test_retired_on_15_june_and_recorded_two_months_late_is_corrected_in_every_month(ready, rules, june):
    ready.policy(**rules)
    someone = ready.hire(effective_from="2025-01-01")
    paid(ready, [6, 7])
    ready.at(2026, 8, 20, 2)
    ready.employ(someone, status="RETIRED", effective_from="2026-06-15")
    paid(ready, [8])
    assert sums(ready, someone) == {"2026-06": june, "2026-07": 0}
    lines = ready.year(someone)["lines"]
    explained = ok(ready.hr.get(f"{V1}/allowances/{lines[-1]['id']}/explanation"))
    assert explained["matches"]
    assert explained["segments"][-1]["status"] == "RETIRED"


def test_suspension_recorded_after_its_month_is_corrected(ready):
    ready.policy()
    someone = ready.hire(effective_from="2025-01-01")
    paid(ready, [5])
    ready.at(2026, 6, 3, 2)
    ready.employ(someone, status="SUSPENDED", effective_from="2026-05-20")
    paid(ready, [6])
    assert sums(ready, someone) == {"2026-05": 0, "2026-06": 0}


def test_cpns_who_becomes_pns_a_month_late_gets_the_rest(ready):
    ready.policy(changes=BY_DAYS)
    someone = ready.hire(employment_type="CPNS", effective_from="2025-01-01")
    paid(ready, [5, 6])
    ready.at(2026, 7, 1, 2)
    ready.employ(someone, employment_type="PNS", effective_from="2026-06-01")
    paid(ready, [7])
    assert sums(ready, someone) == {"2026-05": 3_676_120, "2026-06": 4_595_150, "2026-07": 4_595_150}


def test_a_class_recorded_into_a_gap_of_the_past_reaches_pay(ready):
    """Class 7, and 9 from August on: then class 8 is recorded for May to July."""
    ready.policy()
    someone = ready.employ()
    ready.assign(someone, job_class=7, effective_from="2025-01-01")
    life = ready.lives[someone]
    life.assigned(unit_id=life.positions[0]["unit_id"], job_class=8, effective_from="2026-05-01")
    life.assigned(unit_id=life.positions[0]["unit_id"], job_class=9, effective_from="2026-08-01")
    gap = life.positions.pop(1)
    ready.publish(life)
    paid(ready, [4, 5, 6, 7])
    ready.at(2026, 8, 3, 2)
    life.positions.insert(1, gap)
    ready.publish(life)
    paid(ready, [8])
    expected = {"2026-04": 3_915_950, "2026-05": 4_595_150, "2026-06": 4_595_150, "2026-07": 4_595_150}
    assert sums(ready, someone) == {**expected, "2026-08": 5_079_200}


def test_a_retirement_known_ahead_needs_no_event_on_its_day(ready):
    ready.policy(changes=BY_DAYS)
    someone = ready.hire(effective_from="2025-01-01")
    ready.employ(someone, status="RETIRED", effective_from="2026-06-16")
    paid(ready, [5, 6, 7])
    assert sums(ready, someone) == {"2026-05": 4_595_150, "2026-06": 2_297_575}


@pytest.mark.parametrize("status", ["DECEASED", "DISMISSED", "TRANSFERRED"])
def test_whoever_has_left_is_not_paid_from_that_day_on(ready, status):
    ready.policy(changes=BY_DAYS)
    someone = ready.hire(effective_from="2025-01-01")
    ready.employ(someone, status=status, effective_from="2026-06-16")
    paid(ready, [6, 7])
    assert sums(ready, someone) == {"2026-06": 2_297_575}


def test_eligibility_is_reviewed_on_the_day_of_a_known_change(ready):
    someone = ready.hire(effective_from="2020-01-01", service_start="2010-03-01")
    ready.employ(someone, status="RETIRED", effective_from="2026-06-16")
    ready.run_timers()
    before = ready.finding(someone, "SERVICE_MEDAL")
    assert before["review_on"] <= "2026-06-16"
    ready.at(2026, 6, 15, 18)  # past midnight in Jakarta
    ready.service.run_timers()
    ready.run_timers()
    assert ready.finding(someone, "RANK_PROMOTION")["as_of"] == "2026-06-16"


def test_nobody_is_assessed_while_people_are_still_coming(ready):
    someone = ready.hire()
    ready.service.run_timers()
    assert ready.published("EligibilityChanged") == []
    with ready.service.work.transaction(ready.agency) as tx:
        assert findings_of(tx, [someone]) == []
    ready.run_timers()
    with ready.service.work.transaction(ready.agency) as tx:
        assert findings_of(tx, [someone]) != []


def test_who_was_paid_a_month_ago_and_has_not_arrived_keeps_the_run_from_approval(ready):
    """As after an upgrade, before personnel has published everybody's timeline."""
    ready.policy()
    someone = ready.hire(effective_from="2025-01-01")
    paid(ready, [5])
    with ready.service.work.transaction(ready.agency) as tx:
        tx.session.execute(text("DELETE FROM directory_person WHERE employee_id = :id"), {"id": someone})
    ready.at(2026, 6, 28, 2)
    run = ready.calculate("2026-06")
    (issue,) = ok(ready.hr.get(f"{V1}/jobs/{run['job_id']}/issues"))["items"]
    assert (issue["code"], issue["value"]) == ("allowance_person_not_arrived", str(someone))
    refused = ready.second.post(f"{V1}/allowance-runs/{run['id']}/approve", headers=match(run))
    assert refused.get_json()["code"] == "allowance_run_has_problems"


def queued(ministry, someone):
    with ministry.service.work.transaction(ministry.agency) as tx:
        query = "SELECT to_char(month, 'MM') FROM recalculation WHERE employee_id = :id ORDER BY month"
        return list(tx.session.execute(text(query), {"id": someone}).scalars())


def arrives_again(ministry, someone):
    """As after an upgrade: nothing is known here of the person, whose timeline comes for the first time."""
    with ministry.service.work.transaction(ministry.agency) as tx:
        for table in ("directory_stretch", "directory_person"):
            tx.session.execute(text(f"DELETE FROM {table} WHERE employee_id = :id"), {"id": someone})
        tx.session.execute(text("DELETE FROM recalculation"))
    ministry.publish(ministry.lives[someone])


def test_after_an_upgrade_only_months_that_were_paid_by_something_else_are_calculated_again(ready):
    ready.policy(changes=BY_DAYS)
    someone, retired = ready.hire(effective_from="2025-01-01"), ready.hire(effective_from="2025-01-01")
    ready.employ(retired, status="RETIRED", effective_from="2026-04-01")
    paid(ready, [3, 4, 5, 6])
    ready.at(2026, 7, 2, 2)
    arrives_again(ready, someone)
    assert queued(ready, someone) == ["07"], "the month that is open is calculated in any case"
    arrives_again(ready, retired)
    assert queued(ready, retired) == ["04", "07"], "the day before April is one of service"
    ready.lives[someone].assigned(
        **{**ready.lives[someone].positions[-1], "job_class": 7, "effective_from": "2026-05-16"}
    )
    arrives_again(ready, someone)
    assert queued(ready, someone) == ["05", "06", "07"]
    paid(ready, [7])
    # May: 15/31 of 4,595,150 and 16/31 of 3,915,950
    assert sums(ready, someone) == {
        "2026-03": 4_595_150,
        "2026-04": 4_595_150,
        "2026-05": 4_244_595,
        "2026-06": 3_915_950,
        "2026-07": 3_915_950,
    }
    ready.at(2026, 8, 2, 2)
    arrives_again(ready, someone)
    assert queued(ready, someone) == ["05", "06", "08"], "a month with a correction is calculated again"


@pytest.mark.parametrize("chunk", [1, 500])
def test_a_correction_with_a_problem_is_not_lost_when_the_run_is_calculated_again(ready, monkeypatch, chunk):
    monkeypatch.setattr(calculate, "CHUNK", chunk)
    ready.policy()
    people = [ready.hire(job_class=8) for _ in range(3)]
    ready.pay("2026-01")
    ready.at(2026, 2, 20, 2)
    with ready.service.work.transaction(ready.agency) as tx:
        missing = "DELETE FROM class_amount WHERE agency_id = :a AND job_class = 17"
        tx.session.execute(text(missing), {"a": ready.agency})
    for someone in people[:2]:
        ready.assign(someone, job_class=17, effective_from="2026-01-02")
        ready.assign(someone, job_class=8, effective_from="2026-02-01")
    for _ in range(2):
        run = ready.calculate("2026-02")
        assert run["totals"]["problems"] == 2
        refused = ready.second.post(f"{V1}/allowance-runs/{run['id']}/approve", headers=match(run))
        assert refused.get_json()["code"] == "allowance_run_has_problems"
    with ready.service.work.transaction(ready.agency) as tx:
        known = "UPDATE class_amount SET job_class = 17 WHERE agency_id = :a AND job_class = 12"
        tx.session.execute(text(known), {"a": ready.agency})
    ready.pay("2026-02")
    for someone in people[:2]:
        lines = ready.year(someone)["lines"]
        assert sum(line["amount"] for line in lines if line["month"] == "2026-01") == 9_896_000
