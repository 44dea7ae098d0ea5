"""The errors of performance management: by kind of refusal, with a sentence for people."""

from chassis.errors import Conflict, NotFound, Unavailable


class EmployeeWithoutAssignment(Conflict):
    code = "employee_without_assignment"
    title = "No assignment is known for this employee"
    sentence = (
        "Penempatan pegawai ini belum tercatat. Minta pengelola kepegawaian melengkapi unit dan atasannya, "
        "lalu coba lagi."
    )


class NotInService(Conflict):
    code = "not_in_service"
    title = "The employee has left the service"
    sentence = (
        "Pegawai ini tidak lagi bertugas pada instansi ini pada {day}, jadi langkah ini tidak dapat "
        "dilakukan. Yang sudah ada tetap dapat dibaca."
    )


class PlanExists(Conflict):
    code = "plan_exists"
    title = "The employee already has an open plan for this year"
    sentence = "SKP tahun {year} sudah ada. Ubah SKP itu, atau ajukan perubahan bila sudah berlaku."


class YearAlreadyClosed(Conflict):
    code = "plan_year_closed"
    title = "The annual evaluation of this year is already final"
    sentence = "Evaluasi tahunan {year} sudah final, jadi SKP tahun itu tidak dapat dibuat lagi."


class PlanMoveRefused(Conflict):
    code = "plan_move_refused"
    title = "The plan is not in a state that allows this"
    sentence = "SKP berstatus {state}, jadi langkah {move} tidak dapat dilakukan. Yang mungkin: {allowed}."


class PlanNeverActive(Conflict):
    code = "plan_not_active"
    title = "The plan has not been activated"
    sentence = "SKP berstatus {state} dan belum pernah ditetapkan. Tetapkan SKP lebih dahulu."


class TemplateWithdrawn(Conflict):
    code = "plan_template_withdrawn"
    title = "The template is offered no longer"
    sentence = "Templat SKP “{title}” sudah ditarik. Pilih templat lain, atau susun SKP tanpa templat."


class PlanClosed(Conflict):
    code = "plan_closed"
    title = "The plan is closed"
    sentence = "SKP ini sudah ditutup, jadi tidak dapat ditambah atau diubah."


class PlanMissing(Conflict):
    code = "plan_missing"
    title = "The employee has no open plan for this year"
    sentence = "Pegawai ini belum mempunyai SKP {year} yang terbuka, jadi belum dapat dinilai."


class PlanAgreedLate(Conflict):
    code = "plan_agreed_after_period"
    title = "The plan was agreed after the period had ended"
    sentence = (
        "SKP baru ditetapkan setelah periode {period} berakhir, jadi periode itu tidak dapat dinilai dengan SKP ini. "
        "Petugas kepegawaian dapat mengecualikannya, atau menilainya berdasarkan surat perintah."
    )


class CloseOutEnded(Conflict):
    code = "close_out_ended"
    title = "The days in which the outgoing appraiser may rate have passed"
    sentence = (
        "Penilaian oleh pejabat penilai lama berakhir {until}. "
        "Setelah itu pengelola kinerja menilai dengan surat perintah."
    )


class SegmentRated(Conflict):
    code = "segment_rated"
    title = "These days have been rated"
    sentence = "Hari-hari sejak {first_day} sampai perpindahan sudah dinilai."


class PeriodWithoutDays(Conflict):
    code = "period_without_days"
    title = "The employee was not in service in this period"
    sentence = "Pegawai tidak bertugas pada instansi ini selama periode {period}, jadi periode itu tidak dinilai."


class PeriodExcused(Conflict):
    code = "period_excused"
    title = "The employee is excused from this period"
    sentence = (
        "Pegawai dikecualikan dari penilaian periode {period} karena {reason}: bertugas aktif {days} hari kerja, "
        "batas minimum {least} hari."
    )


class PeriodNotInCycle(Conflict):
    code = "period_not_in_cycle"
    title = "The year is not divided into such periods"
    sentence = "Periode {period} tidak ada dalam siklus penilaian {year}. Nilai periode yang ada dalam siklus itu."


class PeriodsOpen(Conflict):
    code = "periods_open"
    title = "Periodic evaluations of the year are still due"
    sentence = (
        "Evaluasi tahunan {year} belum dapat ditetapkan: periode {periods} masih dapat dinilai dan belum final. "
        "Selesaikan evaluasi periodik itu lebih dahulu."
    )


