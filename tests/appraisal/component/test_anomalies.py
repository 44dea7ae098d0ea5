"""Anomalies: each pattern exactly from its threshold on."""

from datetime import date

import pytest

from tests.appraisal.builders import a_rating
from tests.appraisal.component.anomalies import (
    QUARTER,
    RULE,
    TEXT,
    WINDOW_END,
    basis_of,
    freeze,
    ids,
    let_plan,
    listed,
    search,
)
from tests.appraisal.component.reviews import asked, end, rule


@pytest.fixture
def inspected(bureau):
    """The bureau with low thresholds; Siti and two of five colleagues have plans."""
    bureau.have_rule("ANOMALY", RULE)
    bureau.people = [bureau.siti, *bureau.hire(5)]
    let_plan(bureau, 0, 3)
    return bureau


@pytest.mark.parametrize("people", [2, 3, 4])
def test_the_same_text_counts_from_as_many_people_as_the_threshold_says(inspected, people):
    let_plan(inspected, 3)
    texts = [TEXT, f"  {TEXT.upper()} ", TEXT.replace(" ", "\n  "), TEXT.replace("t", "ｔ")]
    for one, text in zip(inspected.people[:people], texts, strict=False):
        inspected.rate(1, who=one, work_result_note=text)
    inspected.rate(1, who=inspected.people[5], work_result_note=TEXT + ".")
    search(inspected)
    found = listed(inspected, "IDENTICAL_TEXTS")
    assert [(one["people"], one["official_id"]) for one in found] == [
        (people, str(inspected.head.employee_id)) for _ in range(people >= 3)
    ]
    if found:
        assert basis_of(inspected, found[0]) == ids(inspected.people[:people])
        assert found[0]["sentence"].startswith(f"{people} orang mendapat catatan dengan kalimat yang sama")
        assert TEXT not in str(found)


@pytest.mark.parametrize(("text", "counts"), [("x" * 19, False), ("x" * 20, True), (f"{'x' * 19}   ", False)])
def test_a_short_text_counts_for_nothing(inspected, text, counts):
    for one in inspected.people[:3]:
        inspected.rate(1, who=one, behaviour_note=text)
    search(inspected)
    assert len(listed(inspected, "IDENTICAL_TEXTS")) == counts


def test_both_notes_of_one_person_are_one_person_and_texts_are_compared_across_notes(inspected):
    siti, budi, rina = inspected.people[:3]
    inspected.rate(1, who=siti, work_result_note=TEXT, behaviour_note=TEXT)
    inspected.rate(1, who=budi, work_result_note=TEXT)
    search(inspected)
    assert listed(inspected, "IDENTICAL_TEXTS") == []
    inspected.rate(1, who=rina, behaviour_note=TEXT)
    search(inspected)
    (found,) = listed(inspected, "IDENTICAL_TEXTS")
    assert (found["people"], found["evaluations"]) == (3, 3)


def test_the_same_text_by_different_officials_is_about_none_of_them(inspected):
    inspected.turn(2026, 1, 12, 2)
    inspected.active_plan(inspected.head, inspected.chief)
    inspected.turn(2026, 4, 6, 3)
    inspected.rate(1, work_result_note=TEXT)
    search(inspected)
    assert listed(inspected, "IDENTICAL_TEXTS") == []
    own = {**a_rating(employee_id=str(inspected.head.employee_id)), **QUARTER, "work_result_note": TEXT}
    inspected.post(inspected.chief, "/evaluations/periodic", own, 201)
    search(inspected)
    (found,) = listed(inspected, "IDENTICAL_TEXTS")
    assert (found["official_id"], found["people"]) == (None, 2)
    assert found["sentence"].startswith("Catatan dengan kalimat yang sama ditulis oleh beberapa pejabat untuk 2 orang")
    path = f"/oversight/anomalies/{found['id']}"
    for official in (inspected.head, inspected.chief):
        own = inspected.person("inspector", employee_id=official.employee_id)
        assert listed(inspected, "IDENTICAL_TEXTS", own) == []
        inspected.get(own, path, 404)
        look = {"headers": {"If-Match": f'"{found["version"]}"'}}
        inspected.post(own, f"{path}/look", {"remark": "Sudah diperiksa"}, 404, **look)


