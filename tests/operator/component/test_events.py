"""`suar events` against a whole running system: every command, through the edge and from the machine itself."""

import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
import psycopg
import pytest

from chassis.bus.message import Outgoing
from chassis.bus.publisher import Publisher
from chassis.bus.topology import Topology
from chassis.ids import new_id
from chassis.waiting import wait_for
from suar_cli.main import main
from suar_operator.operator_account import Password, create_operator
from suar_operator.services import SERVICES
from suar_runner.background import start_in_background
from suar_runner.options import Options
from suar_runner.status import describe

pytestmark = pytest.mark.faults
OPERATOR, PASSWORD = "operator@uji.example", "kunci-pengawas-yang-panjang-7"
FORGED: list[tuple[str, str]] = []
CONSUMERS = ("appraisal", "training", "incentive", "wellbeing", "notification")


@pytest.fixture(scope="module")
def running():
    home = Path(tempfile.mkdtemp(prefix="suar-test-"))
    home.chmod(0o755)
    started = start_in_background(Options(data=home / "data", port=0, mode="test"), lambda _words: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPERATOR_PASSWORD", PASSWORD)
        create_operator(started.folder, OPERATOR, "suar", Password(PASSWORD, ""))
    yield started
    started.stop()
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def suar(running, capsys, monkeypatch):
    """`suar events …` from the machine, or through the edge."""
    monkeypatch.setenv("OPERATOR_PASSWORD", PASSWORD)

    def run(*words, by="data"):
        door = ["--data", str(running.options.data)]
        if by == "url":
            door = ["--url", running.base_url, "--username", OPERATOR]
        with pytest.raises(SystemExit) as ended:
            main(["events", *words, *door])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture(autouse=True)
def forgeries(running):
    """What a test said in another's name is taken back, or a comparison would rightly name it."""
    yield FORGED
    for service, event_id in FORGED:
        sql(running, service, "DELETE FROM inbox WHERE event_id = %s", event_id)
        sql(running, service, "DELETE FROM deferred WHERE event_id = %s", event_id)
    FORGED.clear()


def sql(running, service, statement, *values):
    with psycopg.connect(running.access()["databases"][service], autocommit=True) as connection:
        found = connection.execute(statement, values)
        return found.fetchall() if found.description else found.rowcount


def is_processed(running, service, event_id):
    return bool(sql(running, service, "SELECT 1 FROM inbox WHERE event_id = %s", event_id))


def register(running):
    """Publish an event of personnel with five consumers; return its id once it has taken effect everywhere."""
    agency = f"uji-{uuid4().hex[:10]}"
    with httpx.Client(base_url=running.base_url, timeout=30) as http:
        signed = http.post("/api/v1/identity/sessions", json={"username": OPERATOR, "password": PASSWORD}).json()
        http.cookies.clear()
        body = {"id": agency, "name": "Instansi Uji", "time_zone": "Asia/Jakarta"}
        headers = {"Authorization": f"Bearer {signed['token']}"}
        http.post("/api/v1/personnel/agencies", json=body, headers=headers).raise_for_status()
    ((event_id,),) = sql(running, "personnel", "SELECT id FROM outbox WHERE agency_id = %s", agency)
    for service in CONSUMERS:
        wait_for(service, lambda service=service: is_processed(running, service, event_id))
    sql(running, "personnel", "UPDATE outbox SET published_at = now() - interval '5 min' WHERE id = %s", event_id)
    return str(event_id)


def park(running, service="training", name="Instansi"):
    """Publish an event that the service cannot handle, park it as after its last attempt, and return its id."""
    access, event_id, agency = running.access(), new_id(), f"uji-{uuid4().hex[:10]}"
    body = {
        "specversion": "1.0",
        "id": str(event_id),
        "source": "/suar/personnel",
        "type": "AgencyChanged",
        "subject": agency,
        "time": datetime.now(UTC).isoformat(),
        "dataschema": "/contracts/events/personnel/AgencyChanged.v1.schema.json",
        "agency": agency,
        "sequence": 1,
        "data": {"agency_id": agency, "name": name, "version": 1},
    }
    publisher = Publisher(access["bus_url"], Topology(access["bus_namespace"]))
    key = f"{service}.{agency}.personnel.AgencyChanged.v1"
    assert publisher.publish([Outgoing(key, str(event_id), json.dumps(body))], replay=True) == 1
    publisher.close()
    FORGED.append((service, str(event_id)))
    statement = "UPDATE deferred SET next_attempt_at = NULL, parked_at = now() WHERE event_id = %s"
    wait_for("the event is parked", lambda: sql(running, service, statement, event_id))
    return str(event_id)


@pytest.mark.parametrize("by", ["data", "url"])
def test_a_system_at_rest_is_well(suar, by):
    code, out, _ = suar("status", by=by)
    assert code == 0
    assert all(f"\n{service} " in out for service in SERVICES)
    assert "tidak ada yang diparkir" in out
    assert suar("parked", by=by)[:2] == (0, "Tidak ada peristiwa yang diparkir.\n")


def test_a_parked_event_is_seen_with_its_cause_mended_and_takes_effect(suar, running):
    event_id = park(running)
    code, out, _ = suar("status")
    assert code == 1
    assert "ada yang diparkir" in out
    code, out, _ = suar("parked", by="url")
    assert code == 1
    assert "ValidationError" in out
    assert "suar events retry training --producer personnel --name AgencyChanged --cause ValidationError" in out
    code, out, _ = suar("show", event_id)
    assert code == 0
    assert "Traceback" in out
    assert "time_zone" in out
    code, _, err = suar("edit", "training", event_id, "--set", "time_zone=7", "--reason", "zona waktu kurang")
    assert code == 1
    assert "time_zone: 7; seharusnya sesuai skema AgencyChanged.v1" in err
    words = ("edit", "training", event_id, "--set", "time_zone=Asia/Makassar", "--reason", "zona waktu kurang")
    code, out, err = suar(*words, "--retry", by="url")
    assert code == 0, err
    assert "Asia/Makassar" in out
    wait_for("training", lambda: is_processed(running, "training", event_id))
    trail = sql(running, "training", "SELECT action, actor FROM audit WHERE object_id = %s ORDER BY position", event_id)
    assert [action for action, _ in trail] == [
        "event_read",
        "event_read",
        "event_read",
        "event_edited",
        "event_retried",
    ]
    assert trail[0][1] != trail[-1][1], "who acted from the machine, and who was signed in"
    assert trail[0][1] in err or "Tercatat" in err


def test_a_group_is_discarded_for_a_reason_listed_and_put_away(suar, running, tmp_path):
    first, second = park(running, "wellbeing"), park(running, "wellbeing")
    group = ("--producer", "personnel", "--name", "AgencyChanged", "--cause", "ValidationError")
    code, out, _ = suar("discard", "wellbeing", *group, "--reason", "data uji coba", by="url")
    assert code == 0
    assert "2 peristiwa dibuang di wellbeing" in out
    code, out, _ = suar("list", "wellbeing", "--state", "DISCARDED")
    assert first in out
    assert "data uji coba" in out
    kept = tmp_path / "arsip.jsonl"
    code, out, _ = suar("archive", "wellbeing", "--out", str(kept))
    assert code == 0
    assert f"2 peristiwa diarsipkan ke {kept}" in out
    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    assert {line["event_id"] for line in lines} == {first, second}
    assert all(line["body"]["type"] == "AgencyChanged" and line["discard_reason"] for line in lines)
    assert kept.stat().st_mode & 0o077 == 0
    assert "tidak ada di antara peristiwa gagal" in suar("show", first, "wellbeing")[1]
    assert "Tidak ada peristiwa yang dibuang" in suar("archive", "wellbeing", "--out", str(kept))[1]


def test_retrying_what_has_not_failed_says_so(suar):
    code, out, _ = suar("retry", "training", str(new_id()))
    assert code == 1
    assert "tidak ada di antara peristiwa gagal training" in out
    code, out, _ = suar("retry", "training", "--all")
    assert code == 1
    assert out.startswith("Tidak ada yang dicoba lagi")


def test_what_is_meant_is_said_one_way_only(suar):
    code, _, err = suar("retry", "training")
    assert code == 2
    assert "sebutkan ID, atau kelompok" in err
    assert suar("discard", "training", str(new_id()), "--all", "--reason", "data uji")[0] == 2


@pytest.mark.parametrize("by", ["data", "url"])
def test_what_was_lost_is_found_replayed_and_takes_effect(suar, running, by):
    event_id = register(running)
    code, out, _ = suar("reconcile", by=by)
    assert code == 0, out
    assert "telah berlaku di semua" in out
    sql(running, "incentive", "DELETE FROM inbox WHERE event_id = %s", event_id)
    code, out, _ = suar("reconcile", by=by)
    assert code == 1
    assert "Hilang di incentive, diterbitkan personnel" in out
    assert event_id in out
    code, out, _ = suar("reconcile", "--producer", "personnel", "--consumer", "training", by=by)
    assert code == 0
    code, out, _ = suar("reconcile", "--repair", by=by)
    assert code == 0, out
    assert "dikirim ulang kepada incentive" in out
    assert sql(running, "incentive", "SELECT 1 FROM inbox WHERE event_id = %s", event_id) == [(1,)]
    code, out, _ = suar("replays", "personnel")
    assert "selesai" in out


def test_an_effect_that_nobody_published_is_named_too(suar, running):
    stray = str(new_id())
    sql(
        running,
        "appraisal",
        "INSERT INTO inbox (event_id, producer, name) VALUES (%s, 'personnel', 'AgencyChanged')",
        stray,
    )
    code, out, _ = suar("reconcile", "--json")
    assert code == 1
    pairs = {(pair["producer"], pair["consumer"]): pair for pair in json.loads(out)}
    assert pairs["personnel", "appraisal"]["unpublished"] == [stray]
    sql(running, "appraisal", "DELETE FROM inbox WHERE event_id = %s", stray)
    assert suar("reconcile")[0] == 0


def test_history_is_listed_and_replayed_to_who_exists(suar, running):
    event_id = register(running)
    code, out, _ = suar("history", "personnel", "--since", "5m")
    assert code == 0
    assert event_id in out
    code, out, _ = suar("replay", "personnel", "training", "--since", "5m", by="url")
    assert code == 0
    assert "Selesai:" in out
    code, _, err = suar("replay", "personnel", "payroll", "--since", "5m")
    assert code == 1
    assert "consumer: 'payroll'; seharusnya layanan yang tercantum dalam subscriptions.toml" in err
    assert "belum menerbitkan apa pun" in suar("history", "wellbeing", "--since", "1s")[1]


@pytest.mark.parametrize("by", ["data", "url"])
def test_who_takes_a_type_outside_is_asked_of_every_agency(suar, running, by):
    register(running)
    code, out, _ = suar("subscribers", "appraisal.AppraisalCompleted.v1", by=by)
    assert (code, out.strip()) == (
        0,
        "Tidak ada instansi atau sistem luar yang menerima appraisal.AppraisalCompleted.v1.",
    )
    code, _, err = suar("subscribers", "appraisal.Unknown.v1", by=by)
    assert code == 1
    assert "jenis peristiwa" in err


def test_the_status_of_the_processes_says_that_history_is_still_being_published(running):
    register(running)
    assert "masih mengirim riwayat" not in describe(running.folder)[0]
    with psycopg.connect(running.access()["databases"]["personnel"]) as connection:
        connection.execute("SELECT set_config('app.agency_id', agency_id, true) FROM agency LIMIT 1")
        connection.execute(
            "INSERT INTO org_unit (id, agency_id, code, name, active, version, timeline_version, created_at, updated_at) "
            "VALUES (%s, current_setting('app.agency_id'), '99', 'Unit', true, 1, 0, now(), now())",
            [uuid4()],
        )
    text, code = describe(running.folder)
    assert code == 0
    assert "personnel masih mengirim riwayat" in text
    assert "unit 0 dari 1" in text


def test_a_wrong_password_and_an_account_without_the_role_are_turned_away(suar, running, monkeypatch):
    monkeypatch.setenv("OPERATOR_PASSWORD", "bukan-itu")
    code, _, err = suar("status", by="url")
    assert code == 4
    assert err.startswith("suar: ")


def test_metrics_are_not_reached_through_the_edge(running):
    for path in (
        "/metrics",
        "/api/v1/training/metrics",
        "/api/v1/training/../../../metrics",
        "/api/v1/training/%2e%2e/%2e%2e/metrics",
    ):
        answer = httpx.get(running.base_url + path)
        assert "suar_" not in answer.text, path
        assert answer.status_code in {400, 401, 404}, path


def test_a_service_that_does_not_answer_stands_in_the_table(suar, running):
    socket_of = running.folder.run / "wellbeing.sock"
    hidden = socket_of.with_suffix(".hidden")
    socket_of.rename(hidden)
    try:
        code, out, _ = suar("status")
    finally:
        hidden.rename(socket_of)
    assert code == 1
    assert "tidak menjawab" in out
    assert "\ntraining " in out
