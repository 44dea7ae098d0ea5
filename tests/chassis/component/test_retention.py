"""Expired rows are deleted, needed ones stay, and no purged event takes effect a second time."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest
from desk.core import BookLent, HandledEvent
from desk.settings import Settings
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from chassis import audit, outbox, retention
from chassis.db import Database
from chassis.db.retention_watermark import lowest_id_at
from chassis.ids import new_id
from chassis.retention import RetentionPurge, RetentionRule, delete_oldest, retention_rules
from chassis.settings import SettingsError, load
from testkit.logs import captured_logs
from tests.chassis.component.test_deliveries import an_event, failed, handled, incoming


def made_days_ago(days):
    """An id as it would have been made then."""
    return UUID(int=lowest_id_at(datetime.now(UTC) - timedelta(days=days)).int | new_id().int & (1 << 80) - 1)


def event_of(days, agency, title="x"):
    event = an_event(agency, title)
    old = made_days_ago(days)
    return replace(event, id=old, body=event.body.replace(str(event.id), str(old)))


@pytest.fixture(autouse=True)
def no_watermark(desk):
    """A worker of another test may have advanced it."""
    forget = "DELETE FROM projection_version WHERE projection = 'retention_watermark'"
    ask(desk, forget)
    yield
    ask(desk, forget)


@pytest.fixture
def run(desk):
    """Apply one retention rule."""

    def purge(name, **kept):
        settings = replace(desk.app.extensions["suar_settings"], **kept)
        (chosen,) = [one for one in retention_rules(settings) if one.name == name]
        return RetentionPurge(desk.work.database.engine, []).apply(chosen, threading.Event())

    return purge


def ask(desk, sql, **values):
    with desk.work.database.engine.begin() as connection:
        found = connection.execute(text(sql), values)
        return found.scalar() if found.returns_rows else found.rowcount


def processed_days_ago(desk, event, days):
    desk.worker.inbox.receive([incoming(event)])
    ask(
        desk, "UPDATE inbox SET received_at = now() - make_interval(days => :d) WHERE event_id = :i", d=days, i=event.id
    )


def is_known(desk, event):
    return bool(ask(desk, "SELECT 1 FROM inbox WHERE event_id = :id", id=event.id))


def test_an_event_that_the_inbox_has_purged_is_parked_when_it_is_replayed(desk, agency, run, person):
    old, young, replayed = event_of(500, agency), event_of(300, agency), event_of(500, agency)
    for event, days in ((old, 500), (young, 300), (replayed, 10)):
        processed_days_ago(desk, event, days)
    assert run("inbox", inbox_retention_days=400) >= 1
    assert [is_known(desk, one) for one in (old, young, replayed)] == [False, True, True]
    before = handled(desk, agency)
    fresh = an_event(agency)
    desk.worker.inbox.receive([incoming(one) for one in (old, young, replayed, fresh)])
    desk.worker.inbox.receive([incoming(old, redelivered=True)])
    assert handled(desk, agency) == before | {fresh.id}
    assert {key: row["cause"] for key, row in failed(desk, agency).items()} == {old.id: "older_than_retention"}
    assert failed(desk, agency)[old.id]["parked_at"] is not None
    unknown = {"ids": [str(made_days_ago(500)), str(made_days_ago(300))]}
    operator = desk.client(person("operator"))
    assert operator.post("/api/v1/desk/events/unprocessed", json=unknown).json["ids"] == unknown["ids"][1:]


def test_what_an_operator_knows_to_be_missing_takes_effect_all_the_same(desk, agency, run, person):
    run("inbox", inbox_retention_days=400)
    missed = event_of(500, agency)
    desk.worker.inbox.receive([incoming(missed)])
    assert handled(desk, agency) == set()
    desk.client(person("operator")).post(f"/api/v1/desk/events/failed/{missed.id}/retry")
    desk.worker.inbox.retry_due()
    assert handled(desk, agency) == {missed.id}
    assert failed(desk, agency) == {}


def test_a_service_that_has_purged_nothing_takes_all_history(desk, agency):
    events = [event_of(days, agency) for days in (2000, 40, 1)]
    desk.worker.inbox.receive([incoming(one) for one in events])
    assert handled(desk, agency) == {one.id for one in events}


def test_history_is_kept_unless_configured_otherwise_and_never_goes_unpublished_or_under_a_replay(
    desk, agency, run, person
):
    ids = []
    for _ in range(3):
        with desk.work.transaction(agency) as tx:
            ids.append(outbox.record(tx, BookLent(loan_id=new_id(), title="x")))
    ask(
        desk, "UPDATE outbox SET recorded_at = now() - interval '90 days', published_at = now() WHERE id = :i", i=ids[0]
    )
    ask(desk, "UPDATE outbox SET recorded_at = now() - interval '90 days', published_at = NULL WHERE id = :i", i=ids[1])
    assert "outbox" not in {one.name for one in retention_rules(desk.app.extensions["suar_settings"])}
    replay_id = new_id()
    ask(
        desk,
        "INSERT INTO replay (id, consumer, hears, since, requested_by) VALUES (:id, 'x', '[]', now(), 'x')",
        id=replay_id,
    )
    assert run("outbox", outbox_retention_days=60) == 0
    ask(desk, "DELETE FROM replay WHERE id = :id", id=replay_id)
    run("outbox", outbox_retention_days=60)
    left = [bool(ask(desk, "SELECT 1 FROM outbox WHERE id = :id", id=one)) for one in ids]
    ask(desk, "UPDATE outbox SET published_at = now() WHERE published_at IS NULL")
    assert left == [False, True, True]
    unrecorded = {"ids": [str(made_days_ago(90)), str(made_days_ago(50))]}
    operator = desk.client(person("operator"))
    assert operator.post("/api/v1/desk/events/unpublished", json=unrecorded).json["ids"] == unrecorded["ids"][1:]


def test_a_stored_answer_goes_after_its_time(desk, person, run):
    client, keys = desk.client(person("librarian")), [str(new_id()), str(new_id())]
    for key in keys:
        assert (
            client.post("/api/v1/desk/loans", json={"title": "x"}, headers={"Idempotency-Key": key}).status_code == 201
        )
    ask(desk, "UPDATE idempotency SET created_at = now() - interval '49 hours' WHERE key = :key", key=keys[0])
    run("idempotency")
    left = [ask(desk, "SELECT count(*) FROM idempotency WHERE key = :key", key=key) for key in keys]
    assert left == [0, 1]


def test_the_file_and_the_faults_of_a_finished_job_go_but_not_the_job(desk, agency, run):
    jobs = {}
    for status, days in (("DONE", 100), ("DONE", 3), ("FAILED", 100)):
        jobs[status, days] = made_days_ago(days)
        ask(
            desk,
            "INSERT INTO job (id, agency_id, kind, status, content, created_at, updated_at) "
            "VALUES (:id, :agency, 'x', :status, 'file', now(), now())",
            id=jobs[status, days],
            agency=agency,
            status=status,
        )
        ask(desk, "INSERT INTO job_issue VALUES (:id, 1, 2, 'nip', '1', 'x', 'y')", id=jobs[status, days])
    run("job_files")
    run("job_issues")
    files = "SELECT count(content) FROM job WHERE id = :id"
    issues = "SELECT count(*) FROM job_issue WHERE job_id = :id"
    assert [(ask(desk, files, id=one), ask(desk, issues, id=one)) for one in jobs.values()] == [(0, 0), (1, 1), (1, 1)]
    assert ask(desk, "SELECT count(*) FROM job WHERE agency_id = :agency", agency=agency) == 3


def test_much_goes_in_small_batches_and_one_worker_at_a_time(desk, run, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 10)
    monkeypatch.setattr(retention, "PAUSE_SECONDS", 0.0)
    rows = (
        "INSERT INTO inbox_attempt SELECT gen_random_uuid(), 1, now() - interval '31 days' FROM generate_series(1, 25)"
    )
    ask(desk, rows)
    with desk.work.database.engine.begin() as other:
        other.execute(text("SELECT pg_advisory_xact_lock(hashtext('suar-retention'))"))
        assert run("inbox_attempts") == 0
    # what somebody holds is left for another time
    with desk.work.database.engine.begin() as other:
        other.execute(text("SELECT 1 FROM inbox_attempt WHERE at < now() - interval '30 days' LIMIT 1 FOR UPDATE"))
        assert run("inbox_attempts") == 24
    assert run("inbox_attempts") == 1


def test_rows_behind_row_level_security_go_agency_by_agency(desk, agency, run):
    agencies = [agency, agency + "-x"]
    for one in agencies:
        with desk.work.transaction(one) as tx:
            audit.record(tx, "somebody", "read", "loan", 1)
            for sequence in (1, 2):
                tx.session.add(HandledEvent(id=new_id(), agency_id=one, subject="purge", sequence=sequence))
    statement = delete_oldest("handled", "subject = 'purge' AND sequence = 1", "id")
    hidden, seen = (RetentionRule("handled", statement, timedelta(0), per_agency=known) for known in (False, True))
    purge = RetentionPurge(desk.work.database.engine, [])
    assert [purge.apply(one, threading.Event()) for one in (hidden, seen)] == [0, 2]
    assert [len(handled(desk, one)) for one in agencies] == [1, 1]


def test_a_stop_is_heeded_between_batches(desk, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 10)
    ask(
        desk,
        "INSERT INTO inbox_attempt SELECT gen_random_uuid(), 1, now() - interval '31 days' FROM generate_series(1, 15)",
    )
    (rule,) = [one for one in retention_rules(desk.app.extensions["suar_settings"]) if one.name == "inbox_attempts"]
    stop = SimpleNamespace(is_set=iter([False, True]).__next__, wait=lambda _seconds: True)
    assert RetentionPurge(desk.work.database.engine, []).apply(rule, stop) == 10
    assert RetentionPurge(desk.work.database.engine, []).apply(rule, threading.Event()) == 5


@pytest.mark.parametrize(("name", "value"), [("INBOX_RETENTION_DAYS", "29"), ("IDEMPOTENCY_RETENTION_HOURS", "0")])
def test_a_time_that_would_break_a_promise_is_refused(desk, name, value):
    settings = desk.app.extensions["suar_settings"]
    environment = {
        "DESK_DATABASE_URL": settings.database_url,
        "AUTH_PUBLIC_KEY_FILE": str(settings.auth_public_key_file),
        "CONTRACTS_DIR": str(settings.contracts_dir),
        name: value,
    }
    with pytest.raises(SettingsError, match=f"{name} = '{value}' is unusable"):
        load(Settings, "desk", environment)


def test_a_body_keeps_the_id_that_it_was_made_with(agency):
    event = event_of(500, agency)
    assert json.loads(event.body)["id"] == str(event.id)
    assert event.id.version == 7


def test_a_rule_that_fails_does_not_block_the_others(desk, agency):
    ask(desk, "INSERT INTO inbox_attempt VALUES (:id, 1, now() - interval '31 days')", id=(old := new_id()))
    rules = retention_rules(desk.app.extensions["suar_settings"])
    broken = RetentionRule("broken", delete_oldest("no_such_table", "true", "1"), timedelta(days=1))
    with captured_logs() as logged:
        RetentionPurge(desk.work.database.engine, [broken, *rules]).apply_all(threading.Event())
    assert [one["rule"] for one in logged if one["event"] == "purge_failed"] == ["broken"]
    assert ask(desk, "SELECT 1 FROM inbox_attempt WHERE event_id = :id", id=old) is None


def test_a_database_that_is_away_is_no_fault_of_the_rules(desk):
    away = Database.connect("postgresql://nobody@127.0.0.1:1/nothing").engine
    rules = retention_rules(desk.app.extensions["suar_settings"])
    with captured_logs() as logged, pytest.raises(OperationalError):
        RetentionPurge(away, rules).apply_all(threading.Event())
    assert logged == []
