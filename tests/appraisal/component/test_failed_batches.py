"""A batch of documents whose job was given up: what it made stays, the next one need not wait, and it can go on."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from appraisal.persistence.document_batches import load_batch, resume_batch
from appraisal.use_cases.documents import make_many
from chassis import jobs
from chassis.jobs import ATTEMPTS
from documents.pdf import PrinterBusy
from tests.appraisal.component.test_document_batches import (
    BATCHES,
    ask,
    few_in_a_step,
    files_in,
    make_some,
    rated,
    show,
    stored,
)

__all__ = ["few_in_a_step", "rated"]
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")


@pytest.fixture
def failed(bureau, rated, monkeypatch):
    """A batch of five that has made two when the printer is busy as often as a step is tried."""
    batch = ask(bureau)["job_id"]
    make_some(bureau, batch)
    give_up(bureau, batch, monkeypatch)
    return batch


def give_up(bureau, batch, monkeypatch):
    def busy(*_):
        raise PrinterBusy

    with monkeypatch.context() as patched:
        patched.setattr(make_many, "paper_file", busy)
        for _ in range(ATTEMPTS):
            with bureau.service.work.database.engine.begin() as connection:
                connection.execute(text("UPDATE job SET not_before = now() WHERE id = :id"), {"id": batch})
            bureau.service.run_jobs()


def resume(bureau, batch, status=200, who=None):
    return bureau.post(who or bureau.second_hr, f"{BATCHES}/{batch}/resume", status=status)


def test_what_was_made_until_it_failed_is_listed_and_downloaded(bureau, failed):
    shown = show(bureau, failed)
    assert (shown["state"], shown["done"], shown["missing"]) == ("FAILED", 2, 3)
    assert [one["files"] for one in shown["parts"]] == [2]
    assert len(files_in(bureau, failed)) == 2
    (listed,) = bureau.get(bureau.second_hr, BATCHES)["items"]
    assert listed == shown


def test_it_goes_on_with_what_is_missing_and_makes_nothing_twice(bureau, failed):
    before = files_in(bureau, failed)
    resumed = resume(bureau, failed)
    assert (resumed["state"], resumed["done"]) == ("RUNNING", 2)
    bureau.service.run_jobs()
    shown = show(bureau, failed)
    assert (shown["state"], shown["done"], shown["failed"], shown["missing"]) == ("DONE", 5, 0, 0)
    files = files_in(bureau, failed)
    assert (len(files), len(stored(bureau, "SELECT id FROM document"))) == (5, 5)
    assert before.items() <= files.items()
    assert resume(bureau, failed, 409)["code"] == "document_batch_not_resumed"


def test_the_next_one_need_not_wait_for_it_and_it_waits_for_the_next_one(bureau, failed):
    following = ask(bureau)["job_id"]
    assert (show(bureau, failed)["state"], show(bureau, following)["state"]) == ("FAILED", "RUNNING")
    refused = resume(bureau, failed, 409)
    assert (refused["code"], following in [one["value"] for one in refused["errors"]]) == (
        "document_batch_running",
        True,
    )
    bureau.service.run_jobs()
    resume(bureau, failed)
    assert ask(bureau, 409)["code"] == "document_batch_running"
    bureau.service.run_jobs()
    assert [one["state"] for one in bureau.get(bureau.hr, BATCHES)["items"]] == ["DONE", "DONE"]


def test_one_goes_on_after_the_next_one_has_failed_too(bureau, failed, monkeypatch):
    following = ask(bureau)["job_id"]
    give_up(bureau, following, monkeypatch)
    assert show(bureau, following)["state"] == "FAILED"
    assert resume(bureau, failed)["state"] == "RUNNING"
    assert show(bureau, following)["state"] == "FAILED"
    bureau.service.run_jobs()
    assert resume(bureau, following)["state"] == "RUNNING"
    bureau.service.run_jobs()
    assert [one["state"] for one in bureau.get(bureau.hr, BATCHES)["items"]] == ["DONE", "DONE"]


def test_who_asks_beside_a_resumption_finds_it_running(bureau, failed):
    """Whoever locks the batch second looks at its job as the first one has left it."""
    with ThreadPoolExecutor(1) as pool:
        with bureau.service.work.transaction(bureau.agency) as tx:
            batch = load_batch(tx, UUID(failed), lock=True)
            asked = pool.submit(bureau.post, bureau.hr, BATCHES, {"year": 2026, "quarter": 1})
            while not asked.done() and tx.session.scalar(WAITING) == 0:
                pass
            assert not asked.done()
            assert resume_batch(tx, batch, batch.resumed()) is not None
            jobs.resume(tx, batch.id)
        answered = asked.result(timeout=20)
    assert (answered.status_code, answered.get_json()["code"]) == (409, "document_batch_running")
    assert show(bureau, failed)["state"] == "RUNNING"


def test_a_lock_that_another_one_holds_lists_no_paper_as_failed(bureau, rated, monkeypatch):
    batch = ask(bureau)["job_id"]

    def deadlock(*_):
        cause = Exception()
        cause.sqlstate = "40P01"
        raise OperationalError("", {}, cause)

    with monkeypatch.context() as patched:
        patched.setattr(make_many, "draft_of", deadlock)
        bureau.service.run_jobs()
    assert (show(bureau, batch)["done"], show(bureau, batch)["failed"]) == (0, 0)


def test_it_is_cancelled_or_expires_and_goes_on_no_more(bureau, failed):
    bureau.turn(2026, 4, 14, 3)
    refused = resume(bureau, failed, 409)
    assert (refused["code"], show(bureau, failed)["state"]) == ("document_batch_not_resumed", "EXPIRED")
    cancelled = bureau.post(bureau.hr, f"{BATCHES}/{failed}/cancel", status=200)
    assert (cancelled["state"], cancelled["parts"]) == ("CANCELLED", [])
    assert resume(bureau, failed, 409)["code"] == "document_batch_not_resumed"
    assert ask(bureau)["job_id"] != failed


def test_one_that_runs_is_not_resumed_and_only_hr_does(bureau, rated):
    batch = ask(bureau)["job_id"]
    assert resume(bureau, batch, 409)["code"] == "document_batch_not_resumed"
    for who in (bureau.siti, bureau.head, bureau.inspector):
        resume(bureau, batch, 403, who)
        bureau.get(who, BATCHES, 403)
