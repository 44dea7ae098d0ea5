"""Accounts follow people's time: an official from outside appraises, a retirement closes, a transfer leads to the next."""

from typing import Any

import pytest
from pytest_bdd import given, scenarios, then, when

from suar_demo.client import Api
from tests.journeys.forms import plan_of, rating
from tests.journeys.ministry import APPRAISAL, IDENTITY, INCENTIVE, PASSWORD, PERSONNEL, Ministry, match
from tests.journeys.people import employee_rows, employees_file, nip_of, units_file
from tests.journeys.words import Moment, iso, says

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("ministry")]
scenarios("akun.feature")


@given(says("gubernur menjabat sejak {saat:Saat}, menjadi atasan {pegawai:Nama}, dan mendapat akun dengan surelnya"))
def the_governor(ministry: Ministry, saat: Moment, pegawai: str) -> None:
    email = f"gubernur@{ministry.agency}.example"
    body = {"name": "Ratih Gubernur", "office": "Gubernur", "institution": "Provinsi", "first_day": iso(saat)}
    official = ministry.hr.post(f"{PERSONNEL}/officials", {**body, "email": email})
    record(ministry, pegawai, "superior", superior_id=official["id"], effective_from="2026-01-02")
    ministry.system.consistency.wait_until_consistent()
    account = {"username": email, "name": "Ratih Gubernur", "official_id": official["id"]}
    ministry.notes |= {"official": official, "gubernur": enter(ministry, ministry.hr, account), "username": email}


def record(ministry: Ministry, name: str, what: str, **body: Any) -> None:
    """Record something of somebody, as HR, on what was read just before."""
    person = f"{PERSONNEL}/employees/{ministry.id_of(name)}"
    headers = {"If-Match": ministry.hr.raw("GET", person).headers["ETag"]}
    send = ministry.hr.put if what == "superior" else ministry.hr.post
    send(f"{person}/{what}", {"reason": "Keputusan", **body}, headers=headers)


def enter(ministry: Ministry, by: Api, account: dict[str, Any]) -> Api:
    """An account is made, and its person activates it."""
    made = by.post(f"{IDENTITY}/accounts/batch", {"accounts": [account]})["items"][0]
    redeem = {"code": made["activation_code"], "password": PASSWORD}
    opened = ministry.system.edge.post(f"{IDENTITY}/activations", redeem)
    return ministry.system.edge.signed_in(opened["token"], account["name"], account.get("employee_id", ""))


def governor(ministry: Ministry) -> Api:
    found: Api = ministry.notes["gubernur"]
    return found


@when(says("{pegawai:Nama} mengajukan SKP tahun {tahun:d}"))
def a_plan_is_submitted(ministry: Ministry, pegawai: str, tahun: int) -> None:
    content: Any = plan_of(tahun)
    # the plan of a high leader names a perspective of each result
    results = [{**one, "perspective": "SERVICE_RECIPIENTS"} for one in content["work_results"]]
    plan = ministry.who(pegawai).post(f"{APPRAISAL}/plans", {**content, "work_results": results})
    ministry.who(pegawai).post(f"{APPRAISAL}/plans/{plan['id']}/submit")
    ministry.notes["plan"] = plan["id"]


@then(says("SKP {pegawai:Nama} ada di antrean gubernur"))
def it_waits_for_the_governor(ministry: Ministry, pegawai: str) -> None:
    queue = governor(ministry).get(f"{APPRAISAL}/appraiser/queue")
    (waiting,) = queue["plans_to_agree"]
    assert (waiting["plan_id"], waiting["employee_id"]) == (ministry.notes["plan"], ministry.id_of(pegawai))


@when(says("gubernur menyetujui SKP {pegawai:Nama}"))
def the_governor_agrees(ministry: Ministry, pegawai: str) -> None:
    path = f"{APPRAISAL}/plans/{ministry.notes['plan']}"
    governor(ministry).post(f"{path}/activate", headers=match(governor(ministry).get(path)))


@when(says("pada {saat:Saat} gubernur menilai triwulan {triwulan:d} {pegawai:Nama}"))
def the_governor_rates(ministry: Ministry, saat: Moment, triwulan: int, pegawai: str) -> None:
    ministry.system.turn(*saat)
    body = {**rating(ministry.id_of(pegawai), "MEETS", "ABOVE"), "year": saat[0], "quarter": triwulan}
    proposal = governor(ministry).post(f"{APPRAISAL}/evaluations/periodic", {**body, "finish": False})
    done = governor(ministry).post(f"{APPRAISAL}/evaluations/{proposal['id']}/finish")
    assert done["state"] == "FINAL"
    ministry.notes[f"evaluation {pegawai}"] = done["id"]


