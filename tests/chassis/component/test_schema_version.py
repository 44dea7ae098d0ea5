"""An API or a worker does not start on tables that are older than its code, and says what to run."""

import psycopg
import pytest

from chassis.db.migration import upgrade
from chassis.db.migration_files import migrations_of
from chassis.waiting import wait_for
from tests.chassis.processes import environment_of, lines_of, process, wait_for_answer


@pytest.fixture
def url(make_database):
    return make_database("versions")


def change(url, statement):
    with psycopg.connect(url) as connection:
        connection.execute(statement)


def arguments_of(verb, address):
    return ["--bind", f"unix:{address}"] if verb == "api" else []


def refusal(desk, url, log, verb):
    """Start a process that must refuse; return its last words."""
    environment = environment_of(desk, DESK_DATABASE_URL=url)
    with process(log, environment, verb, "desk", *arguments_of(verb, log.with_name("socket"))) as refused:
        assert refused.wait(60) == 1
    last = lines_of(log)[-1]
    assert last["event"] == "schema_refused"
    return last["message"]


@pytest.mark.parametrize("verb", ["api", "worker"])
def test_an_empty_database_is_refused(desk, url, tmp_path, verb):
    words = refusal(desk, url, tmp_path / "log", verb)
    assert psycopg.conninfo.conninfo_to_dict(url)["dbname"] in words
    assert "messaging tables at version 0, the code needs 2; tables of desk at version 0, the code needs 1" in words
    assert "Run `python -m chassis migrate desk`, then start again." in words


@pytest.mark.parametrize("verb", ["api", "worker"])
def test_older_messaging_tables_are_refused(desk, url, tmp_path, verb):
    upgrade(url, migrations_of("desk"))
    change(url, "DELETE FROM schema_version WHERE part = 'messaging' AND version = 2")
    words = refusal(desk, url, tmp_path / "log", verb)
    assert "is older than this code: messaging tables at version 1, the code needs 2. Run" in words


@pytest.mark.parametrize("verb", ["api", "worker"])
def test_older_tables_of_the_service_are_refused(desk, url, tmp_path, verb):
    upgrade(url, migrations_of("desk"))
    change(url, "DELETE FROM schema_version WHERE part = 'service'")
    words = refusal(desk, url, tmp_path / "log", verb)
    assert "is older than this code: tables of desk at version 0, the code needs 1. Run" in words


def test_a_newer_database_is_served_and_the_log_says_so(desk, url, tmp_path):
    upgrade(url, migrations_of("desk"))
    change(url, "INSERT INTO schema_version (part, version, name) VALUES ('service', 2, '0002_of_the_next_release')")
    log, address = tmp_path / "log", tmp_path / "socket"
    environment = environment_of(desk, DESK_DATABASE_URL=url)
    with process(log, environment, "api", "desk", *arguments_of("api", address)):
        wait_for_answer(address, "/health/ready")
    (warning,) = [line for line in lines_of(log) if line["event"] == "database_newer_than_code"]
    assert "is newer than this code: tables of desk at version 2, the code needs 1." in warning["message"]


def test_a_database_that_is_away_is_waited_for(desk, url, tmp_path, postgres_url):
    upgrade(url, migrations_of("desk"))
    name = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
    log, address = tmp_path / "log", tmp_path / "socket"

    def allow_connections(allowed):
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {allowed}')

    allow_connections(False)
    environment = environment_of(desk, DESK_DATABASE_URL=url)
    with process(log, environment, "api", "desk", *arguments_of("api", address)):
        wait_for("the log line", lambda: "database_unavailable" in log.read_text())
        allow_connections(True)
        wait_for_answer(address, "/health/ready")
    said = [line["event"] for line in lines_of(log) if line.get("dependency") == "database"]
    assert said == ["database_unavailable", "dependency_available"]
