"""Heads of cases for inspectors: who, when, in which state and by when, and no words of anybody."""

import pytest

SECRET = "kata-yang-tidak-dibaca-pengawas"
PATH = "/oversight/cases"


@pytest.fixture
def cases(bureau):
    """Siti has a coaching with an action, a correction that waits, and an objection to her year."""
    bureau.active_plan()
    bureau.turn(2026, 4, 6, 3)
    bureau.made = bureau.rate(1, "BELOW", work_result_note=SECRET)
    (coaching,) = bureau.get(bureau.hr, "/follow-ups")["items"]
    path = f"/follow-ups/{coaching['id']}"
    bureau.post(bureau.head, f"{path}/notes", {"text": SECRET}, 201)
    for due_on in ("2026-06-30", "2026-05-31"):
        bureau.post(bureau.head, f"{path}/actions", {"kind": "COACHING", "text": SECRET, "due_on": due_on}, 201)
    bureau.order = bureau.propose_correction(bureau.made["id"], "MEETS", reason=SECRET)
    bureau.rate_fourth_quarter()
    bureau.turn(2027, 1, 12, 3)
    annual = bureau.issue("BELOW")
    bureau.post(bureau.siti, f"/evaluations/{annual['id']}/receive", status=200)
    bureau.objection = bureau.post(bureau.siti, f"/evaluations/{annual['id']}/objection", {"reasons": SECRET}, 201)
    bureau.coaching, bureau.annual = coaching, annual
    return bureau


def listed(bureau, query="", who=None):
    return bureau.get(who or bureau.inspector, f"{PATH}?{query}")["items"]


def test_a_head_names_people_moments_state_and_deadline(cases):
    found = {one["kind"]: one for one in listed(cases)}
    assert set(found) == {"FOLLOW_UP", "CORRECTION", "OBJECTION"}
    siti, head, chief = (str(one.employee_id) for one in (cases.siti, cases.head, cases.chief))
    assert {one["employee_id"] for one in found.values()} == {siti}
    coaching, order, objection = found["FOLLOW_UP"], found["CORRECTION"], found["OBJECTION"]
    assert (coaching["follow_up_kind"], coaching["state"], coaching["official_id"]) == ("COACHING", "OPEN", head)
    assert (coaching["due_on"], coaching["due_at"], coaching["opened_by"]) == ("2026-05-31", None, None)
    assert (coaching["year"], coaching["quarter"], coaching["evaluation_id"]) == (2026, 1, cases.made["id"])
    assert (order["state"], order["opened_by"], order["closed_at"]) == ("PROPOSED", chief, None)
    assert (objection["state"], objection["opened_by"], objection["official_id"]) == ("OPEN", siti, chief)
    assert (objection["due_at"], objection["year"], objection["quarter"]) == (cases.objection["decide_by"], 2026, None)
    assert {one["unit_id"] for one in found.values()} == {str(cases.unit)}


def test_no_word_of_anybody_is_in_it_and_no_outcome_of_a_follow_up(cases):
    cases.post(cases.head, f"/follow-ups/{cases.coaching['id']}/close", {"outcome": "IMPROVED"}, 200)
    for path in (PATH, f"{PATH}.csv"):
        shown = cases.call(cases.inspector, "GET", path, 200).text
        assert SECRET not in shown
        assert "IMPROVED" not in shown
    (closed,) = listed(cases, "kind=FOLLOW_UP")
    assert (closed["state"], closed["closed_at"] is None) == ("CLOSED", False)


def test_cases_are_filtered_and_paged(cases):
    assert [one["kind"] for one in listed(cases, "kind=CORRECTION")] == ["CORRECTION"]
    assert listed(cases, "year=2025") == []
    assert len(listed(cases, f"unit={cases.unit}&open=true")) == 3
    assert listed(cases, f"unit={cases.root}") == []
    cases.end_correction(cases.order, "reject")
    (ended,) = listed(cases, "open=false")
    assert (ended["state"], ended["closed_by"]) == ("REJECTED", str(cases.hr.employee_id))
    seen, cursor = [], ""
    while cursor is not None:
        page = cases.get(cases.inspector, f"{PATH}?limit=1{cursor and f'&cursor={cursor}'}")
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [one["id"] for one in listed(cases)]
    assert len(seen) == 3
    csv = cases.call(cases.inspector, "GET", f"{PATH}.csv?kind=OBJECTION&limit=1", 200).text.splitlines()
    assert csv[0].startswith("id,kind,follow_up_kind,evaluation_id,employee_id")
    assert [row.split(",")[0] for row in csv[1:]] == [cases.objection["id"]]


def test_only_inspectors_read_them_and_none_about_themselves(cases, person):
    for who in (cases.hr, cases.head, cases.chief, cases.siti):
        cases.get(who, PATH, 403)
        cases.get(who, f"{PATH}.csv", 403)
    own = cases.person("inspector", employee_id=cases.siti.employee_id)
    assert listed(cases, who=own) == []
    assert cases.call(own, "GET", f"{PATH}.csv", 200).text.count("\n") == 1
    assert listed(cases, who=person("inspector", agency_id=f"{cases.agency}-lain")) == []
    assert cases.get(person("operator", "inspector"), PATH, 403)["code"] == "inspector_without_employee"
