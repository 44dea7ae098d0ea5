"""A second agency, whose people do not stand still: a move, an acting superior, a late retirement, a newcomer.

Its figures are few enough to work out by hand; each check says how.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from suar_demo.client import Api, finish_job
from suar_demo.context import YEAR, DemoContext, Person
from suar_demo.ratings import Rating
from suar_demo.scenario import rupiah
from suar_demo.steps.cycle import APPRAISAL, plan_content
from suar_demo.steps.incentive import INCENTIVE, match, run_month
from suar_demo.steps.people import PERSONNEL, activate, create_accounts, let_officers_be_nobody, load_people

AGENCY, NAME = "lembagacontoh", "Lembaga Contoh"
POLICY, AMOUNTS = "kementerian-contoh-per-hari", "perpres-103-2022"
GENERAL, ARCHIVE = "01.01", "01.02"
UNITS = (
    {"kode": "01", "nama": "Sekretariat", "kode_induk": "", "nip_pimpinan": "197105051996031901"},
    {"kode": GENERAL, "nama": "Bagian Umum", "kode_induk": "01", "nip_pimpinan": "197806062003122902"},
    {"kode": ARCHIVE, "nama": "Bagian Arsip", "kode_induk": "01", "nip_pimpinan": "198007072005011903"},
)
# number, name, unit, superior's number, kind of post
PEOPLE = (
    ("197105051996031901", "Indra Gunawan", "01", "", "JPT_PRATAMA"),
    ("197806062003122902", "Laras Ayu", GENERAL, "197105051996031901", "PENGAWAS"),
    ("198007072005011903", "Guntur Wibowo", ARCHIVE, "197105051996031901", "PENGAWAS"),
    ("199201012019032904", "Wulan Sari", GENERAL, "197806062003122902", "JF"),
    ("199302022019031905", "Damar Jati", GENERAL, "197806062003122902", "JF"),
    ("196607011990031906", "Hendra Kusuma", GENERAL, "197806062003122902", "JF"),
)
NEWCOMER = ("199504042020122907", "Putri Maharani", GENERAL, "197806062003122902", "JF")
POSTS = {
    "JPT_PRATAMA": ("SES", "Sekretaris", "", "IV/c", "15"),
    "PENGAWAS": ("KABAG", "Kepala Bagian", "", "III/d", "9"),
    "JF": ("ARS-1", "Arsiparis Ahli Pertama", "AHLI_PERTAMA", "III/b", "8"),
}
# of the six, those who hold the office of HR besides: acts that take two people are theirs
OFFICERS = ("Damar", "Wulan")
PAID_MONTHS = (7, 8, 9, 11)
WHY = {"reason": "Sesuai surat keputusan", "decision_number": "SK-7/LC/2026"}


@dataclass(frozen=True)
class Lives:
    """The second agency's context, and its people by their first names."""

    context: DemoContext
    people: dict[str, Person]

    @classmethod
    def of(cls, context: DemoContext) -> "Lives":
        found: DemoContext = context.notes["lives"]
        return cls(found, {person.name.split()[0]: person for person in found.people.values()})


def open_agency(main: DemoContext) -> None:
    """Another agency with its own officers, policy and six people; nobody of one reads anything of the other."""
    body = {"id": AGENCY, "name": NAME, "time_zone": "Asia/Jakarta"}
    main.operator.post(f"{PERSONNEL}/agencies", body)
    context = DemoContext(
        main.api, main.scenario, main.sample, main.operator, AGENCY, main.password, accounts=main.accounts
    )
    context.consistency = main.consistency
    officers = [(f"{name}@{AGENCY}.example", f"Petugas {NAME} {name}") for name in ("satu", "dua")]
    accounts = [{"username": user, "name": name, "roles": ["hr_officer"]} for user, name in officers]
    let_officers_be_nobody(main.operator, AGENCY)
    made = create_accounts(main.operator, accounts, AGENCY)
    context.hr, context.second_hr = (
        activate(context, user, name, made[user], role=f"pengelola kepegawaian {NAME}") for user, name in officers
    )
    _import(context, "units", [{**unit, "aktif": "ya"} for unit in UNITS])
    _import(context, "employees", [_row(*one) for one in PEOPLE])
    load_people(context)
    # identity makes accounts only of people whom personnel has made known to it
    main.consistency.wait_until_consistent()
    for person in context.people.values():
        _sign_in(context, person)
    main.notes["lives"] = context
    by_name = Lives.of(main).people
    context.officers = (by_name["Damar"].me, by_name["Wulan"].me)
    _publish_policy(context)
    main.scenario.show(f"{NAME}: {len(context.people)} pegawai, tunjangan dihitung per hari kalender.")


