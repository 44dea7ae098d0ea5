"""Each month is paid by what is known then; in the end corrections make pay and credit what a look at each day finds."""

from collections import defaultdict
from datetime import UTC, datetime
from functools import partial
from random import Random

from sqlalchemy import select

from chassis.records import among
from directory.people import PositionLevel
from incentive.persistence.credit import balances
from incentive.persistence.models import AllowanceLine
from tests.incentive.builders import V1, Ministry, ok
from tests.law.events import annual_event, batched, deliver, timeline_event
from tests.law.lives import SEED
from tests.law.plain import MONTHS, plain_credit, plain_worth

BY_DAYS = dict.fromkeys(("START", "END", "LEAVE", "TYPE", "CLASS", "UNIT"), "CALENDAR_DAYS")
ASKED_BY_HTTP = 5


def test_pay_and_credit_end_as_if_all_had_been_known(incentive, agency, person, lives):
    chance = Random(SEED)
    incentive.clock.turn(datetime(2026, 1, 2, 2, tzinfo=UTC))
    ministry = Ministry(incentive, agency, person)
    ministry.policy(changes=BY_DAYS)
    amounts = {one["job_class"]: one["amount"] for one in ministry.amounts()}
    events = events_by_month(agency, lives, chance)
    for month in MONTHS:
        ministry.at(2026, month, 28, 2)
        due = events[month] * 2
        chance.shuffle(due)
        for batch in batched(due):
            deliver(incentive, [make() for make in batch])
        pay(ministry, f"2026-{month:02d}")
    assert incentive.deferred(agency) == []
    ministry.run_timers()
    expected = {life.employee_id: (plain_worth(life, amounts), plain_credit(life)) for life in lives}
    adjusted = 0
    for some in batched(lives):
        ids = [life.employee_id for life in some]
        sums, credit, corrections = booked(ministry, ids)
        adjusted += corrections
        for life in some:
            assert (sums[life.employee_id], credit[life.employee_id]) == expected[life.employee_id], life
    assert adjusted > 0
    sign_in(ministry)
    for life in lives[:ASKED_BY_HTTP]:
        lines = ministry.year(life.employee_id)["lines"]
        of_month = {month: [one["amount"] for one in lines if one["month"] == f"2026-{month:02d}"] for month in MONTHS}
        assert {month: sum(found) for month, found in of_month.items()} == expected[life.employee_id][0], life
        assert ministry.credit(life.employee_id)["balance"] == str(expected[life.employee_id][1]), life


def events_by_month(agency, lives, chance):
    """Return what makes each event, by the month in which it arrives; a result may come before who it is about."""
    found = defaultdict(list)
    for life in lives:
        for known in life.versions:
            found[life.records[known - 1].month].append(partial(timeline_event, agency, life, known))
        found[chance.choice(MONTHS)].append(partial(annual_event, agency, life))
    return found


def pay(ministry, month):
    sign_in(ministry)
    started = ok(ministry.hr.post(f"{V1}/allowance-runs", json={"month": month}), 202)
    ministry.service.run_jobs()
    sign_in(ministry)
    ministry.decide(ok(ministry.hr.get(f"{V1}/allowance-runs/{started['id']}")))


def sign_in(ministry):
    """Let both officers sign in anew: a token ends within minutes, and many lives take longer."""
    ministry.hr, ministry.second = (ministry.service.client(ministry.person("hr_officer")) for _ in range(2))


def booked(ministry, ids):
    """Return what has been granted by person and month, the credit by person, and how many lines are corrections."""
    sums = {one: dict.fromkeys(MONTHS, 0) for one in ids}
    corrections = 0
    with ministry.service.work.transaction(ministry.agency) as tx:
        line = AllowanceLine
        query = select(line.employee_id, line.month, line.kind, line.amount).where(among(line.employee_id, ids))
        for employee_id, month, kind, amount in tx.session.execute(query):
            sums[employee_id][month.month] += amount
            corrections += kind == "ADJUSTMENT"
        return sums, balances(tx, dict.fromkeys(ids, PositionLevel.AHLI_PERTAMA)), corrections
