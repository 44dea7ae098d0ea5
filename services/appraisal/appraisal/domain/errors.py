"""What can go wrong in performance management, said in words that help.

AppError
├── plan:        EmployeeWithoutAssignment, PlanExists, YearAlreadyClosed, PlanMoveRefused, PlanWithoutAppraiser, …
├── evaluation:  RatingWindowClosed, EvaluationExists, EvaluationMoveRefused, PlanNeverActive, DistributionBroken
├── objection:   ObjectionTooLate, ObjectionAlreadyDecided, ObjectionNeedsDecider, DeciderNotAllowed
└── the rest:    FollowUpClosed, UnitWithoutPredicate
"""

from typing import ClassVar

from chassis.errors import AppError, Kind


class EmployeeWithoutAssignment(AppError):
    code: ClassVar[str] = "employee_without_assignment"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "No assignment is known for this employee"
    sentence: ClassVar[str] = (
        "Penempatan pegawai {employee_id} belum tercatat. Minta pengelola kepegawaian melengkapi unit dan atasannya, "
        "lalu coba lagi."
    )


class PlanExists(AppError):
    code: ClassVar[str] = "plan_exists"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The employee already has an open plan for this year"
    sentence: ClassVar[str] = "SKP tahun {year} sudah ada. Ubah SKP itu, atau ajukan perubahan bila sudah berlaku."


class YearAlreadyClosed(AppError):
    code: ClassVar[str] = "plan_year_closed"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The annual evaluation of this year is already final"
    sentence: ClassVar[str] = "Evaluasi tahunan {year} sudah final, jadi SKP tahun itu tidak dapat dibuat lagi."


class PlanMoveRefused(AppError):
    code: ClassVar[str] = "plan_move_refused"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The plan is not in a state that allows this"
    sentence: ClassVar[str] = (
        "SKP berstatus {state}, jadi langkah {move} tidak dapat dilakukan. Yang mungkin: {allowed}."
    )


class PlanWithoutAppraiser(AppError):
    code: ClassVar[str] = "plan_without_appraiser"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "Nobody is recorded as this employee's appraiser"
    sentence: ClassVar[str] = (
        "Pejabat penilai untuk SKP ini belum tercatat. Minta pengelola kepegawaian menetapkan atasan; "
        "SKP tetap tersimpan sebagai rancangan."
    )


class PlanNeverActive(AppError):
    code: ClassVar[str] = "plan_not_active"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The plan has not been activated"
    sentence: ClassVar[str] = "SKP berstatus {state} dan belum pernah ditetapkan. Tetapkan SKP lebih dahulu."


class PlanClosed(AppError):
    code: ClassVar[str] = "plan_closed"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The plan is closed"
    sentence: ClassVar[str] = "SKP ini sudah ditutup, jadi tidak dapat ditambah atau diubah."


class RatingWindowClosed(AppError):
    code: ClassVar[str] = "rating_window_closed"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The period cannot be rated today"
    sentence: ClassVar[str] = (
        "Penilaian periode {period} hanya dapat dilakukan dari {opens_on} sampai {closes_on}; hari ini {today}. "
        "Pengelola kinerja dapat memperpanjang masa penilaian."
    )


class EvaluationExists(AppError):
    code: ClassVar[str] = "evaluation_exists"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "This period has been evaluated with other ratings"
    sentence: ClassVar[str] = (
        "Evaluasi periode {period} sudah ada dengan penilaian lain (id {evaluation_id}). "
        "Ubah usulan itu, atau minta koreksi bila sudah final."
    )


class EvaluationMoveRefused(AppError):
    code: ClassVar[str] = "evaluation_move_refused"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The evaluation is not in a state that allows this"
    sentence: ClassVar[str] = "Evaluasi berstatus {state}, jadi langkah {move} tidak dapat dilakukan."


class DistributionBroken(AppError):
    code: ClassVar[str] = "distribution_broken"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The unit's predicates do not fit its organisation predicate"
    sentence: ClassVar[str] = (
        "Sebaran predikat unit tidak sesuai pola untuk predikat organisasi {org_predicate}. "
        "Sesuaikan penilaian, atau minta pimpinan unit di atasnya mencatat pengecualian dengan alasan."
    )


class UnitWithoutPredicate(AppError):
    code: ClassVar[str] = "unit_without_predicate"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The unit has no organisation predicate for this period"
    sentence: ClassVar[str] = "Predikat kinerja organisasi unit untuk {period} belum ditetapkan. Tetapkan lebih dahulu."


class ReceiptMissing(AppError):
    code: ClassVar[str] = "evaluation_not_received"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The evaluation has not been received yet"
    sentence: ClassVar[str] = "Nyatakan terima dokumen evaluasi lebih dahulu, baru setujui atau ajukan keberatan."


class ObjectionTooLate(AppError):
    code: ClassVar[str] = "objection_too_late"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The window to object has passed"
    sentence: ClassVar[str] = "Batas waktu keberatan berakhir pada {until}. Evaluasi dianggap diterima."


class ObjectionAlreadyDecided(AppError):
    code: ClassVar[str] = "objection_already_decided"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The objection has been decided"
    sentence: ClassVar[str] = "Keberatan ini sudah diputus, dan keputusan itu final."


class ObjectionNeedsDecider(AppError):
    code: ClassVar[str] = "objection_needs_decider"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "Nobody is appointed to decide this objection"
    sentence: ClassVar[str] = "Belum ada pejabat pemutus keberatan ini. Pengelola kinerja perlu menunjuk pejabatnya."


class DeciderNotAllowed(AppError):
    code: ClassVar[str] = "objection_decider_not_allowed"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "This person may not decide the objection"
    sentence: ClassVar[str] = (
        "Keberatan tidak boleh diputus oleh pegawai itu sendiri atau pejabat yang menilainya. Tunjuk pejabat lain."
    )


class FollowUpClosed(AppError):
    code: ClassVar[str] = "follow_up_closed"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The follow-up is closed"
    sentence: ClassVar[str] = "Tindak lanjut ini sudah ditutup. Buka tindak lanjut baru lewat evaluasi berikutnya."


class FeedbackAnswered(AppError):
    code: ClassVar[str] = "feedback_already_answered"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The feedback has been answered"
    sentence: ClassVar[str] = "Umpan balik ini sudah dijawab, dan jawaban tidak dapat diganti."


class PlanMissing(AppError):
    code: ClassVar[str] = "plan_missing"
    kind: ClassVar[Kind] = Kind.CONFLICT
    title: ClassVar[str] = "The employee has no open plan for this year"
    sentence: ClassVar[str] = "Pegawai {employee_id} belum mempunyai SKP {year} yang terbuka, jadi belum dapat dinilai."
