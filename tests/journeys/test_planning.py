"""Plans are begun from what was there, agreed as they were read, and revised while what is agreed goes on."""

from typing import Any

import pytest
from pytest_bdd import given, scenarios, then, when

from tests.journeys.forms import plan_of
from tests.journeys.ministry import APPRAISAL, NOTIFICATION, Ministry, match
from tests.journeys.words import says

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("ministry")]
scenarios("perencanaan_kinerja.feature")
PARTS = ("model", "annex")


def path_of(ministry: Ministry) -> str:
    return f"{APPRAISAL}/plans/{ministry.notes['copy']['id']}"


def titles(content: dict[str, Any]) -> list[str]:
    return [one["title"] for one in content["work_results"]]


def keep_one(ministry: Ministry, person: str, before: dict[str, Any]) -> None:
    """Edit a plan down to its first result."""
    shown = ministry.who(person).get(path_of(ministry))
    results = [
        {**{key: one[key] for key in ("id", "kind", "title")}, "indicators": one["indicators"]}
        for one in shown["work_results"][:1]
    ]
    content = {**{part: shown[part] for part in PARTS}, "work_results": results}
    ministry.who(person).put(path_of(ministry), content, headers=match(before))


@when(says("{pegawai:Nama} menyalin SKP tahun lalu menjadi SKP tahun {tahun:d}"))
def it_is_copied(ministry: Ministry, pegawai: str, tahun: int) -> None:
    ministry.notes["copy"] = ministry.who(pegawai).post(f"{APPRAISAL}/plans/copies", {"year": tahun})


@then(says("rancangan SKP {pegawai:Nama} memuat hasil kerja tahun lalu dengan id yang baru"))
def it_holds_the_same(ministry: Ministry, pegawai: str) -> None:
    former, copy = ministry.notes[f"plan {pegawai}"]["work_results"], ministry.notes["copy"]["work_results"]
    assert [one["title"] for one in copy] == [one["title"] for one in former]
    assert not {one["id"] for one in copy} & {one["id"] for one in former}


@when(says("{pegawai:Nama} mengajukan SKP itu dan {penilai:Nama} menyetujui yang diajukan"))
def it_is_agreed(ministry: Ministry, pegawai: str, penilai: str) -> None:
    submitted = ministry.who(pegawai).post(f"{path_of(ministry)}/submit")
    ministry.who(penilai).post(f"{path_of(ministry)}/activate", headers=match(submitted))
    ministry.notes["agreed"] = ministry.who(pegawai).get(path_of(ministry))


@when(says("{pegawai:Nama} membuka perubahan SKP itu dan menyisakan satu hasil kerja"))
def it_is_revised(ministry: Ministry, pegawai: str) -> None:
    begun = ministry.who(pegawai).post(f"{path_of(ministry)}/revise", {"reason": "Tugas berubah"})
    keep_one(ministry, pegawai, begun)


@then(says("{penilai:Nama} membaca SKP yang berlaku dengan dua hasil kerja, dan rancangan perubahan dengan satu"))
def both_are_read(ministry: Ministry, penilai: str) -> None:
    shown = ministry.who(penilai).get(path_of(ministry))
    assert (len(shown["work_results"]), len(shown["draft"]["work_results"])) == (2, 1)


@then(says("{pengawas:Nama} membaca SKP yang berlaku tanpa rancangan"))
def one_is_read(ministry: Ministry, pengawas: str) -> None:
    shown = ministry.who(pengawas).get(path_of(ministry))
    assert (len(shown["work_results"]), shown["draft"]) == (2, None)


@then(says("{pegawai:Nama} mencatat kemajuan pada hasil kerja yang tidak lagi ada dalam rancangan"))
def work_goes_on(ministry: Ministry, pegawai: str) -> None:
    result = ministry.notes["copy"]["work_results"][1]["id"]
    line = {"date": "2027-01-04", "work_result_id": result, "text": "12 berkas"}
    ministry.who(pegawai).post(f"{path_of(ministry)}/progress", line)


@when(says("{pegawai:Nama} membatalkan perubahan SKP itu"))
def it_is_withdrawn(ministry: Ministry, pegawai: str) -> None:
    ministry.who(pegawai).post(f"{path_of(ministry)}/withdraw", {"reason": "Tidak jadi"})


@then(says("SKP {pegawai:Nama} berlaku seperti yang disetujui, dengan sidik yang sama"))
def it_is_as_agreed(ministry: Ministry, pegawai: str) -> None:
    shown, agreed = ministry.who(pegawai).get(path_of(ministry)), ministry.notes["agreed"]
    assert (shown["state"], shown["shown"], shown["draft"]) == ("ACTIVE", agreed["shown"], None)
    assert shown["work_results"] == agreed["work_results"]


@when(says("{penilai:Nama} membaca SKP yang diajukan {pegawai:Nama}"))
def it_is_read(ministry: Ministry, penilai: str, pegawai: str) -> None:
    ministry.who(pegawai).post(f"{path_of(ministry)}/submit")
    ministry.notes["read"] = ministry.who(penilai).get(path_of(ministry))


