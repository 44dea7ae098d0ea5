"""The command line for events: moments, ages, remarks, and mistakes of usage."""

import json
import re
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from suar_cli.main import main
from suar_operator.events.formatting import age, count, last_line, moment, table
from suar_operator.events.inspect import remarks_on
from suar_operator.events.operator_client import OperatorClient, account_of
from suar_operator.events.publication import line_of_instance, publication_line, publication_lines
from suar_operator.events.reconcile import Pair, is_in_transit, is_subscribed, report
from suar_operator.events.subscribers import subscribers
from suar_operator.folder import DataFolder

CALM = {
    "outbox": 0,
    "outbox_age": None,
    "queue_ready": 0,
    "dead_letters": 0,
    "bus_answers": True,
    "queue_consumers": 1,
    "parked": 0,
    "jobs_failed": 0,
    "timers_failing": 0,
}


def run(capsys, *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["events", *words])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.mark.parametrize(
    ("text", "ago"),
    [("90s", 90), ("90m", 5400), ("12j", 43200), ("12h", 43200), ("7d", 604800)],
)
def test_a_moment_may_be_so_long_ago(text, ago):
    assert abs(datetime.now(UTC) - timedelta(seconds=ago) - moment(text)) < timedelta(seconds=5)


def test_a_moment_with_an_offset_is_taken_as_written():
    assert moment("2026-07-01T08:00+07:00") == datetime(2026, 7, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["kemarin", "12", "7 hari", "", "2026-13-01"])
def test_anything_else_is_no_moment(text):
    with pytest.raises(ValueError, match=r".*"):
        moment(text)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(None, "-"), (0.4, "0 dtk"), (59, "59 dtk"), (90, "1,5 mnt"), (7200, "2,0 jam"), (172800, "2,0 hari")],
)
def test_an_age_is_read_at_a_glance(seconds, shown):
    assert age(seconds) == shown


def test_numbers_and_tables():
    assert (count(1234567), count(None)) == ("1.234.567", "?")
    assert table(("a", "n"), [("xx", "5")], frozenset({1})) == ["a   n", "xx  5"]
    assert last_line("Traceback\n  File x\nKeyError: 'name'\n\n") == "KeyError: 'name'"


@pytest.mark.parametrize(
    ("status", "remark"),
    [
        ({"parked": 2}, "ada yang diparkir"),
        ({"outbox": 5, "outbox_age": 61.0}, "outbox tertahan"),
        ({"bus_answers": False, "queue_ready": None, "queue_consumers": None}, "bus tidak menjawab"),
        ({"queue_ready": None, "queue_consumers": None}, "antrean tidak ada di bus"),
        ({"dead_letters": 1}, "ada pesan mati di broker"),
        ({"queue_consumers": 0}, "antrean tidak dibaca"),
        ({"jobs_failed": 3}, "3 pekerjaan gagal"),
        ({"timers_failing": 1}, "1 pengingat gagal"),
    ],
)
def test_what_somebody_must_look_at_has_a_remark(status, remark):
    assert remarks_on({**CALM, **status}, has_queue=True) == [remark]


def test_calm_has_none_and_a_bus_that_cannot_count_its_consumers_is_no_fault():
    assert remarks_on(CALM, has_queue=True) == []
    assert remarks_on({**CALM, "queue_consumers": None}, has_queue=True) == []
    assert remarks_on({**CALM, "queue_ready": None, "queue_consumers": None}, has_queue=False) == []
    assert remarks_on(None, has_queue=True) == ["tidak menjawab"]


def test_a_service_that_only_publishes_is_not_well_while_the_bus_is_away():
    status = {**CALM, "bus_answers": False, "queue": None, "queue_readers": None}
    assert remarks_on(status, has_queue=False) == ["bus tidak menjawab"]


def test_an_event_that_may_still_arrive_is_not_missing():
    now = datetime(2026, 7, 1, tzinfo=UTC)
    assert is_in_transit({"published_at": None}, now)
    assert is_in_transit({"published_at": (now - timedelta(seconds=5)).isoformat()}, now)
    assert not is_in_transit({"published_at": (now - timedelta(minutes=5)).isoformat()}, now)


def test_a_subscription_to_everything_includes_each_event():
    event = {"name": "AgencyChanged", "version": 1}
    assert is_subscribed({("*", "*", 0)}, "personnel", event)
    assert is_subscribed({("personnel", "AgencyChanged", 1)}, "personnel", event)
    assert not is_subscribed({("personnel", "AgencyChanged", 2)}, "personnel", event)


def test_a_comparison_without_differences_says_so_and_one_with_names_them():
    since = datetime(2026, 7, 1, tzinfo=UTC)
    assert "Semua yang diterbitkan telah berlaku" in report([Pair("personnel", "training", published=3)], since)[-1]
    assert "Belum ada yang diterbitkan" in report([Pair("personnel", "training")], since)[-1]
    event = {"id": "01a2", "name": "AgencyChanged", "recorded_at": "2026-07-01T00:00:00+00:00"}
    lines = report([Pair("personnel", "training", published=12, missing=[event] * 12)], since)
    assert any("Hilang di training" in line for line in lines)
    assert any("dan 2 lagi" in line for line in lines)


