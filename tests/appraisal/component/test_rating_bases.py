"""What a rating rested on is frozen with it: later corrections, answers, entries and rules change no explanation."""

import hashlib
import json
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, text

from tests.appraisal.builders import a_rating
from tests.appraisal.component.test_evaluations import annual
from tests.appraisal.component.test_segments import close_out, move

STRICT = {
    "ABOVE": {"ABOVE": "VERY_GOOD", "MEETS": "GOOD", "BELOW": "VERY_POOR"},
    "MEETS": {"ABOVE": "GOOD", "MEETS": "GOOD", "BELOW": "VERY_POOR"},
    "BELOW": {"ABOVE": "NEEDS_IMPROVEMENT", "MEETS": "NEEDS_IMPROVEMENT", "BELOW": "VERY_POOR"},
}


def freeze(bureau, *parts):
    """Stop the clock at a moment, in UTC."""
    bureau.service.clock.freeze(datetime(*parts, tzinfo=UTC))


def explained(bureau, evaluation, who=None):
    return bureau.get(who or bureau.siti, f"/evaluations/{evaluation}/explanation")


def considered(shown):
    return [(one["quarter"], one["revision"], one["predicate"]) for one in shown["periodic_evaluations"]]


def log(bureau, plan, day, **fields):
    line = {"date": day, "work_result_id": plan["work_results"][0]["id"], "text": "Usul diperiksa", **fields}
    return bureau.post(bureau.siti, f"/plans/{plan['id']}/progress", line, 201)


def give(bureau, plan, words="Baik", by=None):
    body = {"work_result_id": plan["work_results"][0]["id"], "text": words}
    return bureau.post(by or bureau.head, f"/plans/{plan['id']}/feedback", body, 201)


def words_of(bureau, evaluation):
    return [one["text"] for one in explained(bureau, evaluation)["inputs"]["feedback"]]


def run(bureau, statement, **values):
    with bureau.service.work.transaction(bureau.agency) as tx:
        return tx.session.execute(text(statement), values)


@contextmanager
def statements(bureau):
    """Gather the statements that are sent to the database."""
    found, engine = [], bureau.service.work.database.engine

    def keep(_connection, _cursor, statement, *_):
        found.append(statement)

    event.listen(engine, "before_cursor_execute", keep)
    yield found
    event.remove(engine, "before_cursor_execute", keep)


@pytest.fixture
def year(bureau):
    """Siti's annual evaluation of 2026 is issued; it considers a weak first quarter and a good fourth one."""
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    first = bureau.rate(1, "BELOW")["id"]
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    return first, bureau.issue()["id"]


def test_the_quarters_that_a_year_considered_stay_as_they_were_when_one_is_corrected(bureau, year):
    first, whole = year
    bureau.correct(first, "ABOVE", "ABOVE")
    assert explained(bureau, first)["predicate"] == "VERY_GOOD"
    shown = explained(bureau, whole)
    assert (considered(shown["inputs"]), shown["frozen"]) == (
        [(1, 1, "NEEDS_IMPROVEMENT"), (4, 1, "GOOD")],
        True,
    )


def test_each_revision_has_a_basis_of_its_own_and_the_last_one_is_shown(bureau, year):
    first, whole = year
    for step in ("receive", "accept"):
        bureau.post(bureau.siti, f"/evaluations/{whole}/{step}", status=200)
    bureau.correct(first, "ABOVE", "ABOVE")
    bureau.correct(whole, "ABOVE", "ABOVE")
    shown = explained(bureau, whole)
    assert [(one["revision"], one["intact"]) for one in shown["bases"]] == [(1, True), (2, True)]
    before, after = (one["content"] for one in shown["bases"])
    assert considered(before) == [(1, 1, "NEEDS_IMPROVEMENT"), (4, 1, "GOOD")]
    assert considered(after) == considered(shown["inputs"]) == [(1, 2, "VERY_GOOD"), (4, 1, "GOOD")]
    assert (before["rating"]["predicate"], after["rating"]["predicate"]) == ("GOOD", "VERY_GOOD")
    (order,) = bureau.get(bureau.hr, f"/corrections?evaluation_id={whole}")["items"]
    assert (before["correction_order_id"], after["correction_order_id"]) == (None, order["id"])


