"""An objection from filing to decision: both sides first, nothing made worse unasked, and an impartial decider above."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.appraisal.builders import a_rating, a_result
from tests.appraisal.component.deadlines import annual, at, database, deadline, outage

KEPT = {"outcome": "KEPT", "reasons": "Sudah diperiksa"}
WORSE = {**a_rating("BELOW"), "outcome": "CHANGED", "reasons": "Bukti menunjukkan sebaliknya"}
STATEMENT = {"statement": "Target semester kedua tidak tercapai"}


def objection(bureau):
    """Siti's objection, filed on 12 January 2027: the statement is due on the 19th, the decision on the 26th."""
    found = bureau.post(bureau.siti, f"/evaluations/{annual(bureau)}/objection", {"reasons": "x"}, 201)
    return found, f"/objections/{found['id']}"


def call(bureau, path, by, starts="2027-01-15T02:00:00Z", *invited, status=201):
    people = [str(one.employee_id) for one in invited or (bureau.siti,)]
    body = {"starts_at": starts, "invited": people, "place": "Ruang rapat 2"}
    return bureau.post(by, f"{path}/examinations", body, status)


def moves(found):
    return [one["move"] for one in found["moves"]]


def test_the_appraiser_answers_once_and_both_sides_read_it(bureau):
    filed, path = objection(bureau)
    assert (filed["stage"], filed["statement_by"], filed["moves"]) == (
        "AWAITS_STATEMENT",
        "2027-01-19T16:59:59Z",
        [{"move": "WITHDRAW", "until": "2027-01-26T16:59:59Z"}],
    )
    owed = deadline(bureau, "STATEMENT")
    assert (owed.owed_by, owed.owed_to, str(owed.matter_id)) == (
        bureau.head.employee_id,
        bureau.siti.employee_id,
        filed["id"],
    )
    assert bureau.get(bureau.head, path)["moves"] == [{"move": "MAKE_STATEMENT", "until": "2027-01-19T16:59:59Z"}]
    bureau.post(bureau.chief, f"{path}/statement", STATEMENT, 403)
    bureau.post(bureau.outsider, f"{path}/statement", STATEMENT, 403)
    early = bureau.post(bureau.chief, f"{path}/decision", KEPT, 409)
    assert (early["code"], "atau mulai 20 Januari 2027" in early["detail"]) == ("objection_not_ready", True)
    (waiting,) = bureau.get(bureau.head, "/appraiser/queue")["objections_to_answer"]
    assert (waiting["objection_id"], waiting["statement_by"]) == (filed["id"], filed["statement_by"])
    bureau.answer(filed["id"])
    assert bureau.get(bureau.head, "/appraiser/queue")["objections_to_answer"] == []
    again = bureau.answer(filed["id"], status=409)
    assert (again["code"], "memanggil pemeriksaan, menunjuk pejabat pemutus, memutus" in again["detail"]) == (
        "objection_move_refused",
        True,
    )
    for reader in (bureau.siti, bureau.chief, bureau.hr, bureau.inspector):
        shown = bureau.get(reader, path)
        assert (shown["statement"], shown["stated_capacity"]) == (STATEMENT["statement"], "APPRAISER")
    assert deadline(bureau, "STATEMENT").state == "DONE"
    assert [one["data"]["decider_id"] for one in bureau.events("ObjectionAnswered")] == [filed["decider_id"]]
    assert moves(bureau.get(bureau.chief, path)) == ["CALL_EXAMINATION", "DECIDE"]
    assert bureau.post(bureau.chief, f"{path}/decision", KEPT, 200)["state"] == "FINAL"
    assert (bureau.get(bureau.siti, path)["stage"], deadline(bureau, "DECISION").state) == ("DECIDED", "DONE")
    assert bureau.answer(filed["id"], status=409)["code"] == "objection_already_decided"


@pytest.mark.parametrize("starts", ["9999-12-31T23:59:59-12:00", "2028-01-14T03:00:00Z", "0001-01-01T00:00:00+14:00"])
def test_an_examination_that_nobody_can_come_to_is_not_called(bureau, starts):
    """One in the year 10000 was stored, and its objection could not be read any more."""
    _, path = objection(bureau)
    (fault,) = call(bureau, path, bureau.chief, starts, status=422)["errors"]
    assert (fault["field"], fault["code"]) == ("starts_at", "not_ahead")
    assert bureau.get(bureau.siti, path)["examinations"] == []


