"""Whoever acted on a follow-up hears that it has ended, and later ones know whether they still repeat an earlier one."""

from datetime import date

import pytest
from sqlalchemy import text

from appraisal.use_cases.follow_ups import catch_up
from chassis import jobs
from chassis.jobs import Nothing
from tests.appraisal.builders import a_rating
from tests.appraisal.component.test_follow_ups import only_case, weak_quarter

QUARTERS = {1: (2026, 4, 6, 3), 2: (2026, 7, 6, 3), 3: (2026, 10, 6, 3)}


def told(bureau, *names):
    """What was told of follow-ups, oldest first."""
    wanted = ("follow_up_id", "kind", "cause", "version")
    found = [one for one in bureau.events() if one["type"] in (names or ("FollowUpOpened", "FollowUpClosed"))]
    return [(one["type"], *(one["data"][name] for name in wanted if name in one["data"])) for one in found]


def cases_by_quarter(bureau, quarters):
    """Return (quarter, state, repeated) of each case."""
    number = {evaluation: quarter for quarter, evaluation in quarters.items()}
    cases = bureau.get(bureau.hr, "/follow-ups")["items"]
    return sorted((number[one["evaluation_id"]], one["kind"], one["state"], one["repeated"]) for one in cases)


def rated(bureau, *quarters):
    """Rate these quarters as weak, each in its time; return the evaluations."""
    bureau.active_plan()
    return {one: weak_quarter(bureau, "BELOW", quarter=one, moment=QUARTERS[one])["id"] for one in quarters}


def test_what_a_person_has_closed_is_told(bureau):
    bureau.active_plan()
    weak_quarter(bureau, "BELOW")
    case = only_case(bureau, bureau.siti)["id"]
    bureau.post(bureau.head, f"/follow-ups/{case}/close", {"outcome": "REFERRED"}, 200)
    assert told(bureau) == [("FollowUpOpened", case, "COACHING"), ("FollowUpClosed", case, "COACHING", "DONE", 2)]
    assert "REFERRED" not in str(bureau.events())


def test_what_a_correction_closes_or_opens_again_is_told_each_time(bureau):
    bureau.active_plan()
    evaluation = weak_quarter(bureau, "BELOW")["id"]
    case = only_case(bureau, bureau.siti)["id"]
    bureau.correct(evaluation)
    bureau.correct(evaluation, "BELOW")
    bureau.correct(evaluation, "MEETS", "BELOW")
    counselling = next(one["id"] for one in bureau.get(bureau.hr, "/follow-ups?kind=COUNSELLING")["items"])
    assert told(bureau) == [
        ("FollowUpOpened", case, "COACHING"),
        ("FollowUpClosed", case, "COACHING", "CORRECTED", 2),
        ("FollowUpOpened", case, "COACHING"),
        ("FollowUpClosed", case, "COACHING", "CORRECTED", 4),
        ("FollowUpOpened", counselling, "COUNSELLING"),
    ]


def test_a_correction_that_asks_for_the_same_tells_nothing(bureau):
    bureau.active_plan()
    evaluation = weak_quarter(bureau, "BELOW")["id"]
    bureau.correct(evaluation, "BELOW", "ABOVE")
    assert told(bureau, "FollowUpClosed") == []


def test_that_what_a_person_has_closed_had_no_reason_is_told_and_nothing_of_it_changes(bureau):
    bureau.active_plan()
    evaluation = weak_quarter(bureau, "BELOW")["id"]
    case = only_case(bureau, bureau.siti)["id"]
    bureau.post(bureau.head, f"/follow-ups/{case}/close", {"outcome": "IMPROVED"}, 200)
    before = only_case(bureau, bureau.hr)
    bureau.correct(evaluation)
    assert [one[3] for one in told(bureau, "FollowUpClosed")] == ["DONE", "CORRECTED"]
    assert only_case(bureau, bureau.hr) == before


@pytest.mark.parametrize(
    ("corrected", "expected"),
    [
        (1, [(1, "CLOSED", False), (2, "OPEN", False), (3, "OPEN", True)]),
        (2, [(1, "OPEN", False), (2, "CLOSED", False), (3, "OPEN", False)]),
        (3, [(1, "OPEN", False), (2, "OPEN", True), (3, "CLOSED", False)]),
    ],
)
def test_of_three_in_a_row_one_is_corrected_and_corrected_back(bureau, corrected, expected):
    quarters = rated(bureau, 1, 2, 3)
    all_weak = [(1, "COACHING", "OPEN", False), (2, "COACHING", "OPEN", True), (3, "COACHING", "OPEN", True)]
    assert cases_by_quarter(bureau, quarters) == all_weak
    bureau.correct(quarters[corrected])
    assert cases_by_quarter(bureau, quarters) == [(one, "COACHING", *more) for one, *more in expected]
    bureau.correct(quarters[corrected], "BELOW")
    assert cases_by_quarter(bureau, quarters) == all_weak


