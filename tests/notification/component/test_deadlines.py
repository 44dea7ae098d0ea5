"""What people are notified of when a deadline was moved or has passed: in words, in the zone of their agency."""

import json

import pytest

from chassis.ids import new_id
from testkit.plugin import CONTRACTS

INBOX = "/api/v1/notification/inbox"
JAYAPURA = {"agency_id": "x", "name": "Pemerintah Papua", "time_zone": "Asia/Jayapura", "version": 1}


def example(name):
    return json.loads((CONTRACTS / "events" / "appraisal" / "examples" / f"{name}.json").read_text())["data"]


def inbox(service, who):
    return service.client(who).get(INBOX).json["items"]


def extended(who, case="siti_outage", **fields):
    return {**example(f"DeadlineExtended.v1.{case}"), "employee_id": str(who.employee_id), **fields}


def test_a_person_reads_until_when_and_why_in_the_zone_of_the_agency(service, agency, person, consume):
    siti = person()
    consume("personnel", "AgencyChanged", {**JAYAPURA, "agency_id": agency})
    consume("appraisal", "DeadlineExtended", extended(siti, due_at="2027-01-29T14:59:59+00:00"))
    (message,) = inbox(service, siti)
    assert message["title"] == "Batas waktu keberatan diperpanjang karena gangguan"
    assert "diperpanjang sampai 29 Januari 2027 pukul 23.59 WIT, karena sistem tidak dapat dipakai" in message["body"]
    assert message["legal_source"].startswith("PP 30/2019")


def test_each_kind_and_cause_has_its_words_and_no_repeat_is_written_twice(service, person, consume):
    kinds = ("PLAN", "PERIODIC_EVALUATION", "ANNUAL_EVALUATION", "SEGMENT_RATING", "RECEIPT", "ANSWER", "STATEMENT")
    siti = person()
    for kind in (*kinds, "DECISION", "DIALOGUE"):
        for cause, outage in (("OUTAGE", str(new_id())), ("GRANT", None), ("WITHDRAWAL", str(new_id()))):
            data = extended(siti, kind=kind, cause=cause, outage_id=outage, obligation_id=str(new_id()))
            for _ in range(2):
                consume("appraisal", "DeadlineExtended", data)
    listed = service.client(siti).get(INBOX, query_string={"limit": 100}).json["items"]
    assert len(listed) == 27
    assert len({message["title"] for message in listed}) == 21, "the three kinds of ratings share theirs"


def test_whoever_waits_for_a_decision_is_notified_in_their_own_words(service, person, consume):
    siti = person()
    consume("appraisal", "DeadlineExtended", extended(siti, "siti_decision"))
    assert [one["title"] for one in inbox(service, siti)] == ["Batas waktu putusan keberatan Anda diperpanjang"]


def test_a_late_decision_reaches_the_decider_who_is_above_hr_and_the_employee(service, person, consume):
    siti, chief, top, hr = person(), person(), person(), person("hr_officer")
    named = {"employee_id": siti, "decider_id": chief, "decider_superior_id": top}
    people = {name: str(one.employee_id) for name, one in named.items()}
    consume("appraisal", "ObjectionEscalated", {**example("ObjectionEscalated.v1.siti_annual"), **people})
    found = [[one["title"] for one in inbox(service, who)] for who in (siti, chief, top, hr)]
    assert found == [
        ["Putusan keberatan Anda terlambat"],
        ["Putusan keberatan terlambat"],
        ["Putusan keberatan oleh bawahan Anda terlambat"],
        ["Putusan keberatan terlambat"],
    ]
    assert "3 Februari 2027 pukul 23.59 WIB" in inbox(service, top)[0]["body"]


def test_a_statement_that_is_late_is_reported_to_both_sides_and_the_decider(service, person, consume):
    siti, head, chief = person(), person(), person()
    named = {"employee_id": siti, "appraiser_id": head, "decider_id": chief}
    people = {name: str(one.employee_id) for name, one in named.items()}
    consume("appraisal", "ObjectionStatementOverdue", {**example("ObjectionStatementOverdue.v1.siti_annual"), **people})
    found = [[one["title"] for one in inbox(service, who)] for who in (siti, head, chief)]
    assert found == [
        ["Tanggapan atas keberatan Anda belum ada"],
        ["Batas waktu tanggapan Anda sudah lewat"],
        ["Keberatan dapat diputus tanpa tanggapan pejabat penilai"],
    ]
    assert "27 Januari 2027 pukul 23.59 WIB" in inbox(service, head)[0]["body"]


