"""What is under review in oversight, in documents of many, and in what is frozen and exported of it."""

import pytest

from tests.appraisal.component.anomalies import QUARTER, RULE, freeze, listed, search
from tests.appraisal.component.exported import agreed, checks_of, exported
from tests.appraisal.component.reviews import BEST, batch, end, finish, rule
from tests.appraisal.component.test_calibrations import opened, suggest
from tests.appraisal.component.test_explanation_files import move_to

WHY = {"reason": "Uji petik", "order_reference": "ST-4/2026"}


@pytest.fixture
def reviewed(bureau):
    """Siti and two colleagues have plans; extremes of theirs are reviewed."""
    bureau.have_rule("EXTREME_REVIEW", rule())
    bureau.people = [bureau.siti, *bureau.hire(2)]
    for one in bureau.people:
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)
    return bureau


def test_documents_of_many_are_of_what_people_read_already(reviewed, names):
    in_review, done = reviewed.rate(1, *BEST), reviewed.rate(1, who=reviewed.people[1])
    assert (in_review["state"], done["state"]) == ("IN_REVIEW", "FINAL")
    batch = reviewed.post(reviewed.hr, "/documents/batches", QUARTER, 202)["job_id"]
    assert reviewed.get(reviewed.hr, f"/documents/batches/{batch}")["total"] == 1
    reviewed.service.run_jobs()
    shown = reviewed.get(reviewed.hr, f"/documents/batches/{batch}")
    assert (shown["done"], shown["failed"]) == (1, 0)


def test_nobody_draws_what_is_under_review_so_nobody_is_shown_that_it_was_read(reviewed):
    in_review, done = reviewed.rate(1, *BEST), reviewed.rate(1, who=reviewed.people[1])
    wanted = {**QUARTER, **WHY, "size": 2}
    draws = "/oversight/samples"
    assert reviewed.post(reviewed.inspector, draws, wanted, 422)["code"] == "sample_too_large"
    sample = reviewed.post(reviewed.inspector, draws, {**wanted, "size": 1}, 201)
    found = reviewed.get(reviewed.inspector, f"{draws}/{sample['id']}/members")["items"]
    assert [one["evaluation_id"] for one in found] == [done["id"]]
    end(reviewed, in_review)
    reviewed.post(reviewed.inspector, draws, wanted, 201)


def test_the_last_minutes_are_those_of_the_appraiser_however_long_the_review_took(reviewed):
    reviewed.have_rule("ANOMALY", RULE)
    freeze(reviewed, 2026, 4, 30, 16, 45, 0)
    made = [reviewed.rate(1, *BEST, who=one) for one in reviewed.people]
    freeze(reviewed, 2026, 5, 4, 3, 0, 0)
    for one in made:
        end(reviewed, one)
    search(reviewed)
    assert [one["evaluations"] for one in listed(reviewed, "LAST_MINUTES")] == [3]


@pytest.mark.parametrize("days", [1, 3])
def test_a_proposal_that_hr_turned_counts_from_when_it_was_handed_in(reviewed, days):
    reviewed.have_rule("ANOMALY", RULE)
    proposal = reviewed.rate(1, finish=False)
    body = {"employee_id": str(reviewed.siti.employee_id), "work_result": "ABOVE", "behaviour": "ABOVE"}
    body |= {"work_result_note": "Melampaui target", "behaviour_note": "Panutan", **QUARTER, "finish": False}
    body |= {"reason": "Perintah", "order_reference": "SK-7/2026"}
    headers = {"If-Match": f'"{proposal["version"]}"'}
    freeze(reviewed, 2026, 4, 7, 3)
    turned = reviewed.post(reviewed.hr, "/evaluations/periodic", body, 201, headers=headers)
    freeze(reviewed, 2026, 4, 7 + days, 3)
    assert finish(reviewed, turned)["state"] == "IN_REVIEW"
    freeze(reviewed, 2026, 4, 13, 3)
    end(reviewed, turned)
    search(reviewed)
    assert len(listed(reviewed, "PROPOSAL_TURNED")) == (1 if days == 1 else 0)


