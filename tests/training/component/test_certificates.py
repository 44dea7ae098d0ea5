from datetime import date

import pytest
from sqlalchemy import text


def ledger(world, who=None, year=2026, actor=None):
    who = who or world.siti
    return world.get(actor or who, f"/ledger/{who.employee_id}?year={year}")


def a_finished(world, **more):
    world.a_course(**more)
    session = world.a_session()
    world.enrol(world.siti, session)
    return session, world.finish(world.siti, session)


def test_a_certificate_needs_attendance_and_an_ended_session(world):
    world.a_course()
    session = world.a_session(starts_on="2026-09-01", ends_on="2026-09-05")
    world.enrol(world.siti, session)
    siti = str(world.siti.employee_id)
    items = {"items": [{"employee_id": siti, "certificate_number": "S-1"}]}
    path = f"/sessions/{session['id']}"
    marks = {"entries": [{"employee_id": siti, "present": True, "day": "2026-09-01"}]}
    assert world.post(world.hr, f"{path}/attendance", marks, 409)["code"] == "session_not_begun"
    assert world.post(world.hr, f"{path}/certificates", items, 409)["code"] == "session_ends_later"
    world.on(date(2026, 9, 5))
    assert world.post(world.hr, f"{path}/certificates", items)["items"][0]["code"] == "attendance_insufficient"
    every = {"entries": [{"employee_id": siti, "present": True}]}
    absent = {"entries": [{"employee_id": siti, "present": False, "day": f"2026-09-0{day}"} for day in (2, 3)]}
    assert world.post(world.hr, f"{path}/attendance", every)["items"][0] == {
        "employee_id": siti,
        "outcome": "RECORDED",
        "days": 5,
    }
    world.post(world.hr, f"{path}/attendance", absent)
    refused = world.post(world.hr, f"{path}/certificates", items)["items"][0]
    assert "Hadir 3 dari 5 hari" in refused["detail"]
    world.post(world.hr, f"{path}/attendance", {"entries": [{**absent["entries"][0], "present": True}]})
    assert world.post(world.hr, f"{path}/certificates", items)["items"][0]["outcome"] == "ISSUED"
    assert ledger(world)["earned_jp"] == 8


def test_a_batch_gives_each_person_an_outcome_of_its_own_and_a_repeat_books_nothing(world):
    world.a_course()
    session = world.a_session()
    people = [world.an_employee() for _ in range(3)]
    for one in people:
        world.enrol(one, session)
    outsider = world.an_employee()
    world.on(date(2026, 9, 1))
    ids = [str(one.employee_id) for one in (*people, outsider)]
    marks = {"entries": [{"employee_id": one, "present": True} for one in ids]}
    found = world.post(world.hr, f"/sessions/{session['id']}/attendance", marks)["items"]
    assert [one["outcome"] for one in found] == ["RECORDED"] * 3 + ["REFUSED"]
    again = world.post(world.hr, f"/sessions/{session['id']}/attendance", marks)["items"]
    assert [one["outcome"] for one in again] == ["UNCHANGED"] * 3 + ["REFUSED"]
    items = {"items": [{"employee_id": one, "certificate_number": f"N-{one}"} for one in ids]}
    path = f"/sessions/{session['id']}/certificates"
    assert [one["outcome"] for one in world.post(world.hr, path, items)["items"]] == ["ISSUED"] * 3 + ["REFUSED"]
    assert [one["outcome"] for one in world.post(world.hr, path, items)["items"]] == ["ALREADY_ISSUED"] * 3 + [
        "REFUSED"
    ]
    assert len(world.published("TrainingFinished")) == 3


def test_the_trainer_marks_attendance_but_issues_no_certificates(world):
    world.a_course()
    trainer = world.an_employee()
    session = world.a_session(trainer_id=str(trainer.employee_id))
    world.enrol(world.siti, session)
    world.on(date(2026, 9, 1))
    siti = str(world.siti.employee_id)
    marks = {"entries": [{"employee_id": siti, "present": True}]}
    world.post(world.an_employee(), f"/sessions/{session['id']}/attendance", marks, 403)
    world.post(trainer, f"/sessions/{session['id']}/attendance", marks, 200)
    assert len(world.get(trainer, f"/sessions/{session['id']}/enrolments")["items"]) == 1
    world.get(world.an_employee(), f"/sessions/{session['id']}/enrolments", 403)
    items = {"items": [{"employee_id": siti, "certificate_number": "S-1"}]}
    world.post(trainer, f"/sessions/{session['id']}/certificates", items, 403)


