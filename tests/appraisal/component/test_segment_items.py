"""What the outgoing appraiser says of single results and values of the days until a move, and what that rests on."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from suar_auditor.reading import parse
from suar_auditor.verify import verify
from tests.appraisal.builders import a_rating
from tests.appraisal.component.deadlines import database
from tests.appraisal.component.exported import agreed, checks_of, exported
from tests.appraisal.component.papers import document, text_of
from tests.appraisal.component.test_evaluation_items import comment, log
from tests.appraisal.component.test_segments import close_out, move, other, own_plans

__all__ = ["other"]


@pytest.fixture
def moved(bureau, other):
    """Siti moves on 15 May 2026; on two days of the quarter she logged work, one of them after the move."""
    bureau.plan = bureau.active_plan()
    bureau.result = bureau.plan["work_results"][0]["id"]
    bureau.turn(2026, 5, 12, 3)
    bureau.until_move = log(bureau, bureau.result, "2026-05-12", quantity="40", unit="usul")
    bureau.remarked = comment(bureau, work_result_id=bureau.result)
    bureau.turn(2026, 5, 18, 3)
    move(bureau, date(2026, 5, 15), other)
    return bureau


def items(bureau, **fields):
    first = {"work_result_id": bureau.result, "realisation": "40 usul sampai mutasi", "remark": "Rapi", **fields}
    return [first, {"behaviour_value": "KO", "remark": "Membantu pengganti"}]


def said(found):
    """Return what is said of results and values, those left out of which nothing is."""
    return [
        (one["title"], one["realisation"], one["remark"])
        for one in found
        if one["realisation"] or one["remark"] or one["progress_ids"]
    ]


def second_quarter(bureau, by, **fields):
    bureau.turn(2026, 7, 6, 3)
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2026, quarter=2, **fields)
    return bureau.post(by, "/evaluations/periodic", body, 201)


def test_it_rests_on_what_was_recorded_until_the_move_and_the_next_appraiser_reads_it(moved, other):
    rated = close_out(moved, moved.head, 201, items=items(moved))
    result, value = (one for one in rated["items"] if one["realisation"] or one["remark"])
    assert (result["progress_ids"], result["feedback_ids"]) == ([moved.until_move], [moved.remarked])
    assert (value["behaviour_value"], value["remark"]) == ("KO", "Membantu pengganti")
    assert len(rated["items"]) == len(moved.plan["work_results"]) + 7
    query = f"/evaluations/evidence?employee_id={moved.siti.employee_id}&year=2026&quarter=2"
    (seen,) = moved.get(other, query)["segment_ratings"]
    assert said(seen["items"]) == said(rated["items"]) != []


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"work_result_id": "01980000-0000-7000-8000-00000000dead"}, "items.0.work_result_id"),
        ({"progress_ids": ["01980000-0000-7000-8000-00000000dead"]}, "items.0.progress_ids.0"),
    ],
)
def test_what_is_not_of_the_ended_plan_and_its_days_is_refused(moved, fault, field):
    problem = close_out(moved, moved.head, 422, items=items(moved, **fault))
    assert [one["field"] for one in problem["errors"]] == [field]


def test_what_was_recorded_after_the_move_is_no_evidence_of_the_days_before_it(moved, other):
    begun = own_plans(moved)[1]
    moved.post(moved.siti, f"/plans/{begun['id']}/submit", status=200)
    moved.agree(other, f"/plans/{begun['id']}")
    later = log(moved, begun["work_results"][0]["id"] if "work_results" in begun else moved.result, "2026-05-18", begun)
    problem = close_out(moved, moved.head, 422, items=items(moved, progress_ids=[later]))
    (fault,) = problem["errors"]
    assert (fault["code"], "2026-04-01 sampai 2026-05-14" in fault["expected"]) == ("not_of_period", True)
    rated = close_out(moved, moved.head, 201, items=items(moved))
    assert rated["plan_id"] == moved.plan["id"]


def test_its_basis_is_frozen_and_the_basis_of_the_period_names_its_hash(moved, other):
    rated = close_out(moved, moved.head, 201, items=items(moved))
    evaluation = second_quarter(moved, other)
    explained = moved.get(moved.siti, f"/evaluations/{evaluation['id']}/explanation")
    (segment,) = explained["segments"]
    basis = segment["basis"]
    assert (segment["segment_rating_id"], basis["intact"]) == (rated["id"], True)
    assert said(segment["items"]) == said(rated["items"])
    content = basis["content"]
    assert [one["id"] for one in content["progress"]] == [moved.until_move]
    assert [one["id"] for one in content["feedback"]] == [moved.remarked]
    assert [one["realisation"] for one in content["items"]] == ["40 usul sampai mutasi", ""]
    assert (content["period"]["last_day_in_service"], content["segment_ratings"]) == ("2026-05-14", [])
    frozen = explained["bases"][0]["content"]["segment_bases"]
    assert frozen == [{"segment_rating_id": rated["id"], "sha256": basis["sha256"]}]
    with pytest.raises(IntegrityError), database(moved) as tx:
        tx.session.execute(text("UPDATE evaluation_item SET remark = 'x'"))


def test_the_checker_agrees_and_finds_what_was_changed_of_it(moved, other):
    close_out(moved, moved.head, 201, items=items(moved))
    evaluation = second_quarter(moved, other)["id"]
    found = agreed(moved, evaluation)
    assert {"segment_basis_hash", "segment_basis_linked", "segment_basis_rating"} <= set(found)
    raw = exported(moved, evaluation).data.decode()
    changed = raw.replace("40 usul sampai mutasi", "41 usul sampai mutasi", 1)
    codes = {one.code for one in verify(parse(changed.encode())) if one.result.value == "DIFFERS"}
    assert codes & {"segment_basis_hash", "segment_basis_rating"}


def test_of_one_that_was_rated_before_bases_were_kept_none_is_missed(moved, other):
    close_out(moved, moved.head, 201)
    with database(moved) as tx:
        tx.session.execute(text("ALTER TABLE rating_basis DISABLE TRIGGER rating_basis_is_append_only"))
        tx.session.execute(text("DELETE FROM rating_basis WHERE agency_id = :agency"), {"agency": moved.agency})
        tx.session.execute(text("ALTER TABLE rating_basis ENABLE TRIGGER rating_basis_is_append_only"))
    evaluation = second_quarter(moved, other)["id"]
    (segment,) = moved.get(moved.siti, f"/evaluations/{evaluation}/explanation")["segments"]
    assert (segment["basis"], said(segment["items"])) == (None, [])
    assert "segment_basis_missing" in {one.code for one in checks_of(moved, evaluation)}
    agreed(moved, evaluation)


def test_the_paper_of_the_period_has_them_beside_what_the_person_stated(moved, other, names):
    close_out(moved, moved.head, 201, items=items(moved))
    begun = own_plans(moved)[1]
    moved.post(moved.siti, f"/plans/{begun['id']}/submit", status=200)
    moved.agree(other, f"/plans/{begun['id']}")
    for plan, words in ((moved.plan, "41 usul"), (begun, "62 usul")):
        stated = [{"work_result_id": moved.result, "realisation": words}]
        moved.put(moved.siti, f"/plans/{plan['id']}/realisations", {"quarter": 2, "items": stated})
    evaluation = second_quarter(moved, other)
    paper = text_of(document(moved, moved.siti, f"/evaluations/{evaluation['id']}"))
    both = "Menurut pegawai: 41 usul; menurut penilai: 40 usul sampai mutasi"
    assert paper.count("41 usul") == paper.count("Menurut pegawai: 62 usul (") == 1
    for words in ("Penilaian atas hari-hari sebelum mutasi", both, "Membantu pengganti"):
        assert words in paper