def agree_plans(main: DemoContext) -> None:
    lives = Lives.of(main)
    for name in ("Wulan", "Damar", "Hendra"):
        _agree(lives, name, "Laras")
    main.scenario.show(f"{NAME}: SKP Wulan, Damar, dan Hendra disetujui Laras Ayu.")


def rate_first_quarter(main: DemoContext) -> None:
    lives = Lives.of(main)
    for name in ("Wulan", "Damar", "Hendra"):
        _rate(lives, "Laras", name, 1, "MEETS", "MEETS")


def transfer(main: DemoContext) -> None:
    """15 May: Wulan moves to another head and class; the former head rates her days until then, pay is divided."""
    lives, context = Lives.of(main), Lives.of(main).context
    wulan, laras, guntur = (lives.people[name] for name in ("Wulan", "Laras", "Guntur"))
    main.turn_clock(YEAR, 5, 15, 9)
    path = f"{PERSONNEL}/employees/{wulan.employee_id}"
    shown = context.hr.get(path)
    post = {key: shown[key] for key in ("position_code", "position_title", "position_kind", "position_level")}
    _record(context, wulan, "assignments", f"{YEAR}-05-15", **post, unit_id=guntur.unit_id, job_class=9)
    _record(context, wulan, "superior", f"{YEAR}-05-15", superior_id=guntur.employee_id)
    main.consistency.wait_until_received("appraisal", "personnel")
    plan = wulan.me.get(f"{APPRAISAL}/me/plan", year=YEAR)
    _submit_and_agree(wulan, guntur, plan["id"])
    main.scenario.show("15 Mei: Wulan pindah ke Bagian Arsip, kelas 9; SKP-nya berlanjut pada Guntur Wibowo.")
    main.turn_clock(YEAR, 5, 28, 9)
    days = {**Rating("ABOVE", "ABOVE").body(wulan, None), "year": YEAR, "quarter": 2, "first_day": f"{YEAR}-04-01"}
    del days["competency_codes"]
    rated = laras.me.post(f"{APPRAISAL}/evaluations/segments", days)
    until = f"{rated['predicate']} sampai {rated['last_day']}"
    main.scenario.check("hari-hari Wulan dinilai penilai lama", f"VERY_GOOD sampai {YEAR}-05-14", until)
    _pay(context, 5)
    # (14 × 4.595.150 + 17 × 5.079.200) / 31 = 150.678.500 / 31 = 4.860.596,77
    line = _line(wulan, 5)
    main.scenario.check("tukin Mei Wulan, 14 hari kelas 8 dan 17 hari kelas 9", rupiah(4_860_597), rupiah(line))


def stand_in_for_a_week(main: DemoContext) -> None:
    """6 to 10 July: Laras is away, Guntur acts for her and rates; the results bear her name, and say that he acted."""
    lives, context = Lives.of(main), Lives.of(main).context
    laras, guntur = lives.people["Laras"], lives.people["Guntur"]
    days = {"first_day": f"{YEAR}-07-06", "last_day": f"{YEAR}-07-10"}
    order = {"kind": "PLH", "order_number": "SPRIN-3/LC/2026", "scope": ["APPRAISE"]}
    people = {"in_place_of_id": laras.employee_id, "substitute_id": guntur.employee_id}
    context.hr.post(f"{PERSONNEL}/substitutions", {**order, **people, **days})
    main.consistency.wait_until_received("appraisal", "personnel")
    main.turn_clock(YEAR, 7, 7, 9)
    damar = _rate(lives, "Guntur", "Damar", 2, "MEETS", "MEETS")
    named = {laras.employee_id: "Laras", guntur.employee_id: "Guntur"}
    how = f"{damar['rated_capacity']}: {named[damar['rated_by']]} bagi {named[damar['appraiser_id']]}"
    main.scenario.check("triwulan 2 Damar dinilai pelaksana harian", "ACTING: Guntur bagi Laras", how)
    wulan = _rate(lives, "Guntur", "Wulan", 2, "MEETS", "MEETS")
    why = lives.people["Wulan"].me.get(f"{APPRAISAL}/evaluations/{wulan['id']}/explanation")
    both = f"{wulan['predicate']}, bagian lama {why['segment_ratings'][0]['predicate']}"
    main.scenario.check("hasil resmi triwulan 2 Wulan oleh penilai akhir", "GOOD, bagian lama VERY_GOOD", both)


def pay_month(main: DemoContext, month: int) -> None:
    if month in PAID_MONTHS:
        _pay(Lives.of(main).context, month)


