"""Fields that several schemas share, with the limits that hold for all of them."""

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

import marshmallow as ma

Check = Callable[[Any], Any]
TEXT = 4000
LARGEST = Decimal(10) ** 15


def _not_blank(value: str) -> None:
    if not value.strip():
        raise ma.ValidationError("Tidak boleh hanya spasi.")


def _web_link(value: str) -> None:
    try:
        parts = urlsplit(value)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or any(c.isspace() for c in value):
        raise ma.ValidationError("Isi dengan tautan http:// atau https:// yang lengkap.")


def words(*, required: bool = True, longest: int = TEXT, **options: Any) -> ma.fields.String:
    checks: list[Check] = [ma.validate.Length(1, longest), _not_blank]
    return ma.fields.String(required=required, validate=checks, **options)


def optional_words(longest: int = TEXT) -> ma.fields.String:
    return ma.fields.String(load_default="", validate=ma.validate.Length(0, longest))


def _figure(value: Decimal) -> None:
    exponent = value.as_tuple().exponent
    if abs(value) > LARGEST or not isinstance(exponent, int) or exponent < -6:  # noqa: PLR2004
        raise ma.ValidationError("Isi dengan angka paling besar 10^15, dengan paling banyak 6 desimal.")


def figure() -> ma.fields.Decimal:
    """A number as people count it; JSON text keeps its decimals."""
    note = {"type": ["string", "number"], "description": "decimal number, text or JSON number"}
    return ma.fields.Decimal(load_default=None, allow_none=True, validate=_figure, metadata=note)


def word_of(kind: type[StrEnum], *, required: bool = True, **options: Any) -> ma.fields.String:
    members = [member.value for member in kind]
    return ma.fields.String(required=required, validate=ma.validate.OneOf(members), **options)


def link(*, required: bool = False) -> ma.fields.String:
    options: dict[str, Any] = {} if required else {"load_default": None, "allow_none": True}
    checks: list[Check] = [ma.validate.Length(1, 2000), _web_link]
    note = {"description": "http:// or https://"}
    return ma.fields.String(required=required, validate=checks, metadata=note, **options)


def year(*, required: bool = True, **options: Any) -> ma.fields.Integer:
    return ma.fields.Integer(required=required, strict=True, validate=ma.validate.Range(2000, 2100), **options)


def query_year(*, required: bool = False) -> ma.fields.Integer:
    options: dict[str, Any] = {} if required else {"load_default": None}
    return ma.fields.Integer(required=required, validate=ma.validate.Range(2000, 2100), **options)


def query_quarter() -> ma.fields.Integer:
    return ma.fields.Integer(load_default=None, validate=ma.validate.Range(1, 4))


def quarter(*, required: bool = True, **options: Any) -> ma.fields.Integer:
    return ma.fields.Integer(required=required, strict=True, validate=ma.validate.Range(1, 4), **options)


def competency_codes() -> ma.fields.List[Any]:
    code = ma.fields.String(validate=ma.validate.Regexp("^[a-z0-9_]{1,60}\\Z"))
    return ma.fields.List(code, load_default=list, validate=ma.validate.Length(0, 20))


def opt(field: type[ma.fields.Field[Any]]) -> ma.fields.Field[Any]:
    return field(required=True, allow_none=True)


def req(field: type[ma.fields.Field[Any]]) -> ma.fields.Field[Any]:
    return field(required=True)


def nested(schema: type[ma.Schema], **options: Any) -> ma.fields.Nested:
    return ma.fields.Nested(schema, required=True, **options)


def listed(schema: type[ma.Schema]) -> ma.fields.List[Any]:
    return ma.fields.List(ma.fields.Nested(schema), required=True)


def counts() -> ma.fields.Dict:
    return ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.Integer(), required=True, allow_none=True)
