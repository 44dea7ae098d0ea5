"""The directory, the segments and the register of obligations after everything has arrived, late and in any order.

Half of the versions arrive before the year is opened, the rest some days later; in between people agree plans and HR
excuses some by an order. When that is, the seed says; the long form goes on into the next year, day by day.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from appraisal.domain.obligation import EVALUATIONS, ObligationState
from appraisal.domain.obligations import YearRules, overtaken, owed
from appraisal.domain.periods import Period
from appraisal.domain.segments import Excuse
from appraisal.persistence.obligation_models import Obligation
from appraisal.persistence.owed import employee_years
from appraisal.persistence.people import days_in_period
from appraisal.persistence.periods import rows_of_year
from appraisal.persistence.rules import load_setting
from appraisal.use_cases.obligations.open_year import start_opening
from appraisal.use_cases.obligations.refresh import refresh_obligations
from chassis.auth import Principal
from chassis.ids import new_id
from chassis.records import among
from directory.questions import stretches_each
from directory.timelines import Period as Days
from tests.appraisal.builders import API, a_plan
from tests.law.events import batched, beginning, deliver, deliver_versions, everything_twice
from tests.law.lives import IS_LONG, LAST, SEED
from tests.law.plain import changes_of, plain_changes, plain_segments

ACTING, EXCUSED = 10, 10
COMPARED = (
    "state",
    "reason",
    "unit_id",
    "owed_by",
    "owed_to",
    "first_day",
    "last_day",
    "working_days",
    "opens_at",
    "original_due_at",
    "done_at",
    "matter_id",
)


@pytest.fixture(scope="module")
def kept(appraisal, lives):
    """The agency after all has arrived, and after what people and HR did meanwhile."""
    agency = f"law-{uuid4().hex[:12]}"
    versions = everything_twice(lives)
    half = len(versions) // 2
    opened, later, ended = days_of_seed()
    appraisal.clock.turn(opened)
    deliver(appraisal, beginning(agency))
    deliver_versions(appraisal, agency, versions[:half])
    with appraisal.work.transaction(agency) as tx:
        start_opening(tx, 2026, None)
    appraisal.run_jobs()
    act(appraisal, agency, lives)
    appraisal.clock.turn(later)
    appraisal.run_timers()
    deliver_versions(appraisal, agency, versions[half:])
    appraisal.clock.turn(ended)
    appraisal.run_timers()
    assert appraisal.deferred(agency) == []
    return agency


def days_of_seed():
    """Return when the year is opened, when the second half arrives, and when the register is looked at."""
    opened = datetime(2026, 2, 2, 3, tzinfo=UTC) + timedelta(days=Random(SEED).randrange(300))
    later = opened + timedelta(days=5)
    return opened, later, datetime(2027, 2, 15, 3, tzinfo=UTC) if IS_LONG else later + timedelta(days=5)


def act(appraisal, agency, lives):
    """Some make plans, which their superiors agree; HR excuses others; a refusal is no harm."""
    chance = Random(SEED)
    for life in chance.sample(lives, min(ACTING, len(lives))):
        plan(appraisal, agency, life, chance)
    hr = appraisal.client(principal(agency, "hr_officer"))
    order = {"reason": "Tugas negara", "order_reference": "SK-1/2026"}
    with appraisal.work.transaction(agency) as tx:
        running = select(Obligation.id).where(Obligation.state == ObligationState.OPEN).order_by(Obligation.subject)
        ids = sorted(tx.session.scalars(running.where(among(Obligation.kind, EVALUATIONS))))
    excused = [
        hr.post(f"{API}/obligations/{one}/excuse", json=order) for one in chance.sample(ids, min(EXCUSED, len(ids)))
    ]
    assert {one.status_code for one in excused} == {200}


def plan(appraisal, agency, life, chance):
    """Let somebody draft a plan, submit most, and let the appraiser agree most of those."""
    own = appraisal.client(principal(agency, employee_id=life.employee_id))
    made = own.post(f"{API}/plans", json=a_plan())
    if made.status_code != 201 or chance.random() < 0.1:
        return
    found = made.get_json()
    version = own.post(f"{API}/plans/{found['id']}/submit").headers.get("ETag", '"1"')
    if found["appraiser_id"] and chance.random() < 0.8:
        official = appraisal.client(principal(agency, employee_id=UUID(found["appraiser_id"])))
        official.post(f"{API}/plans/{found['id']}/activate", headers={"If-Match": version})


def principal(agency, *roles, employee_id=None):
    return Principal(new_id(), agency, frozenset({"employee", *roles}), employee_id or new_id())


def test_the_directory_keeps_the_last_version_of_everybody(appraisal, kept, lives):
    with appraisal.work.transaction(kept) as tx:
        for some in batched(lives):
            found = stretches_each(tx, [life.employee_id for life in some], Days(date(2020, 1, 1), LAST)).known
            for life in some:
                assert changes_of(found[life.employee_id]) == plain_changes(life), life


def test_segments_are_the_days_under_one_superior_in_one_unit(appraisal, kept, lives):
    with appraisal.work.transaction(kept) as tx:
        for some in batched(lives):
            for period in (Period.of(2026), *(Period.of(2026, quarter) for quarter in (1, 2, 3, 4))):
                found = days_in_period(tx, [life.employee_id for life in some], period).known
                for life in some:
                    days = found[life.employee_id]
                    segments = [(one.first_day, one.last_day, one.unit_id, one.appraiser_id) for one in days.segments]
                    expected = plain_segments(life, period.first_day, period.last_day)
                    assert (segments, days.attendance.working_days) == expected, (life, period)


def test_the_register_is_what_the_last_timelines_owe(appraisal, kept, lives):
    """What was done, and what HR excused by an order, is kept: plans are as they were made, orders as they were given."""
    seen = dict.fromkeys(ObligationState, 0)
    with appraisal.work.transaction(kept) as tx:
        rules = YearRules.of(2026, rows_of_year(tx, 2026), load_setting(tx))
        for some in batched(lives):
            stored = {(one.kind, one.employee_id, one.subject): one for one in rows_of(tx, some)}
            expected = dict(expected_of(tx, some, rules, stored))
            found = {
                key: {name: getattr(row, name) for name in COMPARED}
                for key, row in stored.items()
                if row.state != ObligationState.CANCELLED
            }
            for life in some:
                assert of_person(found, life) == of_person(expected, life), life
            for row in stored.values():
                seen[row.state] += 1
    assert all(seen[state] for state in (ObligationState.OPEN, ObligationState.DONE, ObligationState.EXCUSED)), seen


def test_a_second_computation_changes_nothing(appraisal, kept, lives):
    with appraisal.work.transaction(kept) as tx:
        for some in batched(lives):
            put = refresh_obligations(tx, [life.employee_id for life in some], 2026)
            assert (put.new, put.changed) == (0, 0)


def rows_of(tx, some):
    people = [life.employee_id for life in some]
    return tx.session.scalars(select(Obligation).where(among(Obligation.employee_id, people))).all()


def expected_of(tx, some, rules, stored):
    """Give each obligation that follows from the lives, by its key, as the register must have it."""
    years = {one.employee_id: one for one in employee_years(tx, [life.employee_id for life in some], 2026)}
    for life in some:
        for one in owed(replace(years[life.employee_id], stretches=life.stretches()), rules):
            computed = overtaken(one, rules, tx.now)
            row = stored.get(one.key)
            if row is not None and row.excused_by and computed.state in {ObligationState.OPEN, ObligationState.LAPSED}:
                computed = replace(computed, state=ObligationState.EXCUSED, reason=Excuse.BY_ORDER)
            yield one.key, {name: getattr(computed, name) for name in COMPARED}


def of_person(found, life):
    return {(kind, subject): one for (kind, person, subject), one in found.items() if person == life.employee_id}
