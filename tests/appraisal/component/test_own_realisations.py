"""What employees state of their own results, until the period is rated; the appraiser sees it beside the log."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chassis.ids import new_id
from tests.appraisal.builders import API


@pytest.fixture
def plan(bureau):
    made = bureau.active_plan()
    bureau.turn(2026, 3, 30, 3)
    return made


def words_of(plan, *words, **period):
    results = [one["id"] for one in plan["work_results"]]
    stated = [{"work_result_id": one, "realisation": text} for one, text in zip(results, words, strict=False)]
    return {"quarter": 1, **period, "items": stated}


def state(bureau, plan, body, status=200, who=None, version=None):
    return bureau.put(who or bureau.siti, f"/plans/{plan['id']}/realisations", body, status, version)


def shown(bureau, who, part="quarter=1"):
    path = f"/evaluations/evidence?employee_id={bureau.siti.employee_id}&year=2026&{part}"
    return [one["stated"] for one in bureau.get(who, path)["results"]]


def test_the_appraiser_sees_what_the_person_states_beside_the_log(bureau, plan):
    assert shown(bureau, bureau.head) == [None] * 4
    stated = state(bureau, plan, words_of(plan, "31 usul selesai", "Data mutakhir"))
    assert (stated["version"], stated["stated_at"][:16]) == (1, "2026-03-30T03:00")
    assert shown(bureau, bureau.head) == ["31 usul selesai", "Data mutakhir", None, None]
    assert shown(bureau, bureau.head, "") == [None] * 4
    (listed,) = bureau.get(bureau.head, f"/plans/{plan['id']}/realisations")["items"]
    assert listed == stated


def test_other_words_need_the_version_that_stands_and_the_same_ones_none(bureau, plan):
    first = state(bureau, plan, words_of(plan, "30 usul"))
    assert state(bureau, plan, words_of(plan, "30 usul")) == first
    assert state(bureau, plan, words_of(plan, "31 usul"), 428)["code"] == "version_required"
    assert state(bureau, plan, words_of(plan, "31 usul"), 412, version=2)["code"] == "version_conflict"
    changed = state(bureau, plan, words_of(plan, "31 usul"), version=1)
    assert (changed["id"], changed["version"], changed["items"][0]["realisation"]) == (first["id"], 2, "31 usul")
    assert state(bureau, plan, words_of(plan, "x", quarter=None), 412, version=1)["code"] == "version_conflict"


def test_of_many_first_statements_at_once_one_stands(bureau, plan):
    def ask(number):
        body = words_of(plan, f"{number} usul")
        return bureau.service.client(bureau.siti).put(f"{API}/plans/{plan['id']}/realisations", json=body).status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(ask, range(4)))
    assert statuses.count(200) == 1
    assert set(statuses) <= {200, 412, 428}
    assert len(bureau.get(bureau.siti, f"/plans/{plan['id']}/realisations")["items"]) == 1


def test_a_review_is_not_betrayed_either(bureau, plan):
    rule = {"evaluation_kinds": ["PERIODIC"], "predicates": ["VERY_POOR"], "days": 5, "hr_after_days": 5}
    bureau.have_rule("EXTREME_REVIEW", rule)
    bureau.turn(2026, 4, 6, 3)
    assert bureau.rate(1, "BELOW", "BELOW")["state"] == "IN_REVIEW"
    assert state(bureau, plan, words_of(plan, "30 usul"))["version"] == 1


def test_it_stands_from_the_moment_at_which_the_period_is_rated_and_a_proposal_is_not_betrayed(bureau, plan):
    state(bureau, plan, words_of(plan, "30 usul"))
    bureau.turn(2026, 4, 6, 3)
    proposal = bureau.rate(1, finish=False)
    state(bureau, plan, words_of(plan, "31 usul"), version=1)
    bureau.post(bureau.head, f"/evaluations/{proposal['id']}/finish", status=200)
    refused = state(bureau, plan, words_of(plan, "32 usul"), 409, version=2)
    assert refused["code"] == "realisation_fixed"
    assert "2026 triwulan 1 sudah dinilai" in refused["detail"]
    assert shown(bureau, bureau.head)[0] == "31 usul"


def test_each_fault_names_its_place(bureau, plan):
    unknown, first = str(new_id()), plan["work_results"][0]["id"]
    items = [{"work_result_id": one, "realisation": "x"} for one in (first, unknown, first)]
    problem = state(bureau, plan, {"quarter": 1, "items": items}, 422)
    assert [(one["field"], one["code"], one["value"]) for one in problem["errors"]] == [
        ("items.1.work_result_id", "not_in_plan", unknown),
        ("items.2.work_result_id", "repeated", first),
    ]


def test_a_period_that_has_not_begun_or_that_the_year_has_not_is_refused(bureau, plan):
    problem = state(bureau, plan, words_of(plan, "x", quarter=2), 422)
    assert [(one["field"], one["code"], one["value"]) for one in problem["errors"]] == [
        ("quarter", "period_not_begun", 2)
    ]
    assert "2026-04-01" in problem["errors"][0]["expected"]
    assert state(bureau, plan, words_of(plan, "x", quarter=None, month=1), 409)["code"] == "period_not_in_cycle"
    bureau.turn(2026, 3, 31, 17)
    state(bureau, plan, words_of(plan, "x", quarter=2))


def test_only_the_person_states_it_and_only_who_reads_the_log_reads_it(bureau, plan):
    for one in (bureau.head, bureau.outsider):
        state(bureau, plan, words_of(plan, "x"), 403, who=one)
    state(bureau, plan, words_of(plan, "x"))
    bureau.get(bureau.outsider, f"/plans/{plan['id']}/realisations", 403)
    assert len(bureau.get(bureau.inspector, f"/plans/{plan['id']}/realisations")["items"]) == 1


def test_a_plan_that_nobody_agreed_has_no_results_to_state(bureau):
    draft = bureau.draft()
    assert state(bureau, draft, words_of(draft, "x"), 409)["code"] == "plan_not_active"


def test_what_was_stated_is_frozen_with_the_rating(bureau, plan):
    stated = state(bureau, plan, words_of(plan, "30 usul"))
    bureau.turn(2026, 4, 6, 3)
    rated = bureau.rate(1)
    explained = bureau.get(bureau.siti, f"/evaluations/{rated['id']}/explanation")
    (used,) = explained["inputs"]["own_realisations"]
    assert (used["id"], used["version"], used["items"]) == (stated["id"], 1, stated["items"])
    assert explained["bases"][0]["content"]["own_realisations"] == explained["inputs"]["own_realisations"]
