"""An installation in which nobody does anything: what its processes and databases still do in a second."""

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.installation import POSTGRES, Installation, import_file, installation, ministry, spent
from benchmarks.known_everywhere import CONSUMERS, come_to_rest
from benchmarks.rounds import Contestant, Metric, Options, Race, Sample, Suite
from suar_demo.context import YEAR
from suar_sample.generate import SampleRequest, write_sample

GOAL_MS = 60
ALL, EDGE, RUNNER = "all", "APIs, identity, nginx", "runner"
WORKERS = ("personnel", *CONSUMERS)
METRICS = (
    Metric("cpu", "ms of CPU in a second", more_is_better=False, goal=GOAL_MS),
    Metric("transactions", "transactions in a second", more_is_better=False),
)
_TRANSACTIONS = "SELECT datname, xact_commit + xact_rollback FROM pg_stat_database WHERE datname IS NOT NULL"


@dataclass
class Idle:
    """Watches one installation; each contestant takes its part of what was seen."""

    system: Installation
    seconds: float
    watched: list[dict[str, Sample]] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)

    def take(self, part: str) -> Sample:
        """Return the next sample of this part; watch for a while where there is none yet."""
        if self.taken[part] == len(self.watched):
            self.watched.append(self._watch())
        self.taken[part] += 1
        return self.watched[self.taken[part] - 1][part]

    def _watch(self) -> dict[str, Sample]:
        costs, transactions, begun = self.system.costs(), self._transactions(), time.monotonic()
        time.sleep(self.seconds)
        passed = time.monotonic() - begun
        cpu = {name: 1000 * value / passed for name, value in spent(self.system.costs(), costs).items()}
        done = {name: (count - transactions[name]) / passed for name, count in self._transactions().items()}
        databases = self.system.databases()
        parts = {
            f"{one}-worker": {"cpu": cpu[f"{one}-worker"], "transactions": done[databases[one]]} for one in WORKERS
        }
        parts |= {name: {"cpu": cpu[name], "transactions": 0.0} for name in (POSTGRES, RUNNER)}
        others = sum(value for name, value in cpu.items() if name not in parts)
        in_others = sum(count for name, count in done.items() if name not in {databases[one] for one in WORKERS})
        parts[EDGE] = {"cpu": others, "transactions": in_others}
        return parts | {ALL: {"cpu": sum(cpu.values()), "transactions": sum(done.values())}}

    def _transactions(self) -> dict[str, float]:
        with self.system.database("postgres") as connection:
            return dict(connection.execute(_TRANSACTIONS).fetchall())


def races(options: Options, stack: ExitStack) -> Iterator[Race]:
    sample = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="suar-idle-")))
    write_sample(SampleRequest(50, 2026, sample, YEAR, formats=("csv",)))
    for is_embedded in (False, True):
        with installation(embedded_bus=is_embedded) as system, ministry(system.target, sample) as context:
            import_file(context, "units", "unit.csv")
            import_file(context, "employees", "pegawai.csv")
            come_to_rest(system)
            idle = Idle(system, options.pick(60, 20))
            idle.take(RUNNER)  # the first time is not counted: what follows an import ends in it
            idle.taken.update([ALL, EDGE, POSTGRES, *(f"{one}-worker" for one in WORKERS)])
            yield Race(
                title=f"Nothing to do, {'the bus in PostgreSQL' if is_embedded else 'with RabbitMQ'}",
                metrics=METRICS,
                contestants=[
                    Contestant(ALL, "everything but RabbitMQ", partial(idle.take, ALL), is_ours=True),
                    *(_contestant(idle, f"{one}-worker", "with the transactions in its database") for one in WORKERS),
                    _contestant(idle, EDGE, "with the transactions of identity, the bus and the server's own"),
                    _contestant(idle, RUNNER, "looks after the processes"),
                    _contestant(idle, POSTGRES, "all back ends and the server's own processes"),
                ],
                note=f"Demo mode, for {idle.seconds:.0f} s; 50 people were imported before. Bus: {system.bus}.",
            )


def _contestant(idle: Idle, name: str, does: str) -> Contestant:
    return Contestant(name, does, partial(idle.take, name), is_ours=True)


SUITE = Suite("idle", "An installation in which nobody does anything", races)