def test_whoever_is_called_reads_when_and_whoever_waits_reads_that_it_was_answered(service, person, consume):
    siti, chief = person(), person()
    called = {**example("ExaminationCalled.v1.siti_annual"), "employee_id": str(siti.employee_id)}
    people = {"employee_id": str(siti.employee_id), "decider_id": str(chief.employee_id)}
    consume("appraisal", "ExaminationCalled", called)
    consume("appraisal", "ObjectionAnswered", {**example("ObjectionAnswered.v1.siti_annual"), **people})
    assert [one["title"] for one in inbox(service, chief)] == ["Tanggapan pejabat penilai telah masuk"]
    answered, invited = inbox(service, siti)
    assert answered["title"] == "Pejabat penilai telah menanggapi keberatan Anda"
    assert "27 Januari 2027 pukul 09.00 WIB" in invited["body"]


def test_whoever_is_designated_from_outside_and_the_employee_are_notified(service, person, consume):
    siti, governor = person(), person("external_official")
    people = {"employee_id": str(siti.employee_id), "decider_id": str(governor.employee_id)}
    consume("appraisal", "DeciderDesignated", {**example("DeciderDesignated.v1.siti_annual"), **people})
    found = [[one["title"] for one in inbox(service, who)] for who in (siti, governor)]
    assert found == [["Pejabat pemutus keberatan Anda telah ditunjuk"], ["Anda ditunjuk memutus sebuah keberatan"]]


def test_a_late_decision_that_nobody_is_to_make_reaches_hr(service, person, consume):
    siti, hr = person(), person("hr_officer")
    nobody = {"employee_id": str(siti.employee_id), "decider_id": None, "decider_superior_id": None}
    consume("appraisal", "ObjectionEscalated", {**example("ObjectionEscalated.v1.siti_annual"), **nobody})
    assert [len(inbox(service, who)) for who in (siti, hr)] == [1, 1]


def test_a_person_is_notified_that_the_days_to_object_have_begun(service, person, consume):
    siti = person()
    data = {**example("ReceiptDeemed.v1.siti_annual"), "employee_id": str(siti.employee_id)}
    consume("appraisal", "ReceiptDeemed", data)
    (message,) = inbox(service, siti)
    assert "paling lambat 2 Februari 2027 pukul 23.59 WIB" in message["body"]


def test_a_review_is_asked_and_late_and_neither_its_employee_nor_the_predicate_appears(service, person, consume):
    siti, head, chief, top, hr = person(), person(), person(), person(), person("hr_officer")
    who = {"employee_id": siti, "appraiser_id": head, "reviewer_id": chief, "reviewer_superior_id": top}
    ids = {name: str(one.employee_id) for name, one in who.items()}
    for event in ("ReviewAsked.v1.siti_2026", "ReviewReturned.v1.siti_2026", "ReviewOverdue.v1.superior"):
        data = example(event)
        consume("appraisal", event.split(".")[0], {**data, **{k: v for k, v in ids.items() if k in data}})
    found = [[one["title"] for one in inbox(service, one)] for one in (siti, head, chief, top, hr)]
    assert found == [
        [],
        ["Penilaian Anda dikembalikan oleh peninjau"],
        ["Peninjauan penilaian terlambat", "Penilaian menunggu peninjauan Anda"],
        ["Peninjauan penilaian oleh bawahan Anda terlambat"],
        [],
    ]
    assert "paling lambat 17 Januari 2027 pukul 23.59 WIB" in inbox(service, chief)[1]["body"]
    assert "paling lambat 31 Januari 2027 pukul 23.59 WIB" in inbox(service, head)[0]["body"]
    words = " ".join(one["title"] + one["body"] for one in inbox(service, head) + inbox(service, chief))
    assert not {"Sangat Baik", "Sangat Kurang", "Kurang", "tertinggi", "terendah"} & set(words.split())


@pytest.mark.parametrize("event", ["ReviewAsked.v1.nobody", "ReviewOverdue.v1.hr"])
def test_what_is_left_to_hr_of_reviews_names_nobody(service, person, consume, event):
    siti, hr = person(), person("hr_officer")
    consume("appraisal", event.split(".")[0], {**example(event), "employee_id": str(siti.employee_id)})
    (message,) = inbox(service, hr)
    assert "17 Januari 2027" in message["body"]
    assert "seorang pegawai" not in message["body"]
    assert message["link"] == "/peninjauan"
    assert inbox(service, siti) == []
