"""However late and in whatever order timelines arrive, and refreshes in between, the register ends the same.

Random lives of a year, random orders of their versions; compared with a plain computation from the last timelines.
"""

import random
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from appraisal.domain.obligations import YearRules, overtaken, owed
from appraisal.persistence.outages import with_extensions
from appraisal.persistence.owed import employee_years
from appraisal.persistence.periods import rows_of_year
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.obligations.refresh import refresh_obligations
from tests.appraisal.builders import ORDINARY, a_plan, ended
from tests.appraisal.component.test_obligations import opened, rows

# The officials live on from one example to the next, so that a failure repeats by its seed and cannot be made smaller.
LAW = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
STATUSES = ["ACTIVE", "ACTIVE", "UNPAID_LEAVE", "SUSPENDED", "STUDY_LEAVE", "RETIRED"]
days = st.integers(0, 430)
# A version is a whole timeline: from which days on somebody is what; days count from 1 October 2025.
kinds = st.tuples(st.sampled_from(STATUSES), st.integers(0, 2), st.integers(0, 1))
versions = st.lists(
    st.tuples(st.dictionaries(days, kinds, min_size=1, max_size=4), st.sampled_from(["CHANGE", "CORRECTION"])),
    min_size=1,
    max_size=4,
)


def timeline(bureau, found):
    """Return the stretches of a version."""
    superiors, units = (bureau.head, bureau.chief, bureau.top), (bureau.unit, bureau.bureau_unit)
    return ended(
        [
            {
                **ORDINARY,
                "first_day": date(2025, 10, 1) + timedelta(days=day),
                "status": status,
                "superior_id": superiors[superior].employee_id,
                "unit_id": units[unit],
                "position_kind": "JF",
            }
            for day, (status, superior, unit) in sorted(found.items())
        ]
    )


def deliver(bureau, who, number, found, cause):
    stretches = timeline(bureau, found)
    bureau.deliver(
        "EmployeeTimelineChanged",
        who.employee_id,
        number,
        employee_id=who.employee_id,
        service_start=date(2019, 3, 1),
        changed_from=stretches[0]["first_day"],
        cause=cause,
        stretches=stretches,
    )


def computed(bureau, people):
    """Return what is owed of these people by a computation that has seen nothing but the last timelines."""
    with bureau.service.work.transaction(bureau.agency) as tx:
        rules = YearRules.of(2026, rows_of_year(tx, 2026), load_setting(tx))
        found = [one for year in employee_years(tx, people, 2026) for one in owed(year, rules)]
        extended = [one.row for one in with_extensions(tx, found)]
        return sorted(
            (one.employee_id, one.kind, one.subject, one.state, one.reason, one.owed_by, one.unit_id, _due(one))
            for one in (overtaken(each, rules, tx.now) for each in extended)
        )


def _due(one):
    """Return when something is due; what is done or excused keeps what it had, and no outage moves it."""
    return one.due_at if one.state in {"OPEN", "LAPSED"} else one.original_due_at


def stored(bureau):
    query = "SELECT employee_id, kind, subject, state, reason, owed_by, unit_id, CASE WHEN state IN ('OPEN', 'LAPSED') "
    query += "THEN due_at ELSE original_due_at END FROM obligation WHERE state <> 'CANCELLED'"
    with bureau.service.work.transaction(bureau.agency) as tx:
        return sorted(tuple(row) for row in tx.session.execute(text(query)))


def act(bureau, who, chance):
    """Draft, submit or agree what can be, as the person and whoever appraises them; a refusal is no harm."""
    shown = bureau.call(who, "GET", "/me/plan", query_string={"year": 2026})
    if shown.status_code != 200:
        bureau.call(who, "POST", "/plans", json=a_plan())
        return
    plan = shown.json
    submitted = bureau.call(who, "POST", f"/plans/{plan['id']}/submit")
    version = submitted.headers.get("ETag", f'"{plan["version"]}"')
    if chance.random() < 0.7:
        for official in (bureau.head, bureau.chief, bureau.top):
            bureau.call(official, "POST", f"/plans/{plan['id']}/activate", headers={"If-Match": version})


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@LAW
@given(lives=st.lists(versions, min_size=1, max_size=3), seed=st.integers())
def test_the_register_ends_as_if_all_had_been_known_from_the_start(bureau, lives, seed):
    chance = random.Random(seed)
    bureau.turn(2026, 6, chance.randint(1, 28), 3)
    people = [bureau.person(unit_id=bureau.unit) for _ in lives]
    arrivals = [
        (who, number, found, cause)
        for who, life in zip(people, lives, strict=True)
        for number, (found, cause) in enumerate(life, start=1)
    ] * 2
    chance.shuffle(arrivals)
    ids = [who.employee_id for who in people]
    opened(bureau)
    for who, number, found, cause in arrivals:
        if chance.random() < 0.2:
            record_outage(bureau, chance)
        if chance.random() < 0.3:
            an_official_changes(bureau, chance)
        deliver(bureau, who, number, found, cause)
        if chance.random() < 0.3:
            refresh(bureau, ids)
        if chance.random() < 0.3:
            act(bureau, who, chance)
    for _ in range(chance.randint(0, 2)):
        an_official_changes(bureau, chance)
    assert stored_of(bureau, ids) == computed(bureau, ids)
    before = rows(bureau)
    assert refresh(bureau, ids) == (0, 0)
    assert rows(bureau) == before


def record_outage(bureau, chance):
    """Some days of the year until now when nobody could work with the system."""
    now = bureau.service.clock.now()
    starts = now - timedelta(hours=chance.randint(30, 3500))
    span = {"from": starts.isoformat(), "to": (starts + timedelta(hours=chance.randint(1, 29))).isoformat()}
    bureau.post(bureau.hr, "/outages", {**span, "reason": "Gangguan"}, 201)


def an_official_changes(bureau, chance):
    """A superior retires or returns, or another one stands in; from a day that is over, today's or one to come."""
    official, other = chance.sample([bureau.head, bureau.chief, bureau.top], 2)
    since = bureau.service.clock.now().date() + timedelta(days=chance.randint(-60, 5))
    if chance.random() < 0.3:
        bureau.stand_in(other, official, since, since + timedelta(days=chance.randint(0, 90)), kind="PLT")
    else:
        bureau.change(official, since=since, status=chance.choice(["RETIRED", "ACTIVE", "SUSPENDED"]))


def refresh(bureau, people):
    with bureau.service.work.transaction(bureau.agency) as tx:
        put = refresh_obligations(tx, people, 2026)
        return put.new, put.changed


def stored_of(bureau, people):
    return [row for row in stored(bureau) if row[0] in people]
