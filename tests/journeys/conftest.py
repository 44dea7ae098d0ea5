"""The stage of all features: one running system, an agency for each scenario, and the steps that several features share."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytest_bdd import given, then, when

from suar_demo.context import CALLERS
from suar_demo.stub_servers import MailSink
from testkit.plugin import add_to_summary
from tests.journeys.forms import decision, plan_of, rating
from tests.journeys.ministry import APPRAISAL, INCENTIVE, NOTIFICATION, TRAINING, WELLBEING, Ministry, match
from tests.journeys.pay import adopt_amounts, assert_lines, lines_of, pay, publish_policy
from tests.journeys.people import employees_file, newcomer_row
from tests.journeys.receiver import Receiver
from tests.journeys.recording import record, record_position, record_superiors
from tests.journeys.system import Backends, System, running_system
from tests.journeys.words import Moment, iso, says

# one scenario looks at another agency
OTHER_AGENCIES = 1


@pytest.fixture(scope="package")
def mail() -> Iterator[MailSink]:
    """A real mail server that keeps what it is given."""
    with MailSink() as sink:
        yield sink


@pytest.fixture(scope="package")
def system(postgres_url: str, bus_url: str, mail: MailSink, pytestconfig: pytest.Config) -> Iterator[System]:
    """The system under test: all processes, behind its one edge; it ends with the last feature."""
    backends = Backends.among(postgres_url, bus_url)
    add_to_summary(pytestconfig, f"journeys on {backends}")
    with running_system(backends, mail.url) as found:
        yield found


@pytest.fixture(scope="package")
def ministries(system: System, request: pytest.FixtureRequest) -> list[Ministry]:
    """An agency with its people for each scenario of this run, all made ready together to save time."""
    system.turn(2026, 1, 2, 8)
    wanted = sum(one.get_closest_marker("journey") is not None for one in request.session.items) + OTHER_AGENCIES
    with ThreadPoolExecutor(CALLERS) as pool:
        made = list(pool.map(lambda _: Ministry(system).register().populate(), range(wanted)))
    system.consistency.wait_until_consistent()
    return made


@pytest.fixture
def ministry(system: System, ministries: list[Ministry]) -> Ministry:
    """This scenario's own agency, on 2 January 2026; nobody else's scenario sees it."""
    system.turn(2026, 1, 2, 8)
    return ministries.pop()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Another agency's webhook receiver."""
    with Receiver() as sink:
        yield sink


@given("sebuah kementerian dengan lima belas pegawai di tiga unit kerja")
def a_ministry(ministry: Ministry) -> None:
    assert (len(ministry.people), len(ministry.units)) == (15, 3)


@given(says("hari ini {saat:Saat}"))
@when(says("hari berganti menjadi {saat:Saat}"))
def the_day(system: System, saat: Moment) -> None:
    system.turn(*saat)


@given(says("SKP {pegawai:Nama} tahun {tahun:d} sudah disetujui {penilai:Nama}"))
@when(says("SKP {pegawai:Nama} tahun {tahun:d} sudah disetujui {penilai:Nama}"))
def an_agreed_plan(ministry: Ministry, pegawai: str, tahun: int, penilai: str) -> None:
    plan = ministry.who(pegawai).post(f"{APPRAISAL}/plans", plan_of(tahun))
    ministry.notes[f"plan {pegawai}"] = plan
    submitted = ministry.who(pegawai).post(f"{APPRAISAL}/plans/{plan['id']}/submit")
    ministry.who(penilai).post(f"{APPRAISAL}/plans/{plan['id']}/activate", headers=match(submitted))


QUARTER = (
    "pada {saat:Saat} {penilai:Nama} menilai triwulan {triwulan:d} {pegawai:Nama}: "
    "hasil kerja {hasil:Nilai}, perilaku {perilaku:Nilai}"
)


