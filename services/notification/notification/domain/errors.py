"""The errors of messages, grants and subscriptions: by kind of refusal, with a sentence for people."""

from chassis.errors import AppError, Conflict, Forbidden, Kind, RuleViolation


class GrantMissing(Forbidden):
    code = "subscription_grant_missing"
    title = "No grant covers this"
    sentence = (
        "Belum ada izin aktif untuk saluran {channel} bagi klien ini. "
        "Mintalah pengelola kepegawaian instansi pemilik data memberikan izin."
    )


class TypesNotGranted(RuleViolation):
    code = "subscription_types_not_granted"
    title = "Event types outside the grant"
    sentence = "Jenis peristiwa berikut tidak tercakup dalam izin: {types}. Hapus jenis itu atau mintalah izin baru."


class EventTypeDeprecated(RuleViolation):
    code = "event_type_deprecated"
    title = "The event type is deprecated and takes no new subscriber"
    sentence = "Jenis peristiwa {types} dihentikan mulai {sunset}; langganan baru ditolak. Pakai {successors}."


class EventTypeRetired(RuleViolation):
    code = "event_type_retired"
    title = "The event type is not published any more"
    sentence = "Jenis peristiwa {types} sudah tidak diterbitkan. Pakai {successors}, dengan izin baru bila perlu."


class StartBeforeGrant(RuleViolation):
    code = "subscription_start_before_grant"
    title = "Start lies before the grant's first day"
    sentence = "Izin hanya mencakup data sejak {data_from}. Pilih tanggal mulai pada atau sesudah tanggal itu."


class UrlNotAllowed(RuleViolation):
    code = "subscription_url_not_allowed"
    title = "The address may not be called"
    sentence = "Alamat penerima tidak dapat dipakai: {why}."


class UrlTaken(Conflict):
    code = "subscription_url_taken"
    title = "The client already has a subscription at this address"
    sentence = "Klien ini sudah memiliki langganan di alamat tersebut. Ubah langganan yang ada, atau pakai alamat lain."


class SubscriptionStateConflict(Conflict):
    code = "subscription_state_conflict"
    title = "Not possible in the subscription's present state"
    sentence = "Langganan berstatus {state}; tindakan ini hanya dapat dilakukan saat berstatus {expected}."


class GrantRevoked(Conflict):
    code = "grant_already_revoked"
    title = "The grant was revoked"
    sentence = "Izin ini sudah dicabut. Buat izin baru bila akses masih diperlukan."


class TopicMandatory(RuleViolation):
    code = "notice_topic_mandatory"
    title = "The topic cannot be turned off in the inbox"
    sentence = (
        "Pemberitahuan {label} wajib disampaikan ({legal_source}) sehingga tidak dapat dimatikan di kotak masuk. "
        "E-mail untuk topik ini boleh dimatikan."
    )


class DeliveryStateConflict(Conflict):
    code = "delivery_state_conflict"
    title = "Not possible in the delivery's present state"
    sentence = "Pengiriman berstatus {state}; hanya pengiriman berstatus {expected} yang dapat dikirim ulang."


class PingTooSoon(AppError):
    code = "subscription_ping_too_soon"
    kind = Kind.RATE_LIMITED
    title = "The endpoint was tested a moment ago"
    sentence = "Uji coba baru saja dikirim. Tunggu beberapa detik, lalu coba lagi."
