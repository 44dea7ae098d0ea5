"""Known vulnerabilities of the locked packages: pip-audit on uv.lock, which asks PyPI for its advisories.

Without a network, or with a mirror of PyPI that holds no advisories, it says that it could not run and fails nothing.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suar_cli.places import project_folder

FOUND, NOT_RUN = 1, 75
LIMIT_SECONDS = 60.0
LARGEST_GROUP = 60
PIP_AUDIT = ("-m", "pip_audit", "--disable-pip", "--no-deps", "--progress-spinner", "off", "--format", "json")


class NoAnswerError(Exception):
    """pip-audit could not ask for advisories."""


@dataclass(frozen=True)
class Scan:
    """What a scan found: the exit code of the gate, and the sentence for people."""

    code: int
    sentence: str


def locked_requirements(lock: Path) -> list[list[str]]:
    """Return `name==version` of every package that comes from an index, in groups that are asked for side by side.

    A package that is locked twice, for different versions of Python, stands in two groups: pip-audit takes a name once.
    """
    groups: list[dict[str, str]] = []
    for package in tomllib.loads(lock.read_text())["package"]:
        if "registry" in package["source"]:
            name = package["name"]
            group = next((one for one in groups if name not in one and len(one) < LARGEST_GROUP), None)
            if group is None:
                groups.append(group := {})
            group[name] = f"{name}=={package['version']}"
    return [sorted(group.values()) for group in groups]


def scan(lock: Path, options: Sequence[str] = ()) -> Scan:
    """Scan a lock file; `options` go to pip-audit."""
    groups = locked_requirements(lock)
    try:
        # one package first: without a network or advisories its answer is that of all the others
        first = _ask(groups[0][:1], options)
        if "skip_reason" in first[0]:
            raise NoAnswerError(first[0]["skip_reason"])
        with ThreadPoolExecutor(max_workers=len(groups)) as pool:
            found = list(pool.map(lambda group: _ask(group, options), groups))
    except NoAnswerError as error:
        return Scan(NOT_RUN, f"Celah pustaka tidak diperiksa: {error}")
    return scan_result([dependency for dependencies in found for dependency in dependencies])


def _ask(requirements: Sequence[str], options: Sequence[str]) -> list[dict[str, Any]]:
    """Return pip-audit's list of packages; raises NoAnswerError when it has none."""
    with tempfile.TemporaryDirectory(prefix="suar-audit-") as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text("".join(f"{one}\n" for one in requirements))
        command = [sys.executable, *PIP_AUDIT, *options, "--requirement", str(file)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LIMIT_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise NoAnswerError(f"tidak selesai dalam {LIMIT_SECONDS:.0f} detik.") from error
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError) as error:
        lines = done.stderr.strip().splitlines() or ["tanpa keterangan"]
        raise NoAnswerError(lines[-1][:300]) from error
    return found


def scan_result(dependencies: Sequence[dict[str, Any]]) -> Scan:
    """Return the result of pip-audit's list of packages."""
    holes = [
        f"  {one['name']} {one['version']}: {hole['id']}, diperbaiki di {', '.join(hole['fix_versions']) or '-'}"
        for one in dependencies
        for hole in one.get("vulns", [])
    ]
    skipped = [one for one in dependencies if "skip_reason" in one]
    asked = f"{len(dependencies) - len(skipped)} dari {len(dependencies)} paket diperiksa"
    if holes:
        return Scan(FOUND, "\n".join([f"Celah yang diketahui ({asked}):", *holes]))
    if skipped:
        return Scan(NOT_RUN, f"Celah pustaka tidak diperiksa seluruhnya: {asked}; {skipped[0]['skip_reason']}")
    return Scan(0, f"Tidak ada celah yang diketahui ({asked}).")


def main() -> int:
    found = scan(project_folder() / "uv.lock")
    print(found.sentence)
    return found.code


if __name__ == "__main__":
    sys.exit(main())