def test_feedback_of_the_third_of_april_is_of_the_second_quarter_alone(bureau):
    plan = bureau.active_plan()
    bureau.turn(2026, 4, 3, 3)
    give(bureau, plan)
    bureau.turn(2026, 4, 6, 3)
    first = bureau.rate(1)["id"]
    bureau.turn(2026, 7, 6, 3)
    second = bureau.rate(2)["id"]
    assert (words_of(bureau, first), words_of(bureau, second)) == ([], ["Baik"])


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Jakarta", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15)], ids=["WIB", "WITA", "WIT"]
)
def test_feedback_is_of_the_period_of_its_day_where_the_agency_is(bureau, zone, hour):
    bureau.deliver("AgencyChanged", bureau.agency, 2, agency_id=bureau.agency, name="Kementerian", time_zone=zone)
    plan = bureau.active_plan()
    for day, last, first in (((2026, 3, 31), "akhir Q1", "awal Q2"), ((2026, 12, 31), "akhir tahun", "tahun baru")):
        freeze(bureau, *day, hour - 1, 59, 59, 900_000)
        give(bureau, plan, last)
        freeze(bureau, *day, hour)
        give(bureau, plan, first)
        if day[1] == 3:
            bureau.turn(2026, 4, 6, 3)
            quarter = bureau.rate(1)["id"]
    bureau.turn(2027, 1, 5, 3)
    fourth = bureau.rate(4)["id"]
    bureau.turn(2027, 1, 12, 3)
    whole = bureau.issue()["id"]
    assert words_of(bureau, quarter) == ["akhir Q1"]
    assert words_of(bureau, fourth) == ["akhir tahun"]
    assert words_of(bureau, whole) == ["akhir Q1", "awal Q2", "akhir tahun"]


def test_an_answer_given_after_the_rating_is_of_the_next_one_alone(bureau):
    plan = bureau.active_plan()
    feedback = give(bureau, plan)
    bureau.turn(2026, 4, 6, 3)
    first = bureau.rate(1)["id"]
    bureau.post(bureau.siti, f"/feedback/{feedback['id']}/answer", {"answer": "Terima kasih"}, 200)
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    whole = bureau.issue()["id"]
    answers = [[one["answer"] for one in explained(bureau, of)["inputs"]["feedback"]] for of in (first, whole)]
    assert answers == [[None], ["Terima kasih"]]


def test_an_entry_recorded_afterwards_for_an_earlier_day_was_not_considered(bureau):
    plan = bureau.active_plan()
    freeze(bureau, 2026, 4, 6, 3)
    early = log(bureau, plan, "2026-03-02", quantity="7.50", unit="usul", evidence_link="https://bukti.example/1")
    log(bureau, plan, "2026-04-01", quantity="100", unit="usul")
    first = bureau.rate(1)["id"]
    # at the very moment of the rating, which is the finest that a clock tells apart
    log(bureau, plan, "2026-03-03", quantity="1", unit="usul")
    bureau.turn(2026, 4, 7, 3)
    log(bureau, plan, "2026-03-04", quantity="2", unit="usul")
    shown = explained(bureau, first)
    result = plan["work_results"][0]["id"]
    sums = {"work_result_id": result, "entries": 1, "quantity": "7.50", "evidence_links": 1}
    assert shown["inputs"]["realisation"] == [sums]
    (basis,) = shown["bases"]
    entry = {"id": early["id"], "work_result_id": result, "day": "2026-03-02", "quantity": "7.50"}
    assert basis["content"]["progress"] == [
        {**entry, "recorded_at": "2026-04-06T03:00:00Z", "has_evidence": True},
    ]