def test_a_course_that_changes_later_leaves_announced_sessions_their_jp(world):
    world.a_course(jp=8)
    session = world.a_session()
    world.enrol(world.siti, session)
    change = {"title": "Baru", "kind_code": "WORKSHOP", "jp": 40, "provider": "Pusdiklat Contoh"}
    world.put(world.hr, "/courses/WS-PA", change)
    world.finish(world.siti, session)
    assert ledger(world)["earned_jp"] == 8


def test_an_external_certificate_counts_only_once_it_is_verified(world):
    record = world.external(world.siti)
    before = ledger(world)
    assert (before["earned_jp"], before["pending_jp"], before["met"]) == (0, 4, False)
    world.post(world.head, f"/records/{record['id']}/verify", {}, 403)
    verified = world.post(world.hr, f"/records/{record['id']}/verify", {"note": "Asli diperiksa"})
    assert [move["state"] for move in verified["history"]] == ["SUBMITTED", "VERIFIED"]
    after = ledger(world)
    assert (after["earned_jp"], after["pending_jp"], after["remaining_jp"]) == (4, 0, 16)
    assert world.published("TrainingFinished")[0]["course_code"] == "EXTERNAL"
    again = world.post(world.hr, f"/records/{record['id']}/verify", {}, 409)
    assert again["code"] == "record_closed"


def test_fewer_jp_than_claimed_may_be_accepted_and_never_more(world):
    record = world.external(world.siti, jp=12)
    world.post(world.hr, f"/records/{record['id']}/verify", {"accepted_jp": 13}, 422)
    verified = world.post(world.hr, f"/records/{record['id']}/verify", {"accepted_jp": 8})
    assert verified["jp"] == 8
    assert "Diajukan 12 JP, diterima 8 JP" in verified["history"][-1]["note"]


def test_a_certificate_counts_once_however_it_is_typed(world):
    world.external(world.siti, "ABC/12-2026")
    again = world.external(world.siti, "abc 12 2026", 409, provider="BIRO  SDM")
    assert again["code"] == "duplicate_certificate"
    world.external(world.siti, "ABC/13-2026")
    world.external(world.an_employee(), "ABC/12-2026")


def test_a_rejected_certificate_may_be_handed_in_again(world):
    record = world.external(world.siti)
    world.post(world.hr, f"/records/{record['id']}/reject", {"reason": "Berkas tidak terbaca"})
    world.external(world.siti, status=201)


def test_overlapping_dates_are_flagged_and_not_refused(world):
    first = world.external(world.siti, "1", started_on="2026-07-01", completed_on="2026-07-03")
    second = world.external(world.siti, "2", started_on="2026-07-03", completed_on="2026-07-04")
    third = world.external(world.siti, "3", started_on="2026-07-05", completed_on="2026-07-05")
    assert (second["overlaps"], third["overlaps"]) == ([first["id"]], [])
    assert world.get(world.hr, f"/records/{first['id']}")["overlaps"] == [second["id"]]


def test_jp_from_minutes_follow_the_agencys_dated_rule(world):
    assert world.external(world.siti, "1", jp=None, minutes=100)["jp"] == 2
    rule = {"name": "MINUTES_PER_JP", "value": 50, "valid_from": "2026-07-01", "source": "SK 1/2026", "verified": True}
    world.post(world.hr, "/rules", rule)
    assert world.external(world.siti, "2", jp=None, minutes=149)["jp"] == 2
    answer = world.external(world.siti, "3", 422, jp=None, minutes=20)
    assert "50 menit" in answer["errors"][0]["expected"]
    shown = ledger(world)["explanation"]
    assert (shown["minutes_per_jp"], shown["minutes_per_jp_verified"]) == (50, True)


def test_dates_that_cannot_be_are_named(world):
    answer = world.external(world.siti, status=422, started_on="2026-07-09", completed_on="2026-07-08")
    assert [one["code"] for one in answer["errors"]] == ["date_in_future", "dates_out_of_order"]


