"""The audit trail is a chain: what is changed, taken out or cut off is found by verifying it."""

import json

import pytest
from sqlalchemy import text

from chassis import audit
from chassis.audit import CheckpointLog, first_broken, heads, read_checkpoints, seal
from testkit.logs import captured_logs
from tests.chassis.processes import environment_of, lines_of, process

ROWS = 5


@pytest.fixture
def trail(desk, agency):
    with desk.work.transaction(agency) as tx:
        for number in range(ROWS):
            audit.record(tx, "somebody", "read", "loan", number, title="é")
    while seal(desk.work.database.engine):
        pass
    yield agency
    change(desk, "DELETE FROM audit WHERE agency_id = :agency", agency)


def change(desk, sql, agency):
    with desk.work.database.engine.begin() as connection:
        connection.execute(text(sql), {"agency": agency})


def head_of(desk, agency):
    with desk.work.database.engine.connect() as connection:
        return next((one for one in heads(connection) if one.agency_id == agency), None)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Jayapura"])
def test_a_trail_holds_in_whatever_time_zone_it_is_read(desk, trail, zone):
    database = f'ALTER DATABASE "{desk.work.database.engine.url.database}"'
    change(desk, f"{database} SET timezone = '{zone}'", trail)
    desk.work.database.engine.dispose()
    try:
        assert first_broken(desk.work.database.engine, trail) is None
    finally:
        change(desk, f"{database} RESET timezone", trail)
        desk.work.database.engine.dispose()


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE audit SET action = 'wrote' WHERE agency_id = :agency AND chain = 2", 2),
        ("UPDATE audit SET at = at + interval '1 s' WHERE agency_id = :agency AND chain = 1", 1),
        ("DELETE FROM audit WHERE agency_id = :agency AND chain = 3", 3),
        ("DELETE FROM audit WHERE agency_id = :agency AND chain = 1", 1),
    ],
)
def test_the_first_row_that_does_not_hold_is_named(desk, trail, person, sql, broken, monkeypatch):
    change(desk, sql, trail)
    assert first_broken(desk.work.database.engine, trail) == broken
    monkeypatch.setattr("chassis.audit.BATCH", 2)
    assert first_broken(desk.work.database.engine, trail) == broken
    walked = desk.client(person("operator")).get(f"/api/v1/desk/audit/verify?agency={trail}&limit=1000")
    assert walked.json["broken_at"] == broken


def test_the_heads_are_logged_once_and_are_what_an_operator_sees(desk, trail, person):
    checkpoints = CheckpointLog(desk.work.database.engine, interval_seconds=0.0)
    with captured_logs() as first:
        checkpoints.write_if_due()
    with captured_logs() as second:
        checkpoints.write_if_due()
    (entry,) = [one for one in first if one["agency_id"] == trail]
    assert (entry["event"], entry["chain"]) == ("audit_checkpoint", ROWS)
    assert second == []
    listed = desk.client(person("operator")).get("/api/v1/desk/audit/heads").json["items"]
    (seen,) = [one for one in listed if one["agency_id"] == trail]
    assert (seen["chain"], seen["hash"]) == (entry["chain"], entry["hash"])
    assert desk.client(person("librarian")).get("/api/v1/desk/audit/heads").status_code == 403


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("SELECT 1", None),
        ("DELETE FROM audit WHERE agency_id = :agency AND chain = 5", ROWS),
        ("DELETE FROM audit WHERE agency_id = :agency", 1),
        # the whole trail was rewritten: a chain that holds, but another one
        ("UPDATE audit SET chain = NULL, hash = NULL, actor = 'nobody' WHERE agency_id = :agency", ROWS),
    ],
)
def test_what_was_cut_off_or_rewritten_contradicts_a_log_stored_elsewhere(desk, trail, tmp_path, sql, broken):
    head = head_of(desk, trail)
    stored = tmp_path / "worker.log"
    entry = {"event": "audit_checkpoint", "service": "desk", "agency_id": trail, "chain": head.chain, "hash": head.hash}
    stored.write_text(
        f"no json\n{{}}\n[]\n{json.dumps(entry)}\n{json.dumps({**entry, 'service': 'other', 'hash': ''})}\n"
    )
    change(desk, sql, trail)
    while seal(desk.work.database.engine):
        pass
    log = tmp_path / "audit.log"
    with process(log, environment_of(desk), "audit", "desk", "--checkpoints", str(stored)) as verifying:
        code = verifying.wait(60)
    found = {one["agency_id"]: one["broken_at"] for one in lines_of(log)}
    assert found[trail] == broken
    assert code == int(any(found.values()))


def test_lines_that_are_no_checkpoint_are_skipped():
    lines = ["x", "1", '{"event": "audit_checkpoint", "service": "desk", "agency_id": "a", "chain": "1", "hash": "00"}']
    assert read_checkpoints(lines, "desk") == {}
