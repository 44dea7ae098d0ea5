"""The cycle of the year: cascading plans, quarterly evaluations, the annual document, an objection and its decision."""

from collections import Counter, defaultdict
from typing import Any

from chassis.waiting import Remaining
from suar_demo.context import SITI_NIP, YEAR, Person, World, chunks
from suar_demo.ratings import Judgement, judge

APPRAISAL = "/api/v1/appraisal"
VALUES = ("BP", "AK", "KO", "HA", "LO", "AD", "KL")
LARGEST_BATCH = 200


def planned(world: World) -> list[Person]:
    """Who has a plan and is evaluated: active people with an appraiser."""
    return [person for person in world.people.values() if person.appraiser_id and person.status == "ACTIVE"]


def siti_unit(world: World) -> list[Person]:
    return [person for person in world.people.values() if person.unit_id == world.siti.unit_id]


def draft_plans(world: World) -> None:
    """From the top down, each person drafts a plan whose results support the superior's, and hands it in."""
    world.turn_clock(YEAR, 1, 12, 9)
    results: dict[str, list[str]] = {}
    plans: dict[str, str] = {}

    def draft(person: Person) -> None:
        plan = person.me.post(f"{APPRAISAL}/plans", _content(person, results.get(person.appraiser_id or "", [])))
        results[person.employee_id] = [result["id"] for result in plan["work_results"]]
        plans[person.employee_id] = plan["id"]
        person.me.post(f"{APPRAISAL}/plans/{plan['id']}/submit")

    for depth, level in enumerate(_levels(planned(world))):
        world.together(f"SKP disusun, jenjang {depth + 1}", draft, level)
    world.notes["plans"] = plans
    world.notes["results"] = results
    world.story.check("SKP diajukan", len(planned(world)), len(plans))


def activate_plans(world: World) -> None:
    """Superiors agree; one returns a plan with a reason first, as happens."""
    world.turn_clock(YEAR, 1, 14, 9)
    plans = world.notes["plans"]
    siti = world.siti
    head = world.people[siti.appraiser_id or ""]
    siti_plan = plans[siti.employee_id]
    head.me.post(f"{APPRAISAL}/plans/{siti_plan}/return", {"reason": "Target waktu layanan perlu lebih tegas: 5 hari."})
    current = siti.me.raw("GET", f"{APPRAISAL}/plans/{siti_plan}")
    content = _content(siti, world.notes["results"].get(head.employee_id, []), days=5)
    kept = {key: content[key] for key in ("model", "work_results", "behaviour_expectations", "annex")}
    siti.me.put(f"{APPRAISAL}/plans/{siti_plan}", kept, headers={"If-Match": current.headers["ETag"]})
    siti.me.post(f"{APPRAISAL}/plans/{siti_plan}/submit")

    def agree(appraiser_id: str) -> None:
        mine = [plans[person.employee_id] for person in planned(world) if person.appraiser_id == appraiser_id]
        for part in chunks(mine, LARGEST_BATCH):
            world.people[appraiser_id].me.post(f"{APPRAISAL}/plans/activate-batch", {"plan_ids": part})

    world.together("SKP disetujui", agree, {person.appraiser_id or "" for person in planned(world)})
    states = Counter(row["state"] for row in world.hr.pages(f"{APPRAISAL}/plans", year=YEAR))
    world.story.check("SKP aktif", len(planned(world)), states["ACTIVE"])
    world.consistency.wait_until_consistent()


def work_through_the_year(world: World) -> None:
    """Siti keeps her log with evidence; her superior and a colleague give feedback, and she answers."""
    siti, plans = world.siti, world.notes["plans"]
    plan_id = plans[siti.employee_id]
    plan = siti.me.get(f"{APPRAISAL}/plans/{plan_id}")
    world.turn_clock(YEAR, 3, 2, 15)
    first = plan["work_results"][0]["id"]
    for day in (2, 16):
        entry = {
            "date": f"{YEAR}-02-{day:02d}",
            "work_result_id": first,
            "text": "Berkas layanan kepegawaian diselesaikan",
            "evidence_link": f"https://arsip.kemcontoh.example/layanan/2026-02-{day:02d}",
            "quantity": "12",
            "unit": "berkas",
        }
        siti.me.post(f"{APPRAISAL}/plans/{plan_id}/progress", entry)
    head = world.people[siti.appraiser_id or ""]
    given = head.me.post(
        f"{APPRAISAL}/plans/{plan_id}/feedback",
        {"work_result_id": first, "text": "Pelayanan rapi; percepat langkah verifikasi."},
    )
    siti.me.post(f"{APPRAISAL}/feedback/{given['id']}/answer", {"answer": "Terima kasih, verifikasi akan saya gabung."})
    world.story.tell("Siti mencatat progres dengan bukti, atasannya memberi umpan balik, dan ia menjawabnya.")


