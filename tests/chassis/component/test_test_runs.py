"""What a test run leaves behind: nothing, whether it ends, is interrupted or was killed; then the next run drops its databases."""

import os
import signal
import subprocess
import sys
import warnings

import psutil
import psycopg
import pytest

from chassis.waiting import wait_for, wait_until_empty
from testkit.databases import DatabaseFactory, run_name

RUN = """
import sys, time
from testkit.databases import DatabaseFactory, run_name
with run_name(sys.argv[1]) as run:
    DatabaseFactory(sys.argv[1], run).make("left")
    print(run, flush=True)
    time.sleep(600)
"""
CONFTEST = """
import subprocess, pytest
from testkit.parent_death import ending_with_us
pytest_plugins = ["testkit.plugin"]

@pytest.fixture(scope="session")
def server(make_database, tmp_path_factory):
    process = subprocess.Popen(ending_with_us(["sleep", "600"]))
    yield f"{make_database('interrupted')} {process.pid}"
    process.terminate()
    process.wait()
"""
TEST = """
import threading
from pathlib import Path

def test_that_lasts(server):
    Path(__file__).with_suffix(".started").write_text(server)
    threading.Event().wait()
"""
# nothing that these runs do without, each of whose plugins takes a second to load in each of their processes
PLUGINS = ("-p", "xdist", "-p", "no:cacheprovider")
ENVIRONMENT = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "SUAR_TEST_BUS_URL": "amqp://nobody",
}


def names(postgres_url, run):
    """The databases and roles of a run."""
    query = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) UNION ALL SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)"
    with psycopg.connect(postgres_url) as connection:
        return [name for (name,) in connection.execute(query, [run, run])]


def start_run(postgres_url):
    process = subprocess.Popen([sys.executable, "-c", RUN, postgres_url], stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().strip()


def test_the_databases_of_a_killed_run_are_dropped_by_the_next_and_those_of_a_living_one_stay(postgres_url):
    living, of_the_living = start_run(postgres_url)
    killed, of_the_killed = start_run(postgres_url)
    try:
        killed.kill()
        killed.wait()
        assert len(names(postgres_url, of_the_killed)) == 2

        def next_run():
            with run_name(postgres_url):
                return not names(postgres_url, of_the_killed)

        # the server may notice a moment later that the killed one is gone
        wait_for("the next run", next_run)
        assert len(names(postgres_url, of_the_living)) == 2
    finally:
        living.terminate()
        living.wait()


def test_a_run_drops_its_own_databases_at_its_end(postgres_url):
    with run_name(postgres_url) as run:
        factory = DatabaseFactory(postgres_url, run)
        for _ in range(3):
            factory.make("own")
        assert len(names(postgres_url, run)) == 3 + 3
    assert names(postgres_url, run) == []


def start_tests(tmp_path, postgres_url, processes):
    """Start a run whose tests last; return it, its processes, and what each of its tests was given."""
    (tmp_path / "conftest.py").write_text(CONFTEST)
    for number in range(2):
        (tmp_path / f"test_{number}.py").write_text(TEST)
    run = subprocess.Popen(
        [sys.executable, "-m", "pytest", *PLUGINS, "-n", processes, "--rootdir", tmp_path, tmp_path],
        env={**os.environ, **ENVIRONMENT, "SUAR_TEST_DATABASE_URL": postgres_url},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    count = max(1, int(processes))
    wait_for("the tests", lambda: len(list(tmp_path.glob("*.started"))) == count or run.poll() is not None)
    assert run.poll() is None, run.stdout.read()
    contents = [path.read_text().split() for path in tmp_path.glob("*.started")]
    return run, psutil.Process(run.pid).children(recursive=True), contents


@pytest.mark.parametrize("processes", ["0", "2"])
def test_an_interrupted_run_ends_what_its_fixtures_have_started(tmp_path, postgres_url, processes):
    run, children, contents = start_tests(tmp_path, postgres_url, processes)
    run.send_signal(signal.SIGINT)
    printed, _ = run.communicate()
    assert run.returncode == pytest.ExitCode.INTERRUPTED, printed
    assert [pid for _, pid in contents if psutil.pid_exists(int(pid))] == []
    assert [one for one in children if one.is_running()] == []
    assert list(tmp_path.rglob("test_*.pyc")), "what it has compiled is kept, whatever its environment says"
    for url, _ in contents:
        database = psycopg.conninfo.conninfo_to_dict(url)["dbname"]
        assert names(postgres_url, database) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
@pytest.mark.parametrize("processes", ["0", "2"])
def test_what_fixtures_have_started_ends_with_a_killed_run(tmp_path, postgres_url, processes):
    run, children, contents = start_tests(tmp_path, postgres_url, processes)
    assert {int(pid) for _, pid in contents} <= {one.pid for one in children}
    run.kill()
    run.wait()
    wait_until_empty("the end of its processes", lambda: psutil.wait_procs(children, timeout=0)[1])


def test_a_warning_is_an_error_in_whichever_process_this_runs():
    with pytest.raises(UserWarning, match="anything"):
        warnings.warn("anything", stacklevel=1)
