from uuid import uuid4

from chassis.ids import new_id


def only(page):
    assert len(page["items"]) == 1, page
    return page["items"][0]


def test_a_follow_up_raises_one_need_for_each_competency_and_a_repeat_none(world):
    event_id, follow_up_id = new_id(), new_id()
    for _ in range(2):
        world.follow_up(world.siti, "process_analysis", "communication", follow_up_id=follow_up_id, event_id=event_id)
    world.follow_up(world.siti, "process_analysis", follow_up_id=follow_up_id)
    assert len(world.get(world.siti, "/needs")["items"]) == 2
    assert len(world.published("TrainingNeedRaised")) == 2


def test_the_order_of_post_assessment_and_follow_up_does_not_matter(world):
    world.a_competency()
    world.a_standard()
    late = world.an_employee(position_code="BELUM", appraiser=world.head)
    world.an_assessment(late, level=2)
    world.follow_up(late, "process_analysis")
    assert only(world.get(late, "/needs"))["required_level"] is None
    world.assign(late.employee_id, appraiser=world.head)

    world.an_assessment(world.siti, level=2)
    world.follow_up(world.siti, "process_analysis")
    views = [only(world.get(one, "/needs")) for one in (late, world.siti)]
    for view in views:
        assert (view["source"], view["required_level"], view["actual_level"], view["gap"]) == ("EVALUATION", 3, 2, 1)
        assert {cause["source"] for cause in view["causes"]} == {"EVALUATION", "COMPETENCY_GAP"}


def test_a_follow_up_for_somebody_not_yet_known_waits_for_nothing(world, person):
    stranger = person()
    world.follow_up(stranger, "process_analysis")
    assert only(world.get(stranger, "/needs"))["state"] == "OPEN"
    assert world.service.deferred(world.agency) == []


def test_an_older_assignment_that_comes_late_changes_nothing(world):
    world.assign(world.siti.employee_id, appraiser=world.hr, sequence=50)
    world.assign(world.siti.employee_id, appraiser=world.head, sequence=10)
    world.get(world.head, f"/needs?employee_id={world.siti.employee_id}", 403)


def test_a_new_standard_raises_needs_of_the_people_in_the_post(world):
    world.a_competency()
    world.an_assessment(world.siti, level=2)
    assert world.get(world.siti, "/needs")["items"] == []
    world.a_standard(level=4)
    world.service.run_jobs()
    need = only(world.get(world.siti, "/needs"))
    assert (need["source"], need["gap"]) == ("COMPETENCY_GAP", 2)


def test_the_explanation_names_reason_evaluation_gap_and_law(world):
    world.a_competency()
    standard = world.a_standard()
    assessment = world.an_assessment(world.siti)
    assert (assessment["required_level"], assessment["gap"]) == (3, 1)
    follow_up_id = world.follow_up(world.siti, "process_analysis")
    need = world.get(world.siti, f"/needs/{only(world.get(world.siti, '/needs'))['id']}")
    by_source = {one["source"]: one for one in need["explanation"]}
    evaluation = by_source["EVALUATION"]
    assert evaluation["source_id"] == str(follow_up_id)
    assert evaluation["evaluation_id"]
    assert evaluation["calculation"] == "3 - 2 = 1"
    assert "Perlan 10/2018" in evaluation["legal_source"]
    assert by_source["COMPETENCY_GAP"]["standard_id"] == standard["id"]
    assert by_source["COMPETENCY_GAP"]["assessment_id"] == assessment["id"]


def test_one_asks_for_oneself_once(world):
    wish = {"competency_code": "communication", "reason": "Ingin lebih baik memimpin rapat"}
    need = world.post(world.siti, "/needs", wish)
    assert need["source"] == "REQUEST"
    again = world.post(world.siti, "/needs", wish, 409)
    assert again["code"] == "need_already_open"
    assert need["id"] in again["detail"]
    world.post(world.siti, f"/needs/{need['id']}/cancel", {"reason": "Sudah tidak perlu"})
    world.post(world.siti, "/needs", wish, 201)


def test_the_person_cannot_drop_what_an_evaluation_asks_for(world):
    world.follow_up(world.siti, "communication")
    need = only(world.get(world.siti, "/needs"))
    world.post(world.siti, f"/needs/{need['id']}/cancel", {"reason": "Tidak mau"}, 403)
    world.post(world.siti, f"/needs/{need['id']}/meet", {"reason": "Sudah"}, 403)
    met = world.post(world.head, f"/needs/{need['id']}/meet", {"reason": "Sudah terbukti dalam tugas"})
    assert met["state"] == "MET"
    again = world.post(world.head, f"/needs/{need['id']}/cancel", {"reason": "x"}, 409)
    assert again["code"] == "need_closed"


def test_an_unknown_competency_is_named_with_what_would_be_right(world):
    answer = world.post(world.siti, "/needs", {"competency_code": "terbang", "reason": "x"}, 422)
    assert answer["errors"][0]["field"] == "competency_code.0"
    assert answer["errors"][0]["value"] == "terbang"


def test_suggestions_bring_the_right_level_first_and_readable_items_before_lent_ones(world):
    world.a_competency()
    world.a_standard()
    world.an_assessment(world.siti)
    need = only(world.get(world.siti, "/needs"))
    world.a_course("DASAR", competency_codes=["process_analysis"], level=2)
    world.a_course("TEPAT", competency_codes=["process_analysis"], level=3)
    world.a_course("LAIN", competency_codes=["communication"])
    world.a_session("TEPAT")
    for code, link in (("B-1", None), ("B-2", "https://contoh.example/b2")):
        item = {"code": code, "title": f"Buku {code}", "kind": "BOOK", "competency_codes": ["process_analysis"]}
        world.post(world.hr, "/reference-items", item | ({"link": link} if link else {"copies": 1}))
    found = world.get(world.siti, f"/needs/{need['id']}/suggestions")
    assert [one["course"]["code"] for one in found["courses"]] == ["TEPAT", "DASAR"]
    assert found["courses"][0]["sessions"][0]["seats_free"] == 10
    assert [one["item"]["code"] for one in found["reference_items"]] == ["B-2", "B-1"]
    assert all(one["reasons"] for one in found["courses"] + found["reference_items"])


def test_the_national_competencies_are_there_from_the_start_and_are_marked_unverified(world):
    items = world.get(world.siti, "/competencies?limit=200")["items"]
    kinds = [one["kind"] for one in items]
    assert (kinds.count("MANAGERIAL"), kinds.count("SOCIOCULTURAL")) == (8, 1)
    assert not any(one["verified"] for one in items)


def test_a_competency_changes_only_from_the_version_that_was_read(world):
    world.a_competency()
    change = {"kind": "TECHNICAL", "name": "Analisis proses bisnis"}
    world.put(world.hr, "/competencies/process_analysis", change, 428, match=None)
    world.put(world.hr, "/competencies/process_analysis", change, 412, match='"7"')
    assert world.put(world.hr, "/competencies/process_analysis", change, match='"1"')["version"] == 2
    world.put(world.hr, f"/competencies/{uuid4().hex}", change, 404)


def test_nobody_assesses_oneself_and_a_colleague_neither(world):
    world.a_competency()
    body = {"employee_id": str(world.siti.employee_id), "competency_code": "process_analysis", "actual_level": 5}
    for actor in (world.siti, world.an_employee(), world.inspector):
        world.post(actor, "/assessments", body, 403)
    world.post(world.hr, "/assessments", body | {"assessed_on": "2026-07-07"}, 422)
    assert world.get(world.siti, f"/employees/{world.siti.employee_id}/competencies")["competencies"] == []