def test_whoever_stands_in_for_the_appraiser_today_answers(bureau):
    filed, path = objection(bureau)
    bureau.stand_in(bureau.outsider, bureau.head, date(2027, 1, 13), date(2027, 1, 14))
    bureau.answer(filed["id"], bureau.outsider, 403)
    at(bureau, "2027-01-13 03:00:00")
    assert moves(bureau.get(bureau.outsider, path)) == ["MAKE_STATEMENT"]
    assert bureau.answer(filed["id"], bureau.outsider)["stated_capacity"] == "ACTING"


def test_who_decides_never_answers_for_the_appraiser_and_who_answered_never_decides(bureau):
    """Two duties in one person: the chief stands in for the head, then a deputy does."""
    filed, path = objection(bureau)
    deputy = bureau.person()
    bureau.place(deputy, bureau.bureau_unit, "ADMINISTRATOR", bureau.chief)
    bureau.stand_in(bureau.chief, bureau.head, date(2027, 1, 12), date(2027, 1, 12))
    bureau.stand_in(deputy, bureau.head, date(2027, 1, 13), date(2027, 1, 14))
    assert bureau.answer(filed["id"], bureau.chief, 409)["code"] == "objection_statement_by_decider"
    assert moves(bureau.get(bureau.chief, path)) == ["CALL_EXAMINATION"]
    at(bureau, "2027-01-13 03:00:00")
    bureau.answer(filed["id"], deputy)
    assert designate(bureau, path, deputy, 409)["code"] == "objection_decider_not_allowed"


def test_one_outage_moves_both_deadlines_of_an_objection(bureau):
    _, path = objection(bureau)
    bureau.turn(2027, 1, 16, 3)
    assert outage(bureau, "2027-01-14T01:00:00Z", "2027-01-15T13:00:00Z")["extended"] == 2
    shown = bureau.get(bureau.siti, path)
    assert (shown["statement_by"], shown["decide_by"]) == ("2027-01-21T16:59:59Z", "2027-01-28T16:59:59Z")
    at(bureau, "2027-01-21 16:59:59")
    assert bureau.events("ObjectionStatementOverdue") == []
    at(bureau, "2027-01-21 17:00:02")
    assert len(bureau.events("ObjectionStatementOverdue")) == 1


def test_nothing_waits_for_a_statement_to_an_objection_of_the_former_release(bureau):
    filed, path = objection(bureau)
    with database(bureau) as tx:
        tx.session.execute(text("UPDATE objection SET statement_by = NULL"))
        tx.session.execute(text("DELETE FROM obligation WHERE kind = 'STATEMENT'"))
    assert bureau.get(bureau.chief, path)["stage"] == "READY"
    assert bureau.answer(filed["id"])["statement_is_late"] is False
    bureau.post(bureau.chief, f"{path}/decision", KEPT, 200)


def test_a_late_statement_is_reported_taken_until_the_decision_and_marked(bureau):
    filed, path = objection(bureau)
    at(bureau, "2027-01-19 16:59:59")
    assert bureau.events("ObjectionStatementOverdue") == []
    at(bureau, "2027-01-19 17:00:02")
    at(bureau, "2027-01-20 03:00:00")
    (overdue,) = bureau.events("ObjectionStatementOverdue")
    assert overdue["data"]["appraiser_id"] == str(bureau.head.employee_id)
    late = bureau.get(bureau.hr, "/obligations?overdue=true&kind=STATEMENT")["items"]
    assert [one["matter_id"] for one in late] == [filed["id"]]
    assert bureau.answer(filed["id"])["statement_is_late"] is True
    bureau.post(bureau.chief, f"{path}/decision", KEPT, 200)


def test_what_is_decided_without_a_statement_is_owed_no_longer_and_what_is_late_stays_on_hrs_list(bureau):
    filed, path = objection(bureau)
    at(bureau, "2027-03-01 03:00:00")
    overdue = bureau.get(bureau.hr, "/obligations?overdue=true&limit=100")["items"]
    assert {one["kind"] for one in overdue if one["matter_id"] == filed["id"]} == {"STATEMENT", "DECISION"}
    bureau.post(bureau.chief, f"{path}/decision", KEPT, 200)
    ended = deadline(bureau, "STATEMENT")
    assert (ended.state, ended.reason) == ("CANCELLED", "DECIDED_WITHOUT_STATEMENT")
    overdue = bureau.get(bureau.hr, "/obligations?overdue=true&limit=100")["items"]
    assert [one for one in overdue if one["matter_id"] == filed["id"]] == []


