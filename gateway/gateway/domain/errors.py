"""The errors of identity.

AppError
├── CredentialsRefused         401  wrong username or password; never says which
├── ClientCredentialsRefused   401  wrong API client or secret
├── SecondFactorNeeded         401  right password, but no good code of the second factor
├── SessionRefused             401  the session or token is unknown, ended or too old
├── OriginRefused              403  a browser's change that does not come from our own page
├── AccountDisabled            403  right password, but the account is disabled
├── AccountEnded               403  right password, but service or term is over, or has yet to begin
├── LinkFixed                  403  whose account it is, is changed by an operator only
├── AccountProtected           403  this account holds a role that the caller may not grant
├── RoleNotGrantable           403  the caller may not grant this role
├── OwnRolesFixed              403  nobody changes their own roles, employee, unit or state
├── OwnCodeRefused             403  who is signed in changes the password with the old one
├── SecondPersonNeeded         403  neither who asked for the code nor whose account it is
├── SignInThrottled            429  too many failures; wait
├── OneTimeCodeRefused         422  unknown, used or expired code
├── PasswordRefused            422  the new password breaks the policy
├── EmployeeHasAccount         409  the employee already has an account
├── OfficialHasAccount         409  the official already has an account
├── SecondFactorNotBegun       409  nothing to confirm
├── AccountClosed              409  closed for good
├── CodeForEndedAccount        409  no code for an account whose service or term is over
├── AgencyNeeded               409  right password at more than one agency; which of them?
└── ClientRevoked              409  the API client is revoked
"""

from chassis.errors import AppError, Conflict, Forbidden, InvalidInput, Kind, Unauthenticated


class CredentialsRefused(Unauthenticated):
    code = "credentials_refused"
    title = "Username or password is wrong"
    sentence = (
        "Nama pengguna atau kata sandi salah, atau akun belum diaktifkan. "
        "Periksa penulisannya, atau minta kode baru kepada pengelola kepegawaian."
    )


class ClientCredentialsRefused(Unauthenticated):
    code = "client_credentials_refused"
    title = "Client id or secret is wrong"
    sentence = "Pengenal atau rahasia klien API salah, atau klien sudah dicabut."


class SecondFactorNeeded(Unauthenticated):
    code = "second_factor_needed"
    title = "The second factor is missing, wrong or used"
    sentence = (
        "Akun ini memakai faktor kedua. Kirim juga one_time_code: kode 6 angka terbaru dari aplikasi autentikator, "
        "atau satu kode pemulihan yang belum dipakai."
    )


class SessionRefused(Unauthenticated):
    code = "session_refused"
    title = "The session or token is not valid"
    sentence = "Sesi atau token Anda tidak berlaku lagi. Silakan masuk kembali."


class OriginRefused(Forbidden):
    code = "origin_refused"
    title = "The request does not come from our own page"
    sentence = "Permintaan ini tidak berasal dari halaman Suar. Muat ulang halaman, lalu ulangi."


class AccountDisabled(Forbidden):
    code = "account_disabled"
    title = "The account is disabled"
    sentence = "Akun ini dinonaktifkan. Hubungi pengelola kepegawaian instansi Anda."


class AccountEnded(Forbidden):
    code = "account_ended"
    title = "The person is not in service or in office"
    sentence = (
        "Akun ini tidak berlaku: pemiliknya tidak (lagi) bertugas di instansi ini, dan masa baca catatannya berakhir. "
        "Bila ini keliru, hubungi pengelola kepegawaian instansi Anda."
    )


class LinkFixed(Forbidden):
    code = "link_fixed"
    title = "Whose account it is, is changed by an operator only"
    sentence = (
        "Kaitan akun dengan pegawai hanya ditetapkan saat akun dibuat. "
        "Penetapan dan perubahan sesudahnya dilakukan oleh operator sistem; mintalah kepadanya."
    )


class AccountProtected(Forbidden):
    code = "account_protected"
    title = "The account holds a role that the caller may not grant"
    sentence = "Akun ini memegang peran {roles}, jadi hanya dapat dikelola oleh {managers}. Mintalah kepadanya."


class RoleNotGrantable(Forbidden):
    code = "role_not_grantable"
    title = "The role cannot be granted by this caller"
    sentence = "Peran {role} hanya dapat diberikan dan dicabut oleh {managers}. Mintalah kepadanya."


class OwnRolesFixed(Forbidden):
    code = "own_roles_fixed"
    title = "Nobody changes their own rights"
    sentence = "Peran, kaitan pegawai, unit, dan status akun sendiri tidak dapat diubah. Mintalah pejabat lain."


class OwnCodeRefused(Forbidden):
    code = "own_code_refused"
    title = "A signed-in person changes the password with the old one"
    sentence = "Untuk akun sendiri, ganti kata sandi dengan kata sandi lama."


class SecondPersonNeeded(Forbidden):
    code = "second_person_needed"
    title = "Somebody else must agree"
    sentence = (
        "Kode ini disetujui oleh orang kedua yang akunnya terkait dengan pegawai: "
        "bukan peminta kode dan bukan pemilik akun. Mintalah pejabat lain."
    )


class SignInThrottled(AppError):
    code = "sign_in_throttled"
    kind = Kind.RATE_LIMITED
    title = "Too many failed attempts"
    sentence = "Terlalu banyak percobaan yang gagal. Coba lagi setelah {seconds} detik."


class OneTimeCodeRefused(InvalidInput):
    code = "one_time_code_refused"
    title = "The code is unknown, used or expired"
    sentence = "Kode salah, sudah dipakai, atau kedaluwarsa. Mintalah kode baru kepada pengelola kepegawaian."


class PasswordRefused(InvalidInput):
    code = "password_refused"
    title = "The password breaks the policy"
    sentence = "Kata sandi belum memenuhi ketentuan. Perbaiki sesuai keterangan, lalu kirim lagi."


class EmployeeHasAccount(Conflict):
    code = "employee_has_account"
    title = "The employee already has an account"
    sentence = "Pegawai ini sudah mempunyai akun di instansi ini."


class OfficialHasAccount(Conflict):
    code = "official_has_account"
    title = "The official already has an account"
    sentence = "Pejabat ini sudah mempunyai akun di instansi ini."


class SecondFactorNotBegun(Conflict):
    code = "second_factor_not_begun"
    title = "There is no second factor to confirm"
    sentence = "Belum ada faktor kedua yang menunggu. Mulailah dengan POST /second-factor, lalu kirim kode pertamanya."


class AccountClosed(Conflict):
    code = "account_closed"
    title = "The account is closed for good"
    sentence = "Akun ini sudah ditutup dan tidak dapat diubah. Buatlah akun baru."


class CodeForEndedAccount(Conflict):
    code = "code_for_ended_account"
    title = "No code is made for an account whose service or term is over"
    sentence = (
        "Kode tidak dibuat: pemilik akun ini tidak lagi bertugas di instansi ini, dan masa baca catatannya berakhir. "
        "Bila ini keliru, perbaiki dahulu riwayat kepegawaian atau masa jabatannya; akunnya akan terbuka sendiri."
    )


class AgencyNeeded(Conflict):
    code = "agency_needed"
    title = "The name and the password fit at more than one agency"
    sentence = (
        "Anda terdaftar dengan kata sandi ini di lebih dari satu instansi: {agencies}. Pilih instansi yang dituju."
    )


class ClientRevoked(Conflict):
    code = "client_revoked"
    title = "The client is revoked"
    sentence = "Klien API ini sudah dicabut. Daftarkan klien baru."
