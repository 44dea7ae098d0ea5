from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from chassis.ids import new_id


def ledger(context, who=None, year=2026, actor=None):
    who = who or context.siti
    return context.get(actor or who, f"/ledger/{who.employee_id}?year={year}")


def a_finished(context, **more):
    context.a_course(**more)
    session = context.a_session()
    context.enrol(context.siti, session)
    return session, context.finish(context.siti, session)


def test_a_certificate_needs_attendance_and_an_ended_session(context):
    context.a_course()
    session = context.a_session(starts_on="2026-09-01", ends_on="2026-09-05")
    context.enrol(context.siti, session)
    siti = str(context.siti.employee_id)
    items = {"items": [{"employee_id": siti, "certificate_number": "S-1"}]}
    path = f"/sessions/{session['id']}"
    marks = {"entries": [{"employee_id": siti, "present": True, "day": "2026-09-01"}]}
    assert context.post(context.hr, f"{path}/attendance", marks, 409)["code"] == "session_not_begun"
    assert context.post(context.hr, f"{path}/certificates", items, 409)["code"] == "session_ends_later"
    context.on(date(2026, 9, 5))
    assert context.post(context.hr, f"{path}/certificates", items)["items"][0]["code"] == "attendance_insufficient"
    every = {"entries": [{"employee_id": siti, "present": True}]}
    absent = {"entries": [{"employee_id": siti, "present": False, "day": f"2026-09-0{day}"} for day in (2, 3)]}
    assert context.post(context.hr, f"{path}/attendance", every)["items"][0] == {
        "employee_id": siti,
        "outcome": "RECORDED",
        "days": 5,
    }
    context.post(context.hr, f"{path}/attendance", absent)
    refused = context.post(context.hr, f"{path}/certificates", items)["items"][0]
    assert "Hadir 3 dari 5 hari" in refused["detail"]
    context.post(context.hr, f"{path}/attendance", {"entries": [{**absent["entries"][0], "present": True}]})
    assert context.post(context.hr, f"{path}/certificates", items)["items"][0]["outcome"] == "ISSUED"
    assert ledger(context)["earned_jp"] == 8


def test_a_batch_gives_each_person_an_outcome_of_its_own_and_a_repeat_books_nothing(context):
    context.a_course()
    session = context.a_session()
    people = [context.an_employee() for _ in range(3)]
    for one in people:
        context.enrol(one, session)
    outsider = context.an_employee()
    context.on(date(2026, 9, 1))
    ids = [str(one.employee_id) for one in (*people, outsider)]
    marks = {"entries": [{"employee_id": one, "present": True} for one in ids]}
    found = context.post(context.hr, f"/sessions/{session['id']}/attendance", marks)["items"]
    assert [one["outcome"] for one in found] == ["RECORDED"] * 3 + ["REFUSED"]
    again = context.post(context.hr, f"/sessions/{session['id']}/attendance", marks)["items"]
    assert [one["outcome"] for one in again] == ["UNCHANGED"] * 3 + ["REFUSED"]
    items = {"items": [{"employee_id": one, "certificate_number": f"N-{one}"} for one in ids]}
    path = f"/sessions/{session['id']}/certificates"
    assert [one["outcome"] for one in context.post(context.hr, path, items)["items"]] == ["ISSUED"] * 3 + ["REFUSED"]
    assert [one["outcome"] for one in context.post(context.hr, path, items)["items"]] == ["ALREADY_ISSUED"] * 3 + [
        "REFUSED"
    ]
    assert len(context.published("TrainingFinished")) == 3


def test_the_trainer_marks_attendance_but_issues_no_certificates(context):
    context.a_course()
    trainer = context.an_employee()
    session = context.a_session(trainer_id=str(trainer.employee_id))
    context.enrol(context.siti, session)
    context.on(date(2026, 9, 1))
    siti = str(context.siti.employee_id)
    marks = {"entries": [{"employee_id": siti, "present": True}]}
    context.post(context.an_employee(), f"/sessions/{session['id']}/attendance", marks, 403)
    context.post(trainer, f"/sessions/{session['id']}/attendance", marks, 200)
    assert len(context.get(trainer, f"/sessions/{session['id']}/enrolments")["items"]) == 1
    context.get(context.an_employee(), f"/sessions/{session['id']}/enrolments", 403)
    items = {"items": [{"employee_id": siti, "certificate_number": "S-1"}]}
    context.post(trainer, f"/sessions/{session['id']}/certificates", items, 403)


