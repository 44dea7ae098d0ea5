"""The cycle of the year: cascading plans, quarterly evaluations, the annual document, an objection and its decision."""

from collections import Counter, defaultdict
from typing import Any

from chassis.waiting import Remaining
from suar_demo.context import SITI_NIP, YEAR, DemoContext, Person, chunks
from suar_demo.ratings import Rating, rating_of

APPRAISAL = "/api/v1/appraisal"
VALUES = ("BP", "AK", "KO", "HA", "LO", "AD", "KL")
LARGEST_BATCH = 200


def planned(context: DemoContext) -> list[Person]:
    """Who has a plan and is evaluated: active people with an appraiser."""
    return [person for person in context.people.values() if person.appraiser_id and person.status == "ACTIVE"]


def siti_unit(context: DemoContext) -> list[Person]:
    return [person for person in context.people.values() if person.unit_id == context.siti.unit_id]


def draft_plans(context: DemoContext) -> None:
    """From the top down, each person drafts a plan whose results support the superior's, and hands it in."""
    context.turn_clock(YEAR, 1, 12, 9)
    results: dict[str, list[str]] = {}
    plans: dict[str, str] = {}
    submitted: dict[str, int] = {}

    def draft(person: Person) -> None:
        plan = person.me.post(f"{APPRAISAL}/plans", plan_content(person, results.get(person.appraiser_id or "", [])))
        results[person.employee_id] = [result["id"] for result in plan["work_results"]]
        plans[person.employee_id] = plan["id"]
        submitted[plan["id"]] = person.me.post(f"{APPRAISAL}/plans/{plan['id']}/submit")["version"]

    for depth, level in enumerate(_levels(planned(context))):
        context.together(f"SKP disusun, jenjang {depth + 1}", draft, level)
    context.notes["plans"], context.notes["submitted"] = plans, submitted
    context.notes["results"] = results
    context.scenario.check("SKP diajukan", len(planned(context)), len(plans))


def activate_plans(context: DemoContext) -> None:
    """Superiors agree what was submitted; one returns a plan with a reason first, as happens."""
    context.turn_clock(YEAR, 1, 14, 9)
    plans, submitted = context.notes["plans"], context.notes["submitted"]
    siti = context.siti
    head = context.people[siti.appraiser_id or ""]
    siti_plan = plans[siti.employee_id]
    head.me.post(f"{APPRAISAL}/plans/{siti_plan}/return", {"reason": "Target waktu layanan perlu lebih tegas: 5 hari."})
    current = siti.me.raw("GET", f"{APPRAISAL}/plans/{siti_plan}")
    content = plan_content(siti, context.notes["results"].get(head.employee_id, []), days=5)
    content_before = {key: content[key] for key in ("model", "work_results", "behaviour_expectations", "annex")}
    siti.me.put(f"{APPRAISAL}/plans/{siti_plan}", content_before, headers={"If-Match": current.headers["ETag"]})
    submitted[siti_plan] = siti.me.post(f"{APPRAISAL}/plans/{siti_plan}/submit")["version"]

    def agree(appraiser_id: str) -> None:
        own = [plans[person.employee_id] for person in planned(context) if person.appraiser_id == appraiser_id]
        read = [{"plan_id": one, "version": submitted[one]} for one in own]
        for part in chunks(read, LARGEST_BATCH):
            context.people[appraiser_id].me.post(f"{APPRAISAL}/plans/activate-batch", {"plans": part})

    context.together("SKP disetujui", agree, {person.appraiser_id or "" for person in planned(context)})
    states = Counter(row["state"] for row in context.hr.pages(f"{APPRAISAL}/plans", year=YEAR))
    context.scenario.check("SKP aktif", len(planned(context)), states["ACTIVE"])
    context.consistency.wait_until_consistent()