def test_hr_gives_the_appraiser_more_time_and_the_decision_waits_for_it(bureau):
    _, path = objection(bureau)
    body = {"due_on": "2027-01-22", "reason": "Dirawat di rumah sakit"}
    bureau.post(bureau.hr, f"/obligations/{deadline(bureau, 'STATEMENT').id}/extensions", body, 201)
    at(bureau, "2027-01-21 03:00:00")
    assert bureau.events("ObjectionStatementOverdue") == []
    early = bureau.post(bureau.chief, f"{path}/decision", KEPT, 409)
    assert "sampai 22 Januari 2027 pukul 23.59 WIB" in early["detail"]
    granted = {(one["data"]["kind"], one["data"]["role"]) for one in bureau.events("DeadlineExtended")}
    assert granted == {("STATEMENT", "OWES"), ("STATEMENT", "AWAITS")}
    at(bureau, "2027-01-22 17:00:01")
    bureau.post(bureau.chief, f"{path}/decision", KEPT, 200)


def test_nothing_is_made_worse_without_an_examination_to_which_the_employee_was_invited_in_time(bureau):
    filed, path = objection(bureau)
    bureau.answer(filed["id"])
    refused = bureau.post(bureau.chief, f"{path}/decision", WORSE, 409)
    assert (refused["code"], "3 hari" in refused["detail"]) == ("objection_examination_required", True)
    call(bureau, path, bureau.siti, status=403)
    call(bureau, path, bureau.head, status=403)
    one = call(bureau, path, bureau.chief, "2027-01-15T02:00:00Z", bureau.siti, bureau.head)
    assert (one["called_capacity"], one["recorded_at"]) == ("REVIEWER", None)
    called = {event["data"]["employee_id"] for event in bureau.events("ExaminationCalled")}
    assert called == set(one["invited"]) == {str(bureau.siti.employee_id), str(bureau.head.employee_id)}
    minutes = {"present": [str(bureau.head.employee_id)], "minutes": "Pegawai tidak hadir"}
    held = f"{path}/examinations/{one['id']}"
    assert bureau.post(bureau.chief, f"{held}/minutes", minutes, 409)["code"] == "objection_move_refused"
    assert bureau.post(bureau.siti, f"{held}/remark", {"remark": "x"}, 409)["code"] == "objection_move_refused"
    bureau.turn(2027, 1, 15, 3)
    assert bureau.post(bureau.chief, f"{path}/decision", WORSE, 409)["code"] == "objection_examination_required"
    assert bureau.post(bureau.chief, f"{held}/minutes", minutes, 200)["recorded_capacity"] == "REVIEWER"
    assert moves(bureau.get(bureau.siti, path)) == ["ADD_REMARK", "WITHDRAW"]
    bureau.post(bureau.head, f"{held}/remark", {"remark": "x"}, 403)
    remarked = bureau.post(bureau.siti, f"{held}/remark", {"remark": "Saya sakit pada hari itu"}, 200)
    assert remarked["remarked_at"] is not None
    bureau.post(bureau.siti, f"{held}/remark", {"remark": "x"}, 409)
    (shown,) = bureau.get(bureau.siti, path)["examinations"]
    assert (shown["minutes"], shown["remark"]) == ("Pegawai tidak hadir", "Saya sakit pada hari itu")
    assert bureau.post(bureau.chief, f"{path}/decision", WORSE, 200)["predicate"] == "NEEDS_IMPROVEMENT"


