from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

from sqlalchemy import event

from chassis.ids import new_id
from tests.training.builders import LONG_AGO, POST


def only(page):
    assert len(page["items"]) == 1, page
    return page["items"][0]


def test_a_follow_up_raises_one_need_for_each_competency_and_a_repeat_none(context):
    event_id, follow_up_id = new_id(), new_id()
    for _ in range(2):
        context.follow_up(
            context.siti, "process_analysis", "communication", follow_up_id=follow_up_id, event_id=event_id
        )
    context.follow_up(context.siti, "process_analysis", follow_up_id=follow_up_id)
    assert len(context.get(context.siti, "/needs")["items"]) == 2
    assert len(context.published("TrainingNeedRaised")) == 2


def test_the_order_of_post_assessment_and_follow_up_does_not_matter(context):
    context.a_competency()
    context.a_standard()
    late = context.an_employee(position_code="BELUM", appraiser=context.head)
    context.an_assessment(late, level=2)
    context.follow_up(late, "process_analysis")
    assert only(context.get(late, "/needs"))["required_level"] is None
    context.change(late, position_code=POST)

    context.an_assessment(context.siti, level=2)
    context.follow_up(context.siti, "process_analysis")
    views = [only(context.get(one, "/needs")) for one in (late, context.siti)]
    for view in views:
        assert (view["source"], view["required_level"], view["actual_level"], view["gap"]) == ("EVALUATION", 3, 2, 1)
        assert {cause["source"] for cause in view["causes"]} == {"EVALUATION", "COMPETENCY_GAP"}


def test_a_follow_up_for_somebody_not_yet_known_waits_for_nothing(context, person):
    outsider = person()
    context.follow_up(outsider, "process_analysis")
    assert only(context.get(outsider, "/needs"))["state"] == "OPEN"
    assert context.service.deferred(context.agency) == []


def test_an_older_version_that_comes_late_changes_nothing(context):
    siti = context.siti.employee_id
    context.publish(siti, context.stretch(LONG_AGO, appraiser=context.hr), version=50)
    context.publish(siti, context.stretch(LONG_AGO, appraiser=context.head), version=10)
    context.get(context.head, f"/needs?employee_id={context.siti.employee_id}", 403)


def test_a_new_standard_raises_needs_of_the_people_in_the_post(context):
    context.a_competency()
    context.an_assessment(context.siti, level=2)
    assert context.get(context.siti, "/needs")["items"] == []
    context.a_standard(level=4)
    context.service.run_jobs()
    need = only(context.get(context.siti, "/needs"))
    assert (need["source"], need["gap"]) == ("COMPETENCY_GAP", 2)


def test_the_explanation_names_reason_evaluation_gap_and_law(context):
    context.a_competency()
    standard = context.a_standard()
    assessment = context.an_assessment(context.siti)
    assert (assessment["required_level"], assessment["gap"]) == (3, 1)
    follow_up_id = context.follow_up(context.siti, "process_analysis")
    need = context.get(context.siti, f"/needs/{only(context.get(context.siti, '/needs'))['id']}")
    by_source = {one["source"]: one for one in need["explanation"]}
    evaluation = by_source["EVALUATION"]
    assert evaluation["source_id"] == str(follow_up_id)
    assert evaluation["evaluation_id"]
    assert evaluation["calculation"] == "3 - 2 = 1"
    assert "Perlan 10/2018" in evaluation["legal_source"]
    assert by_source["COMPETENCY_GAP"]["standard_id"] == standard["id"]
    assert by_source["COMPETENCY_GAP"]["assessment_id"] == assessment["id"]


def test_one_asks_for_oneself_once(context):
    wish = {"competency_code": "communication", "reason": "Ingin lebih baik memimpin rapat"}
    need = context.post(context.siti, "/needs", wish)
    assert need["source"] == "REQUEST"
    again = context.post(context.siti, "/needs", wish, 409)
    assert again["code"] == "need_already_open"
    assert again["errors"][0]["value"] == need["id"]
    context.post(context.siti, f"/needs/{need['id']}/cancel", {"reason": "Sudah tidak perlu"})
    context.post(context.siti, "/needs", wish, 201)


def test_the_person_cannot_drop_what_an_evaluation_asks_for(context):
    context.follow_up(context.siti, "communication")
    need = only(context.get(context.siti, "/needs"))
    context.post(context.siti, f"/needs/{need['id']}/cancel", {"reason": "Tidak mau"}, 403)
    context.post(context.siti, f"/needs/{need['id']}/meet", {"reason": "Sudah"}, 403)
    met = context.post(context.head, f"/needs/{need['id']}/meet", {"reason": "Sudah terbukti dalam tugas"})
    assert met["state"] == "MET"
    again = context.post(context.head, f"/needs/{need['id']}/cancel", {"reason": "x"}, 409)
    assert again["code"] == "need_closed"


def test_an_unknown_competency_is_named_with_what_would_be_right(context):
    answer = context.post(context.siti, "/needs", {"competency_code": "terbang", "reason": "x"}, 422)
    assert answer["errors"][0]["field"] == "competency_code.0"
    assert answer["errors"][0]["value"] == "terbang"