@given(says(QUARTER))
@when(says(QUARTER))
def a_quarter_is_rated(
    ministry: Ministry, saat: Moment, penilai: str, triwulan: int, pegawai: str, hasil: str, perilaku: str
) -> None:
    ministry.system.turn(*saat)
    year = saat[0] - (triwulan == 4)
    body = {**rating(ministry.id_of(pegawai), hasil, perilaku), "year": year, "quarter": triwulan}
    if hasil == "BELOW":
        body["competency_codes"] = ["process_analysis"]
    answer = ministry.attempt(ministry.who(penilai), "POST", f"{APPRAISAL}/evaluations/periodic", json=body)
    assert answer.status_code == 201, answer.text
    ministry.notes[f"evaluation {pegawai}"] = answer.json()["id"]


ANNUAL = (
    "pada {saat:Saat} {penilai:Nama} menerbitkan evaluasi tahunan {pegawai:Nama}: "
    "hasil kerja {hasil:Nilai}, perilaku {perilaku:Nilai}"
)


@given(says(ANNUAL))
@when(says(ANNUAL))
def the_year_is_rated(ministry: Ministry, saat: Moment, penilai: str, pegawai: str, hasil: str, perilaku: str) -> None:
    ministry.system.turn(*saat)
    body = {**rating(ministry.id_of(pegawai), hasil, perilaku), "year": saat[0] - 1}
    issued = ministry.who(penilai).post(f"{APPRAISAL}/evaluations/annual", body)
    ministry.notes[f"evaluation {pegawai}"] = issued["id"]


@given(says("{pegawai:Nama} menyatakan sudah menerima dokumen evaluasinya"))
@when(says("{pegawai:Nama} menyatakan sudah menerima dokumen evaluasinya"))
def the_document_is_received(ministry: Ministry, pegawai: str) -> None:
    ministry.who(pegawai).post(f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}/receive")


@given(says("{pegawai:Nama} menyetujui dokumen evaluasinya"))
@when(says("{pegawai:Nama} menyetujui dokumen evaluasinya"))
def the_document_is_accepted(ministry: Ministry, pegawai: str) -> None:
    ministry.who(pegawai).post(f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}/accept")


@given(says("tepat pada {saat:Saat} {pegawai:Nama} mengajukan keberatan"))
@when(says("tepat pada {saat:Saat} {pegawai:Nama} mengajukan keberatan"))
def an_objection(ministry: Ministry, saat: Moment, pegawai: str) -> None:
    ministry.system.freeze(*saat)
    body = {"reasons": "Triwulan 3 dan 4 memenuhi ekspektasi.", "evidence_links": ["https://arsip.example/bukti"]}
    path = f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}/objection"
    answer = ministry.attempt(ministry.who(pegawai), "POST", path, json=body)
    if answer.is_success:
        ministry.notes["objection"] = answer.json()["id"]


CORRECTION = "pada {saat:Saat} {petugas:Nama} mengusulkan koreksi penilaian {pegawai:Nama}: hasil kerja {hasil:Nilai}, perilaku {perilaku:Nilai}"


@when(says(CORRECTION))
def a_correction(ministry: Ministry, saat: Moment, petugas: str, pegawai: str, hasil: str, perilaku: str) -> None:
    ministry.system.turn(*saat)
    found = rating(ministry.id_of(pegawai), hasil, perilaku)
    del found["employee_id"]
    order = {"reason": "Data waktu layanan keliru", "order_reference": "SK-12/2026"}
    path = f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}/corrections"
    ministry.notes["correction"] = ministry.who(petugas).post(path, {**found, **order})


@when(says("{petugas:Nama} mencoba menyetujui koreksi itu"))
def a_correction_is_approved(ministry: Ministry, petugas: str) -> None:
    order = ministry.notes["correction"]
    body = {"reason": "Sudah diperiksa"}
    path = f"{APPRAISAL}/corrections/{order['id']}/approve"
    ministry.attempt(ministry.who(petugas), "POST", path, json=body, headers=match(order))