def with_item(bureau, who, **words):
    """Finish a quarter whose only text is that of one value of conduct."""
    return bureau.rate(1, who=who, items=[{"behaviour_value": "KO", **words}])


def rate_twice(bureau, who, **items):
    """Propose with the text on one value, and finish with another rating and these items, or none."""
    first = bureau.rate(1, who=who, finish=False, items=[{"behaviour_value": "KO", "remark": TEXT}])
    body = {**a_rating("ABOVE", employee_id=str(who.employee_id)), **QUARTER, "reason": "Diperiksa", **items}
    headers = {"If-Match": f'"{first["version"]}"'}
    bureau.post(bureau.head, "/evaluations/periodic", body, 201, headers=headers)


@pytest.mark.parametrize("field", ["realisation", "remark"])
def test_texts_of_results_and_values_are_compared_with_all_others(inspected, field):
    siti, budi, rina = inspected.people[:3]
    with_item(inspected, siti, **{field: TEXT})
    with_item(inspected, budi, realisation=TEXT, remark=TEXT)
    search(inspected)
    assert listed(inspected, "IDENTICAL_TEXTS") == []
    inspected.rate(1, who=rina, work_result_note=TEXT)
    search(inspected)
    (found,) = listed(inspected, "IDENTICAL_TEXTS")
    assert (found["people"], found["evaluations"]) == (3, 3)
    assert found["official_id"] == str(inspected.head.employee_id)


def test_texts_of_results_and_values_are_those_that_stand_with_the_appraisers_last_rating(inspected):
    siti, budi, rina = inspected.people[:3]
    rate_twice(inspected, siti, items=[{"behaviour_value": "KO", "remark": "Tulisan yang lain sama sekali"}])
    for one in (budi, rina):
        with_item(inspected, one, remark=TEXT)
    search(inspected)
    assert listed(inspected, "IDENTICAL_TEXTS") == []
    let_plan(inspected, 3, 4)
    rate_twice(inspected, inspected.people[3])
    search(inspected)
    (found,) = listed(inspected, "IDENTICAL_TEXTS")
    assert basis_of(inspected, found) == ids([budi, rina, inspected.people[3]])


def test_what_is_under_review_is_no_pattern_until_it_is_confirmed(inspected):
    inspected.have_rule("EXTREME_REVIEW", rule())
    inspected.have_rule("ANOMALY", {**RULE, "no_evidence_people": 1, "last_people": 1})
    freeze(inspected, 2026, 4, 30, 16, 45, 0)
    evaluation = asked(inspected)
    search(inspected)
    assert inspected.get(inspected.inspector, "/oversight/anomalies?year=2026")["items"] == []
    inspected.turn(2026, 5, 4, 3)
    end(inspected, evaluation)
    search(inspected)
    assert len(listed(inspected, "NO_EVIDENCE")) == 1
    (late,) = listed(inspected, "LAST_MINUTES")
    assert basis_of(inspected, late) == ids([inspected.siti])


def test_what_a_decider_or_a_correction_wrote_later_is_not_the_appraisers_text(inspected):
    for one in inspected.people[:3]:
        made = inspected.rate(1, who=one)
        inspected.correct(made["id"], "ABOVE", work_result_note=TEXT)
    search(inspected)
    assert listed(inspected, "IDENTICAL_TEXTS") == []
    assert listed(inspected, "PROPOSAL_TURNED") == []


