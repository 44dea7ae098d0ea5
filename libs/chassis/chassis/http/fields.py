"""Fields of request schemas that all services share, each with its limits and its message in Indonesian."""

from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

import marshmallow as ma

Check = Callable[[Any], Any]
LONGEST_TEXT = 4000
LONGEST_LINK = 2000
LARGEST_NUMBER = Decimal(10) ** 15
MOST_PLACES = 6


class _OptionalText(ma.fields.String):
    """Spaces alone say nothing, so that no rule which asks for a reason or a number takes them for one."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **options: Any) -> Any:
        found = super()._deserialize(value, attr, data, **options)
        return found if found is None or found.strip() else ""


def text(longest: int = LONGEST_TEXT, **options: Any) -> ma.fields.String:
    """Text of at least one character that is not a space; required unless `load_default` is given."""
    options.setdefault("required", "load_default" not in options)
    checks: list[Check] = [ma.validate.Length(1, longest), _not_blank]
    return ma.fields.String(validate=checks, **options)


def optional_text(longest: int = LONGEST_TEXT, **options: Any) -> ma.fields.String:
    """Text that may be left out, empty or of spaces only; loaded as an empty text then."""
    return _OptionalText(load_default="", validate=ma.validate.Length(0, longest), **options)


def code(pattern: str, **options: Any) -> ma.fields.String:
    """Text of one pattern; required unless `load_default` is given."""
    options.setdefault("required", "load_default" not in options)
    return ma.fields.String(validate=ma.validate.Regexp(pattern), **options)


def choice(kind: type[Enum], **options: Any) -> ma.fields.Enum[Any]:
    """One of an enumeration's values, loaded as its member; required unless `load_default` is given."""
    options.setdefault("required", "load_default" not in options)
    return ma.fields.Enum(kind, by_value=ma.fields.String, **options)


def optional_choice(kind: type[Enum], **options: Any) -> ma.fields.Enum[Any]:
    """One of an enumeration's values, or null, or nothing."""
    return choice(kind, load_default=None, allow_none=True, **options)


def web_link(**options: Any) -> ma.fields.String:
    """A whole http:// or https:// address."""
    checks: list[Check] = [ma.validate.Length(1, LONGEST_LINK), _web_link]
    metadata = {"description": "http:// or https://", **options.pop("metadata", {})}
    return ma.fields.String(validate=checks, metadata=metadata, **options)


def decimal_number(**options: Any) -> ma.fields.Decimal:
    """A number up to 10^15 with at most six places, as JSON text (keeps its decimals) or JSON number."""
    metadata = {"type": ["string", "number"], "description": "decimal number", **options.pop("metadata", {})}
    return ma.fields.Decimal(validate=_figure, metadata=metadata, **options)


def _not_blank(value: str) -> None:
    if not value.strip():
        raise ma.ValidationError("Tidak boleh hanya spasi.")


def _web_link(value: str) -> None:
    try:
        parts = urlsplit(value)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or any(character.isspace() for character in value):
        raise ma.ValidationError("Isi dengan tautan http:// atau https:// yang lengkap.")


def _figure(value: Decimal) -> None:
    exponent = value.as_tuple().exponent
    if abs(value) > LARGEST_NUMBER or not isinstance(exponent, int) or exponent < -MOST_PLACES:
        raise ma.ValidationError("Isi dengan angka paling besar 10^15, dengan paling banyak 6 desimal.")