ANSWERED = "pada {saat:Saat} {penilai:Nama} menanggapi keberatan {pegawai:Nama}"


@given(says(ANSWERED))
@when(says(ANSWERED))
def it_is_answered(ministry: Ministry, saat: Moment, penilai: str, pegawai: str) -> None:
    ministry.system.turn(*saat)
    statement = {"statement": "Target tahunan belum tercapai."}
    ministry.who(penilai).post(f"{APPRAISAL}/objections/{ministry.notes['objection']}/statement", statement)


DECISION = "pada {saat:Saat} {pemutus:Nama} memutus keberatan {pegawai:Nama}: hasil kerja {hasil:Nilai}, perilaku {perilaku:Nilai}"


@when(says(DECISION))
def it_is_decided(ministry: Ministry, saat: Moment, pemutus: str, pegawai: str, hasil: str, perilaku: str) -> None:
    ministry.system.turn(*saat)
    path = f"{APPRAISAL}/objections/{ministry.notes['objection']}/decision"
    ministry.who(pemutus).post(path, decision(hasil, perilaku))


@then(says('{pegawai:Nama} mendapat pesan "{judul}"'))
def a_message_arrives(ministry: Ministry, pegawai: str, judul: str) -> None:
    inbox = ministry.who(pegawai)
    ministry.system.consistency.wait_for(
        f"pesan {judul}", lambda: judul in {one["title"] for one in inbox.pages(f"{NOTIFICATION}/inbox")}
    )


@given(says("saldo angka kredit {pegawai:Nama} pada akhir 2025 adalah {saldo:Angka}"))
def opening_credit(ministry: Ministry, pegawai: str, saldo: str) -> None:
    body = {"level": "AHLI_PERTAMA", "balance": saldo, "base": "50.000", "as_of": "2025-12-31"}
    path = f"{INCENTIVE}/credit/{ministry.id_of(pegawai)}/opening"
    ministry.by_two("PUT", path, {**body, "reference": "PAK-2025-1"})


@then(says('saldo angka kredit {pegawai:Nama} menjadi {saldo:Angka} dengan hitungan "{hitungan}"'))
def credit_is_booked(ministry: Ministry, pegawai: str, saldo: str, hitungan: str) -> None:
    ministry.system.consistency.wait_until_consistent()
    found = ministry.who(pegawai).get(f"{INCENTIVE}/credit/{ministry.id_of(pegawai)}")
    assert (found["balance"], found["provisional_years"]) == (saldo, [])
    assert [one["formula"] for one in found["entries"]] == [hitungan]
    assert len(ministry.published("incentive", "CreditConverted")) == 1


@then(says('permintaan itu ditolak dengan penjelasan "{kalimat}"'))
def it_is_refused(ministry: Ministry, kalimat: str) -> None:
    assert ministry.answer is not None
    assert 400 <= ministry.answer.status_code < 500, ministry.answer.text
    problem = ministry.answer.json()
    told = " ".join([problem["detail"], *(str(one["expected"]) for one in problem.get("errors", []))])
    assert kalimat in told, problem


@then("permintaan itu diterima")
def it_is_accepted(ministry: Ministry) -> None:
    assert ministry.answer is not None
    assert ministry.answer.is_success, ministry.answer.text


@then("permintaan itu ditolak karena tidak berwenang")
def it_is_forbidden(ministry: Ministry) -> None:
    assert ministry.answer is not None
    assert ministry.answer.status_code == 403, ministry.answer.text


@when(says("pada {saat:Saat} {penilai:Nama} mencoba menilai triwulan {triwulan:d} {pegawai:Nama}"))
def a_quarter_is_attempted(ministry: Ministry, saat: Moment, penilai: str, triwulan: int, pegawai: str) -> None:
    ministry.system.turn(*saat)
    period = {"year": saat[0] - (triwulan == 4), "quarter": triwulan}
    body = {**rating(ministry.id_of(pegawai), "MEETS", "MEETS"), **period}
    ministry.attempt(ministry.who(penilai), "POST", f"{APPRAISAL}/evaluations/periodic", json=body)


