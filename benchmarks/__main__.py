"""`python -m benchmarks SUITE|all [--rounds N] [--people N] [--moves SHARE] [--quick] [--out DIR] [--document]`."""

import argparse
import importlib
import importlib.util
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from benchmarks import machine, report
from benchmarks.rounds import Options, Suite, alone, play, say

SUITES = (
    "backbone",
    "edge",
    "appraisals",
    "directory",
    "known-everywhere",
    "idle",
    "obligations",
    "pay",
    "handlers",
    "documents",
)
ROUNDS, QUICK_ROUNDS = 3, 1
NEEDED = ("asyncpg", "celery", "faststream", "matplotlib")


def run(suite: Suite, options: Options, *, documented: bool) -> list[str]:
    """Play the suite's races; return the contestants that failed."""
    say(f"{suite.name}: {suite.title}")
    about, races = machine.describe(), []
    # asked to stop, it still takes down what it made
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with ExitStack() as stack:
        for race in suite.races(options, stack):
            if options.only and not any(word.lower() in race.title.lower() for word in options.only):
                continue
            say(f" {race.title}")
            play(race, options)
            races.append(race)
            table = report.write(suite, races, about, options.out)
            (options.out / f"{suite.name}.md").write_text(table)
    if not races:
        say(f"no race of {suite.name} has {' or '.join(options.only)} in its title")
        return []
    print(table)
    if documented:
        report.write(suite, races, about, report.DOCUMENT.with_suffix(""))
        report.document(suite, table)
    return [f"{race.title}: {name}" for race in races for name in race.failed]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("suite", choices=[*SUITES, "all"])
    parser.add_argument("--rounds", type=int, help=f"default {ROUNDS}, {QUICK_ROUNDS} with --quick")
    parser.add_argument("--quick", action="store_true", help="smaller sizes, one round: does it still work?")
    parser.add_argument("--people", type=int, help="rows of the file of known-everywhere, people of pay")
    parser.add_argument("--moves", type=float, default=0.05, help="share of the people of pay who are moved")
    parser.add_argument("--only", action="append", default=[], help="races whose title holds this word")
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks"), help="folder of JSON, table and plot")
    parser.add_argument("--document", action="store_true", help="put table and plot into docs/benchmarks.md too")
    asked = parser.parse_args()
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        sync = "uv sync --all-packages --group benchmarks"
        sys.exit(f"not installed: {', '.join(missing)}. They are a dependency group of their own: {sync}")
    rounds = asked.rounds or (QUICK_ROUNDS if asked.quick else ROUNDS)
    options = Options(
        rounds=rounds,
        quick=asked.quick,
        out=asked.out,
        only=tuple(asked.only),
        people=asked.people,
        moves=asked.moves,
    )
    failed: list[str] = []
    for name in SUITES if asked.suite == "all" else (asked.suite,):
        suite = importlib.import_module(f"benchmarks.{name.replace('-', '_')}").SUITE
        with alone():
            failed += run(suite, options, documented=asked.document)
    if failed:
        sys.exit(f"failed: {'; '.join(failed)}")


if __name__ == "__main__":
    main()
