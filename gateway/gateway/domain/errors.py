"""What can go wrong at the door.

AppError
├── CredentialsRefused      401  wrong username or password; never says which
├── ClientCredentialsRefused 401 wrong API client or secret
├── SessionRefused          401  the session or token is unknown, ended or too old
├── OriginRefused           403  a browser's change that does not come from our own page
├── AccountDisabled         403  right password, but the account is closed for now
├── AccountProtected        403  this account holds a role that the caller may not grant
├── RoleNotGrantable        403  the caller may not hand out this role
├── OwnRolesFixed           403  nobody changes their own roles, employee, unit or state
├── OwnCodeRefused          403  who is signed in changes the password with the old one
├── SignInThrottled         429  too many failures; wait
├── OneTimeCodeRefused      422  unknown, used or expired code
├── PasswordRefused         422  the new password breaks the policy
├── EmployeeHasAccount      409  the employee already has an account
└── AccountClosed           409  closed for good
"""

from chassis.errors import AppError, Kind


class CredentialsRefused(AppError):
    code = "credentials_refused"
    kind = Kind.UNAUTHENTICATED
    title = "Username or password is wrong"
    sentence = (
        "Nama pengguna atau kata sandi salah, atau akun belum diaktifkan. "
        "Periksa penulisannya, atau minta kode baru kepada pengelola kepegawaian."
    )


class ClientCredentialsRefused(AppError):
    code = "client_credentials_refused"
    kind = Kind.UNAUTHENTICATED
    title = "Client id or secret is wrong"
    sentence = "Pengenal atau rahasia klien API salah, atau klien sudah dicabut."


class SessionRefused(AppError):
    code = "session_refused"
    kind = Kind.UNAUTHENTICATED
    title = "The session or token is not valid"
    sentence = "Sesi atau token Anda tidak berlaku lagi. Silakan masuk kembali."


class OriginRefused(AppError):
    code = "origin_refused"
    kind = Kind.FORBIDDEN
    title = "The request does not come from our own page"
    sentence = "Permintaan ini tidak berasal dari halaman Suar. Muat ulang halaman, lalu ulangi."


class AccountDisabled(AppError):
    code = "account_disabled"
    kind = Kind.FORBIDDEN
    title = "The account is disabled"
    sentence = "Akun ini dinonaktifkan. Hubungi pengelola kepegawaian instansi Anda."


class AccountProtected(AppError):
    code = "account_protected"
    kind = Kind.FORBIDDEN
    title = "The account holds a role that the caller may not grant"
    sentence = "Akun ini memegang peran {roles}, jadi hanya dapat dikelola oleh {managers}. Mintalah kepadanya."


class RoleNotGrantable(AppError):
    code = "role_not_grantable"
    kind = Kind.FORBIDDEN
    title = "The role cannot be granted by this caller"
    sentence = "Peran {role} hanya dapat diberikan dan dicabut oleh {managers}. Mintalah kepadanya."


class OwnRolesFixed(AppError):
    code = "own_roles_fixed"
    kind = Kind.FORBIDDEN
    title = "Nobody changes their own rights"
    sentence = "Peran, kaitan pegawai, unit, dan status akun sendiri tidak dapat diubah. Mintalah pejabat lain."


class OwnCodeRefused(AppError):
    code = "own_code_refused"
    kind = Kind.FORBIDDEN
    title = "A signed-in person changes the password with the old one"
    sentence = "Untuk akun sendiri, ganti kata sandi dengan kata sandi lama."


class SignInThrottled(AppError):
    code = "sign_in_throttled"
    kind = Kind.RATE_LIMITED
    title = "Too many failed attempts"
    sentence = "Terlalu banyak percobaan yang gagal. Coba lagi setelah {seconds} detik."


class OneTimeCodeRefused(AppError):
    code = "one_time_code_refused"
    kind = Kind.INVALID
    title = "The code is unknown, used or expired"
    sentence = "Kode salah, sudah dipakai, atau kedaluwarsa. Mintalah kode baru kepada pengelola kepegawaian."


class PasswordRefused(AppError):
    code = "password_refused"
    kind = Kind.INVALID
    title = "The password breaks the policy"
    sentence = "Kata sandi belum memenuhi ketentuan. Perbaiki sesuai keterangan, lalu kirim lagi."


class EmployeeHasAccount(AppError):
    code = "employee_has_account"
    kind = Kind.CONFLICT
    title = "The employee already has an account"
    sentence = "Pegawai ini sudah mempunyai akun di instansi ini."


class AccountClosed(AppError):
    code = "account_closed"
    kind = Kind.CONFLICT
    title = "The account is closed for good"
    sentence = "Akun ini sudah ditutup dan tidak dapat diubah. Buatlah akun baru."