def test_a_course_that_changes_later_leaves_announced_sessions_their_jp(context):
    context.a_course(jp=8)
    session = context.a_session()
    context.enrol(context.siti, session)
    change = {"title": "Baru", "kind_code": "WORKSHOP", "jp": 40, "provider": "Pusdiklat Contoh"}
    context.put(context.hr, "/courses/WS-PA", change)
    context.finish(context.siti, session)
    assert ledger(context)["earned_jp"] == 8


def test_an_external_certificate_counts_only_once_it_is_verified(context):
    record = context.external(context.siti)
    before = ledger(context)
    assert (before["earned_jp"], before["pending_jp"], before["met"]) == (0, 4, False)
    context.post(context.head, f"/records/{record['id']}/verify", {}, 403)
    verified = context.post(context.hr, f"/records/{record['id']}/verify", {"note": "Asli diperiksa"})
    assert [move["state"] for move in verified["history"]] == ["SUBMITTED", "VERIFIED"]
    after = ledger(context)
    assert (after["earned_jp"], after["pending_jp"], after["remaining_jp"]) == (4, 0, 16)
    assert context.published("TrainingFinished")[0]["course_code"] == "EXTERNAL"
    again = context.post(context.hr, f"/records/{record['id']}/verify", {}, 409)
    assert again["code"] == "record_closed"


def test_fewer_jp_than_claimed_may_be_accepted_and_never_more(context):
    record = context.external(context.siti, jp=12)
    context.post(context.hr, f"/records/{record['id']}/verify", {"accepted_jp": 13}, 422)
    verified = context.post(context.hr, f"/records/{record['id']}/verify", {"accepted_jp": 8})
    assert verified["jp"] == 8
    assert "Diajukan 12 JP, diterima 8 JP" in verified["history"][-1]["note"]


def test_a_certificate_counts_once_however_it_is_typed(context):
    context.external(context.siti, "ABC/12-2026")
    again = context.external(context.siti, "abc 12 2026", 409, provider="BIRO  SDM")
    assert again["code"] == "duplicate_certificate"
    context.external(context.siti, "ABC/13-2026")
    context.external(context.an_employee(), "ABC/12-2026")


def test_a_rejected_certificate_may_be_handed_in_again(context):
    record = context.external(context.siti)
    context.post(context.hr, f"/records/{record['id']}/reject", {"reason": "Berkas tidak terbaca"})
    context.external(context.siti, status=201)


def test_overlapping_dates_are_flagged_and_not_refused(context):
    first = context.external(context.siti, "1", started_on="2026-07-01", completed_on="2026-07-03")
    second = context.external(context.siti, "2", started_on="2026-07-03", completed_on="2026-07-04")
    third = context.external(context.siti, "3", started_on="2026-07-05", completed_on="2026-07-05")
    assert (second["overlaps"], third["overlaps"]) == ([first["id"]], [])
    assert context.get(context.hr, f"/records/{first['id']}")["overlaps"] == [second["id"]]


def test_jp_from_minutes_follow_the_agencys_dated_rule(context):
    assert context.external(context.siti, "1", jp=None, minutes=100)["jp"] == 2
    rule = {"name": "MINUTES_PER_JP", "value": 50, "valid_from": "2026-07-01", "source": "SK 1/2026", "verified": True}
    context.two("/rules", rule)
    assert context.external(context.siti, "2", jp=None, minutes=149)["jp"] == 2
    answer = context.external(context.siti, "3", 422, jp=None, minutes=20)
    assert "50 menit" in answer["errors"][0]["expected"]
    shown = ledger(context)["explanation"]
    assert (shown["minutes_per_jp"], shown["minutes_per_jp_verified"]) == (50, True)


