"""Jobs whose steps kill their process, and jobs of several agencies."""

import signal
import subprocess
import sys
import tracemalloc

import pytest
from desk.core import Loan
from sqlalchemy import text

from chassis import jobs
from chassis.jobs import ATTEMPTS
from tests.chassis.processes import environment_of

STEP = """
from chassis.commands import settings_of
from desk.worker import create_worker
worker = create_worker(settings_of("desk"))
worker.jobs.run_step(worker.work)
"""
TITLES = b"a\nb\nc\nkills\ne"


@pytest.fixture
def job(desk, agency):
    """A job that kills whoever makes its second step; it is taken away, or another test's worker would try it."""
    with desk.work.transaction(agency) as tx:
        made = jobs.start(tx, "lend_many", {}, None, content=TITLES)
    yield made
    with desk.work.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM job WHERE id = :id"), {"id": made})


def change(desk, job, what):
    with desk.work.database.engine.begin() as connection:
        connection.execute(text(f"UPDATE job SET {what} WHERE id = :id"), {"id": job})


def read(desk, job):
    with desk.work.database.engine.connect() as connection:
        return connection.execute(text("SELECT * FROM job WHERE id = :id"), {"id": job}).one()


def titles(desk, agency):
    with desk.work.transaction(agency) as tx:
        return sorted(loan.title for loan in tx.session.query(Loan))


