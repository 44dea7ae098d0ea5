"""A policy published while a month is being worked out: one version for all chunks, and nothing is lost."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from chassis.unit_of_work import Transaction
from incentive.persistence.allowance_runs import load_run
from incentive.persistence.recalculations import enqueue_everybody
from incentive.use_cases.allowance_runs import calculate
from tests.incentive.builders import V1, match, ok


@pytest.fixture
def ready(ministry):
    ministry.policy()
    ministry.amounts()
    return ministry


def lines_for(ministry, someone, month):
    return [line for line in ministry.year(someone)["lines"] if line["month"] == month]


def test_a_policy_published_during_a_run_reaches_no_chunk_and_keeps_it_from_approval(ready, monkeypatch):
    monkeypatch.setattr(calculate, "CHUNK", 2)
    people = [ready.hire(employment_type="CPNS") for _ in range(5)]
    started = ok(ready.hr.post(f"{V1}/allowance-runs", json={"month": "2026-01"}), 202)
    assert ready.service.worker.jobs.run_step(ready.service.work)
    ready.policy("2026-01-01", cpns_factor="0.90")
    ready.service.run_jobs()
    assert {(line["policy_version"], line["amount"]) for one in people for line in ready.year(one)["lines"]} == {
        (1, 3_676_120)
    }
    run = ok(ready.hr.get(f"{V1}/allowance-runs/{started['id']}"))
    refused = ready.second.post(f"{V1}/allowance-runs/{run['id']}/approve", headers=match(run))
    assert (refused.status_code, refused.get_json()["code"]) == (409, "allowance_run_policy_replaced")
    assert "2026-01 memakai kebijakan versi 1" in refused.get_json()["detail"]
    assert "versi 2. Hitung ulang" in refused.get_json()["detail"]
    assert ready.pay("2026-01")["state"] == "PAID"
    ready.at(2026, 2, 27, 2)
    ready.pay("2026-02")
    lines = [line for one in people for line in lines_for(ready, one, "2026-01")]
    assert [(line["policy_version"], line["amount"]) for line in lines] == [(2, 4_135_635)] * 5


def test_a_policy_published_between_corrections_corrects_all_of_a_decided_month_alike(ready, monkeypatch):
    people = [ready.hire(employment_type="CPNS") for _ in range(4)]
    ready.pay("2026-01")
    ready.policy("2026-01-01", "2026-01-31", cpns_factor="0.90")
    ready.at(2026, 2, 27, 2)
    monkeypatch.setattr(calculate, "CHUNK", 2)
    started = ok(ready.hr.post(f"{V1}/allowance-runs", json={"month": "2026-02"}), 202)
    while not any(len(lines_for(ready, one, "2026-01")) > 1 for one in people):
        assert ready.service.worker.jobs.run_step(ready.service.work)
    ready.policy("2026-01-01", "2026-01-31", cpns_factor="0.95")
    ready.service.run_jobs()
    ready.decide(ok(ready.hr.get(f"{V1}/allowance-runs/{started['id']}")))
    for one in people:
        first, second = lines_for(ready, one, "2026-01")
        assert (second["policy_version"], first["amount"] + second["amount"]) == (3, 4_365_393)


def test_a_publication_waits_for_the_running_chunk_and_enqueues_its_lines(ready):
    ready.hire()
    started = ok(ready.hr.post(f"{V1}/allowance-runs", json={"month": "2026-01"}), 202)
    work = ready.service.work
    with work.transaction(ready.agency) as chunk, work.database.session(ready.agency) as session:
        load_run(chunk, UUID(started["id"]), lock=True)
        session.execute(text("SET LOCAL lock_timeout = '200ms'"))
        publication = Transaction(session, ready.agency, chunk.now, chunk.contracts)
        with pytest.raises(OperationalError, match="lock timeout"):
            enqueue_everybody(publication, date(2026, 1, 1), None, "policy")
        session.rollback()
    ready.service.run_jobs()
