"""marshmallow's messages in Indonesian: people see them as what would be right.

They are set on the fields and validators of our own schemas when these are bound; the library's classes are unchanged.
"""

import copy
from collections.abc import Iterator
from typing import Any

import marshmallow as ma
from marshmallow import validate

Field = ma.fields.Field[Any]

SCHEMA_MESSAGES = {"unknown": "Isian ini tidak dikenal.", "type": "Isi dengan objek JSON."}
_FIELD_MESSAGES: dict[type[Field], dict[str, str]] = {
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
# Validators with one message in `error`, by the message that the library puts there.
_VALIDATOR_MESSAGES = {
    validate.OneOf.default_message: "Isi dengan salah satu dari: {choices}.",
    validate.Regexp.default_message: "Bentuknya harus sesuai pola {regex}.",
    validate.URL.default_message: _FIELD_MESSAGES[ma.fields.Url]["invalid"],
    validate.Email.default_message: _FIELD_MESSAGES[ma.fields.Email]["invalid"],
}


def translate(field: Field) -> None:
    """Replace the library's default messages of a bound field, of the fields inside it and of their validators."""
    for one in _with_inner(field):
        defaults = _by_class(type(one), lambda cls: getattr(cls, "default_error_messages", {}))
        ours = _by_class(type(one), lambda cls: _FIELD_MESSAGES.get(cls, {}))
        one.error_messages = {
            key: ours.get(key, message) if message == defaults.get(key) else message
            for key, message in one.error_messages.items()
        }
        one.validators = [_translated(validator) for validator in one.validators]


def _with_inner(field: Field) -> Iterator[Field]:
    yield field
    match field:
        case ma.fields.List():
            yield from _with_inner(field.inner)
        case ma.fields.Tuple():
            for inner in field.tuple_fields:
                yield from _with_inner(inner)
        case ma.fields.Mapping():
            for part in (field.key_field, field.value_field):
                if part is not None:
                    yield from _with_inner(part)


def _by_class(kind: type, messages_of: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for cls in reversed(kind.__mro__):
        found.update(messages_of(cls))
    return found


def _translated(validator: Any) -> Any:
    """Return a copy with our messages: the validator itself belongs to the declaration, which others may share."""
    made = copy.copy(validator)
    match made:
        case validate.Range(error=None):
            least = "paling kecil {min}" if made.min_inclusive else "lebih dari {min}"
            most = "paling besar {max}" if made.max_inclusive else "kurang dari {max}"
            made.message_min, made.message_max = f"Harus {least}.", f"Harus {most}."
            made.message_all = f"Harus {least} dan {most}."
        case validate.Length(error=None):
            made.message_min = "Panjang paling sedikit {min}."
            made.message_max = "Panjang paling banyak {max}."
            made.message_all = "Panjang antara {min} dan {max}."
            made.message_equal = "Panjang harus {equal}."
        case validate.OneOf() | validate.Regexp() | validate.URL() | validate.Email():
            made.error = _VALIDATOR_MESSAGES.get(made.error, made.error)
    return made
