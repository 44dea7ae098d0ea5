"""Fields of request schemas that are this service's own: months, days of this century, shares and percentages."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import marshmallow as ma

from chassis.http import Schema
from incentive.domain.class_amount import HIGHEST_CLASS, LOWEST_CLASS
from incentive.domain.months import parse_month

MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
CODE = r"^[A-Z][A-Z0-9_]{0,39}$"
NUMBER = r"^[0-9]{1,4}(\.[0-9]{1,6})?$"
MOST_PLACES = 6
YEARS = ma.validate.Range(2000, 2099)
JOB_CLASSES = ma.validate.Range(LOWEST_CLASS, HIGHEST_CLASS)
COUNTS = ma.validate.Range(0, 999)


class Month(ma.fields.String):
    """A month such as 2026-07; loaded as its first day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            validate=ma.validate.Regexp(MONTH, error="Tulis bulan sebagai TTTT-BB, misalnya 2026-07."), **options
        )

    def deserialize(self, value: Any, *rest: Any, **options: Any) -> Any:
        text = super().deserialize(value, *rest, **options)
        return parse_month(text) if isinstance(text, str) else text


class Day(ma.fields.Date):
    """A date in this century."""

    def __init__(self, **options: Any) -> None:
        super().__init__(validate=_of_this_century, **options)


class Number(ma.fields.Decimal):
    """A decimal number from 0 to `high`, as text, so that no digit is lost."""

    def __init__(self, high: int, **options: Any) -> None:
        options.setdefault("required", "load_default" not in options)
        metadata = {"type": "string", "pattern": NUMBER, **options.pop("metadata", {})}
        super().__init__(as_string=True, validate=_between(high), metadata=metadata, **options)


def share(**options: Any) -> Number:
    """A share from 0 to 1."""
    return Number(1, **options)


def percent(**options: Any) -> Number:
    return Number(100, **options)


def points(**options: Any) -> Number:
    """Credit points with three places."""
    return Number(9999, places=3, **options)


def attendance_code() -> ma.fields.String:
    error = "Kode huruf besar, misalnya TL1, PSW2, ABSENT."
    return ma.fields.String(required=True, validate=ma.validate.Regexp(CODE, error=error))


def by_code(value: ma.fields.Field[Any]) -> ma.fields.Dict:
    """Values by attendance code, at most fifty; empty when left out."""
    return ma.fields.Dict(attendance_code(), value, load_default=dict, validate=_at_most(50))


class PersonQuery(Schema):
    employee_id = ma.fields.UUID(required=True)


class PersonYearQuery(PersonQuery):
    year = ma.fields.Integer(required=True, validate=YEARS)


def _of_this_century(value: date) -> None:
    if not date(2000, 1, 1) <= value <= date(2099, 12, 31):
        raise ma.ValidationError("Tanggal antara 2000-01-01 dan 2099-12-31.")


def _between(high: int) -> Callable[[Decimal], None]:
    def check(value: Decimal) -> None:
        if not 0 <= value <= high or int(value.as_tuple().exponent) < -MOST_PLACES:
            raise ma.ValidationError(f"Angka 0 sampai {high}, paling banyak enam angka di belakang titik.")

    return check


def _at_most(entries: int) -> Callable[[dict[str, Any]], None]:
    def check(value: dict[str, Any]) -> None:
        if len(value) > entries:
            raise ma.ValidationError(f"Paling banyak {entries} butir.")

    return check
