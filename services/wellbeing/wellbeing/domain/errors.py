"""Errors of this service.

AppError
├── surveys     survey_not_in_state, survey_not_comparable, survey_not_for_you, survey_token_taken,
│               survey_token_invalid, survey_token_used
├── results     survey_results_not_published, survey_results_out_of_reach
├── tickets     ticket_move_not_allowed, ticket_not_taken, case_conflict_of_interest, case_handled_by_another,
│               report_code_unknown, report_waiting_for_answer
├── programmes  session_full, session_over, already_enrolled, enrolment_closed
└── reference   reference_weaker_than_default, working_arrangement_decided
"""

from chassis.errors import AppError, Conflict, Forbidden, InvalidInput, Kind, NotFound, RuleViolation


class SurveyNotInState(Conflict):
    code = "survey_not_in_state"
    title = "The survey is not in the state that this needs"
    sentence = "Survei ini berstatus {state}, sedangkan tindakan ini hanya untuk status {needed}."


class SurveyNotComparable(Conflict):
    code = "survey_not_comparable"
    title = "It is not on record whom the survey asked"
    sentence = (
        "Survei ini dibuka sebelum sistem mencatat siapa yang ditanya, sehingga hasilnya tidak dapat diterbitkan "
        "dengan aman. Jawabannya tetap tersimpan. Buka survei baru."
    )


class SurveyNotForYou(Forbidden):
    code = "survey_not_for_you"
    title = "The survey does not ask this employee"
    sentence = (
        "Survei ini tidak ditujukan bagi unit Anda, atau data kepegawaian Anda belum aktif. Hubungi pengelola survei."
    )


class SurveyTokenTaken(Conflict):
    code = "survey_token_taken"
    title = "This employee already has a token for the survey"
    sentence = (
        "Anda sudah pernah mengambil token untuk survei ini. Token tidak dapat diterbitkan ulang, "
        "karena sistem sengaja tidak menyimpan token mana yang menjadi milik siapa."
    )


class SurveyTokenInvalid(InvalidInput):
    code = "survey_token_invalid"
    title = "The survey token is not one that was issued"
    sentence = "Token survei tidak dikenali. Salin token persis seperti saat Anda mengambilnya."


class SurveyTokenUsed(Conflict):
    code = "survey_token_used"
    title = "The survey token has been used"
    sentence = "Token ini sudah dipakai. Setiap token hanya berlaku untuk satu kali pengisian."


class SurveyResultsNotPublished(Conflict):
    code = "survey_results_not_published"
    title = "The results of the survey are not published"
    sentence = "Hasil survei ini belum diterbitkan (status {state}). Tunggu sampai diterbitkan."


class SurveyResultsOutOfScope(Forbidden):
    code = "survey_results_out_of_reach"
    title = "The results of this unit are not for this reader"
    sentence = "Anda hanya dapat melihat hasil instansi, unit Anda, unit di atas, dan di sebelahnya."


class TicketMoveNotAllowed(Conflict):
    code = "ticket_move_not_allowed"
    title = "The ticket cannot move from its state to that one"
    sentence = "Laporan berstatus {state} tidak dapat menjadi {target}. Langkah yang mungkin: {possible}."


class TicketNotTaken(Conflict):
    code = "ticket_not_taken"
    title = "The case has no handler yet"
    sentence = "Laporan ini belum ada penanganannya. Ambil alih laporan terlebih dahulu."


class CaseConflictOfInterest(Forbidden):
    code = "case_conflict_of_interest"
    title = "This person must not handle or read the case"
    sentence = (
        "Laporan ini tidak dapat Anda buka atau tangani, demi melindungi pelapor dan pemeriksaan. "
        "Petugas kesejahteraan lain akan menanganinya."
    )


class CaseHandledByAnother(Forbidden):
    code = "case_handled_by_another"
    title = "Only the assigned officer reads the case"
    sentence = "Laporan ini ditangani petugas lain. Hanya petugas yang ditunjuk yang dapat membacanya."


class ReportCodeUnknown(NotFound):
    code = "report_code_unknown"
    title = "No report has this code"
    sentence = "Kode laporan tidak dikenali. Periksa kembali kode yang ditampilkan saat laporan dikirim."


class ReportWaitingForAnswer(AppError):
    code = "report_waiting_for_answer"
    kind = Kind.RATE_LIMITED
    title = "Too many messages wait for an answer on this report"
    sentence = (
        "Sudah ada {count} pesan Anda yang belum dijawab pada laporan ini. Tunggu jawaban petugas sebelum menulis lagi."
    )


class SessionFull(Conflict):
    code = "programme_session_full"
    title = "The session has no seat left"
    sentence = "Semua {seats} tempat pada sesi ini sudah terisi. Pilih sesi lain."


class SessionOver(Conflict):
    code = "programme_session_over"
    title = "The session has begun"
    sentence = "Sesi ini sudah dimulai atau selesai, sehingga pendaftaran tidak dapat diubah lagi."


class SessionNotBegun(Conflict):
    code = "programme_session_not_begun"
    title = "The session has not begun"
    sentence = "Kehadiran baru dapat dicatat setelah sesi dimulai."


class AlreadyEnrolled(Conflict):
    code = "programme_already_enrolled"
    title = "This employee is enrolled in the session"
    sentence = "Anda sudah terdaftar pada sesi ini."


class EnrolmentClosed(Conflict):
    code = "programme_enrolment_closed"
    title = "The enrolment can no longer change"
    sentence = "Pendaftaran ini berstatus {state} dan tidak dapat diubah lagi."


class ReferenceWeakerThanDefault(RuleViolation):
    code = "reference_weaker_than_default"
    title = "The value would protect people less than the default does"
    sentence = "Nilai ini melemahkan perlindungan. Instansi hanya boleh memperketat nilai bawaan."


class ArrangementDecided(Conflict):
    code = "working_arrangement_decided"
    title = "The working arrangement has been decided"
    sentence = "Permohonan ini sudah berstatus {state}. Ajukan permohonan baru bila ada perubahan."
