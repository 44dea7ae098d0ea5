"""marshmallow's messages in Indonesian, for they are shown to people as what would be right."""

import marshmallow as ma

_FIELDS: dict[type[ma.fields.Field], dict[str, str]] = {  # type: ignore[type-arg]
    ma.fields.Field: {
        "required": "Wajib diisi.",
        "null": "Tidak boleh kosong.",
        "validator_failed": "Nilai tidak sah.",
    },
    ma.fields.String: {"invalid": "Isi dengan teks.", "invalid_utf8": "Isi dengan teks UTF-8."},
    ma.fields.UUID: {"invalid_uuid": "Isi dengan UUID yang sah."},
    ma.fields.Number: {"invalid": "Isi dengan angka.", "too_large": "Angka terlalu besar."},
    ma.fields.Integer: {"invalid": "Isi dengan bilangan bulat."},
    ma.fields.Decimal: {"special": "Angka khusus (NaN, tak hingga) tidak diterima."},
    ma.fields.Boolean: {"invalid": "Isi dengan true atau false."},
    ma.fields.DateTime: {
        "invalid": "Isi dengan {obj_type} ISO 8601, misalnya 2026-01-31.",
        "invalid_awareness": "Sertakan zona waktu, misalnya 2026-01-31T08:00:00+07:00.",
    },
    ma.fields.Date: {"invalid": "Isi dengan tanggal, misalnya 2026-01-31."},
    ma.fields.Time: {"invalid": "Isi dengan jam, misalnya 07:30."},
    ma.fields.List: {"invalid": "Isi dengan daftar."},
    ma.fields.Nested: {"type": "Isi dengan objek."},
    ma.fields.Mapping: {"invalid": "Isi dengan objek."},
    ma.fields.Url: {"invalid": "Isi dengan alamat URL yang sah."},
    ma.fields.Email: {"invalid": "Isi dengan alamat surel yang sah."},
    ma.fields.Enum: {"unknown": "Isi dengan salah satu dari: {choices}."},
}


def speak_indonesian() -> None:
    """Replace marshmallow's default messages; called where the base schema is declared."""
    for field, messages in _FIELDS.items():
        field.default_error_messages = {**field.default_error_messages, **messages}
    ma.validate.Range.message_min = "Harus {min_op} {{min}}."
    ma.validate.Range.message_max = "Harus {max_op} {{max}}."
    ma.validate.Range.message_all = "Harus {min_op} {{min}} dan {max_op} {{max}}."
    ma.validate.Range.message_gte = "paling kecil"
    ma.validate.Range.message_gt = "lebih dari"
    ma.validate.Range.message_lte = "paling besar"
    ma.validate.Range.message_lt = "kurang dari"
    ma.validate.Length.message_min = "Panjang paling sedikit {min}."
    ma.validate.Length.message_max = "Panjang paling banyak {max}."
    ma.validate.Length.message_all = "Panjang antara {min} dan {max}."
    ma.validate.Length.message_equal = "Panjang harus {equal}."
    ma.validate.OneOf.default_message = "Isi dengan salah satu dari: {choices}."
    ma.validate.Regexp.default_message = "Bentuknya harus sesuai pola {regex}."
    ma.Schema.error_messages = {"unknown": "Isian ini tidak dikenal.", "type": "Isi dengan objek JSON."}
