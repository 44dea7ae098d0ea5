"""What can go wrong in training, each with a code that stays and a sentence that helps."""

from chassis.errors import AppError, Kind


class NeedAlreadyOpen(AppError):
    code = "need_already_open"
    kind = Kind.CONFLICT
    title = "A live need for this competency exists"
    sentence = "Kebutuhan untuk kompetensi {competency_code} sudah ada ({need_id}). Lanjutkan yang ada."


class NeedClosed(AppError):
    code = "need_closed"
    kind = Kind.CONFLICT
    title = "The need cannot make this move"
    sentence = "Kebutuhan berstatus {state} tidak dapat diubah menjadi {target}."


class CompetencyExists(AppError):
    code = "competency_exists"
    kind = Kind.CONFLICT
    title = "The competency code is taken"
    sentence = "Kode kompetensi {code} sudah dipakai. Ubah kompetensi itu, atau pilih kode lain."


class CourseExists(AppError):
    code = "course_exists"
    kind = Kind.CONFLICT
    title = "The course code is taken"
    sentence = "Kode pelatihan {code} sudah dipakai. Ubah pelatihan itu, atau pilih kode lain."


class CourseClosed(AppError):
    code = "course_closed"
    kind = Kind.CONFLICT
    title = "The course is no longer offered"
    sentence = "Pelatihan {code} sudah tidak ditawarkan. Pilih pelatihan lain."


class SessionClosed(AppError):
    code = "session_closed"
    kind = Kind.CONFLICT
    title = "The session was cancelled"
    sentence = "Sesi ini sudah dibatalkan. Pilih sesi lain."


class SessionHasBegun(AppError):
    code = "session_has_begun"
    kind = Kind.CONFLICT
    title = "The session has begun"
    sentence = "Sesi dimulai {starts_on}, jadi ini tidak dapat dilakukan lagi. Hubungi pengelola kepegawaian."


class SessionNotBegun(AppError):
    code = "session_not_begun"
    kind = Kind.CONFLICT
    title = "The session has not begun"
    sentence = "Sesi baru dimulai {starts_on}. Kehadiran dan sertifikat dicatat sesudah itu."


class EnrolmentWindowClosed(AppError):
    code = "enrolment_window_closed"
    kind = Kind.CONFLICT
    title = "Enrolment is not open"
    sentence = "Pendaftaran dibuka {opens_on} sampai {closes_on}. Pilih sesi lain atau hubungi pengelola kepegawaian."


class AlreadyEnrolled(AppError):
    code = "already_enrolled"
    kind = Kind.CONFLICT
    title = "Already enrolled"
    sentence = "Pegawai ini sudah terdaftar pada sesi ini ({state})."


class EmployeeNotAvailable(AppError):
    code = "employee_not_available"
    kind = Kind.CONFLICT
    title = "The employee cannot take part now"
    sentence = "Pegawai berstatus {status} tidak dapat didaftarkan."


class EnrolmentClosed(AppError):
    code = "enrolment_closed"
    kind = Kind.CONFLICT
    title = "The enrolment cannot be cancelled"
    sentence = "Pendaftaran berstatus {state} tidak dapat dibatalkan."


class SeatsBelowTaken(AppError):
    code = "seats_below_taken"
    kind = Kind.CONFLICT
    title = "Fewer seats than people"
    sentence = "Sudah {taken} peserta mendapat kursi; jumlah kursi tidak dapat menjadi {seats}."


class NotEnrolled(AppError):
    code = "not_enrolled"
    kind = Kind.CONFLICT
    title = "No seat in this session"
    sentence = "Pegawai ini tidak mempunyai kursi pada sesi ini."


class AttendanceInsufficient(AppError):
    code = "attendance_insufficient"
    kind = Kind.CONFLICT
    title = "Not enough attendance for a certificate"
    sentence = "Hadir {present} dari {held} hari yang dicatat; syarat sertifikat {minimum}% kehadiran."


class DuplicateCertificate(AppError):
    code = "duplicate_certificate"
    kind = Kind.CONFLICT
    title = "The certificate is already on record"
    sentence = "Sertifikat nomor {number} dari {provider} sudah tercatat untuk pegawai ini."


class RecordClosed(AppError):
    code = "record_closed"
    kind = Kind.CONFLICT
    title = "The record cannot make this move"
    sentence = "Catatan berstatus {state} tidak dapat diubah menjadi {target}."


class SessionEndsLater(AppError):
    code = "session_ends_later"
    kind = Kind.CONFLICT
    title = "The session has not ended"
    sentence = "Sesi berakhir {ends_on}. Sertifikat diterbitkan sesudah sesi selesai."


class PlanExists(AppError):
    code = "idp_exists"
    kind = Kind.CONFLICT
    title = "The year has a plan"
    sentence = "Rencana pengembangan tahun {year} sudah ada ({plan_id}). Ubah atau revisi rencana itu."


class PlanNotEditable(AppError):
    code = "idp_not_editable"
    kind = Kind.CONFLICT
    title = "The plan cannot be edited now"
    sentence = "Rencana berstatus {state} tidak dapat diubah. Buat revisi bila sudah disepakati."


class PlanWrongState(AppError):
    code = "idp_wrong_state"
    kind = Kind.CONFLICT
    title = "The plan cannot make this move"
    sentence = "Rencana berstatus {state} tidak dapat menjadi {target}."


class PlanEmpty(AppError):
    code = "idp_empty"
    kind = Kind.CONFLICT
    title = "The plan has no items"
    sentence = "Rencana belum berisi kegiatan. Tambahkan sedikitnya satu kegiatan sebelum diajukan."


class NoCopyFree(AppError):
    code = "no_copy_free"
    kind = Kind.CONFLICT
    title = "No copy is free"
    sentence = "Semua eksemplar sedang dipinjam atau dipesan. Pesan dahulu untuk mendapat giliran."


class CopyFree(AppError):
    code = "copy_free"
    kind = Kind.CONFLICT
    title = "A copy is free"
    sentence = "Ada eksemplar yang dapat langsung dipinjam; tidak perlu memesan."


class AlreadyBorrowed(AppError):
    code = "already_borrowed"
    kind = Kind.CONFLICT
    title = "Already borrowed or held"
    sentence = "Pegawai ini sudah meminjam atau memesan bahan ini."


class LoanClosed(AppError):
    code = "loan_closed"
    kind = Kind.CONFLICT
    title = "The loan is closed"
    sentence = "Peminjaman ini sudah dikembalikan pada {returned_on}."


class LoanNotRenewable(AppError):
    code = "loan_not_renewable"
    kind = Kind.CONFLICT
    title = "The loan cannot be renewed"
    sentence = "Peminjaman tidak dapat diperpanjang: {reason}."


class HoldClosed(AppError):
    code = "hold_closed"
    kind = Kind.CONFLICT
    title = "The hold is closed"
    sentence = "Pesanan berstatus {state} tidak dapat dibatalkan."


class CopiesBelowLent(AppError):
    code = "copies_below_lent"
    kind = Kind.CONFLICT
    title = "Fewer copies than are out"
    sentence = "Sedang {out} eksemplar dipinjam atau dipesan; jumlah eksemplar tidak dapat menjadi {copies}."


class ReferenceItemExists(AppError):
    code = "reference_item_exists"
    kind = Kind.CONFLICT
    title = "The item's code is taken"
    sentence = "Kode bahan pustaka {code} sudah dipakai. Ubah bahan itu, atau pilih kode lain."
