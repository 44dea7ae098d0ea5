"""Numbered SQL files on a real PostgreSQL: each once, in order, whole or not at all, and under row-level security."""

import threading

import psycopg
import pytest

from chassis.db.migration import upgrade
from chassis.db.migration_files import MESSAGING_TABLES, MigrationError, read_migrations
from chassis.db.schema_version import SchemaVersion, version_of_code

MESSAGING = len(read_migrations(MESSAGING_TABLES))
FIRST = f"-- migrate: messaging-tables {MESSAGING}\n"
BOOKS = """
CREATE TABLE book (id integer PRIMARY KEY, agency_id text NOT NULL, title text NOT NULL);
ALTER TABLE book ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY agency_only ON book
    USING (agency_id = current_setting('app.agency_id', true))
    WITH CHECK (agency_id = current_setting('app.agency_id', true));
"""
SHOUT = "UPDATE book SET title = upper(title);\n"


@pytest.fixture
def url(make_database):
    return make_database("migrations")


@pytest.fixture
def folder(tmp_path):
    """Write migrations: `folder(words="SQL", …)` numbers them in order."""
    made = tmp_path / "migrations"
    made.mkdir()

    def write(**files):
        for name, content in files.items():
            (made / f"{len(list(made.iterdir())) + 1:04}_{name}.sql").write_text(content)
        return made

    return write


def ask(url, question):
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchall()


def applied(url):
    return [row[0] for row in ask(url, "SELECT name FROM schema_version WHERE part = 'service' ORDER BY version")]


def with_two_agencies_books(url):
    with psycopg.connect(url) as connection:
        for number, agency in enumerate(("one", "two")):
            connection.execute("SELECT set_config('app.agency_id', %s, true)", [agency])
            connection.execute("INSERT INTO book VALUES (%s, %s, 'quiet')", [number, agency])


def titles(url):
    found = []
    with psycopg.connect(url) as connection:
        for agency in ("one", "two"):
            connection.execute("SELECT set_config('app.agency_id', %s, true)", [agency])
            found += [row[0] for row in connection.execute("SELECT title FROM book")]
    return found


def is_forced(url):
    return ask(url, "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE relname = 'book'") == [(True,)]


def test_each_file_runs_once_and_in_order(url, folder):
    upgrade(url, folder(first=FIRST, one="CREATE TABLE a (n integer);"))
    migrations = folder(two="INSERT INTO a VALUES (1);", three="INSERT INTO a SELECT n + 1 FROM a;")
    for _twice in range(2):
        upgrade(url, migrations)
    assert ask(url, "SELECT n FROM a ORDER BY n") == [(1,), (2,)]
    assert applied(url) == ["0001_first", "0002_one", "0003_two", "0004_three"]


def test_a_file_that_fails_leaves_nothing_and_those_before_it_stay(url, folder):
    migrations = folder(first=FIRST, one="CREATE TABLE a (n integer);", two="CREATE TABLE b (n integer); SELECT 1 / 0;")
    with pytest.raises(MigrationError, match=r"0003_two of the service tables failed: division by zero"):
        upgrade(url, migrations)
    assert ask(url, "SELECT to_regclass('a') IS NOT NULL, to_regclass('b') IS NOT NULL") == [(True, False)]
    (migrations / "0003_two.sql").write_text("CREATE TABLE b (n integer);")
    upgrade(url, migrations)
    assert applied(url)[-1] == "0003_two"


def test_messaging_tables_are_brought_to_the_version_that_a_file_asks_for(url, folder):
    upgrade(url, folder(first="-- migrate: messaging-tables 1\n", latest=FIRST))
    rows = ask(url, "SELECT version FROM schema_version WHERE part = 'messaging' ORDER BY applied_at")
    assert rows == [(number + 1,) for number in range(MESSAGING)]


