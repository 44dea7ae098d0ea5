"""What an evaluation says of each result and value: given with the rating, resting on log and feedback, and kept."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import event, text

from chassis.ids import new_id
from tests.appraisal.builders import API, a_plan, a_rating, a_result

VALUES = ["BP", "AK", "KO", "HA", "LO", "AD", "KL"]


@pytest.fixture
def results(bureau):
    """The ids of Siti's four results of 2026."""
    bureau.plan = bureau.active_plan()
    return [one["id"] for one in bureau.plan["work_results"]]


def log(bureau, result, day, plan=None, who=None, **fields):
    body = {"date": day, "work_result_id": result, "text": "Berkas selesai", **fields}
    return bureau.post(who or bureau.siti, f"/plans/{(plan or bureau.plan)['id']}/progress", body, 201)["id"]


def comment(bureau, by=None, plan=None, **target):
    body = {"text": "Rapi dan cepat", **target}
    return bureau.post(by or bureau.head, f"/plans/{(plan or bureau.plan)['id']}/feedback", body, 201)["id"]


def faults_of(bureau, items, quarter=1, **fields):
    """Return field, code and value of each fault of a rating that is refused."""
    problem = bureau.rate(quarter, items=items, status=422, **fields)
    return [(one["field"], one["code"], one["value"]) for one in problem["errors"]]


def items_of(bureau, evaluation, who=None):
    """Return what the explanation has of results and values, empty ones left out, and of which rating that is."""
    shown = bureau.get(who or bureau.hr, f"/evaluations/{evaluation['id']}/explanation")
    full = [one for one in shown["items"] if one["realisation"] or one["remark"] or one["progress_ids"]]
    return [(one["work_result_id"] or one["behaviour_value"], one["realisation"]) for one in full], shown[
        "items_revision"
    ]


@contextmanager
def statements(service):
    """Gather the statements that are sent to the database, one that is sent for each of many rows as often."""
    found, engine = [], service.work.database.engine

    def keep(_connection, _cursor, statement, parameters, _context, many):
        found.extend([statement] * (len(parameters) if many else 1))

    event.listen(engine, "before_cursor_execute", keep)
    yield found
    event.remove(engine, "before_cursor_execute", keep)


def test_the_explanation_lists_every_result_and_value_with_what_was_found(bureau, results):
    bureau.turn(2026, 3, 2, 3)
    entry, value = log(bureau, results[0], "2026-03-02"), comment(bureau, behaviour_value="KO")
    bureau.turn(2026, 4, 6, 3)
    items = [
        {"work_result_id": results[0], "realisation": "31 usul selesai", "remark": "Percepat verifikasi"},
        {"behaviour_value": "KO", "remark": "Membantu rekan belajar"},
    ]
    rated = bureau.rate(1, items=items)
    shown = bureau.get(bureau.siti, f"/evaluations/{rated['id']}/explanation")
    assert [one["work_result_id"] for one in shown["items"]] == [*results, *[None] * 7]
    assert [one["behaviour_value"] for one in shown["items"]] == [None, None, None, None, *VALUES]
    assert shown["items"][0] == {
        "work_result_id": results[0],
        "behaviour_value": None,
        "title": "Layanan kenaikan pangkat selesai tepat waktu",
        "realisation": "31 usul selesai",
        "remark": "Percepat verifikasi",
        "progress_ids": [entry],
        "feedback_ids": [],
    }
    competent = shown["items"][6]
    assert (competent["title"], competent["remark"]) == ("Kompeten", "Membantu rekan belajar")
    assert (competent["progress_ids"], competent["feedback_ids"]) == ([], [value])
    assert [one["realisation"] + one["remark"] for one in shown["items"][1:3]] == ["", ""]
    assert shown["items_revision"] == 1
    assert "items" not in rated
    assert "items" not in bureau.get(bureau.siti, f"/evaluations/{rated['id']}")


def test_a_rating_without_items_lists_every_result_and_value_as_empty(bureau, results):
    bureau.turn(2026, 4, 6, 3)
    rated = bureau.rate(1, items=[{"work_result_id": results[0], "realisation": "  "}])
    shown = bureau.get(bureau.siti, f"/evaluations/{rated['id']}/explanation")
    assert (len(shown["items"]), shown["items_revision"]) == (11, None)
    assert {one["realisation"] + one["remark"] for one in shown["items"]} == {""}