def intact(bureau, evaluation, who, revisions):
    file = exported(bureau, evaluation, who).json["explanation"]
    assert [(one["revision"], one["intact"]) for one in file["bases"]] == [(n, True) for n in range(1, revisions + 1)]
    assert file["frozen"]
    assert checks_of(bureau, evaluation, who)
    return agreed(bureau, evaluation, who)


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_each_way_to_a_rating_is_frozen_whole_and_its_file_is_right_with_reviews_on(reviewed, zone):
    move_to(reviewed, zone)
    items = [{"behaviour_value": "BP", "remark": "Melayani"}]
    one = reviewed.rate(1, items=items, finish=False)
    intact(reviewed, one["id"], reviewed.head, 1)
    one = reviewed.rerate(one, 1, *BEST, items=items)
    assert one["state"] == "IN_REVIEW"
    intact(reviewed, one["id"], reviewed.chief, 2)
    exported(reviewed, one["id"], reviewed.siti, 403)
    end(reviewed, one, "return")
    intact(reviewed, one["id"], reviewed.head, 2)
    exported(reviewed, one["id"], reviewed.siti, 403)
    finish(reviewed, one, reason="Bukti lengkap")
    end(reviewed, one)
    intact(reviewed, one["id"], reviewed.siti, 2)
    reviewed.correct(one["id"], "MEETS")
    intact(reviewed, one["id"], reviewed.siti, 3)
    reviewed.turn(2027, 1, 5, 3)
    reviewed.rate_fourth_quarter()
    reviewed.turn(2027, 1, 12, 3)
    year = reviewed.issue(*BEST, items=items)
    assert year["state"] == "IN_REVIEW"
    intact(reviewed, year["id"], reviewed.hr, 1)
    reviewed.turn(2027, 1, 15, 3)
    end(reviewed, year)
    intact(reviewed, year["id"], reviewed.siti, 1)
    reviewed.post(reviewed.siti, f"/evaluations/{year['id']}/receive", status=200)
    reviewed.post(reviewed.siti, f"/evaluations/{year['id']}/accept", status=200)
    intact(reviewed, year["id"], reviewed.siti, 1)
    reviewed.turn(2027, 3, 1, 3)
    reviewed.correct(year["id"], "BELOW", by=reviewed.chief)
    intact(reviewed, year["id"], reviewed.siti, 2)
    reviewed.post(reviewed.siti, f"/evaluations/{year['id']}/receive", status=200)
    objection = reviewed.post(reviewed.siti, f"/evaluations/{year['id']}/objection", {"reasons": "Bukti"}, 201)["id"]
    reviewed.answer(objection)
    body = {"decider_id": str(reviewed.top.employee_id), "reason": "Ditunjuk PPK"}
    reviewed.put(reviewed.second_hr, f"/objections/{objection}/decider", body)
    decided = {"outcome": "CHANGED", "reasons": "Terbukti", "work_result": "MEETS", "behaviour": "MEETS"}
    reviewed.post(reviewed.top, f"/objections/{objection}/decision", decided, 200)
    intact(reviewed, year["id"], reviewed.siti, 3)


def test_what_hr_and_a_calibration_and_many_at_once_rate_is_frozen_and_right_too(reviewed):
    siti, second, third = reviewed.people
    order = {"order_reference": "SK-9/2026", "reason": "Penilai berhalangan"}
    body = {"employee_id": str(second.employee_id), "work_result": "ABOVE", "behaviour": "ABOVE", **QUARTER, **order}
    body |= {"work_result_note": "Melampaui", "behaviour_note": "Panutan"}
    by_order = reviewed.post(reviewed.hr, "/evaluations/periodic", body, 201)
    assert by_order["state"] == "IN_REVIEW"
    intact(reviewed, by_order["id"], reviewed.head, 1)
    end(reviewed, by_order)
    intact(reviewed, by_order["id"], second, 1)
    many = reviewed.post(reviewed.head, "/evaluations/periodic/batch", batch(third), 200)["items"]
    intact(reviewed, many[0]["evaluation_id"], reviewed.chief, 1)
    proposal = reviewed.rate(1, *BEST, finish=False)
    finish(reviewed, proposal)
    end(reviewed, proposal, "return")
    session = opened(reviewed)
    made = suggest(reviewed, session, proposal, work_result="MEETS")
    (one,) = made["suggestions"]
    rating = {"work_result": "MEETS", "behaviour": "ABOVE"}
    reviewed.post(reviewed.head, f"/calibrations/{session['id']}/suggestions/{one['id']}/adopt", rating, 200)
    intact(reviewed, proposal["id"], reviewed.head, 2)
    exported(reviewed, proposal["id"], siti, 403)
    finish(reviewed, proposal)
    intact(reviewed, proposal["id"], siti, 2)


def test_the_person_reads_the_same_of_what_is_owed_whether_it_is_proposed_reviewed_or_returned(reviewed):
    def own():
        listed_own = reviewed.get(reviewed.siti, "/obligations?year=2026&kind=PERIODIC_EVALUATION")["items"]
        path = f"/obligations/{listed_own[0]['id']}/deadline"
        return listed_own, reviewed.get(reviewed.siti, path)

    before = own()
    proposal = reviewed.rate(1, *BEST, finish=False)
    assert own() == before
    assert finish(reviewed, proposal)["state"] == "IN_REVIEW"
    assert own() == before
    end(reviewed, proposal, "return")
    assert own() == before
    finish(reviewed, proposal, reason="Bukti lengkap")
    assert own() == before
    end(reviewed, proposal)
    assert own() != before