def record_late_retirement(main: DemoContext) -> None:
    """1 September: the office learns that Hendra has been retired since 1 July; two months are paid already."""
    main.turn_clock(YEAR, 9, 1, 9)
    lives = Lives.of(main)
    _record(lives.context, lives.people["Hendra"], "status", f"{YEAR}-07-01", status="RETIRED")
    main.scenario.show("Hendra pensiun sejak 1 Juli; suratnya baru dicatat pada 1 September.")


def claim_back(main: DemoContext) -> None:
    """The run of September corrects both months; nobody is paid a negative sum, so a claim with instalments is made."""
    lives, context = Lives.of(main), Lives.of(main).context
    hendra = lives.people["Hendra"]
    year = context.hr.get(f"{INCENTIVE}/allowances", employee_id=hendra.employee_id, year=YEAR)
    taken = -sum(line["amount"] for line in year["lines"] if line["kind"] == "ADJUSTMENT")
    # Juli dan Agustus: 2 × 4.595.150
    main.scenario.check("koreksi tukin Hendra, pensiun tercatat terlambat", rupiah(9_190_300), rupiah(taken))
    claim = context.hr.get(f"{INCENTIVE}/claims", employee_id=hendra.employee_id)["items"][0]
    main.scenario.check("tagihan kepada Hendra", rupiah(9_190_300), rupiah(claim["outstanding"]))
    plan = {"instalment": 383_000, "from_month": f"{YEAR}-10", "interview_note": "Setuju mengangsur lewat kas negara"}
    path = f"{INCENTIVE}/claims/{claim['id']}"
    first = context.officers[0]
    context.by_two(first.put(f"{path}/plan", plan, headers=match(claim)), "incentive")
    received = {"amount": 383_000, "reference": "NTPN-1A2B3C4D"}
    context.by_two(first.post(f"{path}/repayments", received), "incentive")
    rest = context.hr.get(path)
    # 9.190.300 − 383.000
    left = f"{rest['state']}, sisa {rupiah(rest['outstanding'])}"
    main.scenario.check("tagihan sesudah angsuran pertama", "PLANNED, sisa Rp8.807.300", left)


def welcome_newcomer(main: DemoContext) -> None:
    """2 November: somebody joins, and has a plan for the two months that are left."""
    main.turn_clock(YEAR, 11, 2, 9)
    context = Lives.of(main).context
    _import(context, "employees", [{**_row(*NEWCOMER), "tmt_jabatan": f"{YEAR}-11-02"}])
    load_people(context)
    for service in ("appraisal", "incentive", "identity"):
        main.consistency.wait_until_received(service, "personnel")
    putri = Lives.of(main).people["Putri"]
    _sign_in(context, putri)
    _agree(Lives.of(main), "Putri", "Laras")
    opening = {"level": "AHLI_PERTAMA", "balance": "0.000", "base": "0.000", "as_of": f"{YEAR}-11-01"}
    path = f"{INCENTIVE}/credit/{putri.employee_id}/opening"
    context.by_two(context.officers[0].put(path, {**opening, "reference": "PAK-2026-11"}), "incentive")
    main.scenario.show("Putri Maharani masuk pada 2 November dan SKP-nya disetujui.")


def check_newcomer_pay(main: DemoContext) -> None:
    # 29/30 × 4.595.150 = 4.441.978,33
    found = _line(Lives.of(main).people["Putri"], 11)
    main.scenario.check("tukin November Putri, masuk pada 2 November", rupiah(4_441_978), rupiah(found))


def rate_newcomer(main: DemoContext) -> None:
    _rate(Lives.of(main), "Laras", "Putri", 4, "MEETS", "MEETS")


def finish_newcomers_year(main: DemoContext) -> None:
    """The annual result covers the days in service, and credit counts their months."""
    lives = Lives.of(main)
    putri, laras = lives.people["Putri"], lives.people["Laras"]
    issued = laras.me.post(
        f"{APPRAISAL}/evaluations/annual", {**Rating("MEETS", "MEETS").body(putri, None), "year": YEAR}
    )
    days = f"{issued['first_day']} sampai {issued['last_day']}"
    main.scenario.check("evaluasi tahunan Putri mencakup", f"{YEAR}-11-02 sampai {YEAR}-12-31", days)
    for step in ("receive", "accept"):
        putri.me.post(f"{APPRAISAL}/evaluations/{issued['id']}/{step}")


def check_newcomers_credit(main: DemoContext) -> None:
    # 2/12 × 100% × 12,5 = 2,083
    putri = Lives.of(main).people["Putri"]
    credit = putri.me.get(f"{INCENTIVE}/credit/{putri.employee_id}")
    main.scenario.check("angka kredit Putri untuk dua bulan", "2.083", credit["balance"])


