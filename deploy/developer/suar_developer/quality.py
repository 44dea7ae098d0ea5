"""The gates: the same commands for a developer, `suar test` and the continuous integration."""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from suar_cli.places import project_folder
from suar_developer.vulnerabilities import NOT_RUN
from suar_operator.services import SERVICES

Say = Callable[[str], None]
SCAN = [sys.executable, "-m", "suar_developer.vulnerabilities"]
PARTS_WITH_MIGRATIONS = ("chassis", "libs", "services", "gateway")


def gates(project: Path) -> list[tuple[str, list[str]]]:
    """Each gate: its name and its command, run in the project's folder."""
    tool = Path(sys.executable).parent
    packages = [
        "chassis/chassis",
        *(f"services/{name}/{name}" for name in SERVICES),
        "gateway/gateway",
        "gateway/edge/suar_edge",
        "portal/portal",
        *(f"deploy/{name}/suar_{name}" for name in ("cli", "operator", "runner", "demo", "sample", "developer")),
    ]
    return [
        ("ruff", [str(tool / "ruff"), "check", "."]),
        ("ruff format", [str(tool / "ruff"), "format", "--check", "."]),
        ("mypy", [str(tool / "mypy"), *(package for package in packages if (project / package).exists())]),
        ("batas impor", [str(tool / "lint-imports")]),
        ("squawk", [str(tool / "squawk"), *migrations(project)]),
    ]


def migrations(project: Path) -> list[str]:
    """The SQL migrations, relative to the project: `.squawk.toml` names exceptions by path."""
    found = [path for folder in PARTS_WITH_MIGRATIONS for path in (project / folder).rglob("[0-9]*_*.sql")]
    return sorted(str(path.relative_to(project)) for path in found)


def check(say: Say) -> int:
    """Run every gate, even after one has failed; the first failure's code is the result.

    The scan for vulnerabilities waits for the network, so it runs beside them; it alone may end without a verdict.
    """
    project, result = project_folder(), 0
    with _start(SCAN, project) as scanning:
        for name, command in gates(project):
            began = time.monotonic()
            with _start(command, project) as gate:
                code = _finish(say, name, gate, began)
            result = result or code
        code = _finish(say, "celah pustaka", scanning, time.monotonic())
    return result or code


def _start(command: Sequence[str], project: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _finish(say: Say, name: str, process: subprocess.Popen[str], began: float) -> int:
    output = process.communicate()[0].rstrip()
    code = process.returncode
    verdict = {0: "lolos", NOT_RUN: "TIDAK DAPAT DIJALANKAN"}.get(code, "GAGAL")
    say(f"{name:<14} {verdict} ({time.monotonic() - began:.1f} dtk)")
    if code:
        say(output)
    return 0 if code == NOT_RUN else code


def test(say: Say, arguments: Sequence[str]) -> int:
    """Run the tests; the suite itself finds its ground and says which."""
    say("Menjalankan uji …")
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], cwd=project_folder(), check=False).returncode