@pytest.mark.parametrize(
    ("moments", "people"),
    [
        (((2026, 4, 30, 16, 30, 0), (2026, 4, 30, 16, 45, 0), (2026, 4, 30, 16, 59, 59)), 3),
        (((2026, 4, 30, 16, 29, 59), (2026, 4, 30, 16, 45, 0), (2026, 4, 30, 16, 59, 59)), 0),
        (((2026, 4, 30, 16, 30, 0), (2026, 4, 30, 16, 45, 0)), 0),
        (((2026, 4, 30, 16, 30, 0), *[(2026, 4, 30, 16, 50, 0)] * 3), 4),
    ],
)
def test_the_last_minutes_are_those_before_the_window_ends_where_the_agency_is(inspected, moments, people):
    let_plan(inspected, 3, len(moments))
    for one, moment in zip(inspected.people, moments, strict=False):
        freeze(inspected, *moment)
        inspected.rate(1, who=one)
    freeze(inspected, *WINDOW_END)
    search(inspected)
    assert [one["evaluations"] for one in listed(inspected, "LAST_MINUTES")] == [people for _ in range(people > 0)]


def test_the_window_of_an_agency_further_east_ends_two_hours_earlier(inspected):
    agency = {"agency_id": inspected.agency, "name": "Kementerian Contoh", "time_zone": "Asia/Jayapura"}
    inspected.deliver("AgencyChanged", inspected.agency, 2, **agency)
    freeze(inspected, 2026, 4, 30, 14, 30, 0)
    for one in inspected.people[:3]:
        inspected.rate(1, who=one)
    search(inspected)
    assert len(listed(inspected, "LAST_MINUTES")) == 1


def test_an_extended_window_has_its_last_minutes_at_its_new_end(inspected):
    longer = {**QUARTER, "closes_on": "2026-05-05", "reason": "Gangguan jaringan"}
    inspected.post(inspected.hr, "/periods/extensions", longer, 201)
    siti, *others = inspected.people[:3]
    freeze(inspected, 2026, 4, 30, 16, 45, 0)
    for one in others:
        inspected.rate(1, who=one)
    freeze(inspected, 2026, 5, 5, 16, 45, 0)
    inspected.rate(1, who=siti)
    search(inspected)
    assert listed(inspected, "LAST_MINUTES") == []
    inspected.have_rule("ANOMALY", {**RULE, "last_people": 1})
    search(inspected)
    (found,) = listed(inspected, "LAST_MINUTES")
    assert basis_of(inspected, found) == ids([siti])


def test_a_year_is_searched_by_when_it_was_issued(inspected):
    people = inspected.people[:3]
    inspected.rate_fourth_quarter(inspected.head, *people)
    freeze(inspected, 2027, 1, 31, 16, 45, 0)
    for one in people:
        inspected.issue(who=one, behaviour_note=TEXT)
    search(inspected, year=2026)
    found = {one["kind"]: one for one in inspected.get(inspected.inspector, "/oversight/anomalies?year=2026")["items"]}
    assert set(found) == {"IDENTICAL_TEXTS", "LAST_MINUTES", "QUICK_SUCCESSION", "NO_EVIDENCE"}
    assert {(one["quarter"], one["evaluations"]) for one in found.values()} == {(None, 3)}


@pytest.mark.parametrize(
    ("minutes", "people"),
    [
        ((0, 5, 10), 3),
        ((0, 5, 10.1), 0),
        ((0, 10), 0),
        ((0, 9, 10, 19), 4),
        ((0, 9, 10, 21), 3),
        ((0, 0, 0, 0), 4),
        ((0, 11, 22, 33, 34, 35), 3),
    ],
)
def test_ratings_made_faster_than_anybody_reads_are_those_of_the_span_alone(inspected, minutes, people):
    let_plan(inspected, 3, len(minutes))
    for one, minute in zip(inspected.people, minutes, strict=False):
        freeze(inspected, 2026, 4, 7, 3, int(minute), round(minute % 1 * 60))
        inspected.rate(1, who=one)
    search(inspected)
    assert [one["evaluations"] for one in listed(inspected, "QUICK_SUCCESSION")] == [people for _ in range(people > 0)]


