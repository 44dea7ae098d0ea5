"""`./suar new service NAME`: a small service that works, from `templates/`, and its place in every list.

The deployment's lists are read by other programs and cannot be derived: there the new service stands beside `training`,
in the same words. Nothing is written before all of it is known to fit, and nothing needs the network.
"""

import hashlib
import importlib.util
import keyword
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from chassis.db.migration_files import MESSAGING_TABLES
from suar_cli.errors import RunnerError
from suar_developer.describe import describe
from suar_operator.services import BUS, OWNERS

TEMPLATES = Path(__file__).with_name("templates")
SIBLING = "training"
PROCESSES = rf"(?:^  {SIBLING}(?:-worker)?: .*\n)+"
# what stands in each list for the sibling, and is repeated for the new service
LISTS = {
    "pyproject.toml": [rf'^  "{SIBLING}",\n', rf"^{SIBLING} = .*\n"],
    ".importlinter": [rf"^    {SIBLING}(?:\.\w+)?\n"],
    "docker-compose.yml": [
        rf" {SIBLING}={SIBLING}:8000",
        rf"^x-{SIBLING}: (?:.+\n)+\n",
        rf"^      {SIBLING.upper()}_(?:DATABASE|BUS)_PASSWORD: .*\n",
        rf"^  {SIBLING}-migrate: (?:.+\n)+\n",
    ],
    "docker-compose.demo.yml": [PROCESSES],
    "deploy/compose/own-database.yml": [rf" {SIBLING}\b"],
    "deploy/observability/docker-compose.observability.yml": [PROCESSES],
    "deploy/observability/prometheus.yml": [rf" {SIBLING},", rf"^ +- {SIBLING}-worker\n"],
    "deploy/README.md": [rf" `{SIBLING.upper()}`,"],
}
DIRECTORY_TABLES = "libs/directory/directory/sql"
# What the sibling needs beside what every service does.
SIBLING_NEEDS = ("approvals",)
LOCK, SUBSCRIPTIONS = "uv.lock", "contracts/subscriptions.toml"
PUBLISHED_MIGRATIONS = "tests/architecture/published_migrations.txt"


class ServiceNotMade(RunnerError):
    """The tree or the name does not allow a new service; nothing has been written."""

    exit_code = 2


def make_service(project: Path, name: str) -> list[str]:
    """Write the service and its tests, enter it in every list, and return the files, new ones first."""
    _require_fitting(project, name)
    written = _files(project, name)
    taken = [path for path in written if (project / path).exists()]
    if taken:
        raise ServiceNotMade(f"{taken[0]} sudah ada; hapus dahulu, atau pilih nama lain.")
    edited = _lists(project, name, written)
    for path, text in (written | edited).items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, encoding="utf-8")
    _format(project, [path for path in written if path.endswith(".py")])
    sys.path.insert(0, str(project / "services" / name))
    description = describe(name, project / "contracts")
    return [*written, str(description.relative_to(project)), *edited]


def _require_fitting(project: Path, name: str) -> None:
    """Raise ServiceNotMade when this is no checkout, or the name is no name or somebody else's."""
    if not (project / ".git").exists():
        raise ServiceNotMade(f"{project} bukan hasil `git clone`; layanan baru hanya dibuat di sana.")
    if not re.fullmatch("[a-z]{3,30}", name) or keyword.iskeyword(name):
        raise ServiceNotMade(
            f"nama {name!r} tidak dapat dipakai: 3 sampai 30 huruf kecil a-z, bukan kata kunci Python."
        )
    containers = re.findall(r"^  ([a-z]+)", (project / "docker-compose.yml").read_text(encoding="utf-8"), re.MULTILINE)
    samples = [path.name for part in ("tests", "benchmarks") for path in project.glob(f"{part}/*/sample-services/*")]
    # the libraries may not speak of a service, so their own words cannot become the name of one
    quoted = re.compile(rf"[\"'/.]{name}[\"'/.]")
    libraries = (path.read_text(encoding="utf-8") for path in (project / "libs").rglob("*.py"))
    if (
        name in {*OWNERS, BUS, *containers, *samples}
        or (project / name).exists()
        or importlib.util.find_spec(name)
        or any(quoted.search(text) for text in libraries)
    ):
        raise ServiceNotMade(f"nama {name!r} sudah dipakai bagian lain atau pustaka; pilih nama lain.")


