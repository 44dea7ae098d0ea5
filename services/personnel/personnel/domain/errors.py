"""What can be wrong in this service.

AppError
├── AgencyNotRegistered        409  the operator has not entered the agency yet
├── AgencyExists               409
├── UnitCodeTaken              409
├── UnitCircle                 422
├── UnitHasMembers             409  a unit with active people or units below it is not closed
├── SuperiorCircle             422
├── SuperiorUnknown            422
├── IdentifierTaken            409
├── IdentifierRefused          422
├── NothingChanged             409
├── CorrectionAlreadyResolved  409
└── ImportRunning              409

Why a file is refused as a whole is said by `chassis.tables.errors`.
"""

from chassis.errors import AppError, Kind


class AgencyNotRegistered(AppError):
    code = "agency_not_registered"
    kind = Kind.CONFLICT
    title = "The agency is not registered"
    sentence = "Instansi {agency} belum didaftarkan. Minta operator mendaftarkannya lebih dahulu."


class AgencyExists(AppError):
    code = "agency_exists"
    kind = Kind.CONFLICT
    title = "The agency is registered already"
    sentence = "Instansi {agency} sudah terdaftar. Ubah datanya dengan PATCH, atau pilih pengenal lain."


class UnitCodeTaken(AppError):
    code = "unit_code_taken"
    kind = Kind.CONFLICT
    title = "Another unit has this code"
    sentence = "Kode unit {unit_code} sudah dipakai unit lain. Pilih kode yang belum dipakai."


class UnitCircle(AppError):
    code = "unit_circle"
    kind = Kind.INVALID
    title = "A unit would stand below itself"
    sentence = "Unit induk yang dipilih berada di bawah unit ini sendiri. Pilih induk di luar cabang ini."


class UnitHasMembers(AppError):
    code = "unit_has_members"
    kind = Kind.CONFLICT
    title = "The unit still has people or units"
    sentence = (
        "Unit ini masih memiliki {people} pegawai dan {units} unit di bawahnya. Pindahkan dahulu, lalu nonaktifkan."
    )


class SuperiorCircle(AppError):
    code = "superior_circle"
    kind = Kind.INVALID
    title = "Somebody would become his own superior"
    sentence = "Atasan yang dipilih berada di bawah pegawai ini sendiri. Pilih atasan di luar garis bawahannya."


class SuperiorUnknown(AppError):
    code = "superior_unknown"
    kind = Kind.INVALID
    title = "The superior is unknown in this agency"
    sentence = "Atasan tidak ditemukan di instansi ini. Pilih pegawai aktif instansi Anda."


class IdentifierTaken(AppError):
    code = "identifier_taken"
    kind = Kind.CONFLICT
    title = "Another person has this number"
    sentence = "Nomor ini sudah tercatat pada pegawai lain. Periksa NIP pada surat keputusannya."


class IdentifierRefused(AppError):
    code = "identifier_refused"
    kind = Kind.INVALID
    title = "The number breaks the rules of NIP"
    sentence = "Nomor ini tidak mengikuti aturan NIP. Periksa lagi pada surat keputusannya."


class NothingChanged(AppError):
    code = "personnel_nothing_changed"
    kind = Kind.CONFLICT
    title = "The data are as requested already"
    sentence = "Tidak ada yang berubah: data yang dikirim sama dengan data yang berlaku."


class CorrectionAlreadyResolved(AppError):
    code = "correction_already_resolved"
    kind = Kind.CONFLICT
    title = "The correction request has been answered"
    sentence = "Permintaan perbaikan ini sudah dijawab. Ajukan permintaan baru bila masih ada yang keliru."


class ImportRunning(AppError):
    code = "import_running"
    kind = Kind.CONFLICT
    title = "Another import of this agency is under way"
    sentence = "Impor lain sedang berjalan (pekerjaan {job_id}). Tunggu sampai selesai, lalu unggah lagi."