def test_suggestions_bring_the_right_level_first_and_readable_items_before_lent_ones(context):
    context.a_competency()
    context.a_standard()
    context.an_assessment(context.siti)
    need = only(context.get(context.siti, "/needs"))
    context.a_course("DASAR", competency_codes=["process_analysis"], level=2)
    context.a_course("TEPAT", competency_codes=["process_analysis"], level=3)
    context.a_course("LAIN", competency_codes=["communication"])
    context.a_session("TEPAT")
    for code, link in (("B-1", None), ("B-2", "https://contoh.example/b2")):
        item = {"code": code, "title": f"Buku {code}", "kind": "BOOK", "competency_codes": ["process_analysis"]}
        context.post(context.hr, "/reference-items", item | ({"link": link} if link else {"copies": 1}))
    found = context.get(context.siti, f"/needs/{need['id']}/suggestions")
    assert [one["course"]["code"] for one in found["courses"]] == ["TEPAT", "DASAR"]
    assert found["courses"][0]["sessions"][0]["seats_free"] == 10
    assert [one["item"]["code"] for one in found["reference_items"]] == ["B-2", "B-1"]
    assert all(one["reasons"] for one in found["courses"] + found["reference_items"])


def test_the_national_competencies_are_there_from_the_start_and_are_marked_unverified(context):
    items = context.get(context.siti, "/competencies?limit=200")["items"]
    kinds = [one["kind"] for one in items]
    assert (kinds.count("MANAGERIAL"), kinds.count("SOCIOCULTURAL")) == (8, 1)
    assert not any(one["verified"] for one in items)


def test_a_competency_changes_only_from_the_version_that_was_read(context):
    context.a_competency()
    change = {"kind": "TECHNICAL", "name": "Analisis proses bisnis"}
    context.put(context.hr, "/competencies/process_analysis", change, 428, match=None)
    context.put(context.hr, "/competencies/process_analysis", change, 412, match='"7"')
    assert context.put(context.hr, "/competencies/process_analysis", change, match='"1"')["version"] == 2
    context.put(context.hr, f"/competencies/{uuid4().hex}", change, 404)


def test_nobody_assesses_oneself_and_a_colleague_neither(context):
    context.a_competency()
    body = {"employee_id": str(context.siti.employee_id), "competency_code": "process_analysis", "actual_level": 5}
    for actor in (context.siti, context.an_employee(), context.inspector):
        context.post(actor, "/assessments", body, 403)
    context.post(context.hr, "/assessments", body | {"assessed_on": "2026-07-07"}, 422)
    assert context.get(context.siti, f"/employees/{context.siti.employee_id}/competencies")["competencies"] == []


def test_a_new_post_is_compared_with_its_standard_and_the_need_follows_from_the_event(context):
    context.a_competency()
    context.a_standard(position="ANALIS", level=4)
    context.an_assessment(context.siti, level=2)
    context.change(context.siti, date(2026, 7, 1), position_code="ANALIS")

    assert only(context.get(context.siti, "/needs"))["gap"] == 2
    moved = context.events_of[context.siti.employee_id]
    raised = context.service.events(context.agency, "TrainingNeedRaised")[0]
    assert raised["causationid"] == str(moved.id)


def test_a_post_that_is_known_ahead_is_compared_on_its_day(context):
    context.a_competency()
    context.a_standard(position="ANALIS", level=4)
    context.an_assessment(context.siti, level=2)
    context.change(context.siti, date(2026, 9, 1), position_code="ANALIS")
    context.change(context.an_employee(), date(2026, 9, 1), position_code="ANALIS")
    shown = f"/employees/{context.siti.employee_id}/competencies"

    context.service.run_timers()
    context.service.run_jobs()
    assert context.get(context.siti, "/needs")["items"] == []
    assert context.get(context.siti, shown)["position_code"] == POST
    context.service.clock.turn(datetime(2026, 8, 31, 17, tzinfo=UTC))  # the first moment of September in Jakarta
    context.service.run_timers()
    context.service.run_jobs()
    assert only(context.get(context.siti, "/needs"))["gap"] == 2
    assert context.get(context.siti, shown)["position_code"] == "ANALIS"


def test_a_batch_asks_once_whether_anybody_has_something_to_compare(context):
    """However many timelines come at once: none of the questions is asked of each."""
    asked = {}
    for people in (1, 40):
        batch = [again(context) for _ in range(people)]
        with statements(context.service.worker.work.database.engine) as found:
            context.service.worker.inbox.apply(batch)
        asked[people] = sum("directory_" in one or "assessment" in one for one in found)
    assert asked[1] == asked[40]


def again(context):
    """The event of somebody who is employed, as one of another person."""
    known = context.events_of[context.siti.employee_id]
    data = {**known.data, "employee_id": str(new_id())}
    return replace(known, id=new_id(), subject=data["employee_id"], data=data)


@contextmanager
def statements(engine):
    found = []

    def note(_connection, _cursor, statement, *_rest):
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)