def test_proposals_made_at_leisure_are_finished_at_once_without_being_one(inspected):
    proposals = []
    for day, one in enumerate(inspected.people[:3], 6):
        freeze(inspected, 2026, 4, day, 3)
        proposals.append(inspected.rate(1, who=one, finish=False))
    search(inspected)
    assert bool(listed(inspected, "NO_EVIDENCE")) is False, "a proposal is not finished, and counts nowhere"
    freeze(inspected, 2026, 4, 9, 3)
    for one in proposals:
        inspected.post(inspected.head, f"/evaluations/{one['id']}/finish", status=200)
    search(inspected)
    assert listed(inspected, "QUICK_SUCCESSION") == []
    (bare,) = listed(inspected, "NO_EVIDENCE")
    assert bare["evaluations"] == 3


def progress(bureau, who, day, moment=(2026, 4, 6, 3)):
    plan = bureau.get(who, "/me/plan?year=2026")
    line = {"date": day, "work_result_id": plan["work_results"][0]["id"], "text": "12 usul"}
    bureau.post(who, f"/plans/{plan['id']}/progress", line, 201)


def test_evidence_is_what_was_logged_or_given_within_the_period(inspected):
    let_plan(inspected, 3)
    first, last, before, after, given, none = inspected.people
    freeze(inspected, 2026, 3, 31, 16, 59, 59)
    plan = inspected.get(given, "/me/plan?year=2026")["id"]
    inspected.post(inspected.head, f"/plans/{plan}/feedback", {"behaviour_value": "BP", "text": "Baik"}, 201)
    freeze(inspected, 2026, 3, 31, 17, 0, 0)
    plan = inspected.get(after, "/me/plan?year=2026")["id"]
    inspected.post(inspected.head, f"/plans/{plan}/feedback", {"behaviour_value": "BP", "text": "Baik"}, 201)
    inspected.turn(2026, 4, 6, 3)
    progress(inspected, first, "2026-01-12")
    progress(inspected, last, "2026-03-31")
    progress(inspected, after, "2026-04-01")
    for one in inspected.people:
        inspected.rate(1, who=one)
    search(inspected)
    (found,) = listed(inspected, "NO_EVIDENCE")
    assert basis_of(inspected, found) == ids([before, after, none])


def test_evidence_under_the_plan_before_a_move_is_evidence_too(inspected):
    siti, plan = inspected.siti, inspected.get(inspected.siti, "/me/plan?year=2026")["id"]
    inspected.turn(2026, 2, 10, 3)
    progress(inspected, siti, "2026-02-09")
    inspected.change(siti, date(2026, 2, 15), unit_id=inspected.bureau_unit, superior_id=inspected.chief.employee_id)
    inspected.turn(2026, 2, 16, 3)
    inspected.service.run_timers()
    draft = inspected.get(siti, "/me/plan?year=2026")
    inspected.post(siti, f"/plans/{draft['id']}/submit", status=200)
    inspected.agree(inspected.chief, f"/plans/{draft['id']}")
    inspected.turn(2026, 4, 6, 3)
    rating = {**a_rating(employee_id=str(siti.employee_id)), **QUARTER}
    made = inspected.post(inspected.chief, "/evaluations/periodic", rating, 201)
    assert made["plan_id"] == draft["id"] != plan
    inspected.have_rule("ANOMALY", {**RULE, "no_evidence_people": 1})
    search(inspected)
    assert listed(inspected, "NO_EVIDENCE") == []
    inspected.rate(1, who=inspected.people[1])
    search(inspected)
    (found,) = listed(inspected, "NO_EVIDENCE")
    assert basis_of(inspected, found) == ids([inspected.people[1]])


