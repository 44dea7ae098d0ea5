"""Whose predicates a pattern compares, and that ratings at the same moment never take more than it allows."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text

from appraisal.domain.periods import Period
from appraisal.persistence.units import hold_units
from chassis.ids import new_id
from tests.appraisal.builders import API, a_rating

BEST = ("ABOVE", "ABOVE")
Q4 = {"year": 2026, "quarter": 4}


def block(bureau, **changes):
    rules = bureau.get(bureau.hr, "/rules")["items"]
    national = next(r for r in rules if r["kind"] == "DISTRIBUTION")
    value = {**national["value"], "policy": "BLOCK", **changes}
    bureau.set_rule("DISTRIBUTION", value)


def predicate(bureau, unit, value="NEEDS_IMPROVEMENT", quarter=1):
    body = {"unit_id": str(unit), "year": 2026, "quarter": quarter, "predicate": value}
    return bureau.put(bureau.hr, "/org-predicates", {**body, "reason": "Atas nama pimpinan"})


def teams(bureau, count, size=1):
    """Make teams of the bureau, each with so many people who have a plan; return the teams' people."""
    people = []
    for _ in range(count):
        team = new_id()
        bureau.add_unit(team, bureau.bureau_unit, None)
        people += bureau.hire(size, team)
    for one in people:
        bureau.active_plan(one)
    bureau.turn(2026, 4, 6, 3)
    return people


def body_of(one, *rating):
    return a_rating(*rating, employee_id=str(one.employee_id))


def at_once(bureau, calls, who=None):
    """Send these requests at the same moment; return their statuses and answers."""

    def ask(call):
        path, body = call
        answer = bureau.service.client(who or bureau.head).post(API + path, json=body)
        return answer.status_code, answer.json

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(ask, calls))


def shown_to(bureau, who, unit, quarter=1):
    query = "" if quarter is None else f"&quarter={quarter}"
    return bureau.get(who, f"/units/{unit}/distribution?year=2026{query}")


def counts(bureau, unit, quarter=1):
    return shown_to(bureau, bureau.hr, unit, quarter)["counts"]


def test_a_bureau_is_compared_with_all_its_teams(bureau):
    people = teams(bureau, 4, 2)
    predicate(bureau, bureau.bureau_unit, "GOOD")
    for one in people:
        bureau.rate(1, who=one)
    shown = shown_to(bureau, bureau.hr, bureau.bureau_unit)
    # the chief, an officer, the head and Siti are not rated yet
    assert (shown["level"], shown["rated"], shown["headcount"], shown["counts"]["GOOD"]) == ("SUBTREE", 8, 12, 8)
    assert [(v["limit"], v["found"], v["allowed"]) for v in shown["violations"]] == [
        ("AT_MOST_SHARE", 8, 5),
        ("AT_LEAST_COUNT", 0, 1),
    ]
    seen = shown_to(bureau, bureau.chief, bureau.bureau_unit)
    assert (seen["hidden"], seen["counts"]["GOOD"]) == (False, 8)


def test_an_agency_may_compare_only_who_is_directly_in_a_unit(bureau):
    block(bureau, level="UNIT", policy="WARN")
    (one,) = teams(bureau, 1)
    predicate(bureau, bureau.bureau_unit, "GOOD")
    bureau.rate(1, who=one)
    shown = shown_to(bureau, bureau.hr, bureau.bureau_unit)
    assert (shown["level"], shown["rated"], shown["headcount"]) == ("UNIT", 0, 2)


def test_a_rating_in_a_small_team_must_fit_the_pattern_of_the_bureau_above(bureau):
    block(bureau)
    people = teams(bureau, 4, 2)
    assert bureau.rate(1, who=people[0], status=409)["code"] == "unit_without_predicate"
    predicate(bureau, bureau.bureau_unit)
    bureau.rate(1, *BEST, who=people[0])
    refused = bureau.rate(1, *BEST, who=people[2], status=409)
    assert refused["code"] == "distribution_broken"
    named, unit = f"Sebaran predikat unit Unit ({str(bureau.bureau_unit)[-4:]}) tidak", str(bureau.bureau_unit)
    assert named in refused["detail"]
    assert unit not in refused["detail"]
    assert "untuk predikat organisasi Butuh Perbaikan" in refused["detail"]
    assert refused["errors"][0]["expected"] == "VERY_GOOD: paling banyak 1 orang"
    bureau.rate(1, "BELOW", who=people[2])


