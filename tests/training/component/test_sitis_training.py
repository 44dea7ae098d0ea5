"""Siti's year 2026, the training part, as in the worked example: gap 1, an IDP of 12 + 8 + 4 JP, target met."""

from datetime import date


def test_siti_goes_from_a_below_expectation_evaluation_to_24_jp(context):
    context.a_competency()
    context.a_standard(level=3)
    context.an_assessment(context.siti, level=2)
    context.follow_up(context.siti, "process_analysis")
    need = context.get(context.siti, "/needs")["items"][0]
    assert (need["source"], need["required_level"], need["actual_level"], need["gap"]) == ("EVALUATION", 3, 2, 1)
    assert need["state"] == "OPEN"

    sessions = _catalogue(context)
    suggestions = context.get(context.siti, f"/needs/{need['id']}/suggestions")
    assert {one["course"]["code"] for one in suggestions["courses"]} == {"EL-PA", "WS-PA", "CO-PA"}

    plan = context.post(context.siti, "/plans", {"year": 2026})
    for code in ("EL-PA", "WS-PA", "CO-PA"):
        item = {"goal": f"Menguasai analisis proses lewat {code}", "course_code": code, "need_id": need["id"]}
        plan = context.post(context.siti, f"/plans/{plan['id']}/items", item)
    assert (plan["planned_jp"], plan["done_jp"]) == (24, 0)
    context.post(context.siti, f"/plans/{plan['id']}/submit")
    context.post(context.head, f"/plans/{plan['id']}/agree")
    assert context.get(context.siti, f"/needs/{need['id']}")["state"] == "PLANNED"

    for session in sessions:
        context.enrol(context.siti, session)
    for number, session in enumerate(sessions):
        assert context.finish(context.siti, session, f"SERT-{number}")["outcome"] == "ISSUED"

    ledger = context.get(context.siti, f"/ledger/{context.siti.employee_id}?year=2026")
    assert [entry["jp"] for entry in ledger["entries"]] == [12, 8, 4]
    assert (ledger["earned_jp"], ledger["balance_jp"], ledger["met"], ledger["remaining_jp"]) == (24, 4, True, 0)
    assert ledger["target"] | {"id": 0} == {
        "id": 0,
        "employment_type": "PNS",
        "kind": "MIN",
        "jp": 20,
        "from_year": 2019,
        "version": 1,
        "source": "PP 11/2017 jo PP 17/2020: paling sedikit 20 JP setahun",
        "verified": True,
    }
    assert ledger["explanation"]["calculation"] == "+12 +8 +4 = 24 JP"
    assert "sasaran tercapai" in ledger["explanation"]["sentence"]
    assert context.get(context.siti, f"/plans/{plan['id']}")["done_jp"] == 24
    finished = context.published("TrainingFinished")
    assert [(one["course_code"], one["jp"], one["year"]) for one in finished] == [
        ("EL-PA", 12, 2026),
        ("WS-PA", 8, 2026),
        ("CO-PA", 4, 2026),
    ]

    context.on(date(2026, 9, 30))
    context.an_assessment(context.siti, level=3)
    closed = context.get(context.siti, f"/needs/{need['id']}")
    assert closed["state"] == "MET"
    assert "tingkat 3 dari 3" in closed["history"][-1]["reason"]


def _catalogue(context):
    made = []
    for code, jp, kind, starts, ends in (
        ("EL-PA", 12, "E_LEARNING", "2026-09-01", "2026-09-04"),
        ("WS-PA", 8, "WORKSHOP", "2026-09-10", "2026-09-11"),
        ("CO-PA", 4, "COACHING", "2026-09-15", "2026-09-15"),
    ):
        context.a_course(code, jp, kind, competency_codes=["process_analysis"], level=3)
        made.append(context.a_session(code, starts_on=starts, ends_on=ends))
    return made
