"""How refusals say in Indonesian what the API says in codes: states, moves and kinds. One table for all of them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

NOTHING_POSSIBLE = "tidak ada"
# By the name of the enumeration, since those who raise a refusal are the ones who define it.
WORDS: Mapping[str, Mapping[str, str]] = {
    "PlanState": {
        "DRAFT": "konsep",
        "SUBMITTED": "diajukan",
        "RETURNED": "dikembalikan",
        "ACTIVE": "ditetapkan",
        "REVISED": "sedang direvisi",
        "CLOSED": "ditutup",
    },
    "PlanMove": {
        "EDIT": "mengubah isi",
        "SUBMIT": "mengajukan",
        "RETURN": "mengembalikan",
        "ACTIVATE": "menetapkan",
        "REVISE": "memulai revisi",
        "WITHDRAW": "menarik kembali",
        "CLOSE": "menutup",
        "LINK": "menautkan hasil kerja",
        "FOLLOW": "menyesuaikan nama pejabat",
    },
    "EvaluationState": {
        "PROPOSED": "usulan",
        "IN_REVIEW": "sedang ditinjau",
        "ISSUED": "diterbitkan",
        "OBJECTED": "sedang dalam keberatan",
        "FINAL": "final",
    },
    "EvaluationMove": {
        "RERATE": "mengubah usulan",
        "ASK_REVIEW": "meminta peninjauan",
        "CONFIRM_ISSUE": "mengonfirmasi dan menerbitkan",
        "CONFIRM_FINAL": "mengonfirmasi dan menetapkan",
        "RETURN": "mengembalikan",
        "ISSUE": "menerbitkan",
        "FINALISE": "menetapkan",
        "RECEIVE": "menyatakan terima",
        "ACCEPT": "menerima hasil",
        "EXPIRE": "berakhirnya masa keberatan",
        "OBJECT": "mengajukan keberatan",
        "DECIDE": "memutus keberatan",
        "WITHDRAW_OBJECTION": "menarik keberatan",
        "CORRECT": "mengoreksi",
        "REOPEN": "menerbitkan kembali",
    },
    "ObjectionStage": {
        "WITHOUT_DECIDER": "menunggu penunjukan pejabat pemutus",
        "AWAITS_STATEMENT": "menunggu tanggapan pejabat penilai",
        "READY": "siap diputus",
        "DECIDED": "sudah diputus",
        "WITHDRAWN": "sudah ditarik",
    },
    "ObjectionMove": {
        "MAKE_STATEMENT": "memberi tanggapan",
        "CALL_EXAMINATION": "memanggil pemeriksaan",
        "RECORD_MINUTES": "mencatat berita acara",
        "ADD_REMARK": "memberi catatan",
        "DESIGNATE": "menunjuk pejabat pemutus",
        "DECIDE": "memutus",
        "WITHDRAW": "menarik keberatan",
    },
    "ObligationState": {
        "OPEN": "terbuka",
        "DONE": "sudah dipenuhi",
        "EXCUSED": "dikecualikan",
        "LAPSED": "gugur",
        "CANCELLED": "tidak berlaku lagi",
    },
    "ObligationKind": {
        "PLAN": "menetapkan SKP",
        "PERIODIC_EVALUATION": "evaluasi periodik",
        "ANNUAL_EVALUATION": "evaluasi tahunan",
        "SEGMENT_RATING": "penilaian sebelum mutasi",
        "RECEIPT": "menyatakan terima",
        "ANSWER": "menjawab hasil evaluasi",
        "STATEMENT": "tanggapan atas keberatan",
        "DECISION": "putusan atas keberatan",
        "DIALOGUE": "dialog kinerja",
        "REVIEW": "peninjauan penilaian",
    },
    "ObligationMove": {
        "FULFIL": "memenuhi",
        "ASK_EXTENSION": "meminta perpanjangan",
        "EXTEND": "memperpanjang",
        "EXCUSE": "mengecualikan",
        "REINSTATE": "memberlakukan kembali",
        "RATE": "menilai berdasarkan surat perintah",
        "DESIGNATE": "menunjuk pejabat pemutus",
    },
    "CorrectionState": {
        "PROPOSED": "diusulkan",
        "APPROVED": "disetujui",
        "REJECTED": "ditolak",
        "WITHDRAWN": "ditarik",
    },
    "CorrectionMove": {"APPROVE": "menyetujui", "REJECT": "menolak", "WITHDRAW": "menarik"},
    "ProposalState": {
        "PROPOSED": "diusulkan",
        "APPROVED": "disetujui",
        "REJECTED": "ditolak",
        "WITHDRAWN": "ditarik",
        "LAPSED": "kedaluwarsa",
    },
    "ProposalMove": {
        "APPROVE": "menyetujui",
        "REJECT": "menolak",
        "WITHDRAW": "menarik",
        "LAPSE": "kedaluwarsa",
    },
    "CalibrationState": {
        "OPEN": "dibuka",
        "CLOSED": "ditutup",
        "EXPIRED": "berakhir tanpa ditutup",
    },
    "CalibrationMove": {
        "SUGGEST": "memberi saran",
        "ADOPT": "menerapkan saran",
        "REFUSE": "menolak saran",
        "CLOSE": "menutup",
    },
    "OrgPredicate": {
        "OUTSTANDING": "Istimewa",
        "GOOD": "Baik",
        "NEEDS_IMPROVEMENT": "Butuh Perbaikan",
        "POOR": "Kurang",
        "VERY_POOR": "Sangat Kurang",
    },
    "SuggestionOutcome": {"ADOPTED": "diterapkan", "REFUSED": "ditolak"},
    "BatchState": {
        "RUNNING": "sedang dibuat",
        "DONE": "selesai",
        "FAILED": "gagal",
        "CANCELLED": "dibatalkan",
        "EXPIRED": "lewat masa simpannya, berkasnya sudah dihapus",
    },
    "RuleKind": {
        "PREDICATE_MATRIX": "matriks predikat",
        "PERIODIC_WINDOW": "masa penilaian periodik",
        "ANNUAL_WINDOW": "masa penilaian tahunan",
        "OBJECTION": "keberatan",
        "DISTRIBUTION": "pola distribusi predikat",
        "FOLLOW_UP": "tindak lanjut",
        "BEHAVIOUR_GUIDES": "panduan perilaku",
        "SMALL_GROUP": "kelompok kecil",
        "MINIMUM_DAYS": "jumlah hari paling sedikit",
        "CLOSE_OUT": "penilaian sebelum mutasi",
        "PLAN_DUE": "batas waktu SKP",
        "LAPSE": "gugurnya kewajiban",
        "OUTAGE": "gangguan sistem",
        "GRANT": "perpanjangan perorangan",
        "EXTENSION": "perpanjangan masa penilaian",
        "EXTREME_REVIEW": "peninjauan penilaian tertinggi dan terendah",
        "ANOMALY": "penelusuran anomali",
        "REMINDER": "pengingat",
        "DIALOGUE": "dialog kinerja",
        "CYCLE": "siklus penilaian",
    },
}


def in_words(code: StrEnum) -> str:
    """Return how people call a state, a move or a kind."""
    return WORDS[type(code).__name__][code.value]


def all_in_words(codes: Iterable[StrEnum]) -> str:
    """Return what is possible, in words; that nothing is, where there is none."""
    return ", ".join(map(in_words, codes)) or NOTHING_POSSIBLE