def test_each_fault_names_the_place_of_its_item_the_value_and_what_would_be_right(bureau, results):
    bureau.turn(2026, 4, 6, 3)
    unknown = str(new_id())
    items = [
        {"work_result_id": results[0], "realisation": "x"},
        {"realisation": "x"},
        {"work_result_id": unknown, "remark": "x"},
        {"work_result_id": results[0], "remark": "x"},
        {"work_result_id": results[1], "behaviour_value": "AK", "remark": "x"},
        {"behaviour_value": "AK", "remark": "x"},
        {"behaviour_value": "AK", "remark": "x"},
    ]
    assert faults_of(bureau, items) == [
        ("items.1.work_result_id", "one_target", None),
        ("items.2.work_result_id", "not_in_plan", unknown),
        ("items.3.work_result_id", "repeated", results[0]),
        ("items.4.work_result_id", "one_target", results[1]),
        ("items.6.behaviour_value", "repeated", "AK"),
    ]
    problem = bureau.rate(1, items=items, status=422)
    assert [one["expected"] for one in problem["errors"]][:3] == [
        "tepat satu: work_result_id atau behaviour_value",
        "id hasil kerja dalam SKP ini",
        "masing-masing satu kali",
    ]
    assert bureau.get(bureau.head, "/evaluations?year=2026")["items"] == []


def test_a_result_that_only_the_draft_of_a_revision_has_is_none_of_the_version_rated(bureau, results):
    path = f"/plans/{bureau.plan['id']}"
    bureau.post(bureau.siti, f"{path}/revise", {"reason": "Tugas baru"}, 200)
    full = bureau.get(bureau.siti, path)
    draft = a_plan(work_results=[a_result(title="Tugas baru")])
    saved = bureau.put(bureau.siti, path, {k: v for k, v in draft.items() if k != "year"}, version=full["version"])
    bureau.turn(2026, 4, 6, 3)
    new = saved["work_results"][0]["id"]
    assert faults_of(bureau, [{"work_result_id": new, "remark": "x"}]) == [
        ("items.0.work_result_id", "not_in_plan", new)
    ]
    assert bureau.rate(1, items=[{"work_result_id": results[0], "remark": "x"}])["plan_version"] == 1


def test_named_evidence_is_of_this_person_and_this_period(bureau, results):
    (colleague,) = bureau.hire(1)
    other_plan = bureau.active_plan(colleague)
    bureau.turn(2026, 3, 30, 3)
    own, theirs = log(bureau, results[0], "2026-03-30"), comment(bureau, work_result_id=results[0])
    foreign = log(bureau, other_plan["work_results"][0]["id"], "2026-03-30", other_plan, colleague)
    about_other = comment(bureau, plan=other_plan, behaviour_value="KO")
    bureau.turn(2026, 4, 6, 3)
    late_entry, late_word = log(bureau, results[0], "2026-04-01"), comment(bureau, behaviour_value="KO")
    item = {"work_result_id": results[0], "realisation": "x"}
    named = {"progress_ids": [own, foreign, late_entry], "feedback_ids": [about_other, theirs, late_word]}
    assert faults_of(bureau, [{"behaviour_value": "AK", "remark": "x"}, {**item, **named}]) == [
        ("items.1.progress_ids.1", "not_of_period", foreign),
        ("items.1.progress_ids.2", "not_of_period", late_entry),
        ("items.1.feedback_ids.0", "not_of_period", about_other),
        ("items.1.feedback_ids.2", "not_of_period", late_word),
    ]
    problem = bureau.rate(1, items=[{**item, "progress_ids": [foreign]}], status=422)
    assert problem["errors"][0]["expected"] == "id catatan harian tentang pegawai ini dalam periode 2026 triwulan 1"
    done = bureau.rate(1, items=[{**item, "progress_ids": [own, own], "feedback_ids": [theirs]}])
    shown = bureau.get(bureau.siti, f"/evaluations/{done['id']}/explanation")["items"][0]
    assert (shown["progress_ids"], shown["feedback_ids"]) == ([own], [theirs])


@pytest.mark.parametrize(("moment", "counts"), [((2026, 3, 31, 16, 59, 59), True), ((2026, 3, 31, 17, 0, 0), False)])
def test_the_period_of_feedback_ends_at_the_agencys_midnight(bureau, results, moment, counts):
    bureau.turn(*moment)
    word = comment(bureau, behaviour_value="BP")
    bureau.turn(2026, 4, 6, 3)
    done = bureau.rate(1, items=[{"behaviour_value": "BP", "remark": "Ramah"}])
    shown = bureau.get(bureau.siti, f"/evaluations/{done['id']}/explanation")["items"][4]
    assert shown["feedback_ids"] == ([word] if counts else [])