def test_migrations_that_leave_the_messaging_tables_behind_are_refused_with_what_to_add(url, folder):
    with pytest.raises(
        MigrationError, match=f"add a migration with the line `-- migrate: messaging-tables {MESSAGING}`"
    ):
        upgrade(url, folder(first="-- migrate: messaging-tables 1\n"))


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Write a package with tables: `package("NAME", words="SQL", …)` adds the next numbered files to it."""
    monkeypatch.syspath_prepend(tmp_path)

    def write(name, **files):
        made = tmp_path / name / "sql"
        made.mkdir(parents=True, exist_ok=True)
        (tmp_path / name / "__init__.py").touch()
        for words, content in files.items():
            (made / f"{len(list(made.iterdir())) + 1:04}_{words}.sql").write_text(content)

    return write


def test_a_service_includes_the_tables_of_a_package(url, folder, package):
    package("lending", books="CREATE TABLE a (n integer);")
    migrations = folder(first=FIRST, include="-- migrate: tables-of lending 1\nINSERT INTO a VALUES (1);")
    upgrade(url, migrations)
    package("lending", more="INSERT INTO a VALUES (2);")
    with pytest.raises(MigrationError, match="add a migration with the line `-- migrate: tables-of lending 2`"):
        upgrade(url, migrations)
    upgrade(url, folder(three="INSERT INTO a VALUES (0);", more="-- migrate: tables-of lending 2\n"))
    assert ask(url, "SELECT n FROM a ORDER BY n") == [(0,), (1,), (2,)]
    assert ask(url, "SELECT part, name FROM schema_version WHERE part <> 'messaging' ORDER BY applied_at") == [
        ("service", "0001_first"),
        ("lending", "0001_books"),
        ("service", "0002_include"),
        ("service", "0003_three"),
        ("lending", "0002_more"),
        ("service", "0004_more"),
    ]


def test_a_database_without_the_tables_of_a_package_is_older_than_the_code(folder, package):
    package("borrowing", books="", more="")
    needed = version_of_code(folder(first=f"{FIRST}-- migrate: tables-of borrowing 2\n"))
    assert needed == SchemaVersion({"messaging": MESSAGING, "borrowing": 2, "service": 1})
    assert SchemaVersion({"messaging": MESSAGING, "borrowing": 1, "service": 1}).is_older_than(needed)
    assert SchemaVersion({"messaging": MESSAGING, "service": 1}).is_older_than(needed)
    assert not SchemaVersion({"messaging": MESSAGING, "borrowing": 3, "service": 1}).is_older_than(needed)


@pytest.mark.parametrize("name", ["nowhere", "chassis", "service"])
def test_a_package_without_tables_cannot_be_included(url, folder, name):
    with pytest.raises(MigrationError, match=f"there is no package {name} with a folder sql"):
        upgrade(url, folder(first=f"{FIRST}-- migrate: tables-of {name} 1\n"))


def test_a_version_table_of_an_older_release_takes_in_the_tables_of_a_package(url, folder, package):
    upgrade(url, folder(first=FIRST))
    with psycopg.connect(url) as connection:
        connection.execute("ALTER TABLE schema_version ADD CHECK (part IN ('messaging', 'service'))")
    package("renting", books="CREATE TABLE a (n integer);")
    upgrade(url, folder(include="-- migrate: tables-of renting 1\n"))
    assert ask(url, "SELECT name FROM schema_version WHERE part = 'renting'") == [("0001_books",)]


def test_an_index_is_built_outside_a_transaction(url, folder):
    index = "-- migrate: without-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS ix_a ON a (n);\n"
    upgrade(url, folder(first=FIRST, one="CREATE TABLE a (n integer);", two=index))
    assert ask(url, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_a'::regclass") == [(True,)]


def test_an_index_whose_building_was_interrupted_is_not_taken_for_built(url, folder):
    index = "-- migrate: without-transaction\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ix_a ON a (n);\n"
    migrations = folder(first=FIRST, one="CREATE TABLE a (n integer); INSERT INTO a VALUES (1), (1);", two=index)
    with pytest.raises(MigrationError, match="could not create unique index"):
        upgrade(url, migrations)
    with pytest.raises(MigrationError, match="Run `DROP INDEX ix_a;`"):
        upgrade(url, migrations)
    assert "0003_two" not in applied(url)
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM a; DROP INDEX ix_a")
    upgrade(url, migrations)
    assert applied(url)[-1] == "0003_two"


def test_a_data_migration_reaches_every_agency_and_the_policy_is_back_afterwards(url, folder):
    upgrade(url, folder(first=FIRST, books=BOOKS))
    with_two_agencies_books(url)
    upgrade(url, folder(shout=f"-- migrate: all-agencies book\n{SHOUT}"))
    assert titles(url) == ["QUIET", "QUIET"]
    assert is_forced(url)


def test_the_policy_is_back_after_a_data_migration_that_fails(url, folder):
    upgrade(url, folder(first=FIRST, books=BOOKS))
    with_two_agencies_books(url)
    with pytest.raises(MigrationError, match="division by zero"):
        upgrade(url, folder(shout=f"-- migrate: all-agencies book\n{SHOUT}SELECT 1 / 0;"))
    assert titles(url) == ["quiet", "quiet"]
    assert is_forced(url)


def test_a_data_migration_that_would_quietly_reach_nobody_fails(url, folder):
    upgrade(url, folder(first=FIRST, books=BOOKS))
    with_two_agencies_books(url)
    with pytest.raises(MigrationError, match='affected by row-level security policy for table "book"'):
        upgrade(url, folder(shout=SHOUT))
    assert titles(url) == ["quiet", "quiet"]


def test_two_migrators_at_once_run_each_file_once(url, folder):
    migrations = folder(
        first=FIRST, one="CREATE TABLE a (n integer);", two="SELECT pg_sleep(0.3); INSERT INTO a VALUES (1);"
    )
    failures = []

    def run():
        try:
            upgrade(url, migrations)
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert ask(url, "SELECT n FROM a") == [(1,)]


def made_by_alembic(url, revision):
    with psycopg.connect(url) as connection:
        connection.execute((MESSAGING_TABLES / "0001_messaging_tables.sql").read_bytes())
        connection.execute("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)")
        connection.execute("CREATE TABLE a (n integer)")
        connection.execute("INSERT INTO alembic_version VALUES (%s)", [revision])


def test_a_database_that_alembic_made_goes_on_from_where_it_stands(url, folder):
    made_by_alembic(url, "0002_one")
    upgrade(url, folder(first="-- migrate: messaging-tables 1\n", one="CREATE TABLE a (n integer);", two=FIRST))
    assert applied(url) == ["0001_first", "0002_one", "0003_two"]
    assert ask(url, "SELECT to_regclass('alembic_version')") == [(None,)]


def test_a_database_at_an_unknown_revision_of_alembic_is_left_alone(url, folder):
    made_by_alembic(url, "0009_unknown")
    with pytest.raises(MigrationError, match="stands at 0009_unknown, which this code does not know"):
        upgrade(url, folder(first=FIRST))
    assert ask(url, "SELECT to_regclass('schema_version'), to_regclass('alembic_version')::text") == [
        (None, "alembic_version")
    ]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"0001_one": "", "0003_three": ""}, "not numbered 1, 2, 3"),
        ({"1_one": ""}, "not named NNNN_words.sql"),
        ({"0001_one": "-- migrate: messaging 2"}, "unknown marker `-- migrate: messaging 2`"),
        (
            {"0001_one": "-- migrate: without-transaction\n-- migrate: all-agencies a"},
            "all-agencies needs a transaction",
        ),
    ],
)
def test_files_that_cannot_be_meant_are_refused(tmp_path, files, words):
    for name, content in files.items():
        (tmp_path / f"{name}.sql").write_text(content)
    with pytest.raises(MigrationError, match=words):
        read_migrations(tmp_path)