def _files(project: Path, name: str) -> dict[str, str]:
    """Return the new files: path in the project, and text."""
    newest = {
        "MESSAGING_TABLES": len(list(MESSAGING_TABLES.glob("*.sql"))),
        "DIRECTORY_TABLES": len(list((project / DIRECTORY_TABLES).glob("*.sql"))),
    }
    return {
        path.relative_to(TEMPLATES).as_posix().replace("service_name", name): path.read_text(encoding="utf-8")
        .replace("service_name", name)
        .replace("MESSAGING_TABLES", str(newest["MESSAGING_TABLES"]))
        .replace("DIRECTORY_TABLES", str(newest["DIRECTORY_TABLES"]))
        for path in sorted(TEMPLATES.rglob("*"))
        if path.is_file() and path.suffix != ".pyc"
    }


def _lists(project: Path, name: str, written: dict[str, str]) -> dict[str, str]:
    """Return the lists with the new service in them. Raise ServiceNotMade when one is not of the form known here."""
    texts = {path: (project / path).read_text(encoding="utf-8") for path in LISTS}
    for path, patterns in LISTS.items():
        for pattern in patterns:
            found = re.compile(pattern, re.MULTILINE)
            if not found.search(texts[path]):
                raise ServiceNotMade(
                    f"{path}: tempat {SIBLING} ({pattern}) tidak ditemukan, jadi tempat {name} pun tidak."
                )
            texts[path] = found.sub(lambda match: match[0] + _twin(match[0], name), texts[path])
    migrations = [path for path in written if path.endswith(".sql")]
    hashes = {path: hashlib.sha256(written[path].encode()).hexdigest() for path in migrations}
    published = "".join(f"{digest}  {name}/{Path(path).name}\n" for path, digest in hashes.items())
    subscriptions = (project / SUBSCRIPTIONS).read_text(encoding="utf-8")
    return texts | {
        LOCK: _locked((project / LOCK).read_text(encoding="utf-8"), name),
        SUBSCRIPTIONS: subscriptions + _subscribed(subscriptions, name),
        PUBLISHED_MIGRATIONS: (project / PUBLISHED_MIGRATIONS).read_text(encoding="utf-8") + published,
    }


def _subscribed(subscriptions: str, name: str) -> str:
    """Return the service's own list: what fills the directory of its sibling fills its own."""
    kept = [one for one in tomllib.loads(subscriptions)[SIBLING]["subscribes_to"] if one.startswith("personnel.")]
    return "".join([f"\n[{name}]\nsubscribes_to = [\n", *(f'  "{one}",\n' for one in kept), "]\n"])


def _twin(text: str, name: str) -> str:
    """Return what stands for the sibling as it stands for the new service, without the comment on the sibling."""
    named = text.replace(SIBLING, name).replace(SIBLING.upper(), name.upper())
    return re.sub(" +# .*", "", named)


def _needed(package: str) -> str:
    return re.sub(rf'^    {{ name = "(?:{"|".join(SIBLING_NEEDS)})".*\n', "", package, flags=re.MULTILINE)


def _locked(lock: str, name: str) -> str:
    """Return uv.lock as `uv lock` would write it: the service needs what is there, so nothing is asked for."""

    def listed(run: re.Match[str]) -> str:
        lines = run[0].splitlines(keepends=True)
        twins = [_twin(line, name) for line in lines if f'"{SIBLING}"' in line]
        return "".join(sorted([*lines, *twins]) if twins else lines)

    head, *packages = (part.strip() for part in lock.split("[[package]]\n"))
    twins = [_twin(_needed(one), name) for one in packages if one.startswith(f'name = "{SIBLING}"\n')]
    packages = sorted([*packages, *twins], key=lambda package: package.split('"')[1])
    parts = [head, *packages]
    for number, part in enumerate(parts):
        if number == 0 or part.startswith('name = "suar"\n'):
            parts[number] = re.sub(r'(?:^    ["{].*\n)+', listed, part, flags=re.MULTILINE)
    return "\n\n[[package]]\n".join(parts) + "\n"


def _format(project: Path, paths: list[str]) -> None:
    """Sort imports and wrap lines as the length of the name asks for."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    for command in (["check", "--quiet", "--select", "I", "--fix"], ["format", "--quiet"]):
        subprocess.run([ruff, *command, *paths], cwd=project, check=True)
