"""Whatever moves windows and deadlines, in whatever order, the register is what a computation gives, and so are windows.

Random outages, withdrawals, extensions, grants, moves of a person, and changes between months and quarters.
"""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from appraisal.domain.obligation import subject_of
from appraisal.domain.periods import Period
from tests.appraisal.component.deadlines import deadlines, outage
from tests.appraisal.component.test_obligations import recomputed

WIB = ZoneInfo("Asia/Jakarta")


class Year:
    """A year in which HR does one thing after the other."""

    def __init__(self, bureau, seed):
        self.bureau, self.random, self.outages = bureau, random.Random(seed), []
        self.now = datetime(2026, 4, 1, 3, tzinfo=UTC)

    def go_on(self):
        self.now += timedelta(hours=self.random.randrange(5, 150))
        self.bureau.service.clock.turn(self.now)
        self.bureau.service.run_timers()

    def day(self, most):
        return (self.now + timedelta(days=self.random.randrange(1, most))).date().isoformat()

    def periods(self):
        return self.bureau.get(self.bureau.hr, "/periods?year=2026")["items"]

    def suffer(self):
        ends = self.now - timedelta(hours=self.random.randrange(20 * 24))
        starts = ends - timedelta(hours=self.random.randrange(1, 100))
        self.outages.append(outage(self.bureau, starts.isoformat(), ends.isoformat())["id"])

    def withdraw(self):
        if self.outages:
            one = self.random.choice(self.outages)
            self.bureau.post(self.bureau.hr, f"/outages/{one}/withdraw", {"reason": "Keliru"})

    def extend(self):
        one = self.random.choice(self.periods()[:2])
        body = {"year": 2026, "quarter": one["quarter"], "month": one["month"], "closes_on": self.day(30)}
        self.bureau.post(self.bureau.hr, "/periods/extensions", {**body, "reason": "Libur bersama"})

    def grant(self):
        siti = self.bureau.siti.employee_id
        one = self.random.choice([row for row in deadlines(self.bureau) if row.employee_id == siti])
        body = {"due_on": self.day(40), "reason": "Dirawat"}
        self.bureau.post(self.bureau.hr, f"/obligations/{one.id}/extensions", body)

    def choose(self):
        body = {"year": 2026, "periodic": self.random.choice(["MONTH", "QUARTER"])}
        self.bureau.post(self.bureau.hr, "/cycles", body, 200)
        self.bureau.service.run_jobs()

    def move(self):
        since = self.now.date() - timedelta(days=self.random.randrange(40))
        superior = self.random.choice([self.bureau.head, self.bureau.top, self.bureau.chief])
        self.bureau.change(self.bureau.siti, since=since, superior_id=superior.employee_id)
        self.bureau.service.run_timers()


def windows(year):
    parts = ((one["quarter"], one["month"], one["closes_on"]) for one in year.periods())
    return {subject_of(Period.of(2026, quarter, month)): day for quarter, month, day in parts}


def due_days(bureau):
    """Return until when evaluations of HR, who neither moves nor is granted anything, are owed."""
    own = [one for one in deadlines(bureau) if one.employee_id == bureau.hr.employee_id and one.state == "OPEN"]
    return {one.subject: one.due_at.astimezone(WIB).date().isoformat() for one in own if "EVALUATION" in one.kind}


@pytest.mark.parametrize("seed", range(4))
def test_the_register_and_the_windows_are_what_a_computation_gives(bureau, seed):
    bureau.turn(2026, 1, 5, 3)
    bureau.active_plan()
    year = Year(bureau, seed)
    year.choose()
    for _ in range(12):
        year.go_on()
        year.random.choice([year.suffer, year.suffer, year.withdraw, year.extend, year.grant, year.choose, year.move])()
        assert recomputed(bureau) == (0, 0)
        due, until = due_days(bureau), windows(year)
        assert due == {subject: until[subject] for subject in due}
        assert due
