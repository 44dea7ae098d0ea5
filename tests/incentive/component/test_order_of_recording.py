"""The law of late records: the end is the same as if all had been known from the start.

Random lives are recorded in random order, between the runs of the months. Twins have the same lives, known from the
start; another ministry would pay them alike. What was paid, credited and claimed meanwhile may differ, the sums may not.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from tests.incentive.builders import Life, Ministry

RULES = {
    "START": "CALENDAR_DAYS",
    "END": "WORKING_DAYS",
    "LEAVE": "CALENDAR_DAYS",
    "TYPE": "NEXT_MONTH",
    "CLASS": "WORKING_DAYS",
    "UNIT": "LAST_DAY",
}
PEOPLE, MONTHS = 5, range(1, 8)
Record = tuple[str, dict[str, Any]]


def random_life(random: Random) -> list[Record]:
    """Return what is recorded of one person, by the day from which it holds."""
    days = random.sample(range(2, 210), random.randint(2, 6))
    records: list[Record] = [("position", {"job_class": 8, "effective_from": "2026-01-02"})]
    records.append(("employment", {"employment_type": random.choice(["CPNS", "PNS"]), "effective_from": "2026-01-02"}))
    for effective in (f"{date(2026, 1, 1) + timedelta(days=day)}" for day in days):
        if random.random() < 0.5:
            records.append(("position", {"job_class": random.randint(1, 17), "effective_from": effective}))
        else:
            status = random.choice(["ACTIVE", "UNPAID_LEAVE", "SUSPENDED", "RETIRED"])
            records.append(("employment", {"status": status, "effective_from": effective}))
    return records


def record(life: Life, one: Record) -> None:
    """Record it where it belongs: facts of later days stay true."""
    kind, values = one
    if kind == "position":
        life.assigned(unit_id="01980000-0000-7000-8000-0000000000a1", **values)
        life.positions.sort(key=lambda position: position["effective_from"])
    else:
        life.employed(**values)
        life.employments.sort(key=lambda employment: employment["effective_from"])


def sums(ministry: Ministry, someone: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in ministry.year(someone)["lines"]:
        found[line["month"]] = found.get(line["month"], 0) + line["amount"]
    return {month: amount for month, amount in found.items() if amount}


@pytest.mark.parametrize("seed", range(2))
def test_pay_and_credit_end_the_same_in_whatever_order_lives_are_recorded(ministry, seed):
    random = Random(seed)
    ministry.policy(changes=RULES)
    ministry.amounts()
    late, known, waiting = [], [], []
    for _ in range(PEOPLE):
        records = random_life(random)
        twin = ministry.employ(effective_from="2026-01-02")
        ministry.lives[twin] = Life()
        for one in records:
            record(ministry.lives[twin], one)
        known.append(twin)
        ministry.publish(ministry.lives[twin])
        someone = ministry.employ(effective_from="2026-01-02")
        ministry.lives[someone] = Life()
        for one in records[:2]:
            record(ministry.lives[someone], one)
        late.append(someone)
        ministry.publish(ministry.lives[someone])
        waiting += [(random.choice(MONTHS), someone, one) for one in records[2:]]
    random.shuffle(waiting)
    for month in MONTHS:
        ministry.at(2026, month, 28, 2)
        for due, someone, one in waiting:
            if due == month:
                record(ministry.lives[someone], one)
                ministry.publish(ministry.lives[someone])
        ministry.pay(f"2026-{month:02d}")
    for one in (*late, *known):
        ministry.annual(one, 2026, "GOOD")
    assert any(line["kind"] == "ADJUSTMENT" for one in late for line in ministry.year(one)["lines"])
    assert [sums(ministry, one) for one in late] == [sums(ministry, one) for one in known]
    assert [ministry.credit(one)["balance"] for one in late] == [ministry.credit(one)["balance"] for one in known]
