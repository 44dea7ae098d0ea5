"""Domain study, section 8: Siti's year in the appraisal service, date by date."""

from tests.appraisal.builders import a_rating, a_result


def plan_of_the_year(bureau):
    """The head's plan, and Siti's that supports it, agreed on 14 January."""
    head_plan = bureau.draft(bureau.head, work_results=[a_result(title="Layanan SDM tepat waktu")])
    bureau.post(bureau.head, f"/plans/{head_plan['id']}/submit", status=200)
    parent = head_plan["work_results"][0]["id"]
    plan = bureau.draft(
        work_results=[
            a_result(parent_work_result_id=parent),
            a_result(title="Data mutakhir"),
            a_result(title="Konsultasi"),
            a_result("EXTRA", "Tim RB"),
        ]
    )
    bureau.post(bureau.siti, f"/plans/{plan['id']}/submit", status=200)
    bureau.turn(2026, 1, 14, 3)
    active = bureau.agree(bureau.head, f"/plans/{plan['id']}")
    assert (active["state"], active["active_version"]) == ("ACTIVE", 1)


def objection_of_january(bureau, annual):
    """Filed on the 20th, answered by the head on the 22nd, decided by the chief on the 29th."""
    bureau.turn(2027, 1, 20, 3)
    objection = bureau.post(
        bureau.siti,
        f"/evaluations/{annual['id']}/objection",
        {"reasons": "Triwulan 3 dan 4 di atas ekspektasi", "evidence_links": ["https://bukti.example/q3q4"]},
        201,
    )
    assert objection["decider_id"] == str(bureau.chief.employee_id)
    assert objection["decide_by"] == "2027-02-03T16:59:59Z"

    assert objection["statement_by"] == "2027-01-27T16:59:59Z"
    bureau.turn(2027, 1, 22, 3)
    answered = bureau.answer(objection["id"])
    assert (answered["stage"], answered["statement_is_late"]) == ("READY", False)

    bureau.turn(2027, 1, 29, 3)
    decided = bureau.post(
        bureau.chief,
        f"/objections/{objection['id']}/decision",
        {**a_rating("MEETS", "MEETS"), "outcome": "CHANGED", "reasons": "Bukti triwulan 3 dan 4 diterima"},
        200,
    )
    assert (decided["predicate"], decided["state"], decided["completed_by"]) == ("GOOD", "FINAL", "DECIDED")


def test_sitis_year_ends_as_the_worked_example_says(bureau):
    plan_of_the_year(bureau)

    bureau.turn(2026, 4, 6, 3)
    assert bureau.rate(1)["predicate"] == "GOOD"
    bureau.turn(2026, 7, 6, 3)
    second = bureau.rate(2, "BELOW", competency_codes=["process_analysis"])
    assert (second["predicate"], second["state"]) == ("NEEDS_IMPROVEMENT", "FINAL")
    opened = bureau.events("FollowUpOpened")
    assert [(e["data"]["kind"], e["data"]["competency_codes"]) for e in opened] == [("COACHING", ["process_analysis"])]
    bureau.turn(2026, 10, 6, 3)
    assert bureau.rate(3, "MEETS", "ABOVE")["predicate"] == "GOOD"
    bureau.turn(2027, 1, 5, 3)
    assert bureau.rate(4, "ABOVE", "ABOVE")["predicate"] == "VERY_GOOD"

    bureau.turn(2027, 1, 12, 3)
    annual = bureau.issue("BELOW")
    assert (annual["state"], annual["predicate"], annual["final_at"]) == ("ISSUED", "NEEDS_IMPROVEMENT", None)
    assert len(bureau.events("AppraisalCompleted")) == 4
    received = bureau.post(bureau.siti, f"/evaluations/{annual['id']}/receive", status=200)
    assert received["objection_until"] == "2027-01-26T16:59:59Z"

    objection_of_january(bureau, annual)

    completed = [e["data"] for e in bureau.events("AppraisalCompleted")]
    assert [(c["kind"], c["quarter"], c["predicate"], c["version"]) for c in completed] == [
        ("PERIODIC", 1, "GOOD", 1),
        ("PERIODIC", 2, "NEEDS_IMPROVEMENT", 1),
        ("PERIODIC", 3, "GOOD", 1),
        ("PERIODIC", 4, "VERY_GOOD", 1),
        ("ANNUAL", None, "GOOD", 2),
    ]
    assert bureau.get(bureau.siti, "/me/plan?year=2026")["state"] == "CLOSED"


def test_sitis_unit_of_ten_passes_its_distribution_exactly(bureau):
    people = [bureau.siti, *bureau.hire(8)]
    tenth = bureau.person(unit_id=bureau.unit)
    bureau.place(tenth, bureau.unit, "JF", bureau.head)
    people.append(tenth)
    for one in people:
        bureau.active_plan(one)
    bureau.rate_fourth_quarter(bureau.head, *people)
    bureau.turn(2027, 1, 12, 3)
    ratings = [("ABOVE", "ABOVE"), *[("MEETS", "MEETS")] * 7, ("BELOW", "MEETS"), ("MEETS", "BELOW")]
    items = [a_rating(*r, employee_id=str(p.employee_id)) for p, r in zip(people, ratings, strict=True)]
    done = bureau.post(bureau.head, "/evaluations/annual/batch", {"year": 2026, "items": items}, 200)
    assert {i["outcome"] for i in done["items"]} == {"DONE"}
    body = {"unit_id": str(bureau.unit), "year": 2026, "predicate": "GOOD"}
    assert bureau.put(bureau.chief, "/org-predicates", body)["capacity"] == "LEADER_ABOVE"
    check = bureau.get(bureau.hr, f"/units/{bureau.unit}/distribution?year=2026")
    assert check["counts"] == {
        "VERY_GOOD": 1,
        "GOOD": 7,
        "NEEDS_IMPROVEMENT": 1,
        "POOR_MISCONDUCT": 1,
        "VERY_POOR": 0,
    }
    assert check["passes"] is True
    assert check["violations"] == []