def test_hr_examines_on_the_deciders_behalf_marked_and_never_in_a_matter_of_their_own(bureau):
    _, path = objection(bureau)
    unknown = call(bureau, path, bureau.hr, "2027-01-14T02:00:00Z", bureau.person(), status=422)
    assert (unknown["errors"][0]["field"], unknown["errors"][0]["code"]) == ("invited", "unknown_employee")
    assert call(bureau, path, bureau.hr, "2027-01-11T02:00:00Z", status=422)["errors"][0]["code"] == "not_ahead"
    one = call(bureau, path, bureau.hr, "2027-01-14T02:00:00Z", bureau.head)
    bureau.turn(2027, 1, 14, 3)
    present = {"present": [str(bureau.head.employee_id)], "minutes": "Penilai menjelaskan"}
    done = bureau.post(bureau.hr, f"{path}/examinations/{one['id']}/minutes", present, 200)
    assert (done["called_capacity"], done["recorded_capacity"]) == ("HR", "HR")
    for party in (bureau.siti, bureau.head):
        officer = bureau.person("hr_officer", employee_id=party.employee_id)
        assert call(bureau, path, officer, "2027-01-20T02:00:00Z", status=403)["code"] == "own_affair"
    bureau.stand_in(bureau.hr, bureau.head, date(2027, 1, 14), date(2027, 1, 20))
    assert call(bureau, path, bureau.hr, "2027-01-20T02:00:00Z", status=403)["code"] == "own_affair"
    # the appraiser was there: that is their side
    assert bureau.post(bureau.chief, f"{path}/decision", KEPT, 200)["state"] == "FINAL"


def designate(bureau, path, official, status=200, by=None):
    body = {"decider_id": str(official.employee_id), "reason": "Berhalangan"}
    return bureau.put(by or bureau.hr, f"{path}/decider", body, status)


def test_hr_designates_nobody_below_a_party_nor_themselves_nor_who_is_not_above(bureau):
    _, path = objection(bureau)
    clerk, peer = bureau.person(), bureau.person()
    below, equal = bureau.person(), bureau.person()
    bureau.place(clerk, bureau.bureau_unit, "ADMINISTRATOR", bureau.hr)
    bureau.place(peer, bureau.unit, "JF", bureau.siti)
    bureau.place(below, bureau.unit, "JPT_PRATAMA", peer)
    bureau.place(equal, bureau.root, "PENGAWAS", bureau.top)
    codes = {
        "hr": (bureau.hr, "objection_decider_designates_self"),
        "below hr": (clerk, "objection_decider_below_party"),
        "below siti": (peer, "objection_decider_below_party"),
        "two below siti": (below, "objection_decider_below_party"),
        "siti": (bureau.siti, "objection_decider_not_allowed"),
        "head": (bureau.head, "objection_decider_not_allowed"),
        "same rank": (equal, "objection_decider_not_above"),
        "rank not known": (bureau.outsider, "objection_decider_not_above"),
    }
    found = {name: designate(bureau, path, official, 409)["code"] for name, (official, _) in codes.items()}
    assert found == {name: code for name, (_, code) in codes.items()}
    bureau.change(equal, position_kind="ADMINISTRATOR")
    assert designate(bureau, path, equal)["decider_id"] == str(equal.employee_id)
    assert designate(bureau, path, bureau.top)["decider_id"] == str(bureau.top.employee_id)


def test_whoever_stands_in_for_the_superior_of_the_designated_is_the_objector(bureau):
    """Acting posts count: while Siti stands in for the chief, the head's other superior is below her."""
    _, path = objection(bureau)
    deputy = bureau.person()
    bureau.place(deputy, bureau.bureau_unit, "ADMINISTRATOR", bureau.chief)
    bureau.stand_in(bureau.siti, bureau.chief, date(2027, 1, 12), date(2027, 1, 20))
    assert designate(bureau, path, deputy, 409)["code"] == "objection_decider_below_party"
    at(bureau, "2027-01-21 03:00:00")
    designate(bureau, path, deputy)


@pytest.fixture
def governor(bureau):
    """A governor, who is no employee."""
    official = bureau.person("external_official")
    office = {"official_id": official.employee_id, "office": "Gubernur", "first_day": date(2025, 2, 20)}
    bureau.deliver("ExternalOfficialChanged", official.employee_id, **office, last_day=None)
    return official