@when(says("{pegawai:Nama} mengajukan SKP lanjutannya dan {penilai:Nama} menyetujuinya"))
def the_plan_goes_on(ministry: Ministry, pegawai: str, penilai: str) -> None:
    """A move has left a draft with the content of the plan that it ended."""
    plan = ministry.who(pegawai).get(f"{APPRAISAL}/me/plan", year=2026)
    submitted = ministry.who(pegawai).post(f"{APPRAISAL}/plans/{plan['id']}/submit")
    ministry.who(penilai).post(f"{APPRAISAL}/plans/{plan['id']}/activate", headers=match(submitted))


PLANS = "SKP {pegawai:Nama} terbagi: sampai {akhir:Saat} pada {lama:Nama}, sejak {awal:Saat} rancangan pada {baru:Nama}"


@then(says(PLANS))
def the_plan_is_divided(ministry: Ministry, pegawai: str, akhir: Moment, lama: str, awal: Moment, baru: str) -> None:
    ministry.system.consistency.wait_until_consistent()
    plans = ministry.hr.pages(f"{APPRAISAL}/plans", year=2026, employee_id=ministry.id_of(pegawai))
    shown = {(one["state"], one["first_day"], one["last_day"], one["appraiser_id"]) for one in plans}
    assert shown == {
        ("CLOSED", "2026-01-01", iso(akhir), ministry.id_of(lama)),
        ("DRAFT", iso(awal), None, ministry.id_of(baru)),
    }


MOVE = "{pegawai:Nama} pindah ke {unit:Unit} di bawah {atasan:Nama} sejak {hari:Saat}"


@given(says(MOVE))
@when(says(MOVE))
def somebody_moves(ministry: Ministry, pegawai: str, unit: str, atasan: str, hari: Moment) -> None:
    record_position(ministry, pegawai, iso(hari), unit=unit)
    record(ministry, pegawai, "superior", iso(hari), superior_id=ministry.id_of(atasan))


RISE = "{pegawai:Nama} naik ke kelas jabatan {kelas:d} sejak {hari:Saat}"


@given(says(RISE))
@when(says(RISE))
def somebody_rises(ministry: Ministry, pegawai: str, kelas: int, hari: Moment) -> None:
    record_position(ministry, pegawai, iso(hari), job_class=kelas)


@when(says("{pegawai:Nama} dicatat {keadaan:Keadaan} sejak {hari:Saat}"))
def a_status(ministry: Ministry, pegawai: str, keadaan: str, hari: Moment) -> None:
    record(ministry, pegawai, "status", iso(hari), status=keadaan)


@when(says("{pegawai:Nama} dicatat {keadaan:Keadaan} dari {hari:Saat} sampai {akhir:Saat}"))
def a_status_with_an_end(ministry: Ministry, pegawai: str, keadaan: str, hari: Moment, akhir: Moment) -> None:
    record(ministry, pegawai, "status", iso(hari), status=keadaan, until=iso(akhir))


@when(says("petugas menetapkan {atasan:Nama} sebagai atasan {orang:Orang} sejak {hari:Saat} dalam satu keputusan"))
def many_superiors(ministry: Ministry, atasan: str, orang: list[str], hari: Moment) -> None:
    nips = [ministry.people[name]["nip"] for name in orang]
    outcomes = record_superiors(ministry, nips, atasan, iso(hari))
    assert [one["outcome"] for one in outcomes] == ["RECORDED"] * len(orang)


NEW = "berkas pegawai baru memuat {pegawai:Nama}, masuk sejak {hari:Saat}"


@given(says(NEW))
@when(says(NEW))
def somebody_comes(ministry: Ministry, pegawai: str, hari: Moment) -> None:
    job = ministry.bring_in("employees", employees_file([newcomer_row(pegawai, iso(hari))]))
    assert job["result"]["created"] == 1
    ministry.read()
    ministry.system.consistency.wait_until_consistent()