def evaluate_quarter(world: World, quarter: int) -> None:
    """Each appraiser rates the quarter; predicates follow from the matrix and are final."""
    moment = {1: (YEAR, 4, 6, 9), 2: (YEAR, 7, 6, 9), 3: (YEAR, 10, 6, 9), 4: (YEAR + 1, 1, 5, 9)}[quarter]
    world.turn_clock(*moment)
    expected = _rate(world, quarter)
    rows = world.hr.pages(f"{APPRAISAL}/evaluations", year=YEAR, quarter=quarter, kind="PERIODIC", state="FINAL")
    found = Counter(row["predicate"] for row in rows)
    world.story.check(f"predikat triwulan {quarter}", _shown(expected), _shown(found))
    mine = next(
        one for one in world.siti.me.pages(f"{APPRAISAL}/me/evaluations", year=YEAR) if one["quarter"] == quarter
    )
    world.story.check(f"predikat Siti triwulan {quarter}", _siti(quarter).predicate, mine["predicate"])
    world.consistency.wait_until_consistent()


def set_unit_predicate(world: World) -> None:
    """The leader of the bureau sets the predicate of Siti's unit: the pattern its members are held against."""
    unit = world.units[world.siti.unit_id]
    leader = world.people[world.units[unit["parent_id"]]["leader_id"]]
    leader.me.put(f"{APPRAISAL}/org-predicates", {"unit_id": unit["unit_id"], "year": YEAR, "predicate": "GOOD"})
    world.story.tell(f"Predikat organisasi {unit['name']} tahun {YEAR}: BAIK, ditetapkan pimpinan di atasnya.")


def issue_annual(world: World) -> None:
    """The annual documents are issued and received; many accept at once."""
    world.turn_clock(YEAR + 1, 1, 12, 9)
    expected = _rate(world, None)
    issued = list(world.hr.pages(f"{APPRAISAL}/evaluations", year=YEAR, kind="ANNUAL"))
    world.story.check(
        "predikat tahunan saat diterbitkan", _shown(expected), _shown(Counter(row["predicate"] for row in issued))
    )
    world.consistency.wait_until_consistent()

    def receive(row: dict[str, Any]) -> None:
        person = world.people[row["employee_id"]]
        person.me.post(f"{APPRAISAL}/evaluations/{row['id']}/receive")
        if person.nip != SITI_NIP and int(person.nip[-3:]) % 2:
            person.me.post(f"{APPRAISAL}/evaluations/{row['id']}/accept")

    world.together("dokumen tahunan diterima", receive, issued)
    mine = next(row for row in issued if row["employee_id"] == world.siti.employee_id)
    world.notes["siti_annual"] = mine["id"]
    received = world.siti.me.get(f"{APPRAISAL}/evaluations/{mine['id']}")
    world.story.check("masa keberatan Siti sampai", "2027-01-26T16:59:59", received["objection_until"][:19])


def object_to_result(world: World) -> None:
    """On the eighth day Siti objects, with her evidence of the last two quarters."""
    world.turn_clock(YEAR + 1, 1, 20, 10)
    body = {
        "reasons": "Triwulan 3 dan 4 memenuhi dan melampaui ekspektasi; waktu layanan rata-rata 4 hari.",
        "evidence_links": ["https://arsip.kemcontoh.example/siti/triwulan-3-dan-4"],
    }
    objection = world.siti.me.post(f"{APPRAISAL}/evaluations/{world.notes['siti_annual']}/objection", body)
    world.notes["objection"] = objection["id"]
    world.story.tell("Siti mengajukan keberatan pada hari ke-8 dari 14.")
    world.consistency.wait_until_consistent()


def let_windows_close(world: World) -> None:
    """Who did nothing has a final result when the window closes."""
    world.turn_clock(YEAR + 1, 1, 27, 0, 30)
    everybody = len(planned(world))

    def finals() -> list[Any] | Remaining:
        rows = list(world.hr.pages(f"{APPRAISAL}/evaluations", year=YEAR, kind="ANNUAL", state="FINAL"))
        open_windows = everybody - 1 - len(rows)
        return Remaining(f"{open_windows} evaluasi") if open_windows else rows

    rows = world.consistency.wait_for("masa keberatan berakhir bagi yang diam", finals)
    how = Counter(row["completed_by"] for row in rows)
    world.story.tell(f"Final: {how['ACCEPTED']} diterima, {how['WINDOW_EXPIRED']} karena masa keberatan berakhir.")
    world.consistency.wait_until_consistent()