class CycleInUse(Conflict):
    code = "cycle_in_use"
    title = "Periods of this year have been evaluated"
    sentence = (
        "Siklus {year} sudah dipakai: ada evaluasi periodik {periodic}. Pilihan bulanan atau triwulanan "
        "tidak dapat diganti lagi; pilihan lain berlaku mulai tahun berikutnya."
    )


class FeedbackAnswered(Conflict):
    code = "feedback_already_answered"
    title = "The feedback has been answered"
    sentence = "Umpan balik ini sudah dijawab, dan jawaban tidak dapat diganti."


class RealisationFixed(Conflict):
    code = "realisation_fixed"
    title = "The period has been rated, so what was stated of it stands"
    sentence = (
        "Periode {period} sudah dinilai, jadi realisasi yang Anda nyatakan tidak dapat diubah lagi. "
        "Bicarakan hasilnya lewat dialog kinerja."
    )


class RatingWindowClosed(Conflict):
    code = "rating_window_closed"
    title = "The period cannot be rated today"
    sentence = (
        "Penilaian periode {period} hanya dapat dilakukan dari {opens_on} sampai {closes_on}; hari ini {today}. "
        "Pengelola kinerja dapat memperpanjang masa penilaian."
    )


class EvaluationExists(Conflict):
    code = "evaluation_exists"
    title = "This period has been evaluated with other ratings"
    sentence = (
        "Evaluasi periode {period} sudah ada dengan penilaian lain. "
        "Ubah usulan itu, atau minta koreksi bila sudah final."
    )


class EvaluationMoveRefused(Conflict):
    code = "evaluation_move_refused"
    title = "The evaluation is not in a state that allows this"
    sentence = "Evaluasi berstatus {state}, jadi langkah {move} tidak dapat dilakukan. Yang mungkin: {allowed}."


class DistributionBroken(Conflict):
    code = "distribution_broken"
    title = "The unit's predicates do not fit its organisation predicate"
    sentence = (
        "Sebaran predikat unit {unit} tidak sesuai pola untuk predikat organisasi {org_predicate}. "
        "Sesuaikan penilaian, atau minta pimpinan unit di atasnya mencatat pengecualian dengan alasan."
    )


class ObligationsNotOpened(Conflict):
    code = "obligations_not_opened"
    title = "It is not known yet how many people of the unit are to be evaluated"
    sentence = (
        "Daftar kewajiban penilaian {year} belum lengkap, jadi pola distribusi belum dapat dihitung. "
        "Minta pengelola kinerja membuka daftar itu, lalu coba lagi."
    )


class UnitWithoutPredicate(Conflict):
    code = "unit_without_predicate"
    title = "The unit has no organisation predicate for this period"
    sentence = "Predikat kinerja organisasi unit untuk {period} belum ditetapkan. Tetapkan lebih dahulu."


class ReceiptMissing(Conflict):
    code = "evaluation_not_received"
    title = "The evaluation has not been received yet"
    sentence = "Nyatakan terima dokumen evaluasi lebih dahulu, baru setujui atau ajukan keberatan."


class ObjectionTooLate(Conflict):
    code = "objection_too_late"
    title = "The window to object has passed"
    sentence = "Batas waktu keberatan berakhir pada {until}. Evaluasi dianggap diterima."


class ObjectionAlreadyDecided(Conflict):
    code = "objection_already_decided"
    title = "The objection has been decided"
    sentence = "Keberatan ini sudah diputus, dan keputusan itu final."


class ObjectionAlreadyWithdrawn(Conflict):
    code = "objection_already_withdrawn"
    title = "The objection has been withdrawn"
    sentence = "Keberatan ini sudah ditarik oleh pegawai yang mengajukannya, jadi tidak diproses lagi."


class ObjectionNeedsDecider(Conflict):
    code = "objection_needs_decider"
    title = "Nobody is appointed to decide this objection"
    sentence = "Belum ada pejabat pemutus keberatan ini. Pengelola kinerja perlu menunjuk pejabatnya."


class DeciderNotAllowed(Conflict):
    code = "objection_decider_not_allowed"
    title = "This person may not decide the objection"
    sentence = (
        "Keberatan tidak boleh diputus oleh pegawai itu sendiri, pejabat yang menilainya, atau petugas koreksinya. "
        "Tunjuk pejabat lain."
    )


