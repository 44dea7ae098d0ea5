"""An explanation as a file: who gets it, what it holds, and that whoever has only the file comes to the same result."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from appraisal.domain.canonical import digest_of
from tests.appraisal.component.deadlines import annual, at, database, deadline, outage
from tests.appraisal.component.exported import agreed, checks_of, differing, exported
from tests.appraisal.component.test_intact_bases import tamper
from tests.appraisal.component.test_pinned_rules import STRICT

ZONES = {"Asia/Jakarta": ("WIB", 16), "Asia/Makassar": ("WITA", 15), "Asia/Jayapura": ("WIT", 14)}


def object_to(bureau, evaluation, who=None, status=201):
    return bureau.post(who or bureau.siti, f"/evaluations/{evaluation}/objection", {"reasons": "Bukti baru"}, status)


def move_to(bureau, zone):
    agency = {"agency_id": bureau.agency, "name": "Kementerian Contoh", "time_zone": zone}
    bureau.deliver("AgencyChanged", bureau.agency, 2, **agency)


def without_time(file):
    return {name: value for name, value in file.items() if name not in {"exported_at", "sha256"}}


def test_a_reader_gets_the_explanation_as_a_file_and_another_one_differs_by_its_time_alone(bureau):
    bureau.active_plan()
    bureau.turn(2026, 7, 6, 3)
    evaluation = bureau.rate(2)["id"]
    bureau.service.clock.freeze(datetime(2026, 7, 7, 3, tzinfo=UTC))
    answer = exported(bureau, evaluation)
    assert answer.content_type == "application/json"
    name = f'attachment; filename="penjelasan-evaluasi-{evaluation}.json"'
    assert answer.headers["Content-Disposition"] == name
    file = answer.json
    assert (file["format"], file["agency"], file["time_zone"]) == ("suar-explanation/1", bureau.agency, "Asia/Jakarta")
    assert file["exported_at"] == "2026-07-07T03:00:00Z"
    assert file["explanation"] == bureau.get(bureau.siti, f"/evaluations/{evaluation}/explanation")
    assert file["sha256"] == digest_of(
        {one: value for one, value in json.loads(answer.data).items() if one != "sha256"}
    )
    assert exported(bureau, evaluation).json == file
    bureau.service.clock.freeze(datetime(2026, 8, 1, 3, tzinfo=UTC))
    for reader in (bureau.head, bureau.hr, bureau.inspector):
        again = exported(bureau, evaluation, reader).json
        assert without_time(again) == without_time(file)
        assert again["sha256"] != file["sha256"]
    exported(bureau, evaluation, bureau.outsider, 403)
    with database(bureau) as tx:
        query = text("SELECT count(*) FROM audit WHERE action = 'explanation_exported' AND agency_id = :agency")
        rows = tx.session.execute(query, {"agency": bureau.agency})
        assert rows.scalar() == 5
    agreed(bureau, evaluation)


def test_a_proposal_is_exported_by_who_may_read_it_and_not_by_whom_it_is_about(bureau):
    bureau.active_plan()
    bureau.turn(2026, 7, 6, 3)
    proposal = bureau.rate(2, finish=False)
    exported(bureau, proposal["id"], bureau.siti, 403)
    bureau.rerate(proposal, 2, "BELOW", finish=False)
    found = agreed(bureau, proposal["id"], bureau.head)
    assert found["revisions"].stated == "1, 2"
    assert found["predicate"].stated == "Butuh Perbaikan (NEEDS_IMPROVEMENT)"


@pytest.mark.parametrize("zone", ZONES)
def test_the_last_second_of_a_window_is_counted_in_each_zone(bureau, zone):
    name, hour = ZONES[zone]
    move_to(bureau, zone)
    evaluation = annual(bureau)
    found = agreed(bureau, evaluation)
    assert found["deadline"].stated == f"26 Januari 2027 pukul 23.59.59 {name}"
    bureau.service.clock.freeze(datetime(2027, 1, 26, hour, 59, 59, tzinfo=UTC))
    assert agreed(bureau, evaluation)["can_object"].stated == "ya"
    assert exported(bureau, evaluation).json["explanation"]["rights"]["objection_until"] == f"2027-01-26T{hour}:59:59Z"
    object_to(bureau, evaluation)
    found = agreed(bureau, evaluation)
    assert found["filed_in_time"].stated == f"26 Januari 2027 pukul 23.59.59 {name}"
    assert found["deadline"].stated == f"9 Februari 2027 pukul 23.59.59 {name}"


def test_a_deadline_that_was_moved_is_named_with_what_moved_it(bureau):
    evaluation = annual(bureau)
    bureau.turn(2027, 1, 15, 3)
    first = outage(bureau, "2027-01-13T01:00:00Z", "2027-01-14T05:00:00Z")
    body = {"due_on": "2027-02-05", "reason": "Sakit", "order_reference": "ND-7"}
    bureau.post(bureau.hr, f"/obligations/{deadline(bureau, 'ANSWER').id}/extensions", body, 201)
    moved = exported(bureau, evaluation).json["explanation"]["rights"]["moved"]
    assert [(one["deadline"], one["cause"], one["due_before"], one["due_after"]) for one in moved] == [
        ("ANSWER", "OUTAGE", "2027-01-26T16:59:59Z", "2027-01-28T16:59:59Z"),
        ("ANSWER", "GRANT", "2027-01-28T16:59:59Z", "2027-02-05T16:59:59Z"),
    ]
    assert [(one["outage_id"], one["order_reference"]) for one in moved] == [(first["id"], ""), (None, "ND-7")]
    found = agreed(bureau, evaluation)["deadline"]
    assert found.right.startswith("26 Januari 2027 pukul 23.59.59 WIB (terima 12 Januari 2027 pukul 10.00.00 WIB")
    assert found.right.endswith(
        "lalu dipindahkan oleh gangguan sistem, perpanjangan perorangan ke 5 Februari 2027 pukul 23.59.59 WIB"
    )


def test_an_outage_that_is_withdrawn_leaves_a_deadline_where_the_rule_ends_it(bureau):
    evaluation = annual(bureau)
    bureau.turn(2027, 1, 15, 3)
    recorded = outage(bureau, "2027-01-13T01:00:00Z", "2027-01-14T05:00:00Z")
    bureau.post(bureau.hr, f"/outages/{recorded['id']}/withdraw", {"reason": "Keliru"}, 200)
    assert exported(bureau, evaluation).json["explanation"]["rights"]["moved"] == []
    assert agreed(bureau, evaluation)["deadline"].stated == "26 Januari 2027 pukul 23.59.59 WIB"


def issued_anew(bureau):
    """A year whose window an outage had moved, and that two officers have lowered since."""
    evaluation = annual(bureau)
    bureau.turn(2027, 1, 15, 3)
    outage(bureau, "2027-01-13T01:00:00Z", "2027-01-14T05:00:00Z")
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/accept", status=200)
    bureau.turn(2027, 3, 1, 3)
    bureau.correct(evaluation, "BELOW", by=bureau.chief)
    return evaluation


def test_a_case_that_begins_anew_names_what_has_moved_it_since(bureau):
    """Its deadline is a row that is used again, with the entry that moved the former window."""
    evaluation = issued_anew(bureau)
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/receive", status=200)
    assert exported(bureau, evaluation).json["explanation"]["rights"]["moved"] == []
    agreed(bureau, evaluation)
    bureau.turn(2027, 3, 3, 3)
    outage(bureau, "2027-03-01T02:00:00Z", "2027-03-02T05:00:00Z")
    (one,) = exported(bureau, evaluation).json["explanation"]["rights"]["moved"]
    assert (one["due_before"], one["due_after"]) == ("2027-03-15T16:59:59Z", "2027-03-17T16:59:59Z")
    agreed(bureau, evaluation)


def test_outages_that_were_on_record_when_a_window_began_anew_are_named(bureau):
    """The receipt is deemed within the hour, and took effect before an outage that was recorded meanwhile."""
    bureau.let_receipts_be_deemed()
    evaluation = issued_anew(bureau)
    bureau.turn(2027, 3, 8, 17, 25)
    outage(bureau, "2027-03-08T17:00:00Z", "2027-03-08T17:20:00Z")
    bureau.service.run_timers()
    shown = exported(bureau, evaluation).json["explanation"]["rights"]
    assert (shown["received_at"], shown["receipt"]) == ("2027-03-08T16:59:59Z", "DEEMED")
    (one,) = shown["moved"]
    assert (one["outage_id"], one["due_before"], one["due_after"]) == (
        None, "2027-03-22T16:59:59Z", "2027-03-23T16:59:59Z")  # fmt: skip
    agreed(bureau, evaluation)


def test_a_receipt_that_was_deemed_and_undone_by_an_outage_is_right_at_each_stage(bureau):
    bureau.let_receipts_be_deemed()
    evaluation = annual(bureau, receive=False)
    at(bureau, "2027-01-19 17:00:01")
    found = agreed(bureau, evaluation)
    assert found["receipt"].stated == "dianggap terima"
    at(bureau, "2027-01-20 20:00:00")
    outage(bureau, "2027-01-19T10:00:00Z", "2027-01-20T18:00:00Z")
    shown = exported(bureau, evaluation).json["explanation"]["rights"]
    assert shown["must_confirm_receipt"], "what was deemed within an outage is undone"
    agreed(bureau, evaluation)
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/receive", status=200)
    agreed(bureau, evaluation)


def test_an_order_is_named_with_its_two_officers_before_and_after_the_objection_to_it(bureau):
    evaluation = annual(bureau)
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/accept", status=200)
    bureau.turn(2027, 3, 1, 3)
    order = bureau.propose_correction(evaluation, "BELOW", by=bureau.chief)
    assert exported(bureau, evaluation).json["explanation"]["orders"] == []
    bureau.end_correction(order)
    (shown,) = exported(bureau, evaluation).json["explanation"]["orders"]
    assert (shown["order_id"], shown["revision"], shown["lowers"]) == (order["id"], 2, True)
    officers = (str(bureau.chief.employee_id), str(bureau.hr.employee_id))
    assert (shown["proposed_by"], shown["approved_by"]) == officers
    assert agreed(bureau, evaluation)["two_officers"].stated.startswith("SK-1/2026: diusulkan ")
    bureau.post(bureau.siti, f"/evaluations/{evaluation}/receive", status=200)
    objection = object_to(bureau, evaluation)["id"]
    agreed(bureau, evaluation)
    bureau.answer(objection)
    body = {"decider_id": str(bureau.top.employee_id), "reason": "Ditunjuk PPK"}
    bureau.put(bureau.second_hr, f"/objections/{objection}/decider", body)
    decided = {"outcome": "CHANGED", "reasons": "Terbukti", "work_result": "MEETS", "behaviour": "MEETS"}
    bureau.post(bureau.top, f"/objections/{objection}/decision", decided, 200)
    found = agreed(bureau, evaluation)
    assert found["outcome"].stated == "CHANGED; 1 revisi oleh putusan"
    assert found["revisions"].stated == "1, 2, 3"


def test_an_agencys_own_rules_within_the_national_limits_are_right_and_named(bureau):
    bureau.have_rule("PREDICATE_MATRIX", STRICT)
    bureau.have_rule("OBJECTION", {"objection_days": 20, "decision_days": 10, "deemed_receipt_days": -1})
    evaluation = annual(bureau)
    found = agreed(bureau, evaluation)
    assert found["rule"].stated == "aturan milik instansi, dalam batas nasional"
    assert found["rule_used"].stated == f"{bureau.agency}/2024"
    assert found["deadline"].stated == "1 Februari 2027 pukul 23.59.59 WIB"
    object_to(bureau, evaluation)
    assert agreed(bureau, evaluation)["deadline"].stated == "22 Januari 2027 pukul 23.59.59 WIB"


def test_a_matrix_that_changes_within_a_year_is_right_for_each_of_its_periods(bureau):
    bureau.turn(2026, 1, 12, 2)
    bureau.active_plan()
    bureau.turn(2026, 7, 6, 3)
    quarter = bureau.rate(2, "ABOVE", "BELOW")["id"]
    bureau.turn(2026, 7, 20, 3)
    bureau.set_rule("PREDICATE_MATRIX", STRICT)
    agreed(bureau, quarter)
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    annual_one = bureau.issue()["id"]
    file = exported(bureau, annual_one).json
    named = [one["rule_version"] for one in file["rules"] if one["kind"] == "PREDICATE_MATRIX"]
    assert named[0] == "permenpanrb-6-2022"
    assert [one.split("/")[0] for one in named[1:]] == [bureau.agency]
    agreed(bureau, annual_one)


def test_days_until_a_move_are_checked_with_the_year(bureau):
    bureau.active_plan()
    bureau.turn(2026, 5, 18, 3)
    bureau.change(bureau.siti, since=date(2026, 5, 15), superior_id=bureau.chief.employee_id)
    body = {"employee_id": str(bureau.siti.employee_id), "year": 2026, "quarter": 2, "first_day": "2026-04-01"}
    bureau.post(bureau.head, "/evaluations/segments", {**body, "work_result": "MEETS", "behaviour": "ABOVE"}, 201)
    bureau.turn(2026, 7, 6, 3)
    rating = {"employee_id": body["employee_id"], "year": 2026, "quarter": 2, "work_result": "MEETS"}
    done = bureau.post(bureau.chief, "/evaluations/periodic", {**rating, "behaviour": "MEETS"}, 201)
    assert agreed(bureau, done["id"])["segment"].subject == "Keadaan segmen 1 April 2026 sampai 14 Mei 2026"


def test_a_row_that_somebody_has_changed_in_the_database_is_found_by_the_file(bureau):
    evaluation = annual(bureau)
    with database(bureau) as tx:
        tx.session.execute(text("UPDATE evaluation SET predicate = 'VERY_GOOD', objection_until = :late"), {
            "late": datetime(2027, 1, 28, 16, 59, 59, tzinfo=UTC)})  # fmt: skip
    found = {one.code for one in differing(checks_of(bureau, evaluation))}
    assert {"predicate_shown", "deadline"} <= found


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE evaluation_item SET remark = 'Buruk' WHERE behaviour_value = 'BP'",
        "UPDATE evaluation_item SET behaviour_value = 'KL' WHERE behaviour_value = 'AK'",
        "DELETE FROM evaluation_item WHERE behaviour_value = 'BP'",
        "DELETE FROM evaluation_item",
        "UPDATE evaluation_item SET revision = 2",
    ],
)
def test_a_changed_item_row_changes_neither_explanation_nor_file_which_have_what_was_frozen(bureau, change):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    items = [{"behaviour_value": "BP", "remark": "Melayani"}, {"behaviour_value": "AK", "realisation": "Tuntas"}]
    evaluation = bureau.rate(1, items=items)["id"]
    assert agreed(bureau, evaluation)["items_in_basis"].stated == "dari revisi 1"
    bureau.correct(evaluation, "ABOVE")
    assert agreed(bureau, evaluation)["items_in_basis"].stated == "dari revisi 1"
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}/explanation")
    tamper(bureau, change, "evaluation_item")
    assert agreed(bureau, evaluation)["items_in_basis"].stated == "dari revisi 1"
    assert bureau.get(bureau.siti, f"/evaluations/{evaluation}/explanation") == shown


@pytest.mark.parametrize("revision", [1, 2])
def test_items_of_a_rating_without_a_basis_are_those_of_the_rows(bureau, revision):
    """As a process of a former release makes one: it leaves what was given before, or was frozen, standing."""
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    evaluation = bureau.rate(1, items=[{"behaviour_value": "BP", "remark": "Melayani"}])["id"]
    bureau.correct(evaluation, "ABOVE")
    tamper(bureau, f"DELETE FROM rating_basis WHERE revision = {revision}")
    shown = bureau.get(bureau.siti, f"/evaluations/{evaluation}/explanation")
    assert (shown["frozen"], shown["items_revision"]) == (revision == 1, 1)
    assert [one["remark"] for one in shown["items"] if one["remark"]] == ["Melayani"]


def test_a_rating_without_items_shows_none(bureau):
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    assert agreed(bureau, bureau.rate(1)["id"])["items_in_basis"].right == "tidak ada"
