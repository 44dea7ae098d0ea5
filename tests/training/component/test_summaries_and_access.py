import pytest
from sqlalchemy import text

from chassis.ids import new_id
from tests.training.builders import World


def test_jp_progress_by_unit_counts_only_and_leaders_see_their_tree(world):
    below, apart = new_id(), new_id()
    world.deliver_unit(below, world.unit, "U.1")
    world.deliver_unit(apart, None, "X")
    people = [world.an_employee(unit=below) for _ in range(3)]
    world.an_employee(unit=apart)
    record = world.external(people[0], jp=20)
    world.post(world.hr, f"/records/{record['id']}/verify", {})

    groups = world.get(world.hr, "/summaries/jp?year=2026")["groups"]
    mine = next(one for one in groups if one["unit_id"] == str(below))
    assert (mine["people"], mine["met"], mine["not_met"], mine["without_jp"]) == (3, 1, 2, 2)
    assert (mine["earned_jp"], mine["average_jp"], mine["target_jp"], mine["unit_name"]) == (20, "6.67", 20, "Unit U.1")
    assert {one["unit_code"] for one in groups} == {"U", "U.1", "X"}
    assert {one["unit_code"] for one in world.get(world.leader, "/summaries/jp")["groups"]} == {"U", "U.1"}
    assert {one["unit_code"] for one in world.get(world.leader, f"/summaries/jp?unit_id={below}")["groups"]} == {"U.1"}
    world.get(world.leader, f"/summaries/jp?unit_id={apart}", 403)
    world.get(world.siti, "/summaries/jp", 403)
    shown = world.service.client(world.hr).get("/api/v1/training/summaries/jp.csv?year=2026")
    assert shown.content_type.startswith("text/csv")
    assert "Unit U.1,PNS,MIN,20,3,20,6.67,1,2,2" in shown.get_data(as_text=True)


def test_needs_by_competency_are_the_agencys_plan(world):
    world.a_competency()
    world.a_standard()
    world.an_assessment(world.siti, level=1)
    world.follow_up(world.siti, "process_analysis")
    world.follow_up(world.an_employee(), "process_analysis", "communication")
    groups = world.get(world.inspector, "/summaries/needs?year=2026")["groups"]
    first = groups[0]
    assert (first["competency_code"], first["people"], first["open"]) == ("process_analysis", 2, 2)
    assert (first["from_evaluation"], first["from_gap"], first["average_gap"]) == (2, 1, "2.00")
    shown = world.service.client(world.hr).get("/api/v1/training/summaries/needs.csv?year=2026").get_data(as_text=True)
    assert "process_analysis,Analisis proses,TECHNICAL,2,2,0,0,0,2,1,0,2.00,0" in shown


def personal_paths(world):
    siti = world.siti.employee_id
    world.follow_up(world.siti, "communication")
    need = world.get(world.siti, "/needs")["items"][0]["id"]
    plan = world.post(world.siti, "/plans", {"year": 2026})["id"]
    record = world.external(world.siti)["id"]
    lists = ("needs", "plans", "enrolments", "records", "loans", "holds")
    return [
        f"/needs/{need}",
        f"/needs/{need}/suggestions",
        f"/plans/{plan}",
        f"/records/{record}",
        f"/ledger/{siti}",
        f"/employees/{siti}/competencies",
        *(f"/{name}?employee_id={siti}" for name in lists),
    ]


def test_personal_records_are_for_self_appraiser_hr_and_inspector_only(world, service, person):
    paths = personal_paths(world)
    colleague = world.an_employee()
    other = World(
        service,
        f"{world.agency}-lain",
        lambda *roles, **more: person(*roles, **{"agency_id": f"{world.agency}-lain", **more}),
    )
    for path in paths:
        for actor in (world.siti, world.head, world.hr, world.inspector):
            world.get(actor, path)
        world.get(colleague, path, 403)
        world.get(other.hr, path, 404)
        world.get(person("operator"), path, 403)
        assert world.service.client(None).get("/api/v1/training" + path).status_code == 401


def test_lists_without_a_person_show_ones_own_the_team_or_the_agency(world):
    colleague = world.an_employee()
    for one in (world.siti, colleague):
        world.external(one, f"N-{one.employee_id}")
    assert len(world.get(world.siti, "/records")["items"]) == 1
    assert len(world.get(world.head, "/records?team=true")["items"]) == 1
    assert world.get(world.head, "/records")["items"] == []
    assert len(world.get(world.hr, "/records")["items"]) == 2
    first = world.get(world.inspector, "/records?limit=1")
    assert len(world.get(world.inspector, f"/records?limit=1&cursor={first['next_cursor']}")["items"]) == 1


def test_the_inspector_reads_and_changes_nothing(world):
    world.a_course()
    session = world.a_session()
    siti = str(world.siti.employee_id)
    world.enrol(world.inspector, session, 403, employee_id=siti)
    world.post(world.inspector, "/courses", {}, 403)
    world.post(world.inspector, f"/sessions/{session['id']}/cancel", {"reason": "x"}, 403)


@pytest.mark.parametrize(
    ("path", "action"), [("/ledger/{}", "jp_ledger_read"), ("/needs?employee_id={}", "needs_read")]
)
def test_every_read_of_a_personal_record_leaves_an_audit_row(world, path, action):
    world.get(world.head, path.format(world.siti.employee_id))
    with world.service.work.transaction(world.agency) as tx:
        row = tx.session.execute(
            text("SELECT actor, object_id FROM audit WHERE agency_id = :agency AND action = :action"),
            {"agency": world.agency, "action": action},
        ).one()
    assert (row.actor, row.object_id) == (str(world.head.account_id), str(world.siti.employee_id))


def test_no_rows_of_another_agency_are_visible_to_the_database_session(world, service):
    world.a_course()
    with service.work.transaction("agency-lain") as tx:
        assert tx.session.execute(text("SELECT count(*) FROM course")).scalar_one() == 0
