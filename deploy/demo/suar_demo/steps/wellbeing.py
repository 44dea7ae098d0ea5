"""August: how people are, asked so that nobody can be recognised; a dark desk that gets its lamps."""

from typing import Any

from suar_demo.context import YEAR, DemoContext, Person

WELLBEING = "/api/v1/wellbeing"
SITI_UNIT_ANSWERS = 4
BUREAU_ANSWERS = 23
SIBLING_ANSWERS = 5
LUX = 210


def improve_lighting(context: DemoContext) -> None:
    """210 lux where 300 are due: a ticket with owner and deadline, lamps replaced, closed."""
    siti, officer = context.siti, context.wellbeing_officer
    context.turn_clock(YEAR, 8, 4, 9)
    measured = siti.me.post(
        f"{WELLBEING}/measurements",
        {
            "unit_id": siti.unit_id,
            "place": "Meja Siti, lantai 3",
            "measure": "LIGHT",
            "value": LUX,
            "measured_on": f"{YEAR}-08-04",
        },
    )
    ticket = measured["ticket_id"]
    context.scenario.check("210 lux membuka tiket", True, ticket is not None)
    officer.put(f"{WELLBEING}/conditions/{ticket}/owner", {"owner_id": officer.employee_id})
    for target, note in (
        ("TRIAGED", "Lampu perlu diganti"),
        ("IN_PROGRESS", "Lampu dipesan"),
        ("RESOLVED", "Lampu diganti"),
    ):
        context.turn_clock(YEAR, 8, {"TRIAGED": 5, "IN_PROGRESS": 6, "RESOLVED": 7}[target], 9)
        deadline = {"resolve_by": f"{YEAR}-08-14"} if target == "TRIAGED" else {}
        last = officer.post(f"{WELLBEING}/conditions/{ticket}/moves", {"target": target, "note": note, **deadline})
    context.scenario.check("tiket penerangan", "RESOLVED", last["state"])


def pulse_survey(context: DemoContext) -> None:
    """Her team gave four answers and is hidden, the next-smallest beside it too; the bureau is shown."""
    officer = context.wellbeing_officer
    context.turn_clock(YEAR, 8, 9, 9)
    questions = [
        {"kind": "SCORE", "text": "Beban kerja saya wajar."},
        {"kind": "SCORE", "text": "Saya mendapat dukungan yang saya perlukan."},
    ]
    bureau = context.units[context.siti.unit_id]["parent_id"]
    survey = officer.post(
        f"{WELLBEING}/surveys", {"title": "Denyut Agustus", "questions": questions, "unit_ids": [bureau]}
    )
    survey_id = survey["survey_id"]
    opened = officer.post(f"{WELLBEING}/surveys/{survey_id}/open", {"closes_on": f"{YEAR}-08-10"})
    for place, person in enumerate(_answering(context, bureau)):
        token = person.me.post(f"{WELLBEING}/surveys/{survey_id}/token", keyed=False)["token"]
        answers = [{"question_id": question["question_id"], "score": 3 + place % 3} for question in opened["questions"]]
        context.api.post(f"{WELLBEING}/answers", {"token": token, "answers": answers}, keyed=False)
    context.turn_clock(YEAR, 8, 11, 9)
    context.consistency.wait_for(
        "survei ditutup oleh tenggatnya",
        lambda: officer.get(f"{WELLBEING}/surveys/{survey_id}")["state"] == "CLOSED",
    )
    officer.post(f"{WELLBEING}/surveys/{survey_id}/publish")
    results = context.siti.me.get(f"{WELLBEING}/surveys/{survey_id}/results", unit_id=bureau)
    team = next(group for group in results["below"] if group["unit_id"] == context.siti.unit_id)
    context.scenario.check("jawaban biro terlihat", BUREAU_ANSWERS, results["group"]["answers"])
    context.scenario.check("tim Siti (4 jawaban) disembunyikan", None, team["answers"])
    hidden = [group for group in results["below"] if group["answers"] is None and group["reason"]]
    context.scenario.check("kelompok terkecil berikutnya ikut disembunyikan", True, len(hidden) > 1)


def join_programme(context: DemoContext) -> None:
    """A programme to enrol in."""
    officer = context.wellbeing_officer
    programme = officer.post(f"{WELLBEING}/programmes", {"name": "Senam Jumat", "kind": "EXERCISE"})
    session = {
        "starts_at": "2026-08-28T07:00:00+07:00",
        "ends_at": "2026-08-28T08:00:00+07:00",
        "place": "Halaman",
        "seats": 50,
    }
    made: dict[str, Any] = officer.post(f"{WELLBEING}/programmes/{programme['programme_id']}/sessions", session)
    context.siti.me.post(f"{WELLBEING}/sessions/{made['sessions'][0]['session_id']}/enrolments")
    context.scenario.show("Siti mendaftar Senam Jumat. Tidak satu pun dari ini sampai ke penilaian atau tunjangan.")


def _answering(context: DemoContext, bureau: str) -> list[Person]:
    """Four of Siti's team, five of the smallest sibling that has five, the rest of the 23 from the other siblings."""
    teams: dict[str, list[Person]] = {}
    for person in sorted(context.people.values(), key=lambda one: one.nip):
        unit = context.units[person.unit_id]
        if unit["parent_id"] == bureau and person.status == "ACTIVE":
            teams.setdefault(person.unit_id, []).append(person)
    own = teams.pop(context.siti.unit_id)[:SITI_UNIT_ANSWERS]
    siblings = sorted(teams.values(), key=len)
    first = next(team for team in siblings if len(team) >= SIBLING_ANSWERS)
    rest = [person for team in siblings if team is not first for person in team]
    chosen = own + first[:SIBLING_ANSWERS] + rest[: BUREAU_ANSWERS - SITI_UNIT_ANSWERS - SIBLING_ANSWERS]
    assert len(chosen) == BUREAU_ANSWERS, f"only {len(chosen)} people below the bureau"
    return chosen