def test_what_a_person_has_closed_is_marked_anew_too_and_whose_version_was_read_learns_of_it(bureau):
    quarters = rated(bureau, 1, 2)
    second = next(one for one in bureau.get(bureau.hr, "/follow-ups")["items"] if one["repeated"])
    bureau.post(bureau.head, f"/follow-ups/{second['id']}/close", {"outcome": "CONTINUED"}, 200)
    bureau.correct(quarters[1])
    after = bureau.get(bureau.hr, f"/follow-ups/{second['id']}")
    assert (after["state"], after["outcome"], after["repeated"]) == ("CLOSED", "CONTINUED", False)
    assert after["version"] == second["version"] + 2


def test_a_period_that_is_made_weak_or_rated_late_makes_the_next_one_a_repeated_one(bureau):
    bureau.active_plan()
    first = weak_quarter(bureau, quarter=1, moment=QUARTERS[1])["id"]
    third = weak_quarter(bureau, "BELOW", quarter=3, moment=QUARTERS[3])["id"]
    longer = {"year": 2026, "quarter": 2, "closes_on": "2026-10-31", "reason": "Berkas hilang"}
    bureau.post(bureau.hr, "/periods/extensions", longer, 201)
    late = a_rating("BELOW", employee_id=str(bureau.siti.employee_id), year=2026, quarter=2)
    second = bureau.post(bureau.hr, "/evaluations/periodic", {**late, "order_reference": "SK-2/2026"}, 201)["id"]
    quarters = {1: first, 2: second, 3: third}
    assert cases_by_quarter(bureau, quarters) == [(2, "COACHING", "OPEN", False), (3, "COACHING", "OPEN", True)]
    bureau.correct(first, "BELOW")
    assert [one[3] for one in cases_by_quarter(bureau, quarters)] == [False, True, True]


def test_a_row_goes_on_over_the_turn_of_the_year(bureau):
    bureau.active_plan()
    last = weak_quarter(bureau, "BELOW", quarter=4, moment=(2027, 1, 5, 3))["id"]
    bureau.active_plan(year=2027)
    bureau.turn(2027, 4, 6, 3)
    first = bureau.rate(1, "BELOW", year=2027)["id"]
    quarters = {4: last, 5: first}
    assert [one[3] for one in cases_by_quarter(bureau, quarters)] == [False, True]
    bureau.correct(last)
    assert [one[3] for one in cases_by_quarter(bureau, quarters)] == [False, False]


def test_leave_that_is_recorded_afterwards_joins_what_it_lies_between_and_parts_it_when_it_was_none(bureau):
    quarters = rated(bureau, 1, 3)
    for status, expected in (("UNPAID_LEAVE", [False, True]), ("ACTIVE", [False, False])):
        bureau.change(bureau.siti, since=date(2026, 4, 1), status=status)
        bureau.change(bureau.siti, since=date(2026, 7, 1), status="ACTIVE")
        assert [one[3] for one in cases_by_quarter(bureau, quarters)] == expected


def as_a_former_release_left_it(bureau):
    """Take back what is told and marked since: a correction has closed a case, and nobody heard of it."""
    with bureau.service.work.transaction(bureau.agency) as tx:
        tx.session.execute(text("UPDATE follow_up SET repeated = true WHERE outcome <> 'IMPROVED'"))
        tx.session.execute(text("DELETE FROM outbox WHERE body::text LIKE '%%FollowUpClosed%%' AND agency_id = :agency"), {
            "agency": bureau.agency})  # fmt: skip


def test_an_upgrade_tells_what_a_former_release_told_nobody(bureau):
    quarters = rated(bureau, 1, 2, 3)
    first, second, third = (one["id"] for one in bureau.get(bureau.hr, "/follow-ups")["items"])
    bureau.post(bureau.head, f"/follow-ups/{third}/close", {"outcome": "IMPROVED"}, 200)
    bureau.post(bureau.head, f"/follow-ups/{first}/close", {"outcome": "IMPROVED"}, 200)
    bureau.correct(quarters[2])
    bureau.correct(quarters[3])
    as_a_former_release_left_it(bureau)
    with bureau.service.work.transaction(bureau.agency) as tx:
        jobs.start(tx, catch_up.JOB, Nothing(), None, key="")
    bureau.service.run_jobs()
    assert {one[1:4] for one in told(bureau, "FollowUpClosed")} == {
        (second, "COACHING", "CORRECTED"),
        (third, "COACHING", "CORRECTED"),
    }
    assert [one[3] for one in cases_by_quarter(bureau, quarters)] == [False, False, False]


def test_a_month_that_is_rated_after_the_next_one_on_its_last_day_is_in_a_row_with_it(bureau):
    """The window of a month opens on its last day, while that of the month before is open."""
    bureau.post(bureau.hr, "/cycles", {"year": 2026, "periodic": "MONTH"}, 200)
    bureau.active_plan()
    bureau.turn(2026, 2, 28, 3)
    ids = {}
    for month in (2, 1):
        body = a_rating("BELOW", employee_id=str(bureau.siti.employee_id), year=2026, month=month)
        ids[month] = bureau.post(bureau.head, "/evaluations/periodic", body, 201)["id"]
    assert [one[::3] for one in cases_by_quarter(bureau, ids)] == [(1, False), (2, True)]