def test_without_named_ids_an_item_rests_on_all_of_the_period_on_its_result(bureau, results):
    bureau.turn(2026, 3, 30, 3)
    first, second = log(bureau, results[0], "2026-01-15"), log(bureau, results[0], "2026-03-30")
    other = log(bureau, results[1], "2026-03-30")
    word = comment(bureau, work_result_id=results[0])
    bureau.turn(2026, 4, 6, 3)
    log(bureau, results[0], "2026-04-02")
    item = {"work_result_id": results[0], "realisation": "31 usul"}
    done = bureau.rate(1, items=[item, {"work_result_id": results[1], "progress_ids": [first]}])
    shown = bureau.get(bureau.siti, f"/evaluations/{done['id']}/explanation")["items"]
    assert (shown[0]["progress_ids"], shown[0]["feedback_ids"]) == ([first, second], [word])
    assert (shown[1]["progress_ids"], shown[1]["realisation"]) == ([first], "")
    assert other not in shown[1]["progress_ids"]


def test_other_items_of_a_proposal_are_another_rating_with_version_and_reason(bureau, results):
    bureau.turn(2026, 4, 6, 3)
    item = {"work_result_id": results[0], "realisation": "30 usul"}
    proposal = bureau.rate(1, finish=False, items=[item])
    body = {**a_rating(employee_id=str(bureau.siti.employee_id)), "year": 2026, "quarter": 1, "finish": False}
    other = {**body, "items": [{**item, "realisation": "31 usul"}]}
    assert bureau.post(bureau.head, "/evaluations/periodic", other, 428)["errors"][0]["field"] == "version"
    headers = {"If-Match": f'"{proposal["version"]}"'}
    refused = bureau.post(bureau.head, "/evaluations/periodic", other, 422, headers=headers)
    assert refused["errors"][0]["code"] == "reason_required"
    changed = bureau.post(
        bureau.head, "/evaluations/periodic", {**other, "reason": "Salah hitung"}, 201, headers=headers
    )
    assert (changed["id"], changed["revision"], changed["predicate"]) == (proposal["id"], 2, proposal["predicate"])
    assert items_of(bureau, changed) == ([(results[0], "31 usul")], 2)
    history = bureau.get(bureau.hr, f"/evaluations/{proposal['id']}/explanation")["history"]
    assert [one["reason"] for one in history] == ["", "Salah hitung"]
    better = bureau.rerate(changed, 1, "ABOVE", finish=False)
    assert better["revision"] == 3
    assert items_of(bureau, better) == ([(results[0], "31 usul")], 2)


def test_of_the_same_rating_many_times_at_once_the_items_are_stored_once(bureau, service, results):
    bureau.turn(2026, 4, 6, 3)
    items = [{"work_result_id": results[0], "realisation": "30 usul"}]
    body = a_rating(employee_id=str(bureau.siti.employee_id), year=2026, quarter=1, items=items)

    def rate(_):
        return service.client(bureau.head).post(f"{API}/evaluations/periodic", json=body).status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = set(pool.map(rate, range(8)))
    assert 201 in statuses
    assert statuses <= {201, 409}
    with service.work.transaction(bureau.agency) as tx:
        assert tx.session.scalar(text("SELECT count(*) FROM evaluation_item")) == 1


def test_the_same_items_again_change_nothing_though_more_was_recorded_since(bureau, results):
    bureau.turn(2026, 4, 6, 3)
    items = [{"work_result_id": results[0], "realisation": "30 usul"}, {"behaviour_value": "HA", "remark": "Rukun"}]
    proposal = bureau.rate(1, finish=False, items=items)
    log(bureau, results[0], "2026-03-31")
    again = bureau.rate(1, finish=False, items=list(reversed(items)))
    assert (again["revision"], again["version"]) == (1, proposal["version"])
    assert bureau.rate(1, finish=False)["version"] == proposal["version"]
    assert bureau.rate(1, finish=False, items=[])["version"] == proposal["version"]
    done = bureau.rate(1, items=items)
    assert (done["state"], done["revision"]) == ("FINAL", 1)
    assert items_of(bureau, done) == ([(results[0], "30 usul"), ("HA", "")], 1)
    assert bureau.rate(1, items=items)["version"] == done["version"]
    other = [{"work_result_id": results[0], "realisation": "99 usul"}]
    assert bureau.rate(1, items=other, status=409)["code"] == "evaluation_exists"