def test_a_revoked_certificate_is_reversed_by_a_row_that_names_the_credit(world):
    _, issued = a_finished(world)
    path = f"/records/{issued['record_id']}/revoke"
    world.post(world.siti, path, {"reason_code": "FORGED"}, 403)
    world.post(world.hr, path, {"reason_code": "PROVIDER_WITHDREW", "note": "Surat penyelenggara 12/2026"})
    found = ledger(world)
    assert [entry["jp"] for entry in found["entries"]] == [8, -8]
    assert found["entries"][1]["reverses_id"] == found["entries"][0]["id"]
    assert (found["earned_jp"], found["explanation"]["calculation"]) == (0, "+8 -8 = 0 JP")
    event = world.published("TrainingReversed")[0]
    assert (event["jp"], event["year"], event["reason_code"]) == (8, 2026, "PROVIDER_WITHDREW")
    assert world.post(world.hr, path, {"reason_code": "FORGED"}, 409)["code"] == "record_closed"


def test_after_a_revocation_the_right_certificate_can_be_issued(world):
    session, issued = a_finished(world)
    world.post(world.hr, f"/records/{issued['record_id']}/revoke", {"reason_code": "ENTERED_IN_ERROR"})
    items = {"items": [{"employee_id": str(world.siti.employee_id), "certificate_number": "S-2"}]}
    assert world.post(world.hr, f"/sessions/{session['id']}/certificates", items)["items"][0]["outcome"] == "ISSUED"
    assert ledger(world)["earned_jp"] == 8


def test_the_ledger_is_append_only_in_the_database_too(world):
    a_finished(world)
    for statement in ("UPDATE jp_ledger SET jp = 99", "DELETE FROM jp_ledger"):
        with pytest.raises(Exception, match="never changed"), world.service.work.transaction(world.agency) as tx:
            tx.session.execute(text(statement))


def test_jp_belong_to_the_year_in_which_the_training_was_completed(world):
    world.on(date(2027, 1, 10))
    record = world.external(world.siti, started_on="2026-12-30", completed_on="2027-01-02")
    world.post(world.hr, f"/records/{record['id']}/verify", {})
    assert ledger(world, year=2026)["earned_jp"] == 0
    assert ledger(world, year=2027)["earned_jp"] == 4


def test_a_pppk_has_a_ceiling_that_warns_blocks_nothing_and_says_it_is_unverified(world):
    contract = world.an_employee(employment_type="PPPK")
    record = world.external(contract, jp=25)
    world.post(world.hr, f"/records/{record['id']}/verify", {})
    found = ledger(world, contract)
    assert (found["target"]["kind"], found["target"]["jp"], found["met"]) == ("MAX", 24, False)
    assert "24 JP" in found["warning"]
    assert found["explanation"]["verified"] is False
    assert "belum diverifikasi" in found["explanation"]["sentence"]


def test_a_new_target_holds_from_its_year_and_leaves_earlier_years(world):
    body = {"employment_type": "PNS", "kind": "MIN", "jp": 30, "from_year": 2027, "source": "PP baru", "verified": True}
    world.post(world.siti, "/jp-targets", body, 403)
    world.post(world.hr, "/jp-targets", body)
    assert ledger(world, year=2026)["target"]["jp"] == 20
    assert ledger(world, year=2027)["target"]["jp"] == 30


def test_a_verification_sent_twice_with_one_key_books_once_and_answers_the_same(world):
    record = world.external(world.siti)
    client = world.service.client(world.hr)
    path = f"/api/v1/training/records/{record['id']}/verify"
    answers = [client.post(path, json={}, headers={"Idempotency-Key": "verifikasi-1"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].get_data() == answers[1].get_data()
    assert world.post(world.hr, f"/records/{record['id']}/verify", status=409)["code"] == "record_closed"
    assert ledger(world)["earned_jp"] == 4


def test_a_certificate_may_be_issued_anew_after_it_was_revoked(world):
    session, issued = a_finished(world)
    world.post(world.hr, f"/records/{issued['record_id']}/revoke", {"reason_code": "ENTERED_IN_ERROR"})
    assert ledger(world)["earned_jp"] == 0
    assert world.finish(world.siti, session, "S-2")["outcome"] == "ISSUED"
    assert ledger(world)["earned_jp"] == 8