def a_worker_makes_a_step(desk):
    """In a process of its own; gives how that ended."""
    done = subprocess.run(
        [sys.executable, "-c", STEP], env=environment_of(desk), capture_output=True, timeout=120, check=False
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr.decode()[-2000:]
    return done.returncode


def test_a_step_that_kills_its_process_again_and_again_ends_its_job(desk, agency, job):
    assert desk.worker.jobs.run_step(desk.work)
    for attempt in range(1, ATTEMPTS + 1):
        change(desk, job, "not_before = now()")
        assert a_worker_makes_a_step(desk) == -signal.SIGKILL
        row = read(desk, job)
        assert (row.attempts, row.status, row.processed) == (attempt, "RUNNING", 2)
    change(desk, job, "not_before = now()")
    assert desk.worker.jobs.run_step(desk.work)
    row = read(desk, job)
    assert (row.status, row.error) == (
        "FAILED",
        "process_killed: the worker died on the last of 5 attempts at this step",
    )
    assert titles(desk, agency) == ["a", "b"]
    assert not desk.worker.jobs.run_step(desk.work)


def test_after_a_kill_the_job_waits_a_moment_and_then_goes_on_exactly_where_it_was(desk, agency, job):
    assert desk.worker.jobs.run_step(desk.work)
    assert a_worker_makes_a_step(desk) == -signal.SIGKILL
    change(desk, job, "not_before = not_before + interval '1 hour'")
    assert not desk.worker.jobs.run_step(desk.work)
    change(desk, job, "not_before = now(), content = convert_to('a\nb\nc\nd\ne', 'UTF8')")
    desk.run_jobs()
    row = read(desk, job)
    assert (row.status, row.processed, row.attempts) == ("DONE", 5, 0)
    assert titles(desk, agency) == ["a", "b", "c", "d", "e"]


def test_a_claim_that_another_worker_has_overtaken_is_let_go(desk, agency, job, monkeypatch):
    begin = desk.work.database.engine.begin
    monkeypatch.setattr(desk.work.database.engine, "begin", lambda: overtaken(begin, job))
    assert desk.worker.jobs.run_step(desk.work)
    monkeypatch.undo()
    assert (titles(desk, agency), read(desk, job).processed) == ([], 0)


def test_a_step_that_gives_way_to_another_transaction_is_no_attempt(desk, agency, job, short_locks):
    with desk.work.database.engine.begin() as other:
        other.execute(text("LOCK TABLE loan"))
        for _ in range(ATTEMPTS + 1):
            assert desk.worker.jobs.run_step(desk.work)
            change(desk, job, "not_before = now()")
    row = read(desk, job)
    assert (row.status, row.attempts, row.error) == ("QUEUED", 0, None)
    change(desk, job, "content = convert_to('a', 'UTF8')")
    desk.run_jobs()
    assert (read(desk, job).status, titles(desk, agency)) == ("DONE", ["a"])


def test_a_job_is_started_again_without_waiting_for_its_running_step(desk, agency, short_locks):
    with desk.work.transaction(agency) as tx:
        job = jobs.start(tx, "lend_many", {}, None, content=b"a", key="once")
    with desk.work.database.engine.begin() as step:
        step.execute(text("SELECT 1 FROM job WHERE id = :id FOR UPDATE"), {"id": job})
        with desk.work.transaction(agency) as tx:
            assert jobs.start(tx, "lend_many", {}, None, content=b"a", key="once") == job
    desk.run_jobs()


def test_very_many_bad_rows_are_downloaded_part_by_part(desk, agency, person):
    with desk.work.transaction(agency) as tx:
        job = jobs.start(tx, "lend_many", {}, None, content=b"a")
    desk.run_jobs()
    with desk.work.database.engine.begin() as connection:
        many = (
            "INSERT INTO job_issue (job_id, number, row_number, column_name, value, code, expected) "
            "SELECT :id, n, n + 1, 'title', '=' || repeat('x', 400), 'title_missing', 'judul' "
            "FROM generate_series(1, 100000) n"
        )
        connection.execute(text(many), {"id": job})
    client = desk.client(person("librarian"))
    tracemalloc.start()
    answer = client.get(f"/api/v1/desk/jobs/{job}/issues.csv", buffered=False)
    size = lines = 0
    for part in answer.response:
        size, lines = size + len(part), lines + part.count(b"\r\n")
    grown = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lines == 100_001
    assert size > 40_000_000
    assert grown < 20_000_000


def test_jobs_come_newest_first_and_their_faults_in_order_page_by_page(desk, agency, person):
    with desk.work.transaction(agency) as tx:
        made = [str(jobs.start(tx, "lend_many", {}, None, content=b"a\n\n\n\ne")) for _ in range(3)]
    desk.run_jobs()
    client = desk.client(person("librarian"))
    assert [one["id"] for one in pages_of(client, "/api/v1/desk/jobs")] == made[::-1]
    faults = pages_of(client, f"/api/v1/desk/jobs/{made[0]}/issues")
    assert [(one["number"], one["row"], one["column"]) for one in faults] == [
        (1, 3, "title"),
        (2, 4, "title"),
        (3, 5, "title"),
    ]


def pages_of(client, path):
    found, query = [], {"limit": 2}
    while query.get("cursor", "") is not None:
        answer = client.get(path, query_string=query).json
        assert len(answer["items"]) <= 2
        found += answer["items"]
        query["cursor"] = answer["next_cursor"]
    return found


class overtaken:  # noqa: N801 - read as a context manager
    """Between the claim and the step, somebody else claims the same job."""

    def __init__(self, begin, job):
        self.begin, self.job = begin, job

    def __enter__(self):
        self.opened = self.begin()
        return self.opened.__enter__()

    def __exit__(self, *error):
        self.opened.__exit__(*error)
        with self.begin() as connection:
            connection.execute(text("UPDATE job SET attempts = attempts + 1 WHERE id = :id"), {"id": self.job})


def test_agencies_take_turns_and_each_has_its_jobs_in_their_order(desk, agency, at):
    desk.clock.freeze(at(2026, 7, 6))
    long = b"\n".join(b"x%d" % number for number in range(12))
    started = {}
    for name, content in (("long", long), ("long later", b"y\nz"), ("other", b"p\nq\nr\ns")):
        with desk.work.transaction(agency + ("-b" if name == "other" else "-a")) as tx:
            started[name] = jobs.start(tx, "lend_many", {}, None, content=content)
    order = []
    while True:
        before = {name: read(desk, one).processed for name, one in started.items()}
        if not desk.worker.jobs.run_step(desk.work):
            break
        order += [name for name, one in started.items() if read(desk, one).processed != before[name]]
    assert order[:4] == ["long", "other", "long", "other"]
    assert order[4:] == ["long"] * 4 + ["long later"]
