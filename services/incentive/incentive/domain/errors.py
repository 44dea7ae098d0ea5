"""What may be wrong with a request about pay, credit points, eligibility or honours."""

from chassis.errors import AppError, Kind


class PolicyIsPublished(AppError):
    code = "allowance_policy_is_published"
    kind = Kind.CONFLICT
    title = "A published policy version is never edited"
    sentence = (
        "Kebijakan tukin versi {version} sudah terbit dan tidak dapat diubah. Buat versi baru untuk mengubah aturan."
    )


class NoPolicyForMonth(AppError):
    code = "allowance_policy_missing"
    kind = Kind.CONFLICT
    title = "No published policy covers the month"
    sentence = (
        "Belum ada kebijakan tukin terbit yang berlaku pada {month}. Terbitkan kebijakan untuk bulan itu lebih dahulu."
    )


class NoClassAmounts(AppError):
    code = "allowance_class_amounts_missing"
    kind = Kind.CONFLICT
    title = "No job-class amounts hold in the month"
    sentence = "Belum ada besaran tukin per kelas jabatan yang berlaku pada {month}. Impor besaran lebih dahulu."


class ClassAmountMissing(AppError):
    code = "allowance_class_amount_missing"
    kind = Kind.CONFLICT
    title = "The job class has no amount"
    sentence = "Kelas jabatan {job_class} tidak memiliki besaran yang berlaku pada {month}. Lengkapi tabel besaran."


class RunNotCalculated(AppError):
    code = "allowance_run_not_calculated"
    kind = Kind.CONFLICT
    title = "The run is not in the state that this step needs"
    sentence = "Perhitungan tukin {month} berstatus {status}; langkah ini hanya dapat dilakukan pada status {needed}."


class RunStillWorking(AppError):
    code = "allowance_run_still_working"
    kind = Kind.CONFLICT
    title = "The run is still being calculated"
    sentence = "Perhitungan tukin {month} masih berjalan. Tunggu sampai selesai, lalu ulangi."


class SecondPersonNeeded(AppError):
    code = "allowance_second_person_needed"
    kind = Kind.FORBIDDEN
    title = "Whoever ran the calculation may not approve it"
    sentence = "Perhitungan ini Anda jalankan sendiri; persetujuannya harus diberikan pengelola kepegawaian yang lain."


class PolicyNeedsSecondPerson(AppError):
    code = "allowance_policy_second_person_needed"
    kind = Kind.FORBIDDEN
    title = "Whoever wrote a policy without a second approver may not publish it"
    sentence = (
        "Kebijakan yang Anda tulis ini meniadakan persetujuan orang kedua (second_person_approves = false); "
        "penerbitannya harus dilakukan pengelola kepegawaian yang lain."
    )


class MonthNotReached(AppError):
    code = "allowance_month_not_reached"
    kind = Kind.INVALID
    title = "The month lies in the future"
    sentence = "Bulan {month} belum tiba; tukin dihitung paling cepat untuk bulan berjalan {current}."


class DirectoryUnavailable(AppError):
    code = "incentive_directory_unavailable"
    kind = Kind.UNAVAILABLE
    title = "The directory of employees does not answer"
    sentence = (
        "Layanan kepegawaian sedang tidak menjawab sehingga NIP tidak dapat dicocokkan. Coba lagi beberapa saat lagi."
    )


class PenaltyAlreadyRevoked(AppError):
    code = "discipline_penalty_already_revoked"
    kind = Kind.CONFLICT
    title = "The penalty is revoked already"
    sentence = "Hukuman disiplin ini sudah dicabut sebelumnya."


class NoCreditLevel(AppError):
    code = "credit_level_missing"
    kind = Kind.CONFLICT
    title = "The employee holds no functional position"
    sentence = "Pegawai ini tidak menduduki jabatan fungsional pada {when}, sehingga angka kredit tidak berlaku."


class NoFinalPredicate(AppError):
    code = "credit_predicate_missing"
    kind = Kind.CONFLICT
    title = "No final predicate for the period"
    sentence = "Predikat final {period} belum ada, sehingga angka kredit periode itu belum dapat dikonversi."


class YearAlreadyBooked(AppError):
    code = "credit_year_already_booked"
    kind = Kind.CONFLICT
    title = "The annual credit of the year is booked already"
    sentence = (
        "Angka kredit tahunan {year} sudah dibukukan; angka kredit periodik di tahun itu tidak dapat ditambah lagi."
    )


class PeriodAlreadyBooked(AppError):
    code = "credit_period_already_booked"
    kind = Kind.CONFLICT
    title = "The period is booked already"
    sentence = "Angka kredit periodik {period} sudah dibukukan."


class CreditNotUsable(AppError):
    code = "credit_entry_not_usable"
    kind = Kind.CONFLICT
    title = "Some entries cannot be used in a decision"
    sentence = (
        "Butir angka kredit {entries} tidak dapat ditetapkan: sudah dipakai, sudah diganti, atau milik pegawai lain."
    )


class DecisionNumberTaken(AppError):
    code = "incentive_decision_number_taken"
    kind = Kind.CONFLICT
    title = "The decision number is in use"
    sentence = "Nomor keputusan {number} sudah dipakai. Gunakan nomor lain."


class AwardAlreadyDecided(AppError):
    code = "award_already_decided"
    kind = Kind.CONFLICT
    title = "The nomination is decided already"
    sentence = "Usulan penghargaan ini sudah diputuskan ({state})."


class AwardEvidenceMissing(AppError):
    code = "award_evidence_missing"
    kind = Kind.INVALID
    title = "The evidence is not a final evaluation of this employee"
    sentence = "Evaluasi {evaluation_id} bukan evaluasi final pegawai ini. Rujuk evaluasi yang sudah final."


class AwardEvidenceTooWeak(AppError):
    code = "award_evidence_too_weak"
    kind = Kind.INVALID
    title = "The predicate is below what the award asks for"
    sentence = "Predikat {predicate} belum memenuhi syarat penghargaan ini (paling rendah {needed})."


class RunPolicyReplaced(AppError):
    code = "allowance_run_policy_replaced"
    kind = Kind.CONFLICT
    title = "Another policy version holds by now"
    sentence = (
        "Perhitungan tukin {month} memakai kebijakan versi {used}, sedangkan yang kini berlaku untuk bulan itu "
        "versi {current}. Hitung ulang, lalu setujui."
    )


class RunHasProblems(AppError):
    code = "allowance_run_has_problems"
    kind = Kind.CONFLICT
    title = "Some people could not be calculated"
    sentence = (
        "Perhitungan tukin {month} menyisakan {count} masalah (lihat pekerjaan {job_id}). "
        "Lengkapi datanya, hitung ulang, lalu setujui."
    )