def work_through_the_year(context: DemoContext) -> None:
    """Siti keeps her log with evidence; her superior and a colleague give feedback, and she answers."""
    siti, plans = context.siti, context.notes["plans"]
    plan_id = plans[siti.employee_id]
    plan = siti.me.get(f"{APPRAISAL}/plans/{plan_id}")
    context.turn_clock(YEAR, 3, 2, 15)
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
    head = context.people[siti.appraiser_id or ""]
    given = head.me.post(
        f"{APPRAISAL}/plans/{plan_id}/feedback",
        {"work_result_id": first, "text": "Pelayanan rapi; percepat langkah verifikasi."},
    )
    siti.me.post(f"{APPRAISAL}/feedback/{given['id']}/answer", {"answer": "Terima kasih, verifikasi akan saya gabung."})
    context.scenario.show("Siti mencatat progres dengan bukti, atasannya memberi umpan balik, dan ia menjawabnya.")


def evaluate_quarter(context: DemoContext, quarter: int) -> None:
    """Each appraiser rates the quarter; predicates follow from the matrix and are final."""
    moment = {1: (YEAR, 4, 6, 9), 2: (YEAR, 7, 6, 9), 3: (YEAR, 10, 6, 9), 4: (YEAR + 1, 1, 5, 9)}[quarter]
    context.turn_clock(*moment)
    expected = _rate(context, quarter)
    rows = context.hr.pages(f"{APPRAISAL}/evaluations", year=YEAR, quarter=quarter, kind="PERIODIC", state="FINAL")
    found = Counter(row["predicate"] for row in rows)
    context.scenario.check(f"predikat triwulan {quarter}", _shown(expected), _shown(found))
    own = next(
        one for one in context.siti.me.pages(f"{APPRAISAL}/me/evaluations", year=YEAR) if one["quarter"] == quarter
    )
    context.scenario.check(f"predikat Siti triwulan {quarter}", _siti(quarter).predicate, own["predicate"])
    context.consistency.wait_until_consistent()


def set_unit_predicate(context: DemoContext) -> None:
    """The leader of the bureau sets the predicate of Siti's unit: the pattern its members are held against."""
    unit = context.units[context.siti.unit_id]
    leader = context.people[context.units[unit["parent_id"]]["leader_id"]]
    leader.me.put(f"{APPRAISAL}/org-predicates", {"unit_id": unit["unit_id"], "year": YEAR, "predicate": "GOOD"})
    context.scenario.show(f"Predikat organisasi {unit['name']} tahun {YEAR}: BAIK, ditetapkan pimpinan di atasnya.")


def issue_annual(context: DemoContext) -> None:
    """The annual documents are issued and received; many accept at once."""
    context.turn_clock(YEAR + 1, 1, 12, 9)
    expected = _rate(context, None)
    issued = list(context.hr.pages(f"{APPRAISAL}/evaluations", year=YEAR, kind="ANNUAL"))
    context.scenario.check(
        "predikat tahunan saat diterbitkan", _shown(expected), _shown(Counter(row["predicate"] for row in issued))
    )
    context.consistency.wait_until_consistent()

    def receive(row: dict[str, Any]) -> None:
        person = context.people[row["employee_id"]]
        person.me.post(f"{APPRAISAL}/evaluations/{row['id']}/receive")
        if person.nip != SITI_NIP and int(person.nip[-3:]) % 2:
            person.me.post(f"{APPRAISAL}/evaluations/{row['id']}/accept")

    context.together("dokumen tahunan diterima", receive, issued)
    own = next(row for row in issued if row["employee_id"] == context.siti.employee_id)
    context.notes["siti_annual"] = own["id"]
    received = context.siti.me.get(f"{APPRAISAL}/evaluations/{own['id']}")
    context.scenario.check("masa keberatan Siti sampai", "2027-01-26T16:59:59", received["objection_until"][:19])


def object_to_result(context: DemoContext) -> None:
    """On the eighth day Siti objects, with her evidence of the last two quarters."""
    context.turn_clock(YEAR + 1, 1, 20, 10)
    body = {
        "reasons": "Triwulan 3 dan 4 memenuhi dan melampaui ekspektasi; waktu layanan rata-rata 4 hari.",
        "evidence_links": ["https://arsip.kemcontoh.example/siti/triwulan-3-dan-4"],
    }
    objection = context.siti.me.post(f"{APPRAISAL}/evaluations/{context.notes['siti_annual']}/objection", body)
    context.notes["objection"] = objection["id"]
    context.scenario.show("Siti mengajukan keberatan pada hari ke-8 dari 14.")
    context.consistency.wait_until_consistent()