@when(says("{pegawai:Nama} menarik SKP itu, menyisakan satu hasil kerja, dan mengajukannya lagi"))
def it_is_changed(ministry: Ministry, pegawai: str) -> None:
    taken = ministry.who(pegawai).post(f"{path_of(ministry)}/withdraw", {"reason": "Target keliru"})
    keep_one(ministry, pegawai, taken)
    ministry.who(pegawai).post(f"{path_of(ministry)}/submit")


@when(says("{penilai:Nama} menyetujui SKP sebagaimana dibacanya"))
def it_is_agreed_as_read(ministry: Ministry, penilai: str) -> None:
    path = f"{path_of(ministry)}/activate"
    ministry.attempt(ministry.who(penilai), "POST", path, headers=match(ministry.notes["read"]))


@then(says("penolakan itu menyebut apa yang dilakukan {pegawai:Nama} sejak itu"))
def the_changes_are_named(ministry: Ministry, pegawai: str) -> None:
    assert ministry.answer is not None
    changes = ministry.answer.json()["changes"]
    assert [(one["step"], one["role"]) for one in changes] == [
        ("WITHDRAW", "OWNER"),
        ("EDIT", "OWNER"),
        ("SUBMIT", "OWNER"),
    ]
    assert {one["by"] for one in changes} == {ministry.id_of(pegawai)}


@given(says('{petugas:Nama} menawarkan templat SKP "{judul}" untuk semua jabatan'))
def it_is_offered(ministry: Ministry, petugas: str, judul: str) -> None:
    content = {part: value for part, value in plan_of(2027).items() if part != "year"}
    offered = {"title": judul, "content": content}
    ministry.notes["template"] = ministry.who(petugas).post(f"{APPRAISAL}/plan-templates", offered)


@then(says('{pegawai:Nama} menemukan templat "{judul}" untuk jabatannya'))
def it_is_found(ministry: Ministry, pegawai: str, judul: str) -> None:
    found = ministry.who(pegawai).get(f"{APPRAISAL}/plan-templates?own_position=true")["items"]
    assert [one["title"] for one in found] == [judul]


@when(says("{penilai:Nama} menyusun rancangan SKP tahun {tahun:d} dari templat itu untuk {satu:Nama} dan {dua:Nama}"))
def they_are_drafted(ministry: Ministry, penilai: str, tahun: int, satu: str, dua: str) -> None:
    people = [ministry.id_of(satu), ministry.id_of(dua)]
    wanted = {"year": tahun, "employee_ids": people, "template_id": ministry.notes["template"]["id"]}
    ministry.notes["drafts"] = ministry.who(penilai).post(f"{APPRAISAL}/plans/drafts", wanted)["items"]


@then(
    says(
        "rancangan SKP {pegawai:Nama} berisi hasil kerja templat itu, dan untuk {atasan:Nama} ditolak karena bukan bawahannya"
    )
)
def one_is_drafted(ministry: Ministry, pegawai: str, atasan: str) -> None:
    drafted, refused = ministry.notes["drafts"]
    assert (refused["employee_id"], refused["error"]["code"]) == (ministry.id_of(atasan), "forbidden")
    ministry.notes["copy"] = ministry.who(pegawai).get(f"{APPRAISAL}/plans/{drafted['plan_id']}")
    assert ministry.notes["copy"]["state"] == "DRAFT"
    assert titles(ministry.notes["copy"]) == titles(ministry.notes["template"]["content"])


@then(says("SKP {pegawai:Nama} berlaku dengan hasil kerja templat itu"))
def it_is_in_force(ministry: Ministry, pegawai: str) -> None:
    shown = ministry.who(pegawai).get(path_of(ministry))
    assert (shown["state"], titles(shown)) == ("ACTIVE", titles(ministry.notes["template"]["content"]))


@when(says("{penilai:Nama} membaca antreannya, dan belum ada yang lewat batas waktunya"))
def nothing_is_overdue(ministry: Ministry, penilai: str) -> None:
    assert ministry.who(penilai).get(f"{APPRAISAL}/appraiser/queue")["overdue"] == []


@when(says("{pegawai:Nama} mengajukan SKP tahun {tahun:d}"))
def it_is_submitted_late(ministry: Ministry, pegawai: str, tahun: int) -> None:
    plan = ministry.who(pegawai).post(f"{APPRAISAL}/plans", plan_of(tahun))
    ministry.who(pegawai).post(f"{APPRAISAL}/plans/{plan['id']}/submit")


@then(says("antrean {penilai:Nama} memuat SKP {pegawai:Nama} yang lewat batas waktunya, dan masih dapat dikerjakan"))
def it_is_overdue(ministry: Ministry, penilai: str, pegawai: str) -> None:
    overdue = ministry.who(penilai).get(f"{APPRAISAL}/appraiser/queue")["overdue"]
    (plan,) = [one for one in overdue if one["employee_id"] == ministry.id_of(pegawai)]
    assert (plan["kind"], plan["overdue"], plan["moves"]) == ("PLAN", True, ["FULFIL"])


@then(says("{pegawai:Nama} tidak pernah diingatkan"))
def nobody_reminded(ministry: Ministry, pegawai: str) -> None:
    inbox = ministry.who(pegawai).pages(f"{NOTIFICATION}/inbox")
    assert "REMINDER" not in {one["topic"] for one in inbox}
