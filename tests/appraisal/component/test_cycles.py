"""A year is opened by months or by quarters, with the rules of that day; what comes later changes nothing in it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import text

from tests.appraisal.builders import a_rating

MONTHLY = {"year": 2027, "periodic": "MONTH"}
QUARTERLY = {"year": 2027, "periodic": "QUARTER"}


def monthly(bureau, month, by=None, status=201, **fields):
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2027, month=month, **fields)
    return bureau.post(by or bureau.head, "/evaluations/periodic", body, status)


def parts(cycle):
    return [(one["month"], one["quarter"]) for one in cycle["periods"]]


def test_a_year_of_months_from_its_opening_to_the_annual_document(bureau):
    bureau.turn(2026, 12, 14, 3)
    opened = bureau.post(bureau.hr, "/cycles", MONTHLY, 200)
    assert parts(opened) == [*((month, None) for month in range(1, 13)), (None, None)]
    assert (opened["periods"][1]["last_day"], opened["periods"][1]["closes_on"]) == ("2027-02-28", "2027-03-30")
    bureau.turn(2027, 1, 4, 3)
    bureau.active_plan(year=2027)
    bureau.turn(2027, 2, 3, 3)
    (waiting,) = bureau.get(bureau.head, "/appraiser/queue")["to_rate"]
    assert (waiting["month"], waiting["quarter"], waiting["closes_on"]) == (1, None, "2027-03-02")
    first = monthly(bureau, 1)
    assert (first["kind"], first["month"], first["quarter"]) == ("PERIODIC", 1, None)
    assert (first["first_day"], first["last_day"]) == ("2027-01-01", "2027-01-31")
    assert monthly(bureau, 2, status=409)["code"] == "rating_window_closed"
    refused = bureau.rate(1, year=2027, status=409)
    assert (refused["code"], refused["errors"][0]["field"]) == ("period_not_in_cycle", "quarter")
    for month in range(2, 12):
        bureau.turn(2027, month + 1, 3, 3)
        monthly(bureau, month)
    bureau.turn(2028, 1, 4, 3)
    refused = bureau.issue(year=2027, status=409)
    assert refused["code"] == "periods_open"
    assert "2027 bulan 12" in refused["detail"]
    monthly(bureau, 12)
    annual = bureau.issue(year=2027)
    considered = bureau.get(bureau.siti, f"/evaluations/{annual['id']}/explanation")["inputs"]["periodic_evaluations"]
    assert [one["month"] for one in considered] == list(range(1, 13))
    completed = [one["data"] for one in bureau.events("AppraisalCompleted")]
    assert [(one["month"], one["quarter"]) for one in completed] == [(month, None) for month in range(1, 13)]
    (february,) = bureau.get(bureau.hr, "/evaluations?year=2027&month=2")["items"]
    assert february["month"] == 2


def test_a_month_has_its_own_organisation_predicate_override_distribution_and_summary(bureau):
    bureau.post(bureau.hr, "/cycles", {"year": 2026, "periodic": "MONTH"}, 200)
    people = bureau.hire(5)
    for one in people:
        bureau.active_plan(one)
    bureau.turn(2026, 2, 3, 3)
    items = [a_rating(employee_id=str(one.employee_id)) for one in people]
    done = bureau.post(bureau.head, "/evaluations/periodic/batch", {"year": 2026, "month": 1, "items": items}, 200)
    assert {one["outcome"] for one in done["items"]} == {"DONE"}
    january = {"unit_id": str(bureau.unit), "year": 2026, "month": 1, "predicate": "GOOD"}
    assert bureau.put(bureau.chief, "/org-predicates", january)["month"] == 1
    (published,) = bureau.events("OrgPredicateSet")
    assert (published["data"]["month"], published["data"]["quarter"]) == (1, None)
    path = f"/units/{bureau.unit}/distribution"
    assert bureau.get(bureau.hr, f"{path}?year=2026&month=1")["rated"] == 5
    assert bureau.get(bureau.hr, f"{path}?year=2026&month=2", 409)["code"] == "unit_without_predicate"
    override = bureau.post(bureau.chief, f"{path}/override", {"year": 2026, "month": 1, "reason": "Unit baru"}, 201)
    assert (override["month"], override["quarter"]) == (1, None)
    quarter = {"year": 2026, "quarter": 1}
    refused = bureau.put(bureau.chief, "/org-predicates", {**january, "month": None, **quarter}, 409)
    assert refused["code"] == "period_not_in_cycle"
    assert bureau.post(bureau.chief, f"{path}/override", {**quarter, "reason": "x"}, 409)["code"] == refused["code"]
    counted = [
        bureau.get(bureau.hr, f"/summary?year=2026{part}")["total"]["evaluations"]["FINAL"]
        for part in ("&month=1", "&month=2", "")
    ]
    assert counted == [5, 0, 0]
    both = {"year": 2026, "month": 1, "quarter": 1, "closes_on": "2026-03-31", "reason": "x"}
    problem = bureau.post(bureau.hr, "/periods/extensions", both, 422)
    assert [one["field"] for one in problem["errors"]] == ["month"]


def test_a_move_within_a_month_is_closed_out_for_that_month(bureau):
    bureau.post(bureau.hr, "/cycles", {"year": 2026, "periodic": "MONTH"}, 200)
    bureau.active_plan()
    bureau.turn(2026, 4, 30, 17, 0, 1)
    bureau.change(bureau.siti, since=date(2026, 5, 1), superior_id=bureau.top.employee_id)
    bureau.service.run_timers()
    assert bureau.get(bureau.hr, "/evaluations/segments")["items"] == []
    own = f"/plans?employee_id={bureau.siti.employee_id}"
    (begun,) = [one for one in bureau.get(bureau.siti, own)["items"] if one["state"] == "DRAFT"]
    bureau.post(bureau.siti, f"/plans/{begun['id']}/submit", status=200)
    bureau.agree(bureau.top, f"/plans/{begun['id']}")
    bureau.turn(2026, 5, 15, 3)
    bureau.change(bureau.siti, since=date(2026, 5, 15), superior_id=bureau.head.employee_id)
    bureau.service.run_timers()
    (waiting,) = bureau.get(bureau.hr, "/evaluations/segments")["items"]
    assert (waiting["month"], waiting["first_day"], waiting["last_day"]) == (5, "2026-05-01", "2026-05-14")
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2026, month=5, first_day="2026-05-01")
    assert bureau.post(bureau.top, "/evaluations/segments", body, 201)["month"] == 5


def test_the_same_choice_again_changes_nothing_and_another_replaces_the_periods_until_one_is_evaluated(bureau):
    bureau.turn(2026, 12, 14, 3)
    bureau.post(bureau.siti, "/cycles", MONTHLY, 403)
    first = bureau.post(bureau.hr, "/cycles", QUARTERLY, 200)
    bureau.turn(2026, 12, 15, 3)
    assert bureau.post(bureau.hr, "/cycles", QUARTERLY, 200) == first
    assert bureau.post(bureau.hr, "/cycles", {"year": 2027}, 200) == first
    assert bureau.get(bureau.siti, "/cycles/2027") == first
    assert len(parts(bureau.post(bureau.hr, "/cycles", MONTHLY, 200))) == 13
    bureau.turn(2027, 1, 4, 3)
    bureau.active_plan(year=2027)
    bureau.turn(2027, 2, 3, 3)
    monthly(bureau, 1, finish=False)
    refused = bureau.post(bureau.hr, "/cycles", QUARTERLY, 409)
    assert refused["code"] == "cycle_in_use"
    assert bureau.get(bureau.siti, "/cycles/2027")["periodic"] == "MONTH"


def test_the_first_plan_opens_the_year_as_the_agencys_rule_says_and_reading_opens_nothing(bureau):
    bureau.set_rule("CYCLE", {"periodic": "MONTH"}, "2027-01-01")
    for _ in range(2):
        shown = bureau.get(bureau.siti, "/cycles/2027")
        assert (shown["periodic"], shown["opened_at"], shown["opened_by"]) == ("MONTH", None, None)
    bureau.get(bureau.siti, "/cycles/1999", 404)
    bureau.draft(year=2027)
    shown = bureau.get(bureau.siti, "/cycles/2027")
    assert (shown["periodic"], shown["opened_at"][:13], shown["opened_by"]) == ("MONTH", "2026-01-12T02", None)
    bureau.draft(year=2026)
    assert bureau.get(bureau.siti, "/cycles/2026")["periodic"] == "QUARTER"
    first = bureau.get(bureau.siti, "/cycles/2027")["periods"][-1]["rules"]["CYCLE"]
    late = bureau.set_rule("CYCLE", {"periodic": "QUARTER"}, "2027-01-01")["preview"]
    assert [(one["year"], one["month"], one["rule_version"]) for one in late["kept"]] == [(2027, None, first)]
    assert [(one["year"], one["quarter"]) for one in late["holds_in"]] == [(2028, None)]
    bad = bureau.propose("CYCLE", {"periodic": "WEEK"}, status=422)
    assert bad["errors"][0]["code"] == "rule_unusable"


def test_a_year_of_the_former_release_is_of_quarters_and_keeps_what_was_rated_and_extended(bureau, service):
    """That release wrote plans, quarters and extensions, and no periods; some of it while this one had begun."""
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    rated = bureau.rate(1)
    bureau.turn(2025, 12, 31, 3)
    bureau.set_rule("CYCLE", {"periodic": "MONTH"}, "2026-01-01")
    with service.work.transaction(bureau.agency) as tx:
        tx.session.execute(text("DELETE FROM period"))
    bureau.turn(2026, 7, 6, 3)
    second = bureau.rate(2)
    assert [one["quarter"] for one in bureau.get(bureau.siti, "/periods?year=2026")["items"]] == [1, 2, 3, 4, None]
    listed = bureau.get(bureau.siti, "/me/evaluations?year=2026")["items"]
    assert {one["id"] for one in listed} == {rated["id"], second["id"]}
    with service.work.transaction(bureau.agency) as tx:
        values = {"id": second["id"], "agency": bureau.agency, "by": bureau.hr.account_id}
        tx.session.execute(
            text(
                "INSERT INTO window_extension (id, agency_id, year, quarter, closes_on, reason, set_by, set_at) "
                "VALUES (:id, :agency, 2026, 3, '2026-11-15', 'x', :by, now())"
            ),
            values,
        )
    bureau.turn(2026, 11, 15, 3)
    assert bureau.rate(3)["state"] == "FINAL"
    refused = bureau.post(bureau.hr, "/cycles", {"year": 2026, "periodic": "MONTH"}, 409)
    assert refused["code"] == "cycle_in_use"


def test_two_who_open_a_year_at_once_and_choose_differently_make_one_cycle(bureau):
    bureau.set_rule("CYCLE", {"periodic": "MONTH"}, "2027-01-01")
    people = [bureau.siti, *bureau.hire(3)]
    with ThreadPoolExecutor(5) as pool:
        drafts = [pool.submit(bureau.draft, one, year=2027) for one in people]
        answer = pool.submit(bureau.post, bureau.hr, "/cycles", QUARTERLY)
        assert len([one.result() for one in drafts]) == 4
    assert answer.result().status_code == 200
    assert parts(bureau.get(bureau.hr, "/cycles/2027")) == [(None, 1), (None, 2), (None, 3), (None, 4), (None, None)]


@pytest.mark.parametrize("year", [2026, 2027])
def test_what_has_begun_keeps_its_rules_when_the_choice_changes(bureau, year):
    """Or else two changes of the choice would bring a rule into a period that has begun."""
    bureau.post(bureau.hr, "/cycles", {"year": year, "periodic": "QUARTER"}, 200)
    bureau.set_rule("MINIMUM_DAYS", {"working_days": 5})
    own = "default-2022"
    assert {one["rules"]["MINIMUM_DAYS"] for one in bureau.get(bureau.hr, f"/cycles/{year}")["periods"]} == {own}
    periods = bureau.post(bureau.hr, "/cycles", {"year": year, "periodic": "MONTH"}, 200)["periods"]
    kept = [one["month"] for one in periods if one["rules"]["MINIMUM_DAYS"] == own]
    assert kept == ([1, None] if year == 2026 else [])


def test_what_was_set_for_a_period_that_is_replaced_holds_no_longer_and_its_unit_is_named(bureau):
    bureau.post(bureau.hr, "/cycles", QUARTERLY, 200)
    whole = {"unit_id": str(bureau.unit), "year": 2027, "predicate": "GOOD"}
    quarter = {**whole, "quarter": 1}
    bureau.put(bureau.chief, "/org-predicates", quarter)
    bureau.put(bureau.chief, "/org-predicates", {**whole, "predicate": "OUTSTANDING"})
    path = f"/units/{bureau.unit}/distribution"
    bureau.post(bureau.chief, f"{path}/override", {"year": 2027, "quarter": 1, "reason": "Unit baru"}, 201)
    assert bureau.get(bureau.hr, "/cycles/2027")["units_to_set_anew"] == []
    replaced = bureau.post(bureau.hr, "/cycles", MONTHLY, 200)
    assert replaced["units_to_set_anew"] == [str(bureau.unit)]
    kept = bureau.get(bureau.hr, f"/units/{bureau.unit}/org-predicates?year=2027")["items"]
    assert [(one["quarter"], one["predicate"], one["replaced_at"] is None) for one in kept] == [
        (None, "OUTSTANDING", True),
        (1, "GOOD", False),
    ]
    bureau.put(bureau.chief, "/org-predicates", {**whole, "month": 1})
    assert bureau.get(bureau.hr, "/cycles/2027")["units_to_set_anew"] == [str(bureau.unit)]
    bureau.post(bureau.chief, f"{path}/override", {"year": 2027, "month": 1, "reason": "Unit baru"}, 201)
    assert bureau.get(bureau.hr, "/cycles/2027")["units_to_set_anew"] == []
    bureau.post(bureau.hr, "/cycles", QUARTERLY, 200)
    assert bureau.get(bureau.hr, f"{path}?year=2027&quarter=1", 409)["code"] == "unit_without_predicate"
    assert bureau.put(bureau.chief, "/org-predicates", quarter)["replaced_at"] is None


def longer(bureau, closes_on, **period):
    body = {"year": 2027, "closes_on": closes_on, "reason": "Banjir", **period}
    return bureau.post(bureau.hr, "/periods/extensions", body, 201)


def windows_to_extend_anew(bureau):
    missing = bureau.get(bureau.hr, "/cycles/2027")["windows_to_extend_anew"]
    return [(one["quarter"], one["month"], one["closes_on"]) for one in missing]


def closing(bureau):
    return {
        (one["quarter"], one["month"]): one["closes_on"] for one in bureau.get(bureau.hr, "/cycles/2027")["periods"]
    }


def test_a_longer_window_of_a_period_that_is_replaced_holds_no_longer_and_is_named(bureau):
    by_rule = bureau.post(bureau.hr, "/cycles", QUARTERLY, 200)["periods"][0]["closes_on"]
    assert longer(bureau, "2027-05-20", quarter=1)["replaced_at"] is None
    longer(bureau, "2028-03-20")
    assert windows_to_extend_anew(bureau) == []
    named = bureau.post(bureau.hr, "/cycles", MONTHLY, 200)["windows_to_extend_anew"]
    assert [(one["quarter"], one["closes_on"], one["reason"]) for one in named] == [(1, "2027-05-20", "Banjir")]
    assert closing(bureau)[(None, None)] == "2028-03-20"
    kept = bureau.get(bureau.siti, "/periods?year=2027")["extensions"]
    assert [(one["quarter"], one["replaced_at"] is None) for one in kept] == [(1, False), (None, True)]
    longer(bureau, "2027-08-20", month=4)
    assert windows_to_extend_anew(bureau) == [(1, None, "2027-05-20")]
    longer(bureau, "2027-05-25", month=3)
    assert windows_to_extend_anew(bureau) == []
    back = bureau.post(bureau.hr, "/cycles", QUARTERLY, 200)
    assert closing(bureau)[(1, None)] == by_rule
    assert [one["month"] or one["quarter"] for one in back["windows_to_extend_anew"]] == [1, 4, 3]


def test_what_an_outage_made_longer_comes_back_with_the_periods_and_not_once_it_is_withdrawn(bureau):
    by_rule = bureau.post(bureau.hr, "/cycles", QUARTERLY, 200)["periods"][0]["closes_on"]
    bureau.turn(2027, 4, 20, 3)
    outage = {"from": "2027-04-10T00:00:00Z", "to": "2027-04-12T00:00:00Z", "reason": "Listrik padam"}
    recorded = bureau.post(bureau.hr, "/outages", outage, 201)
    by_outage = closing(bureau)[(1, None)]
    assert by_outage > by_rule
    assert bureau.post(bureau.hr, "/cycles", MONTHLY, 200)["windows_to_extend_anew"] == []
    bureau.post(bureau.hr, "/cycles", QUARTERLY, 200)
    assert closing(bureau)[(1, None)] == by_outage
    bureau.post(bureau.hr, "/cycles", MONTHLY, 200)
    bureau.post(bureau.hr, f"/outages/{recorded['id']}/withdraw", {"reason": "Salah catat"}, 200)
    bureau.post(bureau.hr, "/cycles", QUARTERLY, 200)
    assert closing(bureau)[(1, None)] == by_rule


def test_a_period_that_the_year_will_not_have_gets_no_predicate(bureau):
    """The first predicate opens the year, so that a later rule of the agency takes nothing from under it."""
    bureau.set_rule("CYCLE", {"periodic": "MONTH"}, "2027-01-01")
    body = {"unit_id": str(bureau.unit), "year": 2027, "predicate": "GOOD"}
    refused = bureau.put(bureau.chief, "/org-predicates", {**body, "quarter": 1}, 409)
    assert refused["code"] == "period_not_in_cycle"
    bureau.put(bureau.chief, "/org-predicates", {**body, "month": 1})
    assert bureau.get(bureau.hr, "/cycles/2027")["opened_at"] is not None
