"""Direction 6: data come in from what exists, leave for whoever may have them, and survive the death of a process."""

import csv
import io
import os
import signal
from functools import partial
from typing import Any

import httpx
import pytest
from pytest_bdd import given, scenarios, then, when
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from chassis.waiting import Remaining
from suar_demo.client import Api, wait_for
from suar_operator.services import OWNERS
from tests.journeys.ministry import (
    APPRAISAL,
    IDENTITY,
    INCENTIVE,
    NOTIFICATION,
    PERSONNEL,
    TRAINING,
    Ministry,
)
from tests.journeys.people import employees_file, further_row
from tests.journeys.receiver import Receiver
from tests.journeys.system import System
from tests.journeys.words import Moment, iso, rows, says

pytestmark = pytest.mark.journey
scenarios("teknologi_informasi.feature")
COMPLETED, ACTIVATED = "appraisal.AppraisalCompleted.v1", "appraisal.PlanActivated.v1"
WORKERS = {"penilaian": "appraisal", "insentif": "incentive", "notifikasi": "notification"}


@when("petugas kepegawaian mengimpor berkas susulan dengan isi berikut")
def a_file_with_faults(ministry: Ministry, datatable: list[list[str]]) -> None:
    told = [
        further_row(number, one["nama"], {one["kolom yang salah"]: one["isinya"]} if one["kolom yang salah"] else {})
        for number, one in enumerate(rows(datatable), start=1)
    ]
    ministry.notes["file"] = employees_file(told)
    ministry.notes["job"] = ministry.bring_in("employees", ministry.notes["file"])


@then(says("pegawai yang bertambah adalah {nama}"))
def the_good_rows_came_in(ministry: Ministry, nama: str) -> None:
    before = set(ministry.people)
    assert set(ministry.read().people) - before == set(nama.split(", "))


@then("masalah yang didaftar adalah")
def the_faults_are_listed(ministry: Ministry, datatable: list[list[str]]) -> None:
    expected = rows(datatable)
    found = list(ministry.hr.pages(f"{PERSONNEL}/jobs/{ministry.notes['job']['id']}/issues"))
    assert [(str(one["row"]), one["column"], one["value"]) for one in found] == [
        (one["baris"], one["kolom"], one["isinya"]) for one in expected
    ]
    for one, wanted in zip(found, expected, strict=True):
        assert wanted["anjuran"] in one["expected"], one