def test_a_rule_that_is_changed_later_changes_no_explanation(bureau):
    bureau.have_rule("PREDICATE_MATRIX", STRICT)
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    first = bureau.rate(1, "ABOVE", "BELOW")["id"]
    softer = json.dumps({**STRICT, "ABOVE": dict.fromkeys(("ABOVE", "MEETS", "BELOW"), "VERY_GOOD")})
    run(bureau, "UPDATE rule_version SET value = CAST(:value AS jsonb), legal_source = 'lain'", value=softer)
    shown = explained(bureau, first)
    assert (shown["predicate"], shown["rule"]["matrix"]) == ("VERY_POOR", STRICT)
    assert shown["rule"]["legal_source"] == "Kebijakan instansi"


def test_days_in_service_plan_and_segments_are_frozen_with_the_rating(bureau):
    plan = bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    (basis,) = explained(bureau, bureau.rate(1)["id"])["bases"]
    content = basis["content"]
    version = bureau.get(bureau.siti, f"/plans/{plan['id']}/versions/1")
    assert content["plan"] == {"id": plan["id"], "version": 1, "sha256": version["version"]["sha256"]}
    assert content["period"] == {
        "year": 2026,
        "quarter": 1,
        "month": None,
        "first_day": "2026-01-01",
        "last_day": "2026-03-31",
        "first_day_in_service": "2026-01-01",
        "last_day_in_service": "2026-03-31",
        "time_zone": "Asia/Jakarta",
    }
    assert (content["format"], content["items"], content["segment_ratings"], content["objections"]) == (1, [], [], [])
    assert [one["state"] for one in content["plans_of_the_year"]] == ["ACTIVE"]


@pytest.mark.parametrize("late", [False, True])
def test_what_an_earlier_appraiser_found_counts_as_it_was_known_when_the_rating_was_made(bureau, late):
    other = bureau.person()
    bureau.place(other, bureau.root, "PENGAWAS", bureau.top)
    bureau.active_plan()
    bureau.turn(2026, 5, 15, 3)
    move(bureau, date(2026, 5, 15), other)
    earlier = [] if late else [close_out(bureau, bureau.head, 201)]
    bureau.turn(2026, 7, 6, 3)
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2026, quarter=2)
    official = bureau.post(other, "/evaluations/periodic", body, 201)["id"]
    if late:
        close_out(bureau, bureau.hr, 201, order_reference="SK-9/2026")
    shown = explained(bureau, official)
    ratings = [{name: one[name] for name in one if name != "items"} for one in earlier]
    assert shown["segment_ratings"] == shown["bases"][0]["content"]["segment_ratings"] == ratings
    assert [(one["work_result"], one["predicate"]) for one in earlier] == [("BELOW", "NEEDS_IMPROVEMENT")] * (not late)


def test_a_decision_rests_on_what_both_sides_answered(bureau):
    whole = annual(bureau, "BELOW")
    freeze(bureau, 2027, 1, 20, 3)
    objection = bureau.post(bureau.siti, f"/evaluations/{whole}/objection", {"reasons": "Bukti baru"}, 201)
    statement = bureau.answer(objection["id"])["statement"]
    call = {"starts_at": "2027-01-27T02:00:00Z", "invited": [str(bureau.siti.employee_id)], "place": "Ruang rapat"}
    examination = bureau.post(bureau.chief, f"/objections/{objection['id']}/examinations", call, 201)
    freeze(bureau, 2027, 1, 27, 4)
    minutes = {"present": [str(bureau.siti.employee_id)], "minutes": "Pegawai menunjukkan bukti"}
    bureau.post(bureau.chief, f"/objections/{objection['id']}/examinations/{examination['id']}/minutes", minutes, 200)
    decision = {**a_rating("ABOVE"), "outcome": "CHANGED", "reasons": "Bukti sah"}
    bureau.post(bureau.chief, f"/objections/{objection['id']}/decision", decision, 200)
    first, decided = (one["content"]["objections"] for one in explained(bureau, whole)["bases"])
    assert first == []
    (one,) = decided
    assert (one["id"], one["revision"], one["stated_at"]) == (objection["id"], 1, "2027-01-20T03:00:00Z")
    assert one["statement_sha256"] == hashlib.sha256(statement.encode()).hexdigest()
    minutes_sha256 = hashlib.sha256(minutes["minutes"].encode()).hexdigest()
    held = {"id": examination["id"], "recorded_at": "2027-01-27T04:00:00Z", "minutes_sha256": minutes_sha256}
    assert one["examinations"] == [held]