def test_dates_that_cannot_be_are_named(context):
    answer = context.external(context.siti, status=422, started_on="2026-07-09", completed_on="2026-07-08")
    assert [one["code"] for one in answer["errors"]] == ["date_in_future", "dates_out_of_order"]


def test_a_revoked_certificate_is_reversed_by_a_row_that_names_the_credit(context):
    _, issued = a_finished(context)
    path = f"/records/{issued['record_id']}/revoke"
    context.post(context.siti, path, {"reason_code": "FORGED"}, 403)
    context.two(path, {"reason_code": "PROVIDER_WITHDREW", "note": "Surat penyelenggara 12/2026"})
    found = ledger(context)
    assert [entry["jp"] for entry in found["entries"]] == [8, -8]
    assert found["entries"][1]["reverses_id"] == found["entries"][0]["id"]
    assert (found["earned_jp"], found["explanation"]["calculation"]) == (0, "+8 -8 = 0 JP")
    event = context.published("TrainingReversed")[0]
    assert (event["jp"], event["year"], event["reason_code"]) == (8, 2026, "PROVIDER_WITHDREW")
    assert context.post(context.hr, path, {"reason_code": "FORGED"}, 409)["code"] == "record_closed"


def test_after_a_revocation_the_right_certificate_can_be_issued(context):
    session, issued = a_finished(context)
    context.two(f"/records/{issued['record_id']}/revoke", {"reason_code": "ENTERED_IN_ERROR"})
    items = {"items": [{"employee_id": str(context.siti.employee_id), "certificate_number": "S-2"}]}
    assert context.post(context.hr, f"/sessions/{session['id']}/certificates", items)["items"][0]["outcome"] == "ISSUED"
    assert ledger(context)["earned_jp"] == 8


def test_the_ledger_is_append_only_in_the_database_too(context):
    a_finished(context)
    for statement in ("UPDATE jp_ledger SET jp = 99", "DELETE FROM jp_ledger"):
        with pytest.raises(Exception, match="never changed"), context.service.work.transaction(context.agency) as tx:
            tx.session.execute(text(statement))


def test_jp_belong_to_the_year_in_which_the_training_was_completed(context):
    context.on(date(2027, 1, 10))
    record = context.external(context.siti, started_on="2026-12-30", completed_on="2027-01-02")
    context.post(context.hr, f"/records/{record['id']}/verify", {})
    assert ledger(context, year=2026)["earned_jp"] == 0
    assert ledger(context, year=2027)["earned_jp"] == 4


def test_a_pppk_has_a_ceiling_that_warns_blocks_nothing_and_says_it_is_unverified(context):
    contract = context.an_employee(employment_type="PPPK")
    record = context.external(contract, jp=25)
    context.post(context.hr, f"/records/{record['id']}/verify", {})
    found = ledger(context, contract)
    assert (found["target"]["kind"], found["target"]["jp"], found["met"]) == ("MAX", 24, None)
    assert "24 JP" in found["warning"]
    assert found["explanation"]["verified"] is False
    assert "belum diverifikasi" in found["explanation"]["sentence"]


def test_a_new_target_holds_from_its_year_and_leaves_earlier_years(context):
    body = {"employment_type": "PNS", "kind": "MIN", "jp": 30, "from_year": 2027, "source": "PP baru", "verified": True}
    context.post(context.siti, "/jp-targets", body, 403)
    context.two("/jp-targets", body)
    assert ledger(context, year=2026)["target"]["jp"] == 20
    assert ledger(context, year=2027)["target"]["jp"] == 30


def test_a_verification_sent_twice_with_one_key_books_once_and_answers_the_same(context):
    record = context.external(context.siti)
    client = context.service.client(context.hr)
    path = f"/api/v1/training/records/{record['id']}/verify"
    answers = [client.post(path, json={}, headers={"Idempotency-Key": "verifikasi-1"}) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].get_data() == answers[1].get_data()
    assert context.post(context.hr, f"/records/{record['id']}/verify", status=409)["code"] == "record_closed"
    assert ledger(context)["earned_jp"] == 4


