"""Fields that several schemas share, and pages."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

import marshmallow as ma

from chassis.errors import FieldError, InvalidInput
from chassis.http import Schema, decode_cursor, encode_cursor, page
from incentive.domain.months import parse_month

T = TypeVar("T")
MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
CODE = r"^[A-Z][A-Z0-9_]{0,39}$"
NUMBER = r"^[0-9]{1,4}(\.[0-9]{1,6})?$"
SIX = 6
YEARS = ma.validate.Range(2000, 2099)
MOST_RUPIAH = 1_000_000_000


class Month(ma.fields.String):
    """A month such as 2026-07; loaded as its first day, dumped as it comes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            validate=ma.validate.Regexp(MONTH, error="Tulis bulan sebagai TTTT-BB, misalnya 2026-07."), **options
        )

    def deserialize(self, value: Any, *rest: Any, **options: Any) -> Any:
        text = super().deserialize(value, *rest, **options)
        return parse_month(text) if isinstance(text, str) else text


class Day(ma.fields.Date):
    """A date in this century; anything else is a slip of the pen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=_of_this_century, **options)


def _of_this_century(value: date) -> None:
    if not date(2000, 1, 1) <= value <= date(2099, 12, 31):
        raise ma.ValidationError("Tanggal antara 2000-01-01 dan 2099-12-31.")


def words(longest: int = 300, **options: Any) -> ma.fields.String:
    """Text that says something; required unless options tell otherwise."""
    shortest = 0 if options.get("load_default") == "" else 1
    options.setdefault("required", "load_default" not in options)
    return ma.fields.String(validate=ma.validate.Length(shortest, longest), **options)


class Number(ma.fields.Decimal):
    """A decimal number written as text, so that nothing is lost on the way."""

    def __init__(self, high: int, **options: Any) -> None:
        options.setdefault("required", "load_default" not in options)
        told = {"type": "string", "pattern": NUMBER, **options.pop("metadata", {})}
        super().__init__(as_string=True, validate=between(high), metadata=told, **options)


class Figure(ma.fields.Decimal):
    """A decimal number in an answer, as text."""

    def __init__(self, **options: Any) -> None:
        told = {"type": ["string", "null"] if options.get("allow_none") else "string", **options.pop("metadata", {})}
        super().__init__(as_string=True, required=True, metadata=told, **options)


def between(high: int) -> Callable[[Decimal], None]:
    """A validator: 0 to `high`, at most six places."""

    def check(value: Decimal) -> None:
        if not 0 <= value <= high or int(value.as_tuple().exponent) < -SIX:
            raise ma.ValidationError(f"Angka 0 sampai {high}, paling banyak enam angka di belakang titik.")

    return check


def at_most(entries: int) -> Callable[[dict[str, Any]], None]:
    """A validator of how many entries a mapping holds."""

    def check(value: dict[str, Any]) -> None:
        if len(value) > entries:
            raise ma.ValidationError(f"Paling banyak {entries} butir.")

    return check


def share(**options: Any) -> Number:
    """A share from 0 to 1."""
    return Number(1, **options)


def percent(**options: Any) -> Number:
    return Number(100, **options)


def points(**options: Any) -> Number:
    """Credit points with three places."""
    return Number(9999, places=3, **options)


def choice(words_: type[Any], **options: Any) -> ma.fields.Enum[Any]:
    options.setdefault("required", "load_default" not in options)
    return ma.fields.Enum(words_, by_value=True, **options)


class PersonQuery(Schema):
    employee_id = ma.fields.UUID(required=True)


class PersonYearQuery(PersonQuery):
    year = ma.fields.Integer(required=True, validate=YEARS)


def position(args: dict[str, Any], read: Callable[[dict[str, Any]], T]) -> T | None:
    """Read where a page starts; raises InvalidInput for a cursor of another list."""
    told = decode_cursor(args["cursor"])
    if told is None:
        return None
    try:
        return read(told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        fault = FieldError("cursor", "cursor_invalid", args["cursor"], "nilai next_cursor dari halaman sebelumnya")
        raise InvalidInput(errors=[fault]) from error


def by_id(told: dict[str, Any]) -> str:
    return str(UUID(told["id"]))


def one_page(found: Sequence[T], limit: int, cursor_of: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
    """Make a page out of up to limit + 1 things."""
    shown = found[:limit]
    return page(shown, encode_cursor(cursor_of(shown[-1])) if len(found) > limit else None)