class DeciderIsDesignator(Conflict):
    code = "objection_decider_designates_self"
    title = "Who designates the decider does not decide"
    sentence = "Petugas yang menunjuk pemutus keberatan tidak dapat menunjuk dirinya sendiri. Tunjuk pejabat lain."


class DeciderBelowParty(Conflict):
    code = "objection_decider_below_party"
    title = "This person stands below a party, so they may not decide the objection"
    sentence = (
        "Pejabat ini berada di bawah {party} dalam garis atasan, jadi tidak dapat memutus keberatan ini. "
        "Pengelola kinerja perlu menunjuk pejabat lain."
    )


class DeciderNotAbove(Conflict):
    code = "objection_decider_not_above"
    title = "The decider must stand above who rated"
    sentence = (
        "Pemutus keberatan harus lebih tinggi jabatannya daripada pejabat penilai, berada di atasnya dalam garis "
        "atasan, atau pejabat dari luar instansi yang tercatat. Tunjuk pejabat yang memenuhi salah satunya."
    )


class ObjectionMoveRefused(Conflict):
    code = "objection_move_refused"
    title = "The objection is not at a stage that allows this"
    sentence = (
        "Keberatan berada pada tahap {stage}, jadi langkah {move} tidak dapat dilakukan. Yang mungkin: {allowed}."
    )


class ObjectionNotReady(Conflict):
    code = "objection_not_ready"
    title = "The appraiser may still answer the objection"
    sentence = (
        "Pejabat penilai masih dapat memberi tanggapan sampai {until}. Keberatan dapat diputus sesudah tanggapan itu, "
        "sesudah pejabat penilai hadir dalam pemeriksaan, atau mulai {first}."
    )


class StatementByDecider(Conflict):
    code = "objection_statement_by_decider"
    title = "Who decides does not answer for the appraiser"
    sentence = (
        "Pejabat pemutus tidak dapat memberi tanggapan atas nama pejabat penilai. Tunggu tanggapan pejabat penilai "
        "sendiri, atau lewatnya batas waktunya."
    )


class ExaminationRequired(Conflict):
    code = "objection_examination_required"
    title = "A worse rating needs an examination to which the employee was invited in time"
    sentence = (
        "Putusan ini menurunkan penilaian. Undang pegawai ke pemeriksaan paling lambat {days} hari sebelumnya, catat "
        "berita acaranya, lalu putuskan."
    )


class FollowUpClosed(Conflict):
    code = "follow_up_closed"
    title = "The follow-up is closed"
    sentence = "Tindak lanjut ini sudah ditutup. Buka tindak lanjut baru lewat evaluasi berikutnya."


class ObligationMoveRefused(Conflict):
    code = "obligation_move_refused"
    title = "The obligation is not in a state that allows this"
    sentence = "Kewajiban {kind} berstatus {state}, jadi langkah ini tidak dapat dilakukan. Yang mungkin: {allowed}."


class DeadlineEnded(Conflict):
    code = "deadline_ended"
    title = "The deadline is not running"
    sentence = "Kewajiban ini berstatus {state}, jadi batas waktunya tidak dapat diperpanjang lagi."


class DeadlineMissing(Conflict):
    code = "deadline_missing"
    title = "The obligation has no deadline"
    sentence = "Kewajiban ini tidak mempunyai batas waktu, jadi tidak ada yang dapat diperpanjang."


class DocumentNotYet(Conflict):
    code = "document_not_yet"
    title = "There is no document of this yet"
    sentence = "{what} berstatus {state}, jadi dokumennya belum ada. Dokumen dapat diunduh setelah {needed}."


class DocumentUnknown(NotFound):
    code = "document_unknown"
    title = "No document bears this code"
    sentence = "Tidak ada dokumen dengan kode ini. Periksa kembali kode pada dokumen Anda."


class PaperNamesUnavailable(Unavailable):
    code = "appraisal_names_unavailable"
    title = "The names for the document cannot be asked"
    sentence = (
        "Layanan kepegawaian sedang tidak menjawab, jadi nama dan NIP untuk dokumen belum dapat diambil. "
        "Coba lagi beberapa saat lagi."
    )