@then(says("penilaian {pegawai:Nama} menyebut gubernur sebagai penilai selaku pejabat luar"))
def the_capacity_is_told(ministry: Ministry, pegawai: str) -> None:
    shown = ministry.who(pegawai).get(f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}")
    assert (shown["rated_by"], shown["rated_capacity"]) == (ministry.notes["official"]["id"], "EXTERNAL")
    assert shown["finished_capacity"] == "EXTERNAL"


@then(says("gubernur membaca data kepegawaian {pegawai:Nama}"))
def the_record_is_read(ministry: Ministry, pegawai: str) -> None:
    shown = governor(ministry).get(f"{PERSONNEL}/employees/{ministry.id_of(pegawai)}")
    assert shown["relation"] == "APPRAISER"


@then("gubernur tidak dapat membaca apa pun yang lain")
def nothing_else_is_read(ministry: Ministry) -> None:
    ratna, siti = ministry.id_of("Ratna"), ministry.id_of("Siti")
    for path in (
        f"{PERSONNEL}/employees/{siti}", f"{PERSONNEL}/employees", f"{PERSONNEL}/cards?ids={siti}",
        f"{PERSONNEL}/org-units", f"{INCENTIVE}/allowances?employee_id={ratna}&year=2026", f"{IDENTITY}/accounts",
        "/api/v1/training/sessions", "/api/v1/wellbeing/surveys",
    ):  # fmt: skip
        answer = governor(ministry).raw("GET", path)
        assert answer.status_code == 403, (path, answer.status_code)
    assert governor(ministry).raw("POST", f"{APPRAISAL}/plans", json=plan_of(2026)).status_code == 403


@when(says("masa jabatan gubernur dicatat berakhir pada {saat:Saat}"))
def the_term_ends(ministry: Ministry, saat: Moment) -> None:
    path = f"{PERSONNEL}/officials/{ministry.notes['official']['id']}"
    ministry.hr.patch(path, {"last_day": iso(saat)}, headers={"If-Match": "*"})
    ministry.system.consistency.wait_until_consistent()


@then("sesi gubernur berakhir dan gubernur tidak dapat masuk lagi")
def the_governor_is_out(ministry: Ministry) -> None:
    is_out(ministry, governor(ministry), ministry.notes["username"])


def is_out(ministry: Ministry, caller: Api, username: str) -> None:
    """The session ends within the seconds that the edge keeps an answer, and the password opens no other."""
    ended = lambda: caller.raw("GET", f"{IDENTITY}/me").status_code == 401  # noqa: E731 - a question, not a step
    ministry.system.consistency.wait_for("akhir sesi", ended)
    assert code_of(sign_in(ministry, username)) == "account_ended"


def sign_in(ministry: Ministry, username: str, **more: str) -> Any:
    body = {"username": username, "password": PASSWORD, **more}
    return ministry.system.edge.raw("POST", f"{IDENTITY}/sessions", json=body)


def code_of(answer: Any) -> str:
    found: str = answer.json().get("code", "")
    return found


@given(says("pengelola kepegawaian mencatat status {pegawai:Nama} menjadi {status} sejak {saat:Saat}"))
def a_status_is_recorded(ministry: Ministry, pegawai: str, status: str, saat: Moment) -> None:
    record(ministry, pegawai, "status", status=status, effective_from=iso(saat))
    ministry.system.consistency.wait_until_consistent()


@then(says("{pegawai:Nama} masih bekerja dengan akunnya seperti biasa"))
def it_works_as_ever(ministry: Ministry, pegawai: str) -> None:
    assert ministry.who(pegawai).get(f"{IDENTITY}/me")["access"] == "FULL"
    assert ministry.who(pegawai).raw("GET", f"{APPRAISAL}/plans").status_code == 200


@then(says("{pegawai:Nama} hanya dapat membaca catatannya sendiri"))
def only_the_own_is_read(ministry: Ministry, pegawai: str) -> None:
    caller, own = ministry.who(pegawai), f"{APPRAISAL}/evaluations/{ministry.evaluation_of(pegawai)}"
    reads_the_own_only(ministry, caller, own)


def reads_the_own_only(ministry: Ministry, caller: Api, own: str) -> None:
    """Own evaluation, pay and record are read; a list, a colleague and a change are refused."""
    reduced = lambda: caller.get(f"{IDENTITY}/me")["access"] == "OWN_RECORDS"  # noqa: E731 - a question, not a step
    ministry.system.consistency.wait_for("akun dibatasi", reduced)
    refused = lambda: caller.raw("GET", f"{APPRAISAL}/plans").status_code == 403  # noqa: E731 - the edge's five seconds
    ministry.system.consistency.wait_for("peran berakhir", refused)
    allowances = f"{INCENTIVE}/allowances?employee_id={caller.get(f'{IDENTITY}/me')['employee_id']}&year=2026"
    for path in (own, f"{own}/explanation", f"{APPRAISAL}/me/evaluations?year=2026", f"{PERSONNEL}/me", allowances):
        assert caller.raw("GET", path).status_code == 200, path
    for path in (f"{PERSONNEL}/employees/{ministry.id_of('Bambang')}", f"{PERSONNEL}/org-units"):
        assert caller.raw("GET", path).status_code == 403, path
    assert caller.raw("POST", f"{APPRAISAL}/plans", json=plan_of(2027)).status_code == 403


