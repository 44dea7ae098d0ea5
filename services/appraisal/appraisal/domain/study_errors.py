"""The errors of reports on study leave, with a sentence for people."""

from chassis.errors import Conflict, Forbidden


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


class RevocationPending(Conflict):
    code = "study_revocation_pending"
    title = "Another revocation of this report waits for a second officer"
    sentence = "Pencabutan laporan ini sudah diusulkan dan menunggu petugas kedua. Putuskan usulan itu lebih dahulu."


class RevocationDecided(Conflict):
    code = "study_revocation_decided"
    title = "The revocation has been decided"
    sentence = "Usulan pencabutan ini sudah diputus."


class RevocationNeedsSecond(Forbidden):
    code = "study_revocation_needs_second_officer"
    title = "A second officer approves the revocation"
    sentence = (
        "Penilaian bertumpu pada laporan ini, jadi pencabutannya disetujui petugas kedua, bukan oleh pengusulnya."
    )
