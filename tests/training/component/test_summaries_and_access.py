import pytest
from sqlalchemy import text

from chassis.ids import new_id
from tests.training.builders import Context


def test_jp_progress_by_unit_counts_only_and_leaders_see_their_tree(context):
    below, apart = new_id(), new_id()
    context.deliver_unit(below, context.unit, "U.1")
    context.deliver_unit(apart, None, "X")
    people = [context.an_employee(unit=below) for _ in range(3)]
    context.an_employee(unit=apart)
    record = context.external(people[0], jp=20)
    context.post(context.hr, f"/records/{record['id']}/verify", {})

    groups = context.get(context.hr, "/summaries/jp?year=2026")["groups"]
    mine = next(one for one in groups if one["unit_id"] == str(below))
    assert (mine["people"], mine["met"], mine["not_met"], mine["without_jp"]) == (3, 1, 2, 2)
    assert (mine["earned_jp"], mine["average_jp"], mine["target_jp"], mine["unit_name"]) == (20, "6.67", 20, "Unit U.1")
    assert {one["unit_code"] for one in groups} == {"U", "U.1", "X"}
    assert {one["unit_code"] for one in context.get(context.leader, "/summaries/jp")["groups"]} == {"U", "U.1"}
    assert {one["unit_code"] for one in context.get(context.leader, f"/summaries/jp?unit_id={below}")["groups"]} == {
        "U.1"
    }
    context.get(context.leader, f"/summaries/jp?unit_id={apart}", 403)
    context.get(context.siti, "/summaries/jp", 403)
    shown = context.service.client(context.hr).get("/api/v1/training/summaries/jp.csv?year=2026")
    assert shown.content_type.startswith("text/csv")
    assert "Unit U.1,PNS,MIN,20,3,20,6.67,1,2,2" in shown.get_data(as_text=True)


def test_needs_by_competency_are_the_agencys_plan(context):
    context.a_competency()
    context.a_standard()
    context.an_assessment(context.siti, level=1)
    context.follow_up(context.siti, "process_analysis")
    context.follow_up(context.an_employee(), "process_analysis", "communication")
    groups = context.get(context.inspector, "/summaries/needs?year=2026")["groups"]
    first = groups[0]
    assert (first["competency_code"], first["people"], first["open"]) == ("process_analysis", 2, 2)
    assert (first["from_evaluation"], first["from_gap"], first["average_gap"]) == (2, 1, "2.00")
    shown = (
        context.service.client(context.hr).get("/api/v1/training/summaries/needs.csv?year=2026").get_data(as_text=True)
    )
    assert "process_analysis,Analisis proses,TECHNICAL,2,2,0,0,0,2,1,0,2.00,0" in shown


def personal_paths(context):
    siti = context.siti.employee_id
    context.follow_up(context.siti, "communication")
    need = context.get(context.siti, "/needs")["items"][0]["id"]
    plan = context.post(context.siti, "/plans", {"year": 2026})["id"]
    record = context.external(context.siti)["id"]
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


def test_personal_records_are_for_self_appraiser_hr_and_inspector_only(context, service, person):
    paths = personal_paths(context)
    colleague = context.an_employee()
    other = Context(
        service,
        f"{context.agency}-lain",
        lambda *roles, **more: person(*roles, **{"agency_id": f"{context.agency}-lain", **more}),
    )
    for path in paths:
        for actor in (context.siti, context.head, context.hr, context.inspector):
            context.get(actor, path)
        context.get(colleague, path, 403)
        context.get(other.hr, path, 404)
        context.get(person("operator"), path, 403)
        assert context.service.client(None).get("/api/v1/training" + path).status_code == 401


def test_lists_without_a_person_show_ones_own_the_team_or_the_agency(context):
    colleague = context.an_employee()
    for one in (context.siti, colleague):
        context.external(one, f"N-{one.employee_id}")
    assert len(context.get(context.siti, "/records")["items"]) == 1
    assert len(context.get(context.head, "/records?team=true")["items"]) == 1
    assert context.get(context.head, "/records")["items"] == []
    assert len(context.get(context.hr, "/records")["items"]) == 2
    first = context.get(context.inspector, "/records?limit=1")
    assert len(context.get(context.inspector, f"/records?limit=1&cursor={first['next_cursor']}")["items"]) == 1


def test_the_inspector_reads_and_changes_nothing(context):
    context.a_course()
    session = context.a_session()
    siti = str(context.siti.employee_id)
    context.enrol(context.inspector, session, 403, employee_id=siti)
    context.post(context.inspector, "/courses", {}, 403)
    context.post(context.inspector, f"/sessions/{session['id']}/cancel", {"reason": "x"}, 403)


@pytest.mark.parametrize(
    ("path", "action"), [("/ledger/{}", "jp_ledger_read"), ("/needs?employee_id={}", "needs_read")]
)
def test_every_read_of_a_personal_record_leaves_an_audit_row(context, path, action):
    context.get(context.head, path.format(context.siti.employee_id))
    with context.service.work.transaction(context.agency) as tx:
        row = tx.session.execute(
            text("SELECT actor, object_id FROM audit WHERE agency_id = :agency AND action = :action"),
            {"agency": context.agency, "action": action},
        ).one()
    assert (row.actor, row.object_id) == (str(context.head.account_id), str(context.siti.employee_id))


def test_no_rows_of_another_agency_are_visible_to_the_database_session(context, service):
    context.a_course()
    with service.work.transaction("agency-lain") as tx:
        assert tx.session.execute(text("SELECT count(*) FROM course")).scalar_one() == 0
