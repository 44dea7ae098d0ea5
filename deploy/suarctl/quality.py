"""The gates: the same commands for a developer, `suar test` and the continuous integration."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from suarctl.runner.databases import SERVICES
from suarctl.runner.plan import project_folder

Say = Callable[[str], None]


def gates(project: Path) -> list[tuple[str, list[str]]]:
    """Each gate: its name and its command, run in the project's folder."""
    tool = Path(sys.executable).parent
    packages = [
        "chassis/chassis",
        "libs/operations/operations",
        *(f"services/{name}/{name}" for name in SERVICES),
        "gateway/gateway",
        "portal/portal",
        "deploy/suarctl",
    ]
    return [
        ("ruff", [str(tool / "ruff"), "check", "."]),
        ("ruff format", [str(tool / "ruff"), "format", "--check", "."]),
        ("mypy", [str(tool / "mypy"), *(package for package in packages if (project / package).exists())]),
        ("batas impor", [str(tool / "lint-imports")]),
    ]


def check(say: Say) -> int:
    """Run every gate, even after one has failed; the first failure's code is the result."""
    project, result = project_folder(), 0
    for name, command in gates(project):
        began = time.monotonic()
        done = subprocess.run(command, cwd=project, check=False, capture_output=True, text=True)
        verdict = "lolos" if done.returncode == 0 else "GAGAL"
        say(f"{name:<14} {verdict} ({time.monotonic() - began:.1f} dtk)")
        if done.returncode != 0:
            say((done.stdout + done.stderr).rstrip())
            result = result or done.returncode
    return result


def test(say: Say, arguments: Sequence[str]) -> int:
    """Run the tests; the suite itself finds its ground and says which."""
    say("Menjalankan uji …")
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=project_folder(), check=False).returncode