def test_the_objection_to_a_top_officials_rating_goes_to_the_ppk_from_outside(bureau, governor):
    bureau.active_plan(
        bureau.chief, by=bureau.top, work_results=[{**one, "perspective": "BUDGET"} for one in results()]
    )
    bureau.rate_fourth_quarter(bureau.top, bureau.chief)
    bureau.turn(2027, 1, 12, 3)
    issued = bureau.issue("BELOW", who=bureau.chief, by=bureau.top)["id"]
    bureau.post(bureau.chief, f"/evaluations/{issued}/receive", status=200)
    filed = bureau.post(bureau.chief, f"/evaluations/{issued}/objection", {"reasons": "x"}, 201)
    path = f"/objections/{filed['id']}"
    assert (filed["needs_decider"], filed["stage"]) == (True, "WITHOUT_DECIDER")
    assert moves(bureau.get(bureau.hr, path)) == ["DESIGNATE"]
    assert call(bureau, path, bureau.hr, status=409)["code"] == "objection_move_refused"
    designate(bureau, path, governor)
    (designated,) = bureau.events("DeciderDesignated")
    assert designated["data"]["decider_id"] == str(governor.employee_id)
    bureau.answer(filed["id"], bureau.top)
    assert moves(bureau.get(governor, path)) == ["CALL_EXAMINATION", "DECIDE"]
    raised = {**a_rating(), "outcome": "CHANGED", "reasons": "Kinerja terbukti"}
    assert bureau.post(governor, f"{path}/decision", raised, 200)["predicate"] == "GOOD"
    assert bureau.get(bureau.chief, path)["decided_capacity"] == "DESIGNATED"


def results():
    return [a_result(), a_result(title="Data mutakhir")]


def test_a_decider_who_moves_below_the_objector_decides_no_more_and_hr_designates_again(bureau):
    filed, path = objection(bureau)
    bureau.answer(filed["id"])
    bureau.change(bureau.chief, since=date(2027, 1, 12), superior_id=bureau.siti.employee_id)
    refused = bureau.post(bureau.chief, f"{path}/decision", KEPT, 409)
    assert refused["code"] == "objection_decider_below_party"
    assert call(bureau, path, bureau.chief, status=409)["code"] == "objection_decider_below_party"
    assert call(bureau, path, bureau.hr)["called_capacity"] == "HR"
    assert deadline(bureau, "DECISION").owed_by is None
    designate(bureau, path, bureau.top)
    assert deadline(bureau, "DECISION").owed_by == bureau.top.employee_id
    bureau.post(bureau.top, f"{path}/decision", KEPT, 200)


def test_an_hr_officer_who_is_the_reviewer_decides_as_such_and_designates_others_not_herself(bureau):
    officer = bureau.person("hr_officer", employee_id=bureau.chief.employee_id)
    filed, path = objection(bureau)
    assert designate(bureau, path, officer, 409, by=officer)["code"] == "objection_decider_designates_self"
    assert designate(bureau, path, bureau.top, by=officer)["decider_id"] == str(bureau.top.employee_id)
    assert call(bureau, path, officer)["called_capacity"] == "HR"
    bureau.answer(filed["id"])
    bureau.post(officer, f"{path}/decision", KEPT, 403)
    bureau.stand_in(bureau.chief, bureau.top, date(2027, 1, 12), date(2027, 1, 20))
    assert bureau.post(officer, f"{path}/decision", KEPT).status_code in {403, 409}


def test_whoever_finished_or_rated_in_anothers_place_never_decides(bureau):
    """The chief stood in for the head and rated: the objection has no decider, also where another finished it."""
    bureau.active_plan()
    bureau.rate_fourth_quarter()
    bureau.stand_in(bureau.chief, bureau.head, date(2027, 1, 12), date(2027, 1, 12))
    bureau.turn(2027, 1, 12, 3)
    proposal = bureau.issue("BELOW", by=bureau.chief, finish=False)
    bureau.turn(2027, 1, 13, 3)
    changed = {**a_rating("BELOW", "MEETS", work_result_note="Waktu layanan 8 hari"), "reason": "Bukti baru"}
    body = {**changed, "employee_id": str(bureau.siti.employee_id), "year": 2026, "finish": False}
    seen = {"If-Match": f'"{proposal["version"]}"'}
    bureau.post(bureau.head, "/evaluations/annual", body, 201, headers=seen)
    bureau.post(bureau.head, f"/evaluations/{proposal['id']}/finish", status=200)
    bureau.post(bureau.siti, f"/evaluations/{proposal['id']}/receive", status=200)
    filed = bureau.post(bureau.siti, f"/evaluations/{proposal['id']}/objection", {"reasons": "x"}, 201)
    assert filed["needs_decider"] is True
    assert designate(bureau, f"/objections/{filed['id']}", bureau.chief, 409)["code"] == "objection_decider_not_allowed"
