"""The gates: the same commands for a developer, `suar test` and the continuous integration."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

from suar_cli.places import project_folder
from suar_developer.vulnerabilities import NOT_RUN

Say = Callable[[str], None]
SCAN = [sys.executable, "-m", "suar_developer.vulnerabilities"]
# one process more than there are processors, since many tests wait; but each holds connections and memory, and
# more than this would not fit on a shared server
MOST_PROCESSES = 4
SLOWEST_SHOWN = 20
PARTS_WITH_MIGRATIONS = ("libs", "services", "gateway")


def gates(project: Path) -> list[tuple[str, list[str]]]:
    """Each gate: its name and its command, run in the project's folder."""
    tool = Path(sys.executable).parent
    return [
        ("ruff", [str(tool / "ruff"), "check", "."]),
        ("ruff format", [str(tool / "ruff"), "format", "--check", "."]),
        ("mypy", [str(tool / "mypy")]),
        ("batas impor", [str(tool / "lint-imports")]),
        ("squawk", [str(tool / "squawk"), *migrations(project)]),
    ]


def migrations(project: Path) -> list[str]:
    """The SQL migrations, relative to the project: `.squawk.toml` names exceptions by path."""
    found = [path for folder in PARTS_WITH_MIGRATIONS for path in (project / folder).rglob("[0-9]*_*.sql")]
    return sorted(str(path.relative_to(project)) for path in found)


def check(say: Say) -> int:
    """Run all gates side by side, even after one has failed; the first failure's code is the result.

    The scan for vulnerabilities needs the network; it alone may end without a result.
    """
    project, result = project_folder(), 0

    def run(command: list[str]) -> tuple[subprocess.CompletedProcess[str], float]:
        began = time.monotonic()
        done = subprocess.run(command, cwd=project, check=False, capture_output=True, text=True)
        return done, time.monotonic() - began

    named = [*gates(project), ("celah pustaka", SCAN)]
    with ThreadPoolExecutor(len(named)) as pool:
        completed = pool.map(run, [command for _, command in named])
        for (name, _), (done, seconds) in zip(named, completed, strict=True):
            result_word = {0: "lolos", NOT_RUN: "TIDAK DAPAT DIJALANKAN"}.get(done.returncode, "GAGAL")
            say(f"{name:<14} {result_word} ({seconds:.1f} dtk)")
            if done.returncode != 0:
                say((done.stdout + done.stderr).rstrip())
            result = result or (0 if done.returncode == NOT_RUN else done.returncode)
    return result


def test(say: Say, arguments: Sequence[str]) -> NoReturn:
    """Become pytest, so that a signal reaches it alone and its exit code is ours."""
    project = project_folder()
    options = pytest_options(project, arguments)
    say(f"Menjalankan uji: pytest {' '.join(options)} …")
    os.chdir(project)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *options])  # noqa: S606 - becoming it is meant


def pytest_options(project: Path, arguments: Sequence[str]) -> list[str]:
    """Return pytest's options: several processes for the whole suite, one for named tests, unless arguments choose."""
    named = any((project / argument.partition("::")[0]).exists() for argument in arguments if argument[:1] != "-")
    chosen = any(argument.startswith(("-n", "--numprocesses", "--pdb")) for argument in arguments)
    processes = [] if named or chosen else ["-n", str(min((os.cpu_count() or 1) + 1, MOST_PROCESSES))]
    return [*processes, f"--durations={SLOWEST_SHOWN}", *arguments]
