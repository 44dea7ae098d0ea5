"""What readers compute from sums of pay: of one month, of two, with what they know themselves. None is one person's."""

from uuid import uuid4

import pytest

from tests.incentive.builders import V1, ok

CLASS_8, CLASS_7 = 4_595_150, 3_915_950


@pytest.fixture
def bureau(ministry):
    """A bureau of two teams of eight, of whom three each are of a lower class."""
    ministry.policy()
    ministry.amounts()
    ministry.bureau = ministry.unit()
    ministry.teams = [ministry.unit(ministry.bureau) for _ in range(2)]
    ministry.people = {team: [] for team in ministry.teams}
    for team in ministry.teams:
        for number in range(8):
            join(ministry, team, job_class=7 if number < 3 else 8)
    return ministry


def join(ministry, team, **changes):
    ministry.people[team].append(ministry.hire(team, **changes))


def sums(ministry, unit, month="2026-01"):
    found = ok(ministry.hr.get(f"{V1}/allowances/units?month={month}&unit_id={unit}"))
    return found["people"], found["total"], found["average"]


def test_a_sum_is_shown_with_its_people_and_its_mean(bureau):
    bureau.pay("2026-01")
    total = 3 * CLASS_7 + 5 * CLASS_8
    assert sums(bureau, bureau.teams[0]) == (8, total, total // 8)
    assert sums(bureau, bureau.bureau) == (16, 2 * total, total // 8)


def test_a_month_that_is_not_decided_has_no_sum(bureau):
    found = ok(bureau.hr.get(f"{V1}/allowances/units?month=2026-01&unit_id={bureau.bureau}"))
    assert (found["total"], found["hidden_because"]) == (None, "tukin bulan ini belum disetujui")
    bureau.pay("2026-01")
    assert sums(bureau, bureau.bureau)[0] == 16


def test_a_newcomers_pay_is_not_the_difference_of_two_months(bureau):
    bureau.pay("2026-01")
    january = sums(bureau, bureau.teams[0])
    bureau.at(2026, 2, 1)
    join(bureau, bureau.teams[0], effective_from="2026-02-01")
    bureau.pay("2026-02")
    assert january[0] == 8
    assert sums(bureau, bureau.teams[0], "2026-02") == (None, None, None)
    assert sums(bureau, bureau.bureau, "2026-02")[0] == 8
    assert sums(bureau, bureau.teams[1], "2026-02")[0] == 8


def test_the_months_may_be_asked_for_in_any_order(bureau):
    bureau.pay("2026-01")
    bureau.at(2026, 2, 1)
    join(bureau, bureau.teams[0], effective_from="2026-02-01")
    bureau.pay("2026-02")
    assert sums(bureau, bureau.teams[0], "2026-02")[0] == 9
    assert sums(bureau, bureau.teams[0], "2026-01") == (None, None, None)


def test_a_correction_of_one_person_does_not_change_what_was_shown(bureau):
    bureau.pay("2026-01")
    january = sums(bureau, bureau.teams[0])
    bureau.assign(bureau.people[bureau.teams[0]][0], bureau.teams[0], job_class=8, effective_from="2026-01-01")
    bureau.at(2026, 2, 20)
    bureau.pay("2026-02")
    assert sums(bureau, bureau.teams[0]) == january


def test_five_are_not_enough_because_the_reader_may_be_one_of_them(ministry):
    ministry.policy()
    ministry.amounts()
    team = ministry.unit()
    for number in range(5):
        ministry.hire(team, job_class=7 if number < 2 else 8)
    ministry.pay("2026-01")
    assert sums(ministry, team) == (None, None, None)


@pytest.mark.parametrize("lower", [0, 1])
def test_where_all_receive_the_same_or_all_but_one_nothing_is_shown(ministry, lower):
    ministry.policy()
    ministry.amounts()
    team = ministry.unit()
    for number in range(8):
        ministry.hire(team, job_class=7 if number < lower else 8)
    ministry.pay("2026-01")
    assert sums(ministry, team) == (None, None, None)


def test_a_small_team_is_not_what_remains_of_the_bureau(bureau):
    small = bureau.unit(bureau.bureau)
    bureau.people[small] = []
    for number in range(4):
        join(bureau, small, job_class=7 + number % 2)
    bureau.pay("2026-01")
    shown = [sums(bureau, team)[0] for team in bureau.teams]
    assert sums(bureau, small)[0] is None
    assert sums(bureau, bureau.bureau)[0] == 20
    assert sorted(shown, key=str) == [8, None]


def test_an_agency_tightens_the_rules_and_never_loosens_them(bureau):
    data = {"minimum": 10, "differing": 2, "dominance_percent": 10, "window_months": 12}
    body = {"kind": "DISCLOSURE", "valid_from": "2026-01-01", "data": data, "legal_source": "Keputusan rekaan"}
    loose = {**body, "data": {**data, "minimum": 3}}
    assert bureau.hr.post(f"{V1}/reference", json=loose).status_code == 422
    bureau.two(bureau.hr.post(f"{V1}/reference", json=body))
    bureau.pay("2026-01")
    assert sums(bureau, bureau.teams[0]) == (None, None, None)
    assert sums(bureau, bureau.bureau)[0] == 16


def test_a_unit_that_nobody_knows_is_not_found(bureau):
    assert bureau.hr.get(f"{V1}/allowances/units?month=2026-01&unit_id={uuid4()}").status_code == 404
