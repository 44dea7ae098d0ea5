"""The errors of training, each with a stable code and an Indonesian sentence for people."""

from chassis.errors import Conflict


class NeedAlreadyOpen(Conflict):
    code = "need_already_open"
    title = "A live need for this competency exists"
    sentence = "Kebutuhan untuk kompetensi {competency_code} sudah ada. Lanjutkan yang ada."


class NeedClosed(Conflict):
    code = "need_closed"
    title = "The need cannot make this move"
    sentence = "Kebutuhan berstatus {state} tidak dapat diubah menjadi {target}."


class CompetencyExists(Conflict):
    code = "competency_exists"
    title = "The competency code is taken"
    sentence = "Kode kompetensi {code} sudah dipakai. Ubah kompetensi itu, atau pilih kode lain."


class CourseExists(Conflict):
    code = "course_exists"
    title = "The course code is taken"
    sentence = "Kode pelatihan {code} sudah dipakai. Ubah pelatihan itu, atau pilih kode lain."


class CourseClosed(Conflict):
    code = "course_closed"
    title = "The course is no longer offered"
    sentence = "Pelatihan {code} sudah tidak ditawarkan. Pilih pelatihan lain."


class SessionClosed(Conflict):
    code = "session_closed"
    title = "The session was cancelled"
    sentence = "Sesi ini sudah dibatalkan. Pilih sesi lain."


class SessionHasBegun(Conflict):
    code = "session_has_begun"
    title = "The session has begun"
    sentence = "Sesi dimulai {starts_on}, jadi ini tidak dapat dilakukan lagi. Hubungi pengelola kepegawaian."


class SessionNotBegun(Conflict):
    code = "session_not_begun"
    title = "The session has not begun"
    sentence = "Sesi baru dimulai {starts_on}. Kehadiran dan sertifikat dicatat sesudah itu."


class EnrolmentWindowClosed(Conflict):
    code = "enrolment_window_closed"
    title = "Enrolment is not open"
    sentence = "Pendaftaran dibuka {opens_on} sampai {closes_on}. Pilih sesi lain atau hubungi pengelola kepegawaian."


class AlreadyEnrolled(Conflict):
    code = "already_enrolled"
    title = "Already enrolled"
    sentence = "Pegawai ini sudah terdaftar pada sesi ini ({state})."


class EmployeeNotAvailable(Conflict):
    code = "employee_not_available"
    title = "The employee cannot take part now"
    sentence = "Pegawai berstatus {status} tidak dapat didaftarkan."


class EnrolmentClosed(Conflict):
    code = "enrolment_closed"
    title = "The enrolment cannot be cancelled"
    sentence = "Pendaftaran berstatus {state} tidak dapat dibatalkan."


class SeatsBelowTaken(Conflict):
    code = "seats_below_taken"
    title = "Fewer seats than people"
    sentence = "Sudah {taken} peserta mendapat kursi; jumlah kursi tidak dapat menjadi {seats}."


class NotEnrolled(Conflict):
    code = "not_enrolled"
    title = "No seat in this session"
    sentence = "Pegawai ini tidak mempunyai kursi pada sesi ini."


class AttendanceInsufficient(Conflict):
    code = "attendance_insufficient"
    title = "Not enough attendance for a certificate"
    sentence = "Hadir {present} dari {held} hari yang dicatat; syarat sertifikat {minimum}% kehadiran."


class DuplicateCertificate(Conflict):
    code = "duplicate_certificate"
    title = "The certificate is already on record"
    sentence = "Sertifikat nomor {number} dari {provider} sudah tercatat untuk pegawai ini."


class RecordClosed(Conflict):
    code = "record_closed"
    title = "The record cannot make this move"
    sentence = "Catatan berstatus {state} tidak dapat diubah menjadi {target}."


class SessionEndsLater(Conflict):
    code = "session_ends_later"
    title = "The session has not ended"
    sentence = "Sesi berakhir {ends_on}. Sertifikat diterbitkan sesudah sesi selesai."


class PlanExists(Conflict):
    code = "idp_exists"
    title = "The year has a plan"
    sentence = "Rencana pengembangan tahun {year} sudah ada. Ubah atau revisi rencana itu."


class PlanNotEditable(Conflict):
    code = "idp_not_editable"
    title = "The plan cannot be edited now"
    sentence = "Rencana berstatus {state} tidak dapat diubah. Buat revisi bila sudah disepakati."


class PlanWrongState(Conflict):
    code = "idp_wrong_state"
    title = "The plan cannot make this move"
    sentence = "Rencana berstatus {state} tidak dapat menjadi {target}."


class PlanEmpty(Conflict):
    code = "idp_empty"
    title = "The plan has no items"
    sentence = "Rencana belum berisi kegiatan. Tambahkan sedikitnya satu kegiatan sebelum diajukan."


class NoCopyFree(Conflict):
    code = "no_copy_free"
    title = "No copy is free"
    sentence = "Semua eksemplar sedang dipinjam atau dipesan. Pesan dahulu untuk mendapat giliran."


class CopyFree(Conflict):
    code = "copy_free"
    title = "A copy is free"
    sentence = "Ada eksemplar yang dapat langsung dipinjam; tidak perlu memesan."


class AlreadyBorrowed(Conflict):
    code = "already_borrowed"
    title = "Already borrowed or held"
    sentence = "Pegawai ini sudah meminjam atau memesan bahan ini."


class LoanClosed(Conflict):
    code = "loan_closed"
    title = "The loan is closed"
    sentence = "Peminjaman ini sudah dikembalikan pada {returned_on}."


class LoanNotRenewable(Conflict):
    code = "loan_not_renewable"
    title = "The loan cannot be renewed"
    sentence = "Peminjaman tidak dapat diperpanjang: {reason}."


class HoldClosed(Conflict):
    code = "hold_closed"
    title = "The hold is closed"
    sentence = "Pesanan berstatus {state} tidak dapat dibatalkan."


class CopiesBelowLent(Conflict):
    code = "copies_below_lent"
    title = "Fewer copies than are out"
    sentence = "Sedang {out} eksemplar dipinjam atau dipesan; jumlah eksemplar tidak dapat menjadi {copies}."


class ReferenceItemExists(Conflict):
    code = "reference_item_exists"
    title = "The item's code is taken"
    sentence = "Kode bahan pustaka {code} sudah dipakai. Ubah bahan itu, atau pilih kode lain."
