"""Every role and relation against every object, and other agencies; deny by default."""

import pytest
from sqlalchemy import text

from tests.appraisal.builders import Bureau, a_plan, a_rating

RELATIONS = {
    "own": "siti",
    "appraiser": "head",
    "reviewer": "chief",
    "hr": "hr",
    "inspector": "inspector",
    "leader two above": "top",
    "outsider": "outsider",
    "colleague": "colleague",
    "other agency's hr": "foreign_hr",
}
CALL = {"starts_at": "2027-01-20T02:00:00Z", "invited": ["01980000-0000-7000-8000-000000000001"], "place": "x"}
READS = {
    "plan": ("own", "appraiser", "reviewer", "hr", "inspector", "leader two above"),
    "plan/history": ("own", "appraiser", "reviewer", "hr", "inspector", "leader two above"),
    "plan/progress": ("own", "appraiser", "reviewer", "hr", "inspector"),
    "evaluation": ("own", "appraiser", "reviewer", "hr", "inspector"),
    "evaluation/explanation": ("own", "appraiser", "reviewer", "hr", "inspector"),
    "evaluation/dialogue": ("own", "appraiser", "reviewer", "hr", "inspector"),
    "objection": ("own", "appraiser", "reviewer", "hr", "inspector"),
}


@pytest.fixture
def objected(bureau, service, person):
    plan = bureau.active_plan()
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    evaluation = bureau.issue("BELOW")
    bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/receive", status=200)
    objection = bureau.post(bureau.siti, f"/evaluations/{evaluation['id']}/objection", {"reasons": "x"}, 201)
    bureau.colleague = bureau.hire(1)[0]
    bureau.foreign_hr = person("hr_officer", agency_id=f"{bureau.agency}-lain")
    bureau.paths = {
        "plan": f"/plans/{plan['id']}",
        "evaluation": f"/evaluations/{evaluation['id']}",
        "objection": f"/objections/{objection['id']}",
    }
    return bureau


def test_each_object_is_read_by_its_readers_and_nobody_else(objected):
    for read, readers in READS.items():
        kind, _, rest = read.partition("/")
        path = objected.paths[kind] + (f"/{rest}" if rest else "")
        for relation, attribute in RELATIONS.items():
            status = objected.call(getattr(objected, attribute), "GET", path).status_code
            if relation == "other agency's hr":
                assert status == 404, (read, relation)
            else:
                assert status == (200 if relation in readers else 403), (read, relation)


def test_only_the_right_person_takes_each_step(objected):
    plan, evaluation, objection = (objected.paths[k] for k in ("plan", "evaluation", "objection"))
    steps = [
        (f"{plan}/submit", None, {"own"}),
        (f"{plan}/activate", None, {"appraiser"}),
        (f"{plan}/return", {"reason": "x"}, {"appraiser"}),
        (f"{plan}/withdraw", {"reason": "x"}, {"own", "appraiser"}),
        (f"{plan}/close", {"reason": "x"}, {"hr"}),
        (f"{evaluation}/receive", None, {"own"}),
        (f"{evaluation}/accept", None, {"own"}),
        (f"{evaluation}/finish", None, {"appraiser"}),
        (f"{evaluation}/objection", {"reasons": "x"}, {"own"}),
        (f"{objection}/statement", {"statement": "x"}, {"appraiser"}),
        (f"{objection}/examinations", CALL, {"reviewer", "hr"}),
        (f"{objection}/decision", {"outcome": "KEPT", "reasons": "x"}, {"reviewer"}),
    ]
    for path, body, allowed in steps:
        for relation, attribute in RELATIONS.items():
            if relation in allowed:
                continue
            caller, headers = getattr(objected, attribute), {"If-Match": '"1"'}
            status = objected.call(caller, "POST", path, json=body, headers=headers).status_code
            assert status in ({403, 404} if relation == "other agency's hr" else {403}), (path, relation)


def test_nobody_rates_whom_they_do_not_appraise(objected):
    body = a_rating(employee_id=str(objected.siti.employee_id), year=2026)
    for attribute in ("siti", "chief", "top", "hr", "colleague", "outsider"):
        answer = objected.post(getattr(objected, attribute), "/evaluations/annual", body)
        assert answer.status_code == 403, attribute


def test_a_machine_and_an_operator_read_no_persons_record(objected):
    for role in ("subscriber", "operator"):
        for path in objected.paths.values():
            assert objected.call(objected.person(role), "GET", path).status_code == 403


def test_nobody_enters_without_a_token(objected):
    for path in objected.paths.values():
        assert objected.call(None, "GET", path).status_code == 401


def test_the_database_itself_keeps_agencies_apart(service, bureau, person):
    bureau.draft()
    other = Bureau.found(service, f"{bureau.agency}-x", lambda *r, **k: person(*r, agency_id=f"{bureau.agency}-x", **k))
    other.draft()
    assert len(other.get(other.hr, "/plans")["items"]) == 1
    with service.work.transaction(other.agency) as tx:
        assert tx.session.execute(text("SELECT count(DISTINCT agency_id) FROM plan")).scalar() == 1


def test_reading_and_changing_a_record_leaves_an_audit_row(service, bureau):
    plan = bureau.draft()
    bureau.get(bureau.inspector, f"/plans/{plan['id']}")
    with service.work.transaction(bureau.agency) as tx:
        found = tx.session.execute(
            text("SELECT actor, action FROM audit WHERE agency_id = :a AND object_id = :o ORDER BY position"),
            {"a": bureau.agency, "o": plan["id"]},
        ).all()
    assert [row.action for row in found] == ["plan_created", "plan_read"]
    assert found[1].actor == str(bureau.inspector.account_id)


def test_hr_drafts_on_somebodys_behalf_and_a_colleague_does_not(bureau):
    body = a_plan(employee_id=str(bureau.siti.employee_id))
    assert bureau.post(bureau.outsider, "/plans", body, 403)
    assert bureau.post(bureau.hr, "/plans", body, 201)["employee_id"] == str(bureau.siti.employee_id)