@pytest.mark.parametrize(("people", "found"), [(1, 0), (2, 1), (3, 1)])
def test_evaluations_without_evidence_count_from_the_threshold_on_for_each_official(inspected, people, found):
    for one in inspected.people[:people]:
        inspected.rate(1, who=one)
    search(inspected)
    assert [one["evaluations"] for one in listed(inspected, "NO_EVIDENCE")] == [people] * found


def test_ratings_in_anothers_place_are_those_of_who_made_them_wherever_people_are_since(inspected):
    inspected.stand_in(inspected.chief, inspected.head, date(2026, 4, 1), date(2026, 4, 30))
    for who, one in zip([inspected.chief, inspected.chief, inspected.head], inspected.people, strict=False):
        body = {**a_rating(employee_id=str(one.employee_id)), **QUARTER}
        inspected.post(who, "/evaluations/periodic", body, 201)
    inspected.change(inspected.people[0], date(2026, 5, 1), status="RETIRED")
    inspected.change(inspected.head, date(2026, 5, 1), status="RETIRED")
    inspected.turn(2026, 5, 4, 3)
    search(inspected)
    (found,) = listed(inspected, "NO_EVIDENCE")
    assert (found["official_id"], found["evaluations"]) == (str(inspected.chief.employee_id), 2)


@pytest.mark.parametrize(
    ("first", "second", "evaluations"),
    [
        (["MEETS"] * 2, ["MEETS"] * 2, 4),
        (["MEETS"] * 3, ["MEETS"] * 2, 5),
        (["MEETS"] * 2, ["MEETS"], 0),
        (["MEETS", "BELOW"], ["MEETS"] * 2, 0),
        (["MEETS"] * 2, ["BELOW"] * 2, 0),
        ([], ["MEETS"] * 6, 0),
    ],
)
def test_who_never_differs_gave_everybody_one_predicate_in_each_of_the_periods(inspected, first, second, evaluations):
    let_plan(inspected, 3, max(len(first), len(second)))
    for quarter, ratings in ((1, first), (2, second)):
        inspected.turn(2026, 3 * quarter + 1, 6, 3)
        for one, rating in zip(inspected.people, ratings, strict=False):
            inspected.rate(quarter, rating, who=one)
    search(inspected, year=2026, quarter=2)
    found = listed(inspected, "NEVER_DIFFERS", quarter=2)
    assert [one["evaluations"] for one in found] == [evaluations for _ in range(evaluations > 0)]
    search(inspected)
    assert listed(inspected, "NEVER_DIFFERS", quarter=1) == []


def turn_up(bureau, proposal, who, *rating):
    body = {**a_rating(*rating, employee_id=str(who.employee_id)), **QUARTER, "finish": False}
    body |= {"reason": "Perintah", "order_reference": "SK-7/2026"}
    headers = {"If-Match": f'"{proposal["version"]}"'}
    return bureau.post(bureau.hr, "/evaluations/periodic", body, 201, headers=headers)


@pytest.mark.parametrize(
    ("finished", "rating", "found"),
    [
        ((2026, 4, 8, 3, 0, 0), ("ABOVE", "ABOVE"), 1),
        ((2026, 4, 8, 3, 0, 1), ("ABOVE", "ABOVE"), 0),
        ((2026, 4, 7, 3, 0, 0), ("ABOVE", "ABOVE"), 1),
        ((2026, 4, 7, 3, 0, 0), ("ABOVE", "MEETS"), 0),
    ],
)
def test_a_proposal_that_hr_turned_shortly_before_it_was_finished(inspected, finished, rating, found):
    proposal = inspected.rate(1, finish=False)
    freeze(inspected, 2026, 4, 7, 3)
    turned = turn_up(inspected, proposal, inspected.siti, *rating)
    freeze(inspected, *finished)
    inspected.post(inspected.head, f"/evaluations/{turned['id']}/finish", status=200)
    search(inspected)
    assert [one["official_id"] for one in listed(inspected, "PROPOSAL_TURNED")] == [
        str(inspected.hr.employee_id)
    ] * found