def test_a_batch_refuses_the_person_whose_items_are_wrong_and_rates_the_others(bureau, results):
    (colleague,) = bureau.hire(1)
    plan = bureau.active_plan(colleague)
    bureau.turn(2026, 4, 6, 3)
    theirs = plan["work_results"][0]["id"]
    people = [
        a_rating(employee_id=str(bureau.siti.employee_id), items=[{"work_result_id": theirs, "remark": "x"}]),
        a_rating(employee_id=str(colleague.employee_id), items=[{"work_result_id": theirs, "realisation": "12 usul"}]),
    ]
    body = {"year": 2026, "quarter": 1, "items": people}
    refused, done = bureau.post(bureau.head, "/evaluations/periodic/batch", body, 200)["items"]
    assert (refused["outcome"], done["outcome"]) == ("REFUSED", "DONE")
    assert refused["error"]["errors"][0]["field"] == "items.0.work_result_id"
    assert items_of(bureau, {"id": done["evaluation_id"]}) == ([(theirs, "12 usul")], 1)
    (again,) = bureau.post(bureau.head, "/evaluations/periodic/batch", {**body, "items": people[1:]}, 200)["items"]
    assert again["outcome"] == "UNCHANGED"


def test_items_of_many_people_cost_as_many_statements_as_those_of_one(bureau, service):
    people = bureau.hire(6)
    plans = [bureau.active_plan(one) for one in people]
    bureau.turn(2026, 4, 6, 3)

    def rate(chosen):
        ratings = [
            a_rating(
                employee_id=str(who.employee_id),
                items=[{"work_result_id": one["id"], "realisation": "x"} for one in plan["work_results"]],
            )
            for who, plan in chosen
        ]
        with statements(service) as sent:
            body = {"year": 2026, "quarter": 1, "items": ratings, "finish": False}
            done = bureau.post(bureau.head, "/evaluations/periodic/batch", body, 200)["items"]
        assert {one["outcome"] for one in done} == {"DONE"}
        wanted = ("evaluation_item", "FROM progress", "FROM feedback", "FROM plan_version")
        return [one for one in sent if any(table in one for table in wanted) and "plan_move" not in one]

    pairs = list(zip(people, plans, strict=True))
    of_one, of_five = rate(pairs[:1]), rate(pairs[1:])
    assert (len(of_one), len(of_five)) == (5, 5)  # the fifth gathers what the rating rests on


def test_the_year_is_rated_with_items_too_and_they_are_of_the_whole_year(bureau, results):
    bureau.turn(2026, 3, 30, 3)
    entry = log(bureau, results[0], "2026-03-30")
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    issued = bureau.issue(items=[{"work_result_id": results[0], "realisation": "120 usul setahun"}])
    shown = bureau.get(bureau.siti, f"/evaluations/{issued['id']}/explanation")["items"][0]
    assert (shown["realisation"], shown["progress_ids"]) == ("120 usul setahun", [entry])


def test_after_a_correction_the_former_items_stand_with_the_rating_that_they_are_of(bureau, results):
    bureau.turn(2026, 4, 6, 3)
    done = bureau.rate(1, "BELOW", items=[{"work_result_id": results[0], "realisation": "30 usul"}])
    corrected = bureau.correct(done["id"])
    assert corrected["revision"] == 2
    assert items_of(bureau, done, bureau.siti) == ([(results[0], "30 usul")], 1)


def test_after_a_decision_on_an_objection_the_former_items_stand(bureau, results):
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    issued = bureau.issue("BELOW", items=[{"work_result_id": results[0], "realisation": "90 usul"}])
    path = f"/evaluations/{issued['id']}"
    bureau.post(bureau.siti, f"{path}/receive", status=200)
    objection = bureau.post(bureau.siti, f"{path}/objection", {"reasons": "Bukti baru"}, 201)
    bureau.answer(objection["id"])
    decision = {"outcome": "CHANGED", "reasons": "Bukti diterima", **a_rating()}
    assert bureau.post(bureau.chief, f"/objections/{objection['id']}/decision", decision, 200)["revision"] == 2
    assert items_of(bureau, issued, bureau.siti) == ([(results[0], "90 usul")], 1)


def test_another_agency_sees_no_item(bureau, service, results):
    bureau.turn(2026, 4, 6, 3)
    bureau.rate(1, items=[{"work_result_id": results[0], "realisation": "30 usul"}])
    count = text("SELECT count(*) FROM evaluation_item")
    with service.work.transaction("instansi-lain") as tx:
        assert tx.session.scalar(count) == 0
    with service.work.transaction(bureau.agency) as tx:
        assert tx.session.scalar(count) == 1
