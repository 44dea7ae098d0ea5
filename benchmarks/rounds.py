"""Contestants, races and rounds: a round runs each contestant once, in an order drawn anew each time."""

import fcntl
import os
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

Sample = dict[str, float]
LOCK = Path("/tmp/bench.lock")


@dataclass(frozen=True)
class Options:
    """What the command line asks for."""

    rounds: int
    quick: bool
    out: Path
    only: tuple[str, ...] = ()
    seed: int = 1
    people: int | None = None
    moves: float = 0.05

    def pick(self, full: int, quick: int) -> int:
        """A size: the full one, or the smaller one of `--quick`."""
        return quick if self.quick else full


@dataclass(frozen=True)
class Metric:
    """One measured figure; `goal` is what ours should reach."""

    name: str
    unit: str
    more_is_better: bool = True
    goal: float | None = None


@dataclass(frozen=True)
class Contestant:
    """`run` does the work once and gives every metric of the race; `does` says in a sentence what exactly it does.

    One of several that are ours says so by `is_ours`: no ratio is made of it.
    """

    name: str
    does: str
    run: Callable[[], Sample]
    is_ours: bool = False


@dataclass
class Race:
    """Contestants doing the same work. The first one is ours: ratios are ours against each other."""

    title: str
    metrics: Sequence[Metric]
    contestants: Sequence[Contestant]
    note: str = ""
    samples: dict[str, list[Sample]] = field(default_factory=dict)

    @property
    def failed(self) -> list[str]:
        """Return the contestants of which no round went well."""
        return [one.name for one in self.contestants if one.name not in self.samples]


@dataclass(frozen=True)
class Suite:
    """A module's races. `races` gets a stack to hang its cleaning up on, and gives the races one after another."""

    name: str
    title: str
    races: Callable[[Options, ExitStack], Iterator[Race]]


def play(race: Race, options: Options) -> None:
    """Run all rounds; one that fails is said and left out, and the rest goes on."""
    chance = random.Random(f"{options.seed}-{race.title}")
    for number in range(1, options.rounds + 1):
        for contestant in chance.sample(list(race.contestants), len(race.contestants)):
            begun = time.monotonic()
            try:
                sample = contestant.run()
            except Exception as error:  # noqa: BLE001 - the others still count
                say(f"  {race.title}, round {number}: {contestant.name} failed: {error!r}")
                continue
            race.samples.setdefault(contestant.name, []).append(sample)
            told = ", ".join(f"{metric.name} {sample[metric.name]:,.1f} {metric.unit}" for metric in race.metrics)
            say(f"  round {number}/{options.rounds} {contestant.name}: {told} ({time.monotonic() - begun:.0f} s)")


@contextmanager
def alone() -> Iterator[None]:
    """Only one benchmark at a time on a machine, or they would measure each other."""
    with LOCK.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("waiting for another benchmark on this machine to end")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(words: str) -> None:
    sys.stderr.write(f"{time.strftime('%H:%M:%S')} {words}\n")
    sys.stderr.flush()


def busy() -> float:
    """How much the machine has to do, for each processor."""
    return os.getloadavg()[0] / (os.cpu_count() or 1)