def decide_objection(world: World) -> None:
    """The appraiser's superior hears both sides and changes the result; that is final."""
    world.turn_clock(YEAR + 1, 1, 29, 14)
    reviewer = world.people[world.siti.reviewer_id or ""]
    body = {
        "outcome": "CHANGED",
        "work_result": "MEETS",
        "behaviour": "MEETS",
        "reasons": "Bukti triwulan 3 dan 4 menunjukkan target tahunan terpenuhi.",
    }
    final = reviewer.me.post(f"{APPRAISAL}/objections/{world.notes['objection']}/decision", body)
    world.story.check("predikat tahunan Siti sesudah keberatan", "GOOD", final["predicate"])
    why = world.siti.me.get(f"{APPRAISAL}/evaluations/{final['id']}/explanation")
    cell = why["cell"] if "cell" in why else why["matrix_cell"]
    world.story.check("penjelasan predikat Siti", "MEETS × MEETS", f"{cell['work_result']} × {cell['behaviour']}")
    spread = world.hr.get(f"{APPRAISAL}/units/{world.siti.unit_id}/distribution", year=YEAR)
    world.story.check("penyimpangan pola distribusi unit Siti", 0, len(spread["violations"]))
    world.consistency.wait_until_consistent()


def _rate(world: World, quarter: int | None) -> Counter[str]:
    path = "periodic" if quarter else "annual"
    unit = siti_unit(world)
    teams: dict[str, list[Person]] = defaultdict(list)
    expected: Counter[str] = Counter()
    for person in planned(world):
        teams[person.appraiser_id or ""].append(person)
        expected[judge(person, quarter, unit).predicate] += 1

    def rate(appraiser_id: str) -> None:
        for part in chunks(teams[appraiser_id], LARGEST_BATCH):
            items = [judge(person, quarter, unit).body(person, quarter) for person in part]
            body = {"year": YEAR, "items": items, **({"quarter": quarter} if quarter else {})}
            answer = world.people[appraiser_id].me.post(f"{APPRAISAL}/evaluations/{path}/batch", body)
            refused = [item for item in answer["items"] if item["outcome"] == "REFUSED"]
            assert not refused, refused[0]

    world.together(f"penilaian {'triwulan ' + str(quarter) if quarter else 'tahunan'}", rate, list(teams))
    return expected


def _siti(quarter: int | None) -> Judgement:
    from suar_demo.ratings import SITI

    return Judgement(*SITI[quarter])


def _shown(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {counts[name]}" for name in sorted(counts))


def _levels(people: list[Person]) -> list[list[Person]]:
    """People by their depth below the top, so that a superior's plan exists before it is supported."""
    by_id = {person.employee_id: person for person in people}
    depth: dict[str, int] = {}

    def depth_of(person: Person) -> int:
        if person.employee_id not in depth:
            superior = by_id.get(person.appraiser_id or "")
            depth[person.employee_id] = 0 if superior is None else depth_of(superior) + 1
        return depth[person.employee_id]

    levels: dict[int, list[Person]] = defaultdict(list)
    for person in people:
        levels[depth_of(person)].append(person)
    return [levels[number] for number in sorted(levels)]


def _content(person: Person, parents: list[str], *, days: int = 7) -> dict[str, Any]:
    """A plan: two main results, for Siti three and one extra; indicators by aspect; an expectation on service."""
    high = person.position_kind.startswith("JPT")
    titles = ["Layanan unit selesai tepat waktu", "Mutu hasil kerja meningkat"]
    if person.nip == SITI_NIP:
        titles = [
            "Layanan kepegawaian selesai tepat waktu",
            "Data kepegawaian mutakhir",
            "Analisis kebutuhan pegawai tersusun",
        ]
    results = [
        {
            "kind": "MAIN",
            "title": title,
            "indicators": [
                {"text": "Waktu penyelesaian", "aspect": "TIME", "target_number": str(days), "unit": "hari"},
                {"text": "Jumlah berkas", "aspect": "QUANTITY", "target_number": "120", "unit": "berkas"},
            ],
            **({"perspective": "BUSINESS_PROCESS"} if high else {}),
            **({"parent_work_result_id": parents[index % len(parents)]} if parents and not high else {}),
        }
        for index, title in enumerate(titles)
    ]
    if person.nip == SITI_NIP:
        extra = [{"text": "Sosialisasi", "aspect": "QUANTITY", "target_number": "2", "unit": "kegiatan"}]
        results.append({"kind": "EXTRA", "title": "Anggota tim sosialisasi budaya kerja", "indicators": extra})
    return {
        "year": YEAR,
        "model": "QUANTITATIVE",
        "work_results": results,
        "behaviour_expectations": [{"value": value, "expectation": "Sesuai panduan BerAKHLAK."} for value in VALUES],
        "annex": {
            "support": ["Perangkat kerja"],
            "accountability": ["Laporan triwulanan"],
            "consequences": ["Sesuai aturan"],
        },
    }
