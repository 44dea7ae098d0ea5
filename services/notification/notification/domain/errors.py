"""What can go wrong in this service, one line a kind."""

from chassis.errors import AppError, Kind


class GrantMissing(AppError):
    code = "subscription_grant_missing"
    kind = Kind.FORBIDDEN
    title = "No grant covers this"
    sentence = (
        "Belum ada izin aktif untuk saluran {channel} bagi klien ini. "
        "Mintalah pengelola kepegawaian instansi pemilik data memberikan izin."
    )


class TypesNotGranted(AppError):
    code = "subscription_types_not_granted"
    kind = Kind.INVALID
    title = "Event types outside the grant"
    sentence = "Jenis peristiwa berikut tidak tercakup dalam izin: {types}. Hapus jenis itu atau mintalah izin baru."


class StartBeforeGrant(AppError):
    code = "subscription_start_before_grant"
    kind = Kind.INVALID
    title = "Start lies before the grant's first day"
    sentence = "Izin hanya mencakup data sejak {data_from}. Pilih tanggal mulai pada atau sesudah tanggal itu."


class UrlNotAllowed(AppError):
    code = "subscription_url_not_allowed"
    kind = Kind.INVALID
    title = "The address may not be called"
    sentence = "Alamat penerima tidak dapat dipakai: {why}."


class UrlTaken(AppError):
    code = "subscription_url_taken"
    kind = Kind.CONFLICT
    title = "The client already has a subscription at this address"
    sentence = "Klien ini sudah memiliki langganan di alamat tersebut. Ubah langganan yang ada, atau pakai alamat lain."


class SubscriptionStateConflict(AppError):
    code = "subscription_state_conflict"
    kind = Kind.CONFLICT
    title = "Not possible in the subscription's present state"
    sentence = "Langganan berstatus {state}; tindakan ini hanya dapat dilakukan saat berstatus {expected}."


class GrantRevoked(AppError):
    code = "grant_already_revoked"
    kind = Kind.CONFLICT
    title = "The grant was revoked"
    sentence = "Izin ini sudah dicabut. Buat izin baru bila akses masih diperlukan."


class TopicMandatory(AppError):
    code = "notice_topic_mandatory"
    kind = Kind.INVALID
    title = "The topic cannot be turned off in the inbox"
    sentence = (
        "Pemberitahuan {label} wajib disampaikan ({legal_source}) sehingga tidak dapat dimatikan di kotak masuk. "
        "E-mail untuk topik ini boleh dimatikan."
    )


class DeliveryStateConflict(AppError):
    code = "delivery_state_conflict"
    kind = Kind.CONFLICT
    title = "Not possible in the delivery's present state"
    sentence = "Pengiriman berstatus {state}; hanya pengiriman berstatus {expected} yang dapat dikirim ulang."


class CursorUnknown(AppError):
    code = "feed_cursor_unknown"
    kind = Kind.INVALID
    title = "The feed cursor cannot be read"
    sentence = "Penanda posisi (after) tidak dikenali. Gunakan nilai next_cursor dari jawaban sebelumnya apa adanya."


class PingTooSoon(AppError):
    code = "subscription_ping_too_soon"
    kind = Kind.RATE_LIMITED
    title = "The endpoint was tested a moment ago"
    sentence = "Uji coba baru saja dikirim. Tunggu beberapa detik, lalu coba lagi."