@then(says("{pegawai:Nama} tidak dapat masuk lagi, dan sesinya berakhir"))
def somebody_is_out(ministry: Ministry, pegawai: str) -> None:
    is_out(ministry, ministry.who(pegawai), f"{pegawai.lower()}@{ministry.agency}.example")


@when(says("pengelola kepegawaian membetulkan bahwa {pegawai:Nama} tidak pernah pensiun"))
def it_was_never_so(ministry: Ministry, pegawai: str) -> None:
    record(ministry, pegawai, "status", status="ACTIVE", effective_from="2026-07-01", cause="CORRECTION")
    ministry.system.consistency.wait_until_consistent()


@then(says("{pegawai:Nama} dapat masuk dan bekerja lagi"))
def it_is_open_again(ministry: Ministry, pegawai: str) -> None:
    opened = sign_in(ministry, f"{pegawai.lower()}@{ministry.agency}.example")
    assert opened.status_code == 201, opened.text
    caller = ministry.system.edge.signed_in(opened.json()["token"], pegawai)
    assert caller.raw("GET", f"{APPRAISAL}/plans").status_code == 200


@given("Siti masuk dengan NIP-nya")
def siti_enters_by_nip(ministry: Ministry) -> None:
    person = ministry.people["Siti"]
    account = {"username": nip_of("Siti"), "name": person["name"], "employee_id": person["employee_id"]}
    ministry.let("Siti", enter(ministry, ministry.hr, account))


@when("instansi baru mencatat Siti dengan NIP yang sama dan membuatkan akun baginya")
def another_agency_takes_her(ministry: Ministry) -> None:
    new = Ministry(ministry.system).register()
    new.bring_in("units", units_file())
    rows = [row for row in employee_rows() if row["nama"].split()[0] in {"Ratna", "Bambang", "Siti"}]
    rows[-1] |= {"tmt_jabatan": "2026-07-01"}
    new.bring_in("employees", employees_file(rows))
    new.read()
    ministry.system.consistency.wait_until_consistent()
    person = new.people["Siti"]
    account = {"username": nip_of("Siti"), "name": person["name"], "employee_id": person["employee_id"]}
    enter(ministry, new.hr, account)
    ministry.notes["new"] = new


@then("masuk dengan NIP itu membawa Siti ke instansi baru")
def the_name_leads_to_the_new_one(ministry: Ministry) -> None:
    new: Ministry = ministry.notes["new"]
    account = sign_in(ministry, nip_of("Siti")).json()["account"]
    assert (account["agency_id"], account["employee_id"]) == (new.agency, new.id_of("Siti"))
    assert new.id_of("Siti") != ministry.id_of("Siti")


@then("di instansi lama Siti masih dapat membaca catatannya sendiri")
def the_old_is_still_read(ministry: Ministry) -> None:
    opened = sign_in(ministry, nip_of("Siti"), agency_id=ministry.agency)
    caller = ministry.system.edge.signed_in(opened.json()["token"], "Siti")
    reads_the_own_only(ministry, caller, f"{APPRAISAL}/evaluations/{ministry.evaluation_of('Siti')}")


@then("pengelola instansi baru tidak menemukan apa pun dari instansi lama")
def the_new_one_finds_nothing(ministry: Ministry) -> None:
    new: Ministry = ministry.notes["new"]
    (account,) = new.hr.pages(f"{IDENTITY}/accounts", username=nip_of("Siti"))
    assert account["agency_id"] == new.agency
    old = next(iter(ministry.hr.pages(f"{IDENTITY}/accounts", username=nip_of("Siti"))))
    for path in (
        f"{IDENTITY}/accounts/{old['account_id']}", f"{PERSONNEL}/employees/{ministry.id_of('Siti')}",
        f"{APPRAISAL}/evaluations/{ministry.evaluation_of('Siti')}",
    ):  # fmt: skip
        assert new.hr.raw("GET", path).status_code == 404, path
    history = new.hr.get(f"{PERSONNEL}/employees/{new.id_of('Siti')}/history")
    assert ministry.agency not in str(history)


@then("masuk ke instansi lama ditolak dan ke instansi baru diterima")
def the_old_one_is_closed(ministry: Ministry) -> None:
    new: Ministry = ministry.notes["new"]
    closed = lambda: code_of(sign_in(ministry, nip_of("Siti"), agency_id=ministry.agency)) == "account_ended"  # noqa: E731 - a question
    ministry.system.consistency.wait_for("akun lama tertutup", closed)
    assert sign_in(ministry, nip_of("Siti")).json()["account"]["agency_id"] == new.agency
