"""The errors of reports on study leave, with a sentence for people."""

from chassis.errors import Conflict


class NotOnStudyLeave(Conflict):
    code = "not_on_study_leave"
    title = "Nobody is on study leave on these days"
    sentence = (
        "Menurut data kepegawaian Anda tidak menjalani tugas belajar antara {first_day} dan {last_day}. "
        "Bila keliru, minta petugas kepegawaian memperbaiki riwayat Anda."
    )


class TermReported(Conflict):
    code = "study_term_reported"
    title = "There is a report of some of these days"
    sentence = "Sebagian hari itu sudah dilaporkan. Ubah laporan yang ada, atau pilih masa studi yang lain."


class StudyReportMoveRefused(Conflict):
    code = "study_report_move_refused"
    title = "The report is not in a state that allows this"
    sentence = "Laporan kemajuan studi ini {state}, jadi langkah itu tidak dapat dilakukan."
