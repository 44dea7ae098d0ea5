"""Siti's year 2026, the training part, as in the worked example: gap 1, an IDP of 12 + 8 + 4 JP, target met."""

from datetime import date


def test_siti_goes_from_a_below_expectation_evaluation_to_24_jp(world):
    world.a_competency()
    world.a_standard(level=3)
    world.an_assessment(world.siti, level=2)
    world.follow_up(world.siti, "process_analysis")
    need = world.get(world.siti, "/needs")["items"][0]
    assert (need["source"], need["required_level"], need["actual_level"], need["gap"]) == ("EVALUATION", 3, 2, 1)
    assert need["state"] == "OPEN"

    sessions = _catalogue(world)
    suggestions = world.get(world.siti, f"/needs/{need['id']}/suggestions")
    assert {one["course"]["code"] for one in suggestions["courses"]} == {"EL-PA", "WS-PA", "CO-PA"}

    plan = world.post(world.siti, "/plans", {"year": 2026})
    for code in ("EL-PA", "WS-PA", "CO-PA"):
        item = {"goal": f"Menguasai analisis proses lewat {code}", "course_code": code, "need_id": need["id"]}
        plan = world.post(world.siti, f"/plans/{plan['id']}/items", item)
    assert (plan["planned_jp"], plan["done_jp"]) == (24, 0)
    world.post(world.siti, f"/plans/{plan['id']}/submit")
    world.post(world.head, f"/plans/{plan['id']}/agree")
    assert world.get(world.siti, f"/needs/{need['id']}")["state"] == "PLANNED"

    for session in sessions:
        world.enrol(world.siti, session)
    for number, session in enumerate(sessions):
        assert world.finish(world.siti, session, f"SERT-{number}")["outcome"] == "ISSUED"

    ledger = world.get(world.siti, f"/ledger/{world.siti.employee_id}?year=2026")
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
    assert world.get(world.siti, f"/plans/{plan['id']}")["done_jp"] == 24
    finished = world.published("TrainingFinished")
    assert [(one["course_code"], one["jp"], one["year"]) for one in finished] == [
        ("EL-PA", 12, 2026),
        ("WS-PA", 8, 2026),
        ("CO-PA", 4, 2026),
    ]

    world.on(date(2026, 9, 30))
    world.an_assessment(world.siti, level=3)
    closed = world.get(world.siti, f"/needs/{need['id']}")
    assert closed["state"] == "MET"
    assert "tingkat 3 dari 3" in closed["history"][-1]["reason"]


def _catalogue(world):
    made = []
    for code, jp, kind, starts, ends in (
        ("EL-PA", 12, "E_LEARNING", "2026-09-01", "2026-09-04"),
        ("WS-PA", 8, "WORKSHOP", "2026-09-10", "2026-09-11"),
        ("CO-PA", 4, "COACHING", "2026-09-15", "2026-09-15"),
    ):
        world.a_course(code, jp, kind, competency_codes=["process_analysis"], level=3)
        made.append(world.a_session(code, starts_on=starts, ends_on=ends))
    return made