@given("kebijakan tunjangan kinerja per hari kalender berlaku sejak Januari 2026")
def a_policy_by_days(ministry: Ministry) -> None:
    rules = publish_policy(ministry, "kementerian-contoh-per-hari")["rules"]
    assert (rules["changes"]["CLASS"], rules["changes"]["END"]) == ("CALENDAR_DAYS", "CALENDAR_DAYS")
    amounts = adopt_amounts(ministry)
    assert (amounts[8], amounts[9], amounts[12]) == (4_595_150, 5_079_200, 9_896_000)


PAID = "tunjangan {bulan:Bulan} dihitung oleh satu petugas, lalu disetujui dan dibayarkan oleh petugas kedua"


@given(says(PAID))
@when(says(PAID))
def it_is_paid(ministry: Ministry, bulan: str) -> None:
    ministry.notes["run"] = pay(ministry, bulan)


@when(says("tunjangan {bulan:Bulan} dihitung pada {saat:Saat}, lalu disetujui dan dibayarkan"))
def it_is_paid_on(ministry: Ministry, bulan: str, saat: Moment) -> None:
    ministry.notes["run"] = pay(ministry, bulan, *saat)


@then(says("baris tunjangan {pegawai:Nama} adalah"))
def the_lines(ministry: Ministry, pegawai: str, datatable: list[list[str]]) -> None:
    assert_lines(lines_of(ministry, pegawai), datatable)


@given(says("{pegawai:Nama} mengajukan SKP tahun 2026, rencana pengembangan diri, dan permohonan kerja fleksibel"))
def three_requests(ministry: Ministry, pegawai: str) -> None:
    me = ministry.who(pegawai)
    plan = me.post(f"{APPRAISAL}/plans", plan_of(2026))
    submitted = me.post(f"{APPRAISAL}/plans/{plan['id']}/submit")
    growth = me.post(f"{TRAINING}/plans", {"year": 2026})
    me.post(
        f"{TRAINING}/plans/{growth['id']}/items",
        {"goal": "Menguasai analisis proses", "kind_code": "WORKSHOP", "jp": 8},
    )
    me.post(f"{TRAINING}/plans/{growth['id']}/submit")
    wish = {"flexibility": "TIME", "begins_on": "2026-02-02", "ends_on": "2026-02-27"}
    arrangement = me.post(f"{WELLBEING}/arrangements", wish)
    ministry.notes["requests"] = (
        (f"{APPRAISAL}/plans/{plan['id']}/activate", {"headers": match(submitted)}),
        (f"{TRAINING}/plans/{growth['id']}/agree", {"json": {"note": "Setuju."}}),
        (
            f"{WELLBEING}/arrangements/{arrangement['arrangement_id']}/decision",
            {"json": {"decision": "APPROVED"}, "headers": match(arrangement)},
        ),
    )


@then(says("{atasan:Nama} tidak dapat menyetujui satu pun dari ketiga pengajuan {pegawai:Nama}"))
def the_former_superior_cannot(ministry: Ministry, atasan: str, pegawai: str) -> None:
    for path, options in ministry.notes["requests"]:
        answer = ministry.who(atasan).raw("POST", path, **options)
        assert answer.status_code in {403, 404}, (path, answer.text)


@then(says("{atasan:Nama} menyetujui ketiga pengajuan {pegawai:Nama}"))
def the_right_superior_can(ministry: Ministry, atasan: str, pegawai: str) -> None:
    for path, options in ministry.notes["requests"]:
        seen = options
        if path.endswith("/activate"):
            # the plan has followed the superior since: who agrees it has seen that
            seen = {"headers": match(ministry.who(atasan).get(path.removesuffix("/activate")))}
        answer = ministry.who(atasan).raw("POST", path, **seen)
        assert answer.status_code == 200, (path, answer.text)