@then("daftar masalah itu dapat diunduh sebagai berkas CSV")
def the_faults_are_downloaded(ministry: Ministry) -> None:
    answer = ministry.hr.raw("GET", f"{PERSONNEL}/jobs/{ministry.notes['job']['id']}/issues.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert len(list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))) == 1 + ministry.notes["job"]["issues"]


@when("berkas yang sama diimpor sekali lagi")
def it_is_imported_again(ministry: Ministry) -> None:
    ministry.system.consistency.wait_until_consistent()
    ministry.notes["told"] = published_ids(ministry)
    ministry.notes["people"] = dict(ministry.people)
    ministry.notes["job"] = ministry.bring_in("employees", ministry.notes["file"])


@then("tidak ada data yang berubah dan tidak ada kabar baru kepada layanan lain")
def nothing_changed(ministry: Ministry) -> None:
    ministry.system.consistency.wait_until_consistent()
    assert (ministry.notes["job"]["result"]["created"], ministry.notes["job"]["result"]["updated"]) == (0, 0)
    assert ministry.read().people == ministry.notes["people"]
    assert published_ids(ministry) == ministry.notes["told"]


@given("Badan Kepegawaian berlangganan hasil penilaian kementerian itu lewat webhook")
def a_subscription(ministry: Ministry, receiver: Receiver) -> None:
    subscriber = a_client(ministry, [COMPLETED], ["WEBHOOK"])
    opened = subscriber.post(
        f"{NOTIFICATION}/subscriptions", {"url": receiver.url, "event_types": [COMPLETED]}, keyed=False
    )
    receiver.secret = opened["secret"]


@then("Badan Kepegawaian menerima kabar hasil penilaian itu satu kali dengan tanda tangan yang sah")
def it_arrives_once(ministry: Ministry, receiver: Receiver) -> None:
    it_arrives(ministry, receiver)
    assert len(receiver.deliveries) == 1


@then(
    "Badan Kepegawaian menerima kabar hasil penilaian itu dengan tanda tangan yang sah, kiriman ulangnya bernomor sama"
)
def it_arrives(ministry: Ministry, receiver: Receiver) -> None:
    ministry.system.consistency.wait_until_consistent()
    told = [one["id"] for one in ministry.published("appraisal", "AppraisalCompleted")]
    ministry.system.consistency.wait_for("webhook sampai", lambda: len(receiver.events) >= len(told))
    assert (list(receiver.events), receiver.refused) == (told, 0)
    _fourth_quarter, annual = receiver.events.values()
    assert annual["data"]["evaluation_id"] == ministry.evaluation_of("Siti")


@then("kabar itu tidak memuat nama, NIP, atau catatan penilaian")
def it_holds_little(ministry: Ministry, receiver: Receiver) -> None:
    [(body, _)] = receiver.deliveries
    siti = ministry.people["Siti"]
    for private in (siti["name"], siti["nip"], "Capaian di bawah ekspektasi"):
        assert private not in body.decode()


@then("kiriman yang diubah satu huruf ditolak oleh pustaka yang sama")
def a_forgery_is_refused(receiver: Receiver) -> None:
    [(body, headers)] = receiver.deliveries
    webhook = Webhook(receiver.secret)
    assert webhook.verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        webhook.verify(body.replace(b"NEEDS_IMPROVEMENT", b"NEEDS_IMPROVEMENU"), headers)


@when("Badan Kepegawaian diberi izin membaca umpan data SKP dan hasil penilaian")
def a_feed(ministry: Ministry) -> None:
    ministry.system.consistency.wait_until_consistent()
    ministry.notes["subscriber"] = a_client(ministry, [ACTIVATED, COMPLETED], ["FEED"])


@then(says("umpan sejak {saat:Saat} berisi {nama}"))
def the_feed_from(ministry: Ministry, saat: Moment, nama: str) -> None:
    page = feed(ministry.notes["subscriber"], len(nama.split(", ")), since=iso(saat))
    assert [one["type"] for one in page["items"]] == nama.split(", ")
    assert {one["agency"] for one in page["items"]} == {ministry.agency}
    ministry.notes["cursor"] = page["next_cursor"]


@then("melanjutkan dari penanda terakhir tidak mengulang apa pun")
def nothing_twice(ministry: Ministry) -> None:
    page = ministry.notes["subscriber"].get(f"{NOTIFICATION}/feed", cursor=ministry.notes["cursor"])
    assert (page["items"], page["at_end"]) == ([], True)


@given("sebuah kementerian lain dengan pegawai dan pelanggannya sendiri", target_fixture="other")
def another_ministry(ministries: list[Ministry]) -> Ministry:
    found = ministries.pop()
    found.notes["subscriber"] = a_client(found, [ACTIVATED, COMPLETED], ["FEED"])
    return found


@then("bagi petugas kepegawaian kementerian lain, Siti dan dokumen-dokumennya tidak ada")
def nothing_is_there(ministry: Ministry, other: Ministry) -> None:
    ministry.system.consistency.wait_until_consistent()
    siti, plan = ministry.id_of("Siti"), ministry.notes["plan Siti"]["id"]
    paths = (
        f"{PERSONNEL}/employees/{siti}",
        f"{PERSONNEL}/org-units/{ministry.units['01']}",
        f"{APPRAISAL}/plans/{plan}",
        f"{APPRAISAL}/evaluations/{ministry.evaluation_of('Siti')}",
        f"{APPRAISAL}/evaluations/{ministry.evaluation_of('Siti')}/explanation",
        f"{TRAINING}/ledger/{siti}?year=2026",
        f"{INCENTIVE}/credit/{siti}",
        f"{INCENTIVE}/allowances?employee_id={siti}&year=2026",
    )
    found = {path: other.hr.raw("GET", path).status_code for path in paths}
    assert found == dict.fromkeys(paths, 404)


@then("daftar pegawai, SKP, dan penilaian kementerian lain tidak memuat Siti")
def nothing_is_listed(ministry: Ministry, other: Ministry) -> None:
    for path, options in (
        (f"{PERSONNEL}/employees", {}),
        (f"{APPRAISAL}/plans", {"year": 2026}),
        (f"{APPRAISAL}/evaluations", {"year": 2026}),
    ):
        assert ministry.id_of("Siti") not in {one["employee_id"] for one in other.hr.pages(path, **options)}


@then("umpan data pelanggan kementerian lain kosong")
def nothing_is_fed(other: Ministry) -> None:
    assert other.notes["subscriber"].get(f"{NOTIFICATION}/feed", since="2026-01-01")["items"] == []


@when("petugas kepegawaian kementerian lain mencoba membuat akun di kementerian ini")
def an_account_from_outside(ministry: Ministry, other: Ministry) -> None:
    account = {"username": "penyusup@contoh.example", "name": "Penyusup", "roles": ["hr_officer"]}
    body = {"agency_id": ministry.agency, "accounts": [account]}
    ministry.attempt(other.hr, "POST", f"{IDENTITY}/accounts/batch", json=body)


@then(
    "satu alamat memuat uraian API keenam layanan dan identitas, dan halaman untuk membacanya",
    target_fixture="described",
)
def one_description(system: System) -> dict[str, Any]:
    described: dict[str, Any] = system.edge.get("/api/v1/openapi.json")
    assert {path.split("/")[3] for path in described["paths"]} == set(OWNERS)
    page = system.edge.raw("GET", "/api/docs")
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    return described


@then("setiap operasinya menyebut siapa yang boleh memanggilnya")
def everybody_is_named(described: dict[str, Any]) -> None:
    operations = {
        f"{method} {path}": operation
        for path, item in described["paths"].items()
        for method, operation in item.items()
        if method in {"get", "put", "post", "patch", "delete"}
    }
    assert len(operations) > 200
    assert [name for name, one in operations.items() if not one.get("x-access")] == []


@when(says("proses kerja {layanan} dimatikan paksa"))
def workers_are_killed(system: System, layanan: str) -> None:
    kill(system, layanan)


@when(says("proses kerja {layanan} dimatikan paksa sekali lagi"))
def workers_are_killed_again(system: System, layanan: str) -> None:
    kill(system, layanan)


@then(says('{pegawai:Nama} mendapat tepat satu pesan "{judul}"'))
def exactly_one_message(ministry: Ministry, pegawai: str, judul: str) -> None:
    ministry.system.consistency.wait_until_consistent()
    assert [one["title"] for one in ministry.who(pegawai).pages(f"{NOTIFICATION}/inbox")].count(judul) == 1


def kill(system: System, named: str) -> None:
    """kill -9 the workers of these services; the runner starts them again."""
    for word, service in WORKERS.items():
        if word in named:
            name = f"{service}-worker"
            pid = wait_for(f"{name} berjalan", partial(system.running.pid_of, name))
            os.kill(pid, signal.SIGKILL)


def a_client(ministry: Ministry, types: list[str], channels: list[str]) -> Api:
    """HR lets a machine of another agency in, and grants it these events."""
    made = ministry.hr.post(f"{IDENTITY}/clients", {"name": "Badan Kepegawaian", "roles": ["subscriber"]})
    client_id = made["client"]["client_id"]
    grant = {
        "client_id": client_id,
        "subscriber_name": "Badan Kepegawaian",
        "event_types": types,
        "channels": channels,
        "legal_basis": "Nota kesepahaman pertukaran data 12/2026",
    }
    ministry.hr.post(f"{NOTIFICATION}/grants", grant)
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": made["client_secret"]}
    opened: httpx.Response = ministry.system.edge.raw("POST", f"{IDENTITY}/tokens", data=form)
    return ministry.system.edge.signed_in(opened.json()["access_token"], "Badan Kepegawaian")


def feed(subscriber: Api, count: int, **options: Any) -> dict[str, Any]:
    """The feed once it holds as many: it is put in order a moment after events are heard."""

    def asked() -> dict[str, Any] | Remaining:
        page: dict[str, Any] = subscriber.get(f"{NOTIFICATION}/feed", **options)
        return page if len(page["items"]) >= count else Remaining(count - len(page["items"]))

    return wait_for("umpan terisi", asked)


def published_ids(ministry: Ministry) -> list[str]:
    return [row["id"] for row in ministry.system.history("personnel") if row["agency_id"] == ministry.agency]
