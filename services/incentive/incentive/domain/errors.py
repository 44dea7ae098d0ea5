"""What may be wrong with a request about pay, credit points, eligibility or honours."""

from chassis.errors import Conflict, RuleViolation, Unavailable


class PolicyIsPublished(Conflict):
    code = "allowance_policy_is_published"
    title = "A published policy version is never edited"
    sentence = (
        "Kebijakan tukin versi {version} sudah terbit dan tidak dapat diubah. Buat versi baru untuk mengubah aturan."
    )


class NoPolicyForMonth(Conflict):
    code = "allowance_policy_missing"
    title = "No published policy covers the month"
    sentence = (
        "Belum ada kebijakan tukin terbit yang berlaku pada {month}. Terbitkan kebijakan untuk bulan itu lebih dahulu."
    )


class NoClassAmounts(Conflict):
    code = "allowance_class_amounts_missing"
    title = "No job-class amounts hold in the month"
    sentence = "Belum ada besaran tukin per kelas jabatan yang berlaku pada {month}. Impor besaran lebih dahulu."


class ClassAmountMissing(Conflict):
    code = "allowance_class_amount_missing"
    title = "The job class has no amount"
    sentence = "Kelas jabatan {job_class} tidak memiliki besaran yang berlaku pada {month}. Lengkapi tabel besaran."


class StudyLevelMissing(Conflict):
    code = "allowance_study_level_missing"
    title = "The level of somebody's study leave is not entered"
    sentence = (
        "Seorang pegawai sedang tugas belajar pada {month}, tetapi jenjang studinya belum dimasukkan. "
        "Masukkan keadaan STUDY_LEAVE lebih dahulu."
    )


class RunNotCalculated(Conflict):
    code = "allowance_run_not_calculated"
    title = "The run is not in the state that this step needs"
    sentence = "Perhitungan tukin {month} berstatus {status}; langkah ini hanya dapat dilakukan pada status {needed}."


class RunStillCalculating(Conflict):
    code = "allowance_run_still_working"
    title = "The run is still being calculated"
    sentence = "Perhitungan tukin {month} masih berjalan. Tunggu sampai selesai, lalu ulangi."


class MonthNotReached(RuleViolation):
    code = "allowance_month_not_reached"
    title = "The month lies in the future"
    sentence = "Bulan {month} belum tiba; tukin dihitung paling cepat untuk bulan berjalan {current}."


class DirectoryUnavailable(Unavailable):
    code = "incentive_directory_unavailable"
    title = "The directory of employees does not answer"
    sentence = (
        "Layanan kepegawaian sedang tidak menjawab sehingga NIP tidak dapat dicocokkan. Coba lagi beberapa saat lagi."
    )


class PenaltyAlreadyRevoked(Conflict):
    code = "discipline_penalty_already_revoked"
    title = "The penalty is revoked already"
    sentence = "Hukuman disiplin ini sudah dicabut sebelumnya."


class NoCreditLevel(Conflict):
    code = "credit_level_missing"
    title = "The employee holds no functional position"
    sentence = "Pegawai ini tidak menduduki jabatan fungsional pada {when}, sehingga angka kredit tidak berlaku."


class NoFinalPredicate(Conflict):
    code = "credit_predicate_missing"
    title = "No final predicate for the period"
    sentence = "Predikat final {period} belum ada, sehingga angka kredit periode itu belum dapat dikonversi."


class YearAlreadyBooked(Conflict):
    code = "credit_year_already_booked"
    title = "The annual credit of the year is booked already"
    sentence = (
        "Angka kredit tahunan {year} sudah dibukukan; angka kredit periodik di tahun itu tidak dapat ditambah lagi."
    )


class PeriodAlreadyBooked(Conflict):
    code = "credit_period_already_booked"
    title = "The period is booked already"
    sentence = "Angka kredit periodik {period} sudah dibukukan."


class CreditNotUsable(Conflict):
    code = "credit_entry_not_usable"
    title = "Some entries cannot be used in a decision"
    sentence = (
        "Sebagian butir angka kredit tidak dapat ditetapkan: sudah dipakai, sudah diganti, atau milik pegawai lain."
    )


class DecisionNumberTaken(Conflict):
    code = "incentive_decision_number_taken"
    title = "The decision number is in use"
    sentence = "Nomor keputusan {number} sudah dipakai. Gunakan nomor lain."


class AwardAlreadyDecided(Conflict):
    code = "award_already_decided"
    title = "The nomination is decided already"
    sentence = "Usulan penghargaan ini sudah diputuskan ({state})."


class AwardEvidenceMissing(RuleViolation):
    code = "award_evidence_missing"
    title = "The evidence is not a final evaluation of this employee"
    sentence = "Evaluasi yang dirujuk bukan evaluasi final pegawai ini. Rujuk evaluasi yang sudah final."


class AwardEvidenceTooWeak(RuleViolation):
    code = "award_evidence_too_weak"
    title = "The predicate is below what the award asks for"
    sentence = "Predikat {predicate} belum memenuhi syarat penghargaan ini (paling rendah {needed})."


class AwardEvidenceOfOtherPeriod(RuleViolation):
    code = "award_evidence_of_other_period"
    title = "The evaluation is not one of the award's own year"
    sentence = "Evaluasi {period} bukan bukti untuk penghargaan tahun {year}. Rujuk evaluasi final tahun {needed}."


class AwardMedalNotDeserved(RuleViolation):
    code = "award_medal_not_deserved"
    title = "The conditions of the service medal are not met"
    sentence = (
        "Syarat Satyalancana Karya Satya {years} tahun belum terpenuhi ({missing}). Lihat temuan kelayakan pegawai ini."
    )


class AwardGivenAlready(Conflict):
    code = "award_given_already"
    title = "The person has the award, or a nomination for it, already"
    sentence = "Pegawai ini sudah diusulkan atau sudah menerima penghargaan {kind} untuk {period}."


class AwardNotGranted(Conflict):
    code = "award_not_granted"
    title = "Only an award that is granted can be revoked"
    sentence = "Penghargaan ini berstatus {state}; yang dapat dicabut hanya penghargaan yang sudah diberikan (GRANTED)."


class RunPolicyReplaced(Conflict):
    code = "allowance_run_policy_replaced"
    title = "Another policy version holds by now"
    sentence = (
        "Perhitungan tukin {month} memakai kebijakan versi {used}, sedangkan yang kini berlaku untuk bulan itu "
        "versi {current}. Hitung ulang, lalu setujui."
    )


class RunHasProblems(Conflict):
    code = "allowance_run_has_problems"
    title = "Some people could not be calculated"
    sentence = (
        "Perhitungan tukin {month} menyisakan {count} masalah, yang terdaftar pada pekerjaannya. "
        "Lengkapi datanya, hitung ulang, lalu setujui."
    )


class ClaimIsRepaid(Conflict):
    code = "claim_is_repaid"
    title = "The claim is repaid"
    sentence = "Tagihan ini sudah lunas; tidak ada lagi yang dapat direncanakan atau dibayar."


class ClaimOverpaid(RuleViolation):
    code = "claim_overpaid"
    title = "More than what is outstanding"
    sentence = "Pembayaran {amount} melebihi sisa tagihan {outstanding}."
