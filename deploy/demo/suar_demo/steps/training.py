"""Competence: what a weak quarter calls for, learnt within the year, counted in JP."""

from suar_demo.context import YEAR, DemoContext

TRAINING = "/api/v1/training"
COMPETENCY = "process_analysis"
PROVIDER = "Pusdiklat Kementerian Contoh"
# course, title, kind, JP, month it is held in
COURSES = (
    ("ANPROS-EL", "Analisis Proses Bisnis (e-learning)", "E_LEARNING", 12, 8),
    ("ANPROS-WS", "Lokakarya Penyederhanaan Proses", "WORKSHOP", 8, 9),
    ("ANPROS-CO", "Coaching Perbaikan Proses", "COACHING", 4, 9),
)


def prepare_catalogue(context: DemoContext) -> None:
    """HR describes the competence, sets the standard, and opens courses, sessions and reading."""
    hr = context.hr
    hr.post(f"{TRAINING}/competencies", {"code": COMPETENCY, "kind": "TECHNICAL", "name": "Analisis proses"})
    standard = {
        "position_code": context.siti.position_code,
        "competency_code": COMPETENCY,
        "required_level": 3,
        "valid_from": f"{YEAR}-01-01",
        "source": "Standar kompetensi jabatan Analis SDM",
    }
    context.by_two(context.officers[0].post(f"{TRAINING}/standards", standard), "training")
    sessions = {}
    for code, title, kind, jp, month in COURSES:
        course = {"code": code, "title": title, "kind_code": kind, "jp": jp, "provider": PROVIDER}
        hr.post(f"{TRAINING}/courses", {**course, "competency_codes": [COMPETENCY]})
        days = {"starts_on": f"{YEAR}-{month:02d}-10", "ends_on": f"{YEAR}-{month:02d}-10"}
        window = {"enrol_opens_on": f"{YEAR}-01-02", "enrol_closes_on": f"{YEAR}-{month:02d}-09"}
        session = hr.post(f"{TRAINING}/courses/{code}/sessions", {"seats": 20, "place": "Ruang A", **days, **window})
        sessions[code] = session["id"]
    context.notes["sessions"] = sessions
    item = {
        "code": "BUKU-ANPROS",
        "title": "Panduan Penyederhanaan Proses Bisnis Pemerintah",
        "author": "Tim Tata Laksana",
        "year": 2024,
        "kind": "BOOK",
        "subject": "Tata laksana",
        "competency_codes": [COMPETENCY],
        "copies": 2,
        "link": "https://perpustakaan.kemcontoh.example/anpros",
    }
    hr.post(f"{TRAINING}/reference-items", item)
    context.scenario.show("Katalog berisi tiga pelatihan analisis proses (12, 8, dan 4 JP) dan satu buku rujukan.")


def answer_the_need(context: DemoContext) -> None:
    """July: the weak quarter has raised a need; a plan follows from it, and Siti enrols."""
    siti = context.siti
    context.turn_clock(YEAR, 7, 8, 10)
    assessment = {
        "employee_id": siti.employee_id,
        "competency_code": COMPETENCY,
        "actual_level": 2,
        "method": "Penilaian atasan",
    }
    context.hr.post(f"{TRAINING}/assessments", assessment)

    def need() -> str | None:
        found = list(siti.me.pages(f"{TRAINING}/needs", employee_id=siti.employee_id))
        own = [one for one in found if one["competency_code"] == COMPETENCY]
        return own[0]["id"] if own else None

    need_id = context.consistency.wait_for("kebutuhan pelatihan Siti timbul dari evaluasi triwulan 2", need)
    whole = siti.me.get(f"{TRAINING}/needs/{need_id}")
    context.scenario.check("kesenjangan analisis proses Siti (perlu 3, ada 2)", 1, whole["gap"])
    suggested = siti.me.get(f"{TRAINING}/needs/{need_id}/suggestions")
    shown = f"{len(suggested['courses'])} pelatihan, {len(suggested['reference_items'])} rujukan"
    context.scenario.check("saran untuk kebutuhan itu", "3 pelatihan, 1 rujukan", shown)
    plan = siti.me.post(f"{TRAINING}/plans", {"year": YEAR})
    for code, title, *_ in COURSES:
        siti.me.post(f"{TRAINING}/plans/{plan['id']}/items", {"goal": title, "need_id": need_id, "course_code": code})
    siti.me.post(f"{TRAINING}/plans/{plan['id']}/submit")
    head = context.people[siti.appraiser_id or ""]
    head.me.post(f"{TRAINING}/plans/{plan['id']}/agree", {"note": "Setuju, mulai bulan depan."})
    for session in context.notes["sessions"].values():
        siti.me.post(f"{TRAINING}/sessions/{session}/enrolments", {})
    context.scenario.show("Rencana pengembangan Siti disetujui atasannya; ia terdaftar pada tiga pelatihan.")


def finish_training(context: DemoContext, month: int) -> None:
    """Attendance is marked and certificates are issued: TrainingFinished, and JP in the ledger."""
    siti = context.siti
    context.turn_clock(YEAR, month, 12, 10)
    for code, *_, held in COURSES:
        if held != month:
            continue
        session = context.notes["sessions"][code]
        present = {"employee_id": siti.employee_id, "present": True, "day": f"{YEAR}-{month:02d}-10"}
        context.hr.post(f"{TRAINING}/sessions/{session}/attendance", {"entries": [present]})
        certificate = {"employee_id": siti.employee_id, "certificate_number": f"{code}/{YEAR}/001"}
        context.hr.post(f"{TRAINING}/sessions/{session}/certificates", {"items": [certificate]})
    context.consistency.wait_until_consistent()


def check_ledger(context: DemoContext) -> None:
    ledger = context.siti.me.get(f"{TRAINING}/ledger/{context.siti.employee_id}", year=YEAR)
    context.scenario.check("JP Siti tahun ini", 24, ledger["earned_jp"])
    context.scenario.check("target 20 JP tercapai", True, ledger["met"])
