"""Migrations are published once: their files stay as they are, for databases that ran them never run them again."""

import hashlib
from pathlib import Path

import pytest

from chassis.db.migration_files import MESSAGING, included_by, migrations_of, read_migrations, tables_of
from tests.architecture.layout import COMPONENTS, ROOT

PUBLISHED = Path(__file__).with_name("published_migrations.txt")
HOW_TO_CHANGE = (
    "A database that has run this file will never run it again, so a change to it reaches new databases only, and old "
    "and new ones differ from then on. Restore the file (`git checkout` it) and put the change into a new file with the "
    "next number."
)


def folders():
    packages = [folder.parent.name for folder in (ROOT / "libs").glob("*/*/sql")]
    included = {part: tables_of(part) for part in (MESSAGING, *packages)}
    return included | {component: migrations_of(component) for component in COMPONENTS}


def digests():
    """{owner/file: SHA-256} of every migration."""
    return {
        f"{owner}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for owner, folder in folders().items()
        for path in sorted(folder.iterdir())
    }


def published():
    lines = [line.split() for line in PUBLISHED.read_text().splitlines() if not line.startswith("#")]
    return {name: digest for digest, name in lines}


def test_a_published_migration_never_changes():
    found = digests()
    for name, digest in published().items():
        assert name in found, f"{name} is gone. {HOW_TO_CHANGE}"
        assert found[name] == digest, f"{name} has changed since it was published. {HOW_TO_CHANGE}"


def test_a_new_migration_is_entered_among_the_published_ones():
    lines = [f"{digest}  {name}" for name, digest in digests().items() if name not in published()]
    assert not lines, "\n".join([f"Not released yet; add to {PUBLISHED.name} and never change them again:", *lines])


@pytest.mark.parametrize("owner", folders())
def test_a_folder_holds_numbered_migrations_and_nothing_else(owner):
    folder = folders()[owner]
    assert {path.name for path in folder.iterdir()} == {f"{one.name}.sql" for one in read_migrations(folder)}


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_component_brings_what_it_includes_to_the_version_of_the_code(component):
    service = read_migrations(migrations_of(component))
    newest = {part: len(read_migrations(tables_of(part))) for part in included_by(service)}
    for part in newest:
        asked_for = [one.included[part] for one in service if part in one.included]
        assert asked_for == sorted(asked_for)
    marker = "`-- migrate: tables-of PACKAGE N` (`messaging-tables N` for those of the chassis)"
    assert included_by(service) == newest, f"add a migration to {component} with the line {marker}"
