"""Migrations as files: `NNNN_words.sql`, numbered from 1 without gaps, each with markers that the runner obeys.

A marker is a comment line of the file:

    -- migrate: messaging-tables 2         first bring the messaging tables to version 2
    -- migrate: tables-of PACKAGE 2        first bring the tables of a package that the service includes to version 2
    -- migrate: all-agencies plan, staff   the statements read and write every agency's rows of these tables
    -- migrate: without-transaction        for CREATE INDEX CONCURRENTLY; the file holds exactly one statement
"""

import importlib.util
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MESSAGING_TABLES = Path(__file__).with_name("messaging")
MESSAGING, SERVICE = "messaging", "service"
_NAME = re.compile(r"(\d{4})_[a-z0-9_]+")
_MARKER = re.compile(r"^-- migrate:(.*)$", re.MULTILINE)


class MigrationError(Exception):
    """A migration cannot be read or cannot be applied; the message says which and what to do."""


@dataclass(frozen=True)
class Migration:
    """One numbered file."""

    number: int
    name: str
    sql: str
    included: Mapping[str, int] = field(default_factory=dict)  # part: the version that this file needs of it
    all_agencies: tuple[str, ...] = ()
    in_transaction: bool = True


def migrations_of(component: str) -> Path:
    """Return the migrations folder beside a component's package."""
    spec = importlib.util.find_spec(component)
    if spec is None or spec.origin is None:
        raise SystemExit(f"no component named {component}")
    return Path(spec.origin).parent.parent / "migrations"


def tables_of(part: str) -> Path:
    """Return the folder of an included part: the messaging tables, or folder `sql` of the package of that name."""
    if part == MESSAGING:
        return MESSAGING_TABLES
    spec = importlib.util.find_spec(part)
    folder = Path(spec.origin).with_name("sql") if spec and spec.origin else None
    if part == SERVICE or folder is None or not folder.is_dir():
        raise MigrationError(f"`-- migrate: tables-of {part}`: there is no package {part} with a folder sql")
    return folder


def included_by(migrations: Sequence[Migration]) -> dict[str, int]:
    """Return the parts that a service includes, each with the version to which its migrations bring it."""
    reached = {MESSAGING: 0}
    for migration in migrations:
        for part, version in migration.included.items():
            reached[part] = max(version, reached.get(part, 0))
    return reached


def read_migrations(folder: Path) -> list[Migration]:
    """Return the migrations of a folder in order; raise MigrationError when a number is missing or occurs twice."""
    found = [_read(path) for path in sorted(folder.glob("*.sql"))]
    if [one.number for one in found] != list(range(1, len(found) + 1)):
        names = ", ".join(one.name for one in found)
        raise MigrationError(f"migrations in {folder} are not numbered 1, 2, 3 …: {names}")
    return found


def _read(path: Path) -> Migration:
    name = _NAME.fullmatch(path.stem)
    if name is None:
        raise MigrationError(f"{path} is not named NNNN_words.sql")
    sql = path.read_text(encoding="utf-8")
    included: dict[str, int] = {}
    all_agencies: tuple[str, ...] = ()
    in_transaction = True
    for marker in _MARKER.findall(sql):
        match marker.replace(",", " ").split():
            case ["messaging-tables", number] if number.isdecimal():
                included[MESSAGING] = int(number)
            case ["tables-of", package, number] if package.isidentifier() and number.isdecimal():
                included[package] = int(number)
            case ["all-agencies", table, *tables]:
                all_agencies = (table, *tables)
            case ["without-transaction"]:
                in_transaction = False
            case _:
                raise MigrationError(f"{path}: unknown marker `-- migrate:{marker}`")
    if all_agencies and not in_transaction:
        # outside a transaction other sessions would see the tables without their policies
        raise MigrationError(f"{path}: all-agencies needs a transaction")
    return Migration(int(name[1]), path.stem, sql, included, all_agencies, in_transaction)