def test_who_acts_from_the_machine_keeps_one_id():
    assert account_of("siti@server") == account_of("siti@server") != account_of("budi@server")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["statsu"], "perintah 'statsu' tidak dikenal. Maksud Anda status?"),
        (["status", "trainng"], "LAYANAN: 'trainng' tidak dikenal; pilih salah satu: personnel,"),
        (["retry", "payroll", "--all"], "LAYANAN: 'payroll' tidak dikenal; pilih salah satu:"),
        (["show", "12"], "ID: '12' bukan id peristiwa (UUID)."),
        (["reconcile", "--since", "kemarin"], "--since: 'kemarin' bukan saat; tulis misalnya 2026-07-01"),
        (["replay", "personnel", "training"], "belum diisi: --since."),
        (["discard", "training", "--all"], "belum diisi: --reason."),
        ([], "belum diisi: PERINTAH."),
    ],
)
def test_a_mistake_is_answered_with_what_would_be_right(capsys, words, sentence):
    code, _, err = run(capsys, *words)
    assert code == 2
    assert f"suar: {sentence}" in err


@pytest.mark.parametrize(
    "verb",
    [
        "status",
        "parked",
        "replays",
        "list",
        "show",
        "history",
        "retry",
        "edit",
        "discard",
        "archive",
        "replay",
        "reconcile",
    ],
)
def test_each_verb_explains_itself_in_indonesian(capsys, verb):
    code, out, _ = run(capsys, verb, "--help")
    assert code == 0
    assert out.startswith(f"pemakaian: ./suar events {verb}")
    assert "--url" in out
    assert "usage" not in out


def test_nothing_that_runs_and_nobody_that_answers_have_codes_of_their_own(capsys, monkeypatch, tmp_path):
    monkeypatch.delenv("OPERATOR_PASSWORD", raising=False)
    code, _, err = run(capsys, "status", "--data", str(tmp_path))
    assert (code, "Tidak ada yang berjalan" in err) == (3, True)
    code, _, err = run(capsys, "status", "--url", "http://127.0.0.1:1", "--username", "x")
    assert (code, "OPERATOR_PASSWORD" in err) == (4, True)
    code, _, err = run(capsys, "status", "--url", "http://127.0.0.1:1")
    assert (code, "--username" in err) == (4, True)
    monkeypatch.setenv("OPERATOR_PASSWORD", "x")
    code, _, err = run(capsys, "status", "--url", "http://127.0.0.1:1", "--username", "x")
    assert (code, "Suar tidak menjawab di http://127.0.0.1:1" in err) == (3, True)


def test_the_status_shows_agencies_whose_timelines_are_still_being_published():
    done = {"agency_id": "kemdua", "people": 5, "people_published": 5, "units": 1, "units_published": 1}
    waiting = {
        "agency_id": "kemcontoh",
        "people": 100_000,
        "people_published": 51_000,
        "units": 40,
        "units_published": 40,
    }
    assert publication_lines([done]) == []
    text = "\n".join(publication_lines([done, waiting]))
    assert "kemcontoh" in text
    assert "kemdua" not in text
    assert count(51_000) in text
    assert publication_line([done]) is None
    line = publication_line([done, waiting]) or ""
    assert "kemcontoh: pegawai 51.000 dari 100.000, unit 40 dari 40" in line
    assert "2 instansi: pegawai 51.001" in (publication_line([{**done, "people_published": 1}, waiting]) or "")


def test_the_line_of_a_folder_in_which_nothing_runs_is_none(tmp_path):
    assert line_of_instance(DataFolder(tmp_path)) is None


TYPE = "personnel.EmployeeChanged.v1"
TAKER = {
    "client_id": "01a2",
    "subscriber_name": "Badan Kepegawaian",
    "grant_id": "01a3",
    "channels": ["FEED", "WEBHOOK"],
    "valid_until": None,
    "subscriptions": [{"subscription_id": "01a4", "host": "bkn.example", "state": "ACTIVE"}],
}
ANSWERS = {
    "/api/v1/personnel/agencies": {"items": [{"id": "kemcontoh"}, {"id": "kemdua"}], "next_cursor": None},
    "/api/v1/notification/event-types": {
        "items": [{"name": TYPE, "sunset": "2027-05-31", "successor": "personnel.EmployeeChanged.v2"}]
    },
}


@pytest.fixture
def client():
    """A system of two agencies, in one of which somebody takes a type that ends."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/subscribers"):
            takers = [TAKER] if request.url.params["agency_id"] == "kemcontoh" else []
            return httpx.Response(200, json={"items": takers})
        return httpx.Response(200, json=ANSWERS[request.url.path])

    http = httpx.Client(transport=httpx.MockTransport(answer))
    return OperatorClient(http, lambda _service: "http://suar", lambda: "Bearer x", who="siti", where="uji")


def test_who_takes_a_type_is_listed_agency_by_agency(client):
    first, headings, row = subscribers(client, TYPE, None, as_json=False).splitlines()
    assert first == f"{TYPE} berakhir 2027-05-31; penggantinya personnel.EmployeeChanged.v2."
    assert headings.split()[:3] == ["instansi", "penerima", "jalur"]
    assert re.split(r"  +", row) == ["kemcontoh", "Badan Kepegawaian", "FEED, WEBHOOK", "-", "bkn.example (ACTIVE)"]
    assert "Tidak ada" in subscribers(client, TYPE, "kemdua", as_json=False).splitlines()[-1]
    assert json.loads(subscribers(client, TYPE, None, as_json=True)) == [{"agency_id": "kemcontoh", **TAKER}]