def test_whatever_writes_a_rating_freezes_what_it_rests_on(bureau):
    bureau.place(bureau.second_hr, bureau.root, "PELAKSANA", bureau.top)
    people = [bureau.siti, *bureau.hire(5)]
    for one in people:
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)
    proposals = [bureau.rate(1, who=one, finish=False) for one in people]
    session = {"year": 2026, "quarter": 1, "due_on": "2026-04-20", "reason": "Menyelaraskan"}
    opened = bureau.post(bureau.chief, f"/units/{bureau.unit}/calibrations", session, 201)
    best = a_rating("ABOVE", "ABOVE")
    body = {"evaluation_id": proposals[0]["id"], **best, "reason": "Sebanding"}
    body.pop("work_result_note")
    suggested = bureau.post(bureau.chief, f"/calibrations/{opened['id']}/suggestions", body, 201)["suggestions"][-1]
    adopted = f"/calibrations/{opened['id']}/suggestions/{suggested['id']}/adopt"
    proposal = bureau.post(bureau.head, adopted, best, 200)
    bureau.rerate(proposal, 1, "MEETS", "ABOVE")
    bureau.correct(proposals[0]["id"], "ABOVE")
    bureau.rate_fourth_quarter(bureau.head, *people)
    bureau.turn(2027, 1, 12, 3)
    whole = bureau.issue("BELOW")["id"]
    bureau.post(bureau.siti, f"/evaluations/{whole}/receive", status=200)
    objection = bureau.post(bureau.siti, f"/evaluations/{whole}/objection", {"reasons": "x"}, 201)["id"]
    bureau.answer(objection)
    decision = {**a_rating("ABOVE"), "outcome": "CHANGED", "reasons": "Bukti sah"}
    bureau.post(bureau.chief, f"/objections/{objection}/decision", decision, 200)
    bureau.correct(whole, "BELOW", by=bureau.second_hr)
    made = "SELECT v.evaluation_id, v.revision FROM evaluation_version v ORDER BY 1, 2"
    ratings = run(bureau, made).all()
    assert len(ratings) == 6 + 3 + 6 + 3
    frozen = run(bureau, "SELECT evaluation_id, revision FROM rating_basis ORDER BY 1, 2").all()
    assert frozen == ratings
    assert [one["intact"] for one in explained(bureau, whole)["bases"]] == [True] * 3


def test_many_ratings_are_frozen_by_as_many_statements_as_one(bureau):
    people = [bureau.siti, *bureau.hire(11)]
    for one in people:
        bureau.active_plan(one)
    counts = []
    bureau.turn(2026, 4, 6, 3)
    for some in (people[:1], people[1:]):
        ratings = [a_rating(employee_id=str(one.employee_id)) for one in some]
        with statements(bureau) as sent:
            body = {"year": 2026, "quarter": 1, "items": ratings}
            done = bureau.post(bureau.head, "/evaluations/periodic/batch", body, 200)["items"]
        assert {one["outcome"] for one in done} == {"DONE"}
        counts.append(sum("rating_basis" in one or "plan_sha256" in one for one in sent))
    assert counts == [2, 2]


def test_the_paper_prints_what_was_considered(bureau, year, monkeypatch):
    from appraisal.clients import PersonnelNames
    from tests.appraisal.component.test_documents import document, text_of

    monkeypatch.setattr(PersonnelNames, "of", lambda _client, _people: {})
    first, whole = year
    bureau.correct(first, "ABOVE", "ABOVE")
    words = text_of(document(bureau, bureau.siti, f"/evaluations/{whole}"))
    assert "Triwulan I 2026 Di bawah ekspektasi Sesuai ekspektasi Butuh Perbaikan" in words
