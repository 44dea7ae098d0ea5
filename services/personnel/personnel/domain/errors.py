"""What can be wrong in this service.

AppError
├── AgencyNotRegistered        409  the operator has not entered the agency yet
├── AgencyExists               409
├── UnitCodeTaken              409
├── UnitCycle                 422
├── UnitHasMembers             409  a unit with active people or units below it is not closed
├── UnitMergerRefused          409  `errors` name what hinders it
├── UnitRecordWithdrawn        409
├── UnitRecordNeeded           409  without this record the unit would have no name
├── SubstitutionOverlaps       409
├── SubstitutionWithdrawn      409
├── SubstituteNotInService     422
├── OwnAppraisal               422  nobody appraises themselves
├── SuperiorCycle             422
├── SuperiorUnknown            422
├── IdentifierTaken            409
├── IdentifierRefused          422
├── NothingChanged             409
├── RecordNeeded               409  everybody has a position, a status, an employment type and a grade
├── RecordWithdrawn            409
├── PersonNamedTwice           422  in one list of people
├── CorrectionAlreadyResolved  409
└── ImportRunning              409

Errors of whole files are in `spreadsheets.errors`.
"""

from chassis.errors import Conflict, RuleViolation


class AgencyNotRegistered(Conflict):
    code = "agency_not_registered"
    title = "The agency is not registered"
    sentence = "Instansi {agency} belum didaftarkan. Minta operator mendaftarkannya lebih dahulu."


class AgencyExists(Conflict):
    code = "agency_exists"
    title = "The agency is registered already"
    sentence = "Instansi {agency} sudah terdaftar. Ubah datanya dengan PATCH, atau pilih pengenal lain."


class UnitCodeTaken(Conflict):
    code = "unit_code_taken"
    title = "Another unit has this code"
    sentence = "Kode unit {unit_code} sudah dipakai unit lain. Pilih kode yang belum dipakai."


class UnitCycle(RuleViolation):
    code = "unit_cycle"
    title = "A unit would stand below itself"
    sentence = "Unit induk yang dipilih berada di bawah unit ini sendiri. Pilih induk di luar cabang ini."


class UnitHasMembers(Conflict):
    code = "unit_has_members"
    title = "The unit still has people or units"
    sentence = (
        "Mulai {day}, unit ini masih memiliki {people} pegawai dan {units} unit di bawahnya. Pindahkan dahulu, atau "
        "gabungkan unit ini ke unit lain."
    )


class UnitMergerRefused(Conflict):
    code = "unit_merger_refused"
    title = "Something hinders the merger of these units"
    sentence = "Kedua unit ini belum dapat digabungkan. Perbaiki hal yang disebut, lalu ajukan lagi."


class UnitRecordWithdrawn(Conflict):
    code = "unit_record_withdrawn"
    title = "The record has been withdrawn already"
    sentence = "Catatan ini sudah dicabut. Muat ulang, lalu periksa lagi."


class UnitRecordNeeded(Conflict):
    code = "unit_record_needed"
    title = "A unit keeps at least one record of its name"
    sentence = "Catatan ini satu-satunya nama unit. Catat nama yang benar dahulu, lalu cabut catatan ini."


class SubstitutionOverlaps(Conflict):
    code = "substitution_overlaps"
    title = "Another substitution of this kind holds on some of these days"
    sentence = (
        "Sudah ada penggantian sejenis untuk pejabat ini sejak {first_day} (surat {order}). Akhiri dahulu, atau pilih "
        "hari lain."
    )


class SubstitutionWithdrawn(Conflict):
    code = "substitution_withdrawn"
    title = "The substitution has been withdrawn"
    sentence = "Penggantian ini sudah dicabut. Catat penggantian baru bila diperlukan."


class SubstituteNotInService(RuleViolation):
    code = "substitute_not_in_service"
    title = "The substitute is not in service on these days"
    sentence = "Pengganti tidak aktif bertugas pada {day}. Pilih pegawai yang aktif, atau hari lain."


class OwnAppraisal(RuleViolation):
    code = "own_appraisal"
    title = "The substitute would appraise themselves"
    sentence = (
        "Pengganti akan menilai dirinya sendiri, karena termasuk pegawai yang dinilai pejabat ini. Sebut pegawai lain "
        "di employee_ids, atau beri cakupan tanpa APPRAISE."
    )


class SuperiorCycle(RuleViolation):
    code = "superior_cycle"
    title = "Somebody would become their own superior"
    sentence = (
        "Atasan yang dipilih berada di bawah pegawai ini sendiri pada {day} ({people}). Pilih atasan di luar garis "
        "bawahannya pada hari itu."
    )


class SuperiorUnknown(RuleViolation):
    code = "superior_unknown"
    title = "The superior is unknown in this agency"
    sentence = "Atasan tidak ditemukan di instansi ini. Pilih pegawai aktif instansi Anda."


class IdentifierTaken(Conflict):
    code = "identifier_taken"
    title = "Another person has this number"
    sentence = "Nomor ini sudah tercatat pada pegawai lain. Periksa NIP pada surat keputusannya."


class IdentifierRefused(RuleViolation):
    code = "identifier_refused"
    title = "The number breaks the rules of NIP"
    sentence = "Nomor ini tidak mengikuti aturan NIP. Periksa lagi pada surat keputusannya."


class NothingChanged(Conflict):
    code = "personnel_nothing_changed"
    title = "The data are as requested already"
    sentence = "Tidak ada yang berubah: data yang dikirim sama dengan data yang berlaku."


class RecordNeeded(Conflict):
    code = "record_needed"
    title = "Nothing would be left of this series of records"
    sentence = "Catatan {series} ini satu-satunya yang berlaku. Catat dahulu yang benar, lalu batalkan yang salah."


class RecordWithdrawn(Conflict):
    code = "record_withdrawn"
    title = "The record has been withdrawn"
    sentence = "Catatan ini sudah dibatalkan. Muat ulang riwayatnya."


class PersonNamedTwice(RuleViolation):
    code = "person_named_twice"
    title = "The list names this person before"
    sentence = "Pegawai ini sudah disebut sebelumnya dalam daftar yang sama; sisakan satu baris."


class CorrectionAlreadyResolved(Conflict):
    code = "correction_already_resolved"
    title = "The correction request has been answered"
    sentence = "Permintaan perbaikan ini sudah dijawab. Ajukan permintaan baru bila masih ada yang keliru."


class ImportRunning(Conflict):
    code = "import_running"
    title = "Another import of this agency is under way"
    sentence = "Impor lain sedang berjalan. Tunggu sampai selesai, lalu unggah lagi."