def answer_objection(context: DemoContext) -> None:
    """The appraiser answers in writing, so that the decider has both sides."""
    context.turn_clock(YEAR + 1, 1, 22, 9)
    appraiser = context.people[context.siti.appraiser_id or ""]
    body = {"statement": "Rata-rata setahun 7 hari; perbaikan triwulan 3 dan 4 sudah dipertimbangkan."}
    answered = appraiser.me.post(f"{APPRAISAL}/objections/{context.notes['objection']}/statement", body)
    context.scenario.check("tahap keberatan sesudah tanggapan", "READY", answered["stage"])
    context.consistency.wait_until_consistent()


def let_windows_close(context: DemoContext) -> None:
    """Who did nothing has a final result when the window closes."""
    context.turn_clock(YEAR + 1, 1, 27, 0, 30)
    everybody = len(planned(context))

    def finals() -> list[Any] | Remaining:
        rows = list(context.hr.pages(f"{APPRAISAL}/evaluations", year=YEAR, kind="ANNUAL", state="FINAL"))
        open_windows = everybody - 1 - len(rows)
        return Remaining(f"{open_windows} evaluasi") if open_windows else rows

    rows = context.consistency.wait_for("masa keberatan berakhir bagi yang diam", finals)
    how = Counter(row["completed_by"] for row in rows)
    context.scenario.show(f"Final: {how['ACCEPTED']} diterima, {how['WINDOW_EXPIRED']} karena masa keberatan berakhir.")
    context.consistency.wait_until_consistent()


def decide_objection(context: DemoContext) -> None:
    """The appraiser's superior listens to both sides and changes the result; that is final."""
    context.turn_clock(YEAR + 1, 1, 29, 14)
    reviewer = context.people[context.siti.reviewer_id or ""]
    body = {
        "outcome": "CHANGED",
        "work_result": "MEETS",
        "behaviour": "MEETS",
        "reasons": "Bukti triwulan 3 dan 4 menunjukkan target tahunan terpenuhi.",
    }
    final = reviewer.me.post(f"{APPRAISAL}/objections/{context.notes['objection']}/decision", body)
    context.scenario.check("predikat tahunan Siti sesudah keberatan", "GOOD", final["predicate"])
    why = context.siti.me.get(f"{APPRAISAL}/evaluations/{final['id']}/explanation")
    cell = why["cell"] if "cell" in why else why["matrix_cell"]
    context.scenario.check("penjelasan predikat Siti", "MEETS × MEETS", f"{cell['work_result']} × {cell['behaviour']}")
    distribution = context.hr.get(f"{APPRAISAL}/units/{context.siti.unit_id}/distribution", year=YEAR)
    context.scenario.check("penyimpangan pola distribusi unit Siti", 0, len(distribution["violations"]))
    context.consistency.wait_until_consistent()


def _rate(context: DemoContext, quarter: int | None) -> Counter[str]:
    path = "periodic" if quarter else "annual"
    unit = siti_unit(context)
    teams: dict[str, list[Person]] = defaultdict(list)
    expected: Counter[str] = Counter()
    for person in planned(context):
        teams[person.appraiser_id or ""].append(person)
        expected[rating_of(person, quarter, unit).predicate] += 1

    def rate(appraiser_id: str) -> None:
        for part in chunks(teams[appraiser_id], LARGEST_BATCH):
            items = [rating_of(person, quarter, unit).body(person, quarter) for person in part]
            body = {"year": YEAR, "items": items, **({"quarter": quarter} if quarter else {})}
            answer = context.people[appraiser_id].me.post(f"{APPRAISAL}/evaluations/{path}/batch", body)
            refused = [item for item in answer["items"] if item["outcome"] == "REFUSED"]
            assert not refused, refused[0]

    context.together(f"penilaian {'triwulan ' + str(quarter) if quarter else 'tahunan'}", rate, list(teams))
    return expected


def _siti(quarter: int | None) -> Rating:
    from suar_demo.ratings import SITI

    return Rating(*SITI[quarter])


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


def plan_content(person: Person, parents: list[str], *, days: int = 7) -> dict[str, Any]:
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
