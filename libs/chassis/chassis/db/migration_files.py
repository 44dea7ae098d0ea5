"""Migrations as files: `NNNN_words.sql`, numbered from 1 without gaps, each with markers that the runner obeys.

A marker is a comment line of the file:

    -- migrate: messaging-tables 2         first bring the messaging tables to version 2
    -- migrate: all-agencies plan, staff   the statements read and write every agency's rows of these tables
    -- migrate: without-transaction        for CREATE INDEX CONCURRENTLY; the file holds exactly one statement
"""

import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path

MESSAGING_TABLES = Path(__file__).with_name("messaging")
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
    messaging_tables: int | None = None
    all_agencies: tuple[str, ...] = ()
    in_transaction: bool = True


def migrations_of(component: str) -> Path:
    """Return the migrations folder beside a component's package."""
    spec = importlib.util.find_spec(component)
    if spec is None or spec.origin is None:
        raise SystemExit(f"no component named {component}")
    return Path(spec.origin).parent.parent / "migrations"


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
    messaging_tables: int | None = None
    all_agencies: tuple[str, ...] = ()
    in_transaction = True
    for marker in _MARKER.findall(sql):
        match marker.replace(",", " ").split():
            case ["messaging-tables", number] if number.isdecimal():
                messaging_tables = int(number)
            case ["all-agencies", table, *tables]:
                all_agencies = (table, *tables)
            case ["without-transaction"]:
                in_transaction = False
            case _:
                raise MigrationError(f"{path}: unknown marker `-- migrate:{marker}`")
    if all_agencies and not in_transaction:
        # outside a transaction other sessions would see the tables without their policies
        raise MigrationError(f"{path}: all-agencies needs a transaction")
    return Migration(int(name[1]), path.stem, sql, messaging_tables, all_agencies, in_transaction)
