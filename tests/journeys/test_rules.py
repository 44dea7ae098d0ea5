"""Rules of appraisal: proposed by one officer and approved by another, never dated back, never for one's own case."""

from typing import Any

import pytest
from pytest_bdd import scenarios, then, when

from tests.journeys.forms import approve_rule, rule_of
from tests.journeys.ministry import APPRAISAL, Ministry
from tests.journeys.words import Moment, iso, says

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("ministry")]
scenarios("aturan_penilaian.feature")


def objection_rule(days: int, day: Moment) -> dict[str, Any]:
    value = {"objection_days": days, "decision_days": 14, "deemed_receipt_days": 7}
    return rule_of("OBJECTION", value, iso(day))


@when(says("{petugas:Nama} melihat dahulu akibat masa keberatan {hari:d} hari mulai {awal:Saat}"))
def it_is_seen_before(ministry: Ministry, petugas: str, hari: int, awal: Moment) -> None:
    path = f"{APPRAISAL}/rules/proposals/preview"
    answer = ministry.attempt(ministry.who(petugas), "POST", path, json=objection_rule(hari, awal))
    ministry.notes["preview"] = answer.json()
    assert list(ministry.who(petugas).pages(f"{APPRAISAL}/rules/proposals")) == []


@then(
    says(
        "yang terlihat: tahun {lama:d} memakai aturan lama, tahun {baru:d} memakai aturan baru, "
        "dan {jumlah:d} perkara berjalan"
    )
)
def what_is_seen(ministry: Ministry, lama: int, baru: int, jumlah: int) -> None:
    preview = ministry.notes["preview"]
    kept, new = ([one["year"] for one in preview[name]] for name in ("kept", "holds_in"))
    assert (kept, new, preview["running_cases"]) == ([lama], [baru], jumlah)


@when(says("{petugas:Nama} mengusulkan masa keberatan {hari:d} hari mulai {awal:Saat}"))
def it_is_proposed(ministry: Ministry, petugas: str, hari: int, awal: Moment) -> None:
    answer = ministry.attempt(
        ministry.who(petugas), "POST", f"{APPRAISAL}/rules/proposals", json=objection_rule(hari, awal)
    )
    if answer.is_success:
        ministry.notes["proposal"] = answer.json()


@when(says("{petugas:Nama} menyetujui usulan aturan itu"))
def it_is_approved(ministry: Ministry, petugas: str) -> None:
    ministry.answer = approve_rule(ministry.who(petugas), ministry.notes["proposal"])


@then(says("masa keberatan yang berlaku menurut {pegawai:Nama} adalah {hari:d} hari"))
def it_is_in_force(ministry: Ministry, pegawai: str, hari: int) -> None:
    rules = ministry.who(pegawai).get(f"{APPRAISAL}/rules")["items"]
    (rule,) = [one for one in rules if one["kind"] == "OBJECTION" and one["in_force"]]
    assert rule["value"]["objection_days"] == hari