def test_who_submits_for_somebody_does_not_verify_it_from_whatever_account(context):
    record = context.external(context.hr, employee_id=str(context.siti.employee_id))
    path = f"/records/{record['id']}/verify"
    same_person = context.person("hr_officer", employee_id=context.hr.employee_id)
    for officer in (context.hr, same_person):
        assert context.post(officer, path, {}, 403)["code"] == "approval_second_person_needed"
    assert context.post(context.second_hr, path, {})["state"] == "VERIFIED"


def test_nobody_verifies_in_their_own_line_or_from_an_account_of_nobody(context):
    record = context.external(context.siti)
    path = f"/records/{record['id']}/verify"
    head = context.person("hr_officer", employee_id=context.head.employee_id)
    assert context.post(head, path, {}, 403)["code"] == "approval_own_line"
    nobody = replace(context.hr, account_id=new_id(), employee_id=None)
    assert context.post(nobody, path, {}, 403)["code"] == "approval_account_of_nobody"


def test_a_certificate_may_be_issued_anew_after_it_was_revoked(context):
    session, issued = a_finished(context)
    context.two(f"/records/{issued['record_id']}/revoke", {"reason_code": "ENTERED_IN_ERROR"})
    assert ledger(context)["earned_jp"] == 0
    assert context.finish(context.siti, session, "S-2")["outcome"] == "ISSUED"
    assert ledger(context)["earned_jp"] == 8


def test_the_target_of_a_year_is_that_of_the_types_held_in_it(context):
    """A PPPK becomes a PNS in October 2026: in 2025 there was a ceiling, in 2026 a quarter of the target, then all."""
    contract = context.an_employee(employment_type="PPPK")
    context.change(contract, date(2026, 10, 1), employment_type="PNS")
    record = context.external(contract, jp=24)
    context.post(context.hr, f"/records/{record['id']}/verify", {})
    context.on(date(2027, 2, 1))

    found = {year: ledger(context, contract, year) for year in (2025, 2026, 2027)}
    assert [found[year]["employment_type"] for year in found] == ["PPPK", "PNS", "PNS"]
    assert [(found[year]["target_jp"], found[year]["met"]) for year in found] == [(24, None), (5, True), (20, False)]
    assert found[2026]["explanation"]["target_calculation"] == "20 JP (PNS) x 92/365 hari = 5 JP"
    assert found[2026]["explanation"]["verified"] is False


def test_part_years_follow_the_agencys_rules_and_the_sums_say_the_same(context):
    july = date(2026, 7, 1)
    fresh, unit = new_id(), new_id()
    context.publish(fresh, context.stretch(july, unit=unit), service_start=july)
    changed = context.an_employee(employment_type="PPPK", unit=unit)
    context.change(changed, july, employment_type="PNS")
    for number, (who, jp) in enumerate(((context.person(employee_id=fresh), 11), (changed, 10))):
        record = context.external(who, f"N-{number}", jp=jp)
        context.post(context.hr, f"/records/{record['id']}/verify", {})

    def told():
        group = next(one for one in context.get(context.hr, "/summaries/jp")["groups"] if one["unit_id"] == str(unit))
        targets = [
            ledger(context, who, actor=context.hr)["target_jp"] for who in (context.person(employee_id=fresh), changed)
        ]
        return targets, (group["people"], group["met"], group["not_met"])

    assert told() == ([20, 10], (2, 1, 1))
    rule = {"valid_from": "2026-01-01", "source": "Keputusan instansi", "verified": True}
    context.two("/rules", {"name": "JP_TARGET_BY_DAYS_OF_SERVICE", "value": 1, **rule})
    assert told() == ([10, 10], (2, 2, 0))
    context.two("/rules", {"name": "JP_TARGET_BY_DAYS_OF_TYPE", "value": 0, **rule})
    assert told() == ([10, 20], (2, 1, 1))
    context.post(context.hr, "/rules", {"name": "JP_TARGET_BY_DAYS_OF_TYPE", "value": 2, **rule}, 422)


def test_who_has_not_arrived_has_no_target(context, person):
    unknown = person()
    found = ledger(context, unknown)
    assert (found["employment_type"], found["target"], found["met"]) == (None, None, None)