def test_what_is_at_least_asked_is_refused_as_soon_as_it_can_no_longer_be_reached(bureau):
    """Who has no plan is among those left: of twelve, eight must NEED IMPROVEMENT."""
    block(bureau)
    people = teams(bureau, 4, 2)
    predicate(bureau, bureau.bureau_unit)
    items = [a_rating(employee_id=str(one.employee_id)) for one in people]
    done = bureau.post(bureau.head, "/evaluations/periodic/batch", {"year": 2026, "quarter": 1, "items": items}, 200)
    assert [one["outcome"] for one in done["items"]] == ["DONE"] * 4 + ["REFUSED"] * 4
    again = bureau.post(bureau.head, "/evaluations/periodic/batch", {"year": 2026, "quarter": 1, "items": items}, 200)
    assert [one["outcome"] for one in again["items"]] == ["UNCHANGED"] * 4 + ["REFUSED"] * 4


def test_ratings_of_eight_teams_at_the_same_moment_take_the_one_place_once(bureau):
    block(bureau)
    people = teams(bureau, 8)
    # paths that meet: of one team, of the bureau, and of the ministry above it
    for unit in (people[0].unit_id, bureau.bureau_unit, bureau.root):
        predicate(bureau, unit)
    calls = [("/evaluations/periodic", {**body_of(one, *BEST), "year": 2026, "quarter": 1}) for one in people]
    answers = at_once(bureau, calls)
    assert sorted(status for status, _ in answers) == [201] + [409] * 7
    assert {body["code"] for status, body in answers if status == 409} == {"distribution_broken"}
    assert counts(bureau, bureau.bureau_unit)["VERY_GOOD"] == 1


def test_batches_of_one_team_at_the_same_moment_take_the_one_place_once(bureau):
    block(bureau)
    people = teams(bureau, 1, 10)
    predicate(bureau, people[0].unit_id)
    period = {"year": 2026, "quarter": 1}
    calls = [("/evaluations/periodic/batch", {**period, "items": [body_of(one, *BEST)]}) for one in people[:8]]
    outcomes = [body["items"][0]["outcome"] for _, body in at_once(bureau, calls)]
    assert sorted(outcomes) == ["DONE"] + ["REFUSED"] * 7


def test_a_rating_waits_while_another_below_the_same_bureau_is_made(bureau):
    block(bureau)
    (one,) = teams(bureau, 1)
    predicate(bureau, bureau.bureau_unit)
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = "
                   "(SELECT oid FROM pg_database WHERE datname = current_database())")  # fmt: skip
    with ThreadPoolExecutor(1) as pool:
        with bureau.service.work.transaction(bureau.agency) as tx:
            hold_units(tx, [bureau.bureau_unit], Period.of(2026, 1))
            rating = pool.submit(bureau.rate, 1, "BELOW", who=one)
            while not rating.done() and tx.session.scalar(waiting) == 0:
                pass
            assert not rating.done()
        assert rating.result()["state"] == "FINAL"


def test_proposals_that_are_finished_at_the_same_moment_exceed_nothing(bureau):
    """A proposal takes a place as well: of two best ones none is finished, until one of them is lowered."""
    block(bureau)
    people = teams(bureau, 8)
    predicate(bureau, bureau.bureau_unit)
    made = [bureau.rate(1, *(BEST if number < 2 else ("BELOW", "MEETS")), who=one, finish=False)
            for number, one in enumerate(people)]  # fmt: skip
    answers = at_once(bureau, [(f"/evaluations/{one['id']}/finish", None) for one in made])
    assert [status for status, _ in answers] == [409, 409] + [200] * 6
    who = str(people[0].employee_id)
    bureau.rerate(made[0], 1, "MEETS", "MEETS", finish=False, employee_id=who)
    answers = at_once(bureau, [(f"/evaluations/{one['id']}/finish", None) for one in made[:2]])
    assert [status for status, _ in answers] == [200, 200]


