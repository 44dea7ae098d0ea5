"""Appraisals created, submitted, agreed, rated and completed, by people of a ministry through the edge."""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

from benchmarks.life import TEAM
from benchmarks.rounds import Contestant, Metric, Options, Race, Sample, Suite
from benchmarks.whole import Costs, Whole, whole
from chassis.waiting import wait_until_empty
from suar_demo.context import Person
from suar_demo.steps.cycle import planned

CLIENTS = 8
FIRST_YEAR = 2030
CONSUMERS = ("training", "incentive", "notification")
IDLE_SECONDS = 3.0
GOAL_RATE, GOAL_CPU = 100, 15
METRICS = (
    Metric("rate", "completed/s", goal=GOAL_RATE),
    Metric("cpu", "ms of CPU each, all of the following", more_is_better=False, goal=GOAL_CPU),
    Metric("api", "ms in the appraisal API", more_is_better=False),
    Metric("worker", "ms in its worker", more_is_better=False),
    Metric("edge", "ms in nginx and identity", more_is_better=False),
    Metric("postgres", "ms in PostgreSQL for these", more_is_better=False),
)
BESIDES = (
    Metric("consumers", "ms in the consuming services", more_is_better=False),
    Metric("broker", "ms in RabbitMQ", more_is_better=False),
    Metric("callers", "ms in the callers", more_is_better=False),
    Metric("requests", "requests each", more_is_better=False),
    Metric("p99", "ms until an answer, p99", more_is_better=False),
)


@dataclass
class Stage:
    """The ministry, and the year that has not been appraised yet."""

    system: Whole
    teams: list[list[Person]]
    years: Iterator[int]

    def run(self, path: str) -> Sample:
        """Let every member of every team be appraised for a new year, by eight callers at once."""
        year = next(self.years)
        self._turn(year, path)
        lives = [self._life(person) for team in self.teams for person in team]
        self._play({"path": "plan", "year": year, "lives": self._superiors()})
        self.system.take_statistics()
        before = self._settled()
        outcome = self._play({"path": path, "year": year, "lives": lives})
        spent = self._settled().since(before)
        assert outcome["completed"] == len(lives), outcome
        return _sample(outcome, spent, len(lives))

    def idle(self) -> float:
        """Milliseconds of CPU that the system spends in a second in which nobody asks anything."""
        before = self._settled()
        time.sleep(IDLE_SECONDS)
        spent = self.system.costs().since(before)
        return 1000 * (sum(vars(spent).values(), 0.0) - spent.broker) / IDLE_SECONDS

    def _turn(self, year: int, path: str) -> None:
        # In the window, and a plan agreed today is agreed in time: the last day of the quarter; for the year the day
        # before, since on the last day the fourth quarter is open and would have to be rated first.
        moment = (year, 12, 30, 9) if path == "annual" else (year, 3, 31, 9)
        self.system.context.turn_clock(*moment)

    def _life(self, person: Person) -> dict[str, Any]:
        appraiser = self.system.context.people[person.appraiser_id or ""]
        return {
            "employee_id": person.employee_id,
            "token": person.me.token,
            "appraiser": appraiser.me.token,
            "appraiser_id": appraiser.employee_id,
        }

    def _superiors(self) -> list[dict[str, Any]]:
        found = {
            team[0].appraiser_id or "": self.system.context.people[team[0].appraiser_id or ""] for team in self.teams
        }
        return [
            {"employee_id": one.employee_id, "token": one.me.token, "high": one.position_kind.startswith("JPT")}
            for one in found.values()
        ]

    def _play(self, task: dict[str, Any]) -> dict[str, Any]:
        """The callers are a process of their own, so that their costs are theirs."""
        task |= {"address": self.system.base_url, "clients": CLIENTS}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.life"],
            input=json.dumps(task),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        outcome: dict[str, Any] = json.loads(done.stdout)
        return outcome

    def _settled(self) -> Costs:
        """The costs once every event has been processed and booked."""
        unpublished = "SELECT count(*) FROM outbox WHERE published_at IS NULL"
        wait_until_empty("the outbox", lambda: self.system.ask("appraisal", unpublished))
        last, since = self._received(), time.monotonic()
        while time.monotonic() - since < 0.6:
            time.sleep(0.2)
            if (now := self._received()) != last:
                last, since = now, time.monotonic()
        return self.system.costs()

    def _received(self) -> list[int]:
        return [self.system.ask(one, "SELECT count(*) FROM inbox") for one in CONSUMERS]


def _sample(outcome: dict[str, Any], spent: Costs, lives: int) -> Sample:
    each = {name: 1000 * seconds / lives for name, seconds in vars(spent).items()}
    api, worker, edge, postgres = each["appraisal_api"], each["appraisal_worker"], each["edge"], each["postgres"]
    return {
        "rate": lives / outcome["seconds"],
        "cpu": api + worker + edge + postgres,
        "api": api,
        "worker": worker,
        "edge": edge,
        "postgres": postgres,
        "consumers": each["consumers"] + each["postgres_consumers"],
        "broker": each["broker"],
        "callers": 1000 * outcome["cpu"] / lives,
        "requests": outcome["requests"] / lives,
        "p99": 1000 * outcome["p99"],
    }


def _teams(system: Whole, lives: int) -> list[list[Person]]:
    """People who appraise nobody, by appraiser, up to so many."""
    context = system.context
    superiors = {person.appraiser_id for person in planned(context)}
    teams: dict[str, list[Person]] = defaultdict(list)
    for person in planned(context):
        appraiser = context.people.get(person.appraiser_id or "")
        if person.employee_id not in superiors and appraiser is not None and appraiser.status == "ACTIVE":
            teams[appraiser.employee_id].append(person)
    found: list[list[Person]] = []
    for team in sorted(teams.values(), key=len, reverse=True):
        for start in range(0, len(team), TEAM):
            if sum(map(len, found)) < lives:
                found.append(team[start : start + TEAM])
    return found


def races(options: Options, stack: ExitStack) -> Iterator[Race]:
    lives = options.pick(240, 80)
    system = stack.enter_context(whole(options.pick(360, 140)))
    stage = Stage(system, _teams(system, lives), count(FIRST_YEAR))
    stage.run("quarter")
    idle = stage.idle()
    sizes = [len(team) for team in stage.teams]
    note = (
        f"{CLIENTS} callers, {sum(sizes)} appraisals a round, from an empty plan with four work results to "
        f"AppraisalCompleted, in teams of up to {max(sizes)} ({len(sizes)} teams). {system.on}. "
        f"The idle system spends {idle:.0f} ms of CPU a second, which is not taken off."
    )
    yield Race(
        title="Appraisals",
        metrics=[*METRICS, *BESIDES],
        contestants=[
            Contestant(
                "quarter, one by one",
                "POST plan, submit, activate, rate and finish: four requests, two people",
                partial(stage.run, "quarter"),
            ),
            Contestant(
                "quarter, a team at a time",
                "each member drafts and submits; the superior agrees and rates the team with one request each",
                partial(stage.run, "team"),
            ),
            Contestant(
                "year, one by one",
                "POST plan, submit, activate, rate and issue, receive, accept: six requests; the plan closes too",
                partial(stage.run, "annual"),
            ),
        ],
        note=note,
    )


SUITE = Suite("appraisals", "Appraisals, from plan to completed", races)
