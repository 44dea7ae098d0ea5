"""`suar audit`: an operator verifies the chains of a service against checkpoints stored elsewhere."""

import json

import httpx
import pytest
from sqlalchemy import text

from chassis.audit import record, seal
from suar_cli.errors import RunnerError
from suar_operator.events import audit
from suar_operator.events.operator_client import OperatorClient

SERVICES = ("wellbeing",)


@pytest.fixture(scope="module")
def service(make_service):
    return make_service("wellbeing")


@pytest.fixture
def client(service, person):
    token = service.token(person("operator"))
    http = httpx.Client(transport=httpx.WSGITransport(app=service.app))
    yield OperatorClient(http, lambda name: f"http://{name}", lambda: f"Bearer {token}", who="uji", where="uji")
    http.close()


def run(service, sql, agency):
    with service.work.database.engine.begin() as connection:
        connection.execute(text(sql), {"agency": agency})


def check_of(client, agency, checkpoints=None):
    said, code = audit.check(client, SERVICES, checkpoints, as_json=True)
    (found,) = [one for one in json.loads(said) if one["agency_id"] == agency]
    return found["rows"], found["broken_at"], code


def test_a_trail_that_is_cut_off_is_shown_by_what_was_kept(service, client, agency, tmp_path):
    with service.work.transaction(agency) as tx:
        for number in range(1500):
            record(tx, "somebody", "read", "survey", number)
    while seal(service.work.database.engine):
        pass
    kept = tmp_path / "jejak.jsonl"
    assert "Simpan di luar mesin ini" in audit.heads(client, SERVICES, kept)
    assert check_of(client, agency, kept) == (1500, None, audit.WHOLE)
    run(service, "DELETE FROM audit WHERE agency_id = :agency AND chain > 1400", agency)
    assert check_of(client, agency) == (1400, None, audit.WHOLE)
    assert check_of(client, agency, kept) == (1400, 1401, audit.BROKEN)
    said, code = audit.check(client, SERVICES, kept, as_json=False)
    assert code == audit.BROKEN
    assert "RUSAK pada baris 1.401" in said


def test_a_file_without_checkpoints_is_refused(client, tmp_path):
    empty = tmp_path / "kosong.log"
    empty.write_text("{}\n")
    with pytest.raises(RunnerError, match="tidak berisi ujung jejak audit"):
        audit.check(client, SERVICES, empty, as_json=False)
    with pytest.raises(RunnerError, match="tidak dapat dibaca"):
        audit.check(client, SERVICES, tmp_path / "tiada.log", as_json=False)