def test_annual_ratings_and_corrections_at_the_same_moment_take_the_one_place_once(bureau):
    block(bureau)
    people = teams(bureau, 8)
    bureau.post(bureau.hr, f"/units/{bureau.bureau_unit}/distribution/override", {**Q4, "reason": "x"}, 201)
    bureau.rate_fourth_quarter(bureau.head, *people)
    predicate(bureau, bureau.bureau_unit, quarter=None)
    bureau.turn(2027, 1, 12, 3)
    calls = [("/evaluations/annual", {**body_of(one, *BEST), "year": 2026}) for one in people]
    assert sorted(status for status, _ in at_once(bureau, calls)) == [201] + [409] * 7
    assert counts(bureau, bureau.bureau_unit, None)["VERY_GOOD"] == 1


def test_a_correction_fits_the_pattern_and_what_changes_no_predicate_is_never_refused(bureau):
    block(bureau)
    people = teams(bureau, 4, 2)
    predicate(bureau, bureau.bureau_unit)
    bureau.rate(1, *BEST, who=people[0])
    *made, last = [bureau.rate(1, "BELOW", who=one) for one in people[1:4]]
    orders = [bureau.propose_correction(one["id"], *BEST) for one in made]
    with ThreadPoolExecutor(2) as pool:
        refused = list(pool.map(lambda order: bureau.end_correction(order, status=409), orders))
    assert [one["code"] for one in refused] == ["distribution_broken"] * 2
    bureau.correct(last["id"], "BELOW", work_result_note="Lengkap")


def test_the_decision_of_an_objection_is_never_refused_and_what_it_breaks_stops_nobody_else(bureau):
    block(bureau)
    people = teams(bureau, 8)
    bureau.post(bureau.hr, f"/units/{bureau.bureau_unit}/distribution/override", {**Q4, "reason": "x"}, 201)
    bureau.rate_fourth_quarter(bureau.head, *people)
    predicate(bureau, bureau.bureau_unit, quarter=None)
    bureau.turn(2027, 1, 12, 3)
    bureau.issue(*BEST, who=people[0])
    issued = bureau.issue("BELOW", who=people[1])
    bureau.post(people[1], f"/evaluations/{issued['id']}/receive", status=200)
    objection = bureau.post(people[1], f"/evaluations/{issued['id']}/objection", {"reasons": "x"}, 201)
    bureau.answer(objection["id"])
    decision = {**a_rating(*BEST), "outcome": "CHANGED", "reasons": "Bukti diterima"}
    bureau.post(bureau.chief, f"/objections/{objection['id']}/decision", decision, 200)
    assert counts(bureau, bureau.bureau_unit, None)["VERY_GOOD"] == 2
    bureau.issue("BELOW", who=people[2])
    assert bureau.issue(*BEST, who=people[3], status=409)["code"] == "distribution_broken"
    with bureau.service.work.transaction(bureau.agency) as tx:
        of_it = text("SELECT actor, object_id FROM audit WHERE agency_id = :a AND action = :b")
        (row,) = tx.session.execute(of_it, {"a": bureau.agency, "b": "distribution_exceeded_by_decision"})
    assert tuple(row) == (str(bureau.chief.account_id), str(bureau.bureau_unit))


def test_hr_sees_how_lenient_appraisers_with_enough_ratings_are_beside_their_unit(bureau):
    people = bureau.hire(8)
    for number, one in enumerate(people):
        if number >= 5:
            bureau.place(one, bureau.unit, "JF", bureau.chief)
        bureau.active_plan(one, bureau.head if number < 5 else bureau.chief)
    bureau.turn(2026, 4, 6, 3)
    for number, one in enumerate(people):
        rating = BEST if number < 4 else ("MEETS", "MEETS")
        body = {**a_rating(*rating, employee_id=str(one.employee_id)), "year": 2026, "quarter": 1}
        bureau.post(bureau.head if number < 5 else bureau.chief, "/evaluations/periodic", body, 201)
    path = f"/units/{bureau.unit}/appraisers?year=2026&quarter=1"
    seen = bureau.get(bureau.hr, path)
    assert (seen["rated"], seen["shares"]["VERY_GOOD"], seen["fewest_ratings"]) == (8, "0.50", 5)
    (head,) = seen["items"]
    assert (head["appraiser_id"], head["rated"]) == (str(bureau.head.employee_id), 5)
    assert (head["shares"]["VERY_GOOD"], head["difference"]["VERY_GOOD"]) == ("0.80", "0.30")
    for who in (bureau.chief, bureau.head, bureau.inspector):
        bureau.get(who, path, 403)