def _agree(lives: Lives, name: str, head: str) -> None:
    person = lives.people[name]
    plan = person.me.post(f"{APPRAISAL}/plans", plan_content(person, []))
    _submit_and_agree(person, lives.people[head], plan["id"])


def _submit_and_agree(person: Person, head: Person, plan_id: str) -> None:
    """The head agrees what was submitted: the version of that moment."""
    submitted = person.me.post(f"{APPRAISAL}/plans/{plan_id}/submit")
    head.me.post(f"{APPRAISAL}/plans/{plan_id}/activate", headers=match(submitted))


def _rate(lives: Lives, by: str, name: str, quarter: int, work: str, behaviour: str) -> dict[str, Any]:
    body = Rating(work, behaviour).body(lives.people[name], quarter)
    path = f"{APPRAISAL}/evaluations/periodic"
    found: dict[str, Any] = lives.people[by].me.post(path, {**body, "year": YEAR, "quarter": quarter})
    return found


def _record(context: DemoContext, person: Person, route: str, since: str, **values: object) -> None:
    path = f"{PERSONNEL}/employees/{person.employee_id}"
    headers = match(context.hr.get(path))
    call = context.hr.put if route == "superior" else context.hr.post
    call(f"{path}/{route}", {**WHY, "effective_from": since, **values}, headers=headers)


def _pay(context: DemoContext, month: int) -> None:
    context.turn_clock(YEAR, month, 28, 15)
    context.consistency.wait_until_received("incentive", "personnel")
    run_month(context, f"{YEAR}-{month:02d}")


def _line(person: Person, month: int) -> int:
    """The month as the person reads it."""
    year = person.me.get(f"{INCENTIVE}/allowances", employee_id=person.employee_id, year=YEAR)
    amounts: list[int] = [line["amount"] for line in year["lines"] if line["month"] == f"{YEAR}-{month:02d}"]
    return sum(amounts)


def _publish_policy(context: DemoContext) -> None:
    hr: Api = context.hr
    templates = {one["name"]: one for one in hr.get(f"{INCENTIVE}/policies/templates")["items"]}
    chosen = templates[POLICY]
    body = {"name": f"Kebijakan tukin {NAME}", "valid_from": f"{YEAR}-01-01", "legal_source": chosen["legal_source"]}
    policy = hr.post(f"{INCENTIVE}/policies", {**body, "rules": chosen["rules"]})
    first = context.officers[0]
    context.by_two(first.post(f"{INCENTIVE}/policies/{policy['id']}/publish"), "incentive")
    amounts = {"name": AMOUNTS, "effective_from": f"{YEAR}-01-01"}
    context.by_two(first.post(f"{INCENTIVE}/class-amounts/adopt", amounts), "incentive")


def _sign_in(context: DemoContext, person: Person) -> None:
    user = f"{person.name.split()[0].lower()}@{AGENCY}.example"
    place = {"employee_id": person.employee_id, "unit_id": person.unit_id}
    office = person.name.split()[0] in OFFICERS
    roles = ["employee", "hr_officer"] if office else ["employee"]
    accounts = [{"username": user, "name": person.name, "roles": roles, **place}]
    made = (
        create_accounts(context.operator, accounts, AGENCY) if office else create_accounts(context.hr, accounts, None)
    )
    person.api = activate(context, user, person.name, made[user], person=person)


def _import(context: DemoContext, target: str, rows: Sequence[dict[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    job = context.hr.upload(f"{PERSONNEL}/imports/{target}", f"{target}.csv", out.getvalue().encode())
    finish_job(context.hr, "personnel", job["job_id"])


def _row(nip: str, name: str, unit: str, superior: str, kind: str) -> dict[str, str]:
    code, title, level, grade, job_class = POSTS[kind]
    return {
        "nip": nip,
        "nama": name,
        "email": f"{name.split(maxsplit=1)[0].lower()}@{AGENCY}.example",
        "kode_unit": unit,
        "kode_jabatan": code,
        "nama_jabatan": title,
        "jenis_jabatan": kind,
        "jenjang": level,
        "golongan": grade,
        "tmt_golongan": "2023-04-01",
        "kelas_jabatan": job_class,
        "nip_atasan": superior,
        "jenis_kepegawaian": "PNS",
        "status": "AKTIF",
        "tmt_cpns": f"{nip[8:12]}-{nip[12:14]}-01",
        "tmt_jabatan": "2023-04-01",
    }
