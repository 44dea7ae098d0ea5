"""Everything that can be refused here.

AppError
├── surveys     survey_not_in_state, survey_not_for_you, survey_token_taken, survey_token_invalid, survey_token_used
├── results     survey_results_not_published, survey_results_out_of_reach
├── tickets     ticket_move_not_allowed, ticket_not_taken, case_conflict_of_interest, case_handled_by_another,
│               report_code_unknown, report_waiting_for_answer
├── programmes  session_full, session_over, already_enrolled, enrolment_closed
└── reference   reference_weaker_than_default, working_arrangement_decided
"""

from typing import ClassVar

from chassis.errors import AppError, Kind


class SurveyNotInState(AppError):
    code: ClassVar[str] = "survey_not_in_state"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The survey is not in the state that this needs"
    sentence: ClassVar[str] = "Survei ini berstatus {state}, sedangkan tindakan ini hanya untuk status {needed}."


class SurveyNotForYou(AppError):
    code: ClassVar[str] = "survey_not_for_you"
    kind: ClassVar[Kind] = Kind.FORBIDDEN
    title: ClassVar[str] = "The survey does not ask this employee"
    sentence: ClassVar[str] = (
        "Survei ini tidak ditujukan bagi unit Anda, atau data kepegawaian Anda belum aktif. Hubungi pengelola survei."
    )


class SurveyTokenTaken(AppError):
    code: ClassVar[str] = "survey_token_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "This employee already has a token for the survey"
    sentence: ClassVar[str] = (
        "Anda sudah pernah mengambil token untuk survei ini. Token tidak dapat diterbitkan ulang, "
        "karena sistem sengaja tidak menyimpan token mana yang menjadi milik siapa."
    )


class SurveyTokenInvalid(AppError):
    code: ClassVar[str] = "survey_token_invalid"
    kind: ClassVar[Kind] = Kind.INVALID
    title: ClassVar[str] = "The survey token is not one that was issued"
    sentence: ClassVar[str] = "Token survei tidak dikenali. Salin token persis seperti saat Anda mengambilnya."


class SurveyTokenUsed(AppError):
    code: ClassVar[str] = "survey_token_used"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The survey token has been used"
    sentence: ClassVar[str] = "Token ini sudah dipakai. Setiap token hanya berlaku untuk satu kali pengisian."


class SurveyResultsNotPublished(AppError):
    code: ClassVar[str] = "survey_results_not_published"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The results of the survey are not published"
    sentence: ClassVar[str] = "Hasil survei ini belum diterbitkan (status {state}). Tunggu sampai diterbitkan."


class SurveyResultsOutOfReach(AppError):
    code: ClassVar[str] = "survey_results_out_of_reach"
    kind: ClassVar[Kind] = Kind.FORBIDDEN
    title: ClassVar[str] = "The results of this unit are not for this reader"
    sentence: ClassVar[str] = "Anda hanya dapat melihat hasil instansi, unit Anda, unit di atas, dan di sebelahnya."


class TicketMoveNotAllowed(AppError):
    code: ClassVar[str] = "ticket_move_not_allowed"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The ticket cannot move from its state to that one"
    sentence: ClassVar[str] = (
        "Laporan berstatus {state} tidak dapat menjadi {target}. Langkah yang mungkin: {possible}."
    )


class TicketNotTaken(AppError):
    code: ClassVar[str] = "ticket_not_taken"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The case has no handler yet"
    sentence: ClassVar[str] = "Laporan ini belum ada penanganannya. Ambil alih laporan terlebih dahulu."


class CaseConflictOfInterest(AppError):
    code: ClassVar[str] = "case_conflict_of_interest"
    kind: ClassVar[Kind] = Kind.FORBIDDEN
    title: ClassVar[str] = "This person must not handle or read the case"
    sentence: ClassVar[str] = (
        "Laporan ini tidak dapat Anda buka atau tangani, demi melindungi pelapor dan pemeriksaan. "
        "Petugas kesejahteraan lain akan menanganinya."
    )


class CaseHandledByAnother(AppError):
    code: ClassVar[str] = "case_handled_by_another"
    kind: ClassVar[Kind] = Kind.FORBIDDEN
    title: ClassVar[str] = "Only the assigned officer reads the case"
    sentence: ClassVar[str] = "Laporan ini ditangani petugas lain. Hanya petugas yang ditunjuk yang dapat membacanya."


class ReportCodeUnknown(AppError):
    code: ClassVar[str] = "report_code_unknown"
    kind: ClassVar[Kind] = Kind.NOT_FOUND
    title: ClassVar[str] = "No report has this code"
    sentence: ClassVar[str] = "Kode laporan tidak dikenali. Periksa kembali kode yang ditampilkan saat laporan dikirim."


class ReportWaitingForAnswer(AppError):
    code: ClassVar[str] = "report_waiting_for_answer"
    kind: ClassVar[Kind] = Kind.RATE_LIMITED
    title: ClassVar[str] = "Too many messages wait for an answer on this report"
    sentence: ClassVar[str] = (
        "Sudah ada {count} pesan Anda yang belum dijawab pada laporan ini. Tunggu jawaban petugas sebelum menulis lagi."
    )


class SessionFull(AppError):
    code: ClassVar[str] = "programme_session_full"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The session has no seat left"
    sentence: ClassVar[str] = "Semua {seats} tempat pada sesi ini sudah terisi. Pilih sesi lain."


class SessionOver(AppError):
    code: ClassVar[str] = "programme_session_over"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The session has begun"
    sentence: ClassVar[str] = "Sesi ini sudah dimulai atau selesai, sehingga pendaftaran tidak dapat diubah lagi."


class SessionNotBegun(AppError):
    code: ClassVar[str] = "programme_session_not_begun"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The session has not begun"
    sentence: ClassVar[str] = "Kehadiran baru dapat dicatat setelah sesi dimulai."


class AlreadyEnrolled(AppError):
    code: ClassVar[str] = "programme_already_enrolled"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "This employee is enrolled in the session"
    sentence: ClassVar[str] = "Anda sudah terdaftar pada sesi ini."


class EnrolmentClosed(AppError):
    code: ClassVar[str] = "programme_enrolment_closed"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The enrolment can no longer change"
    sentence: ClassVar[str] = "Pendaftaran ini berstatus {state} dan tidak dapat diubah lagi."


class ReferenceWeakerThanDefault(AppError):
    code: ClassVar[str] = "reference_weaker_than_default"
    kind: ClassVar[Kind] = Kind.INVALID
    title: ClassVar[str] = "The value would protect people less than the default does"
    sentence: ClassVar[str] = "Nilai ini melemahkan perlindungan. Instansi hanya boleh memperketat nilai bawaan."


class ArrangementDecided(AppError):
    code: ClassVar[str] = "working_arrangement_decided"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The working arrangement has been decided"
    sentence: ClassVar[str] = "Permohonan ini sudah berstatus {state}. Ajukan permohonan baru bila ada perubahan."
