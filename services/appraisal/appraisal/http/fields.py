"""Request fields of appraisal's own: years, quarters, months and competency codes."""

from typing import Any

import marshmallow as ma

from chassis.http import Schema
from chassis.http.fields import code

YEARS, QUARTERS, MONTHS = ma.validate.Range(2000, 2100), ma.validate.Range(1, 4), ma.validate.Range(1, 12)
ONE_PART = "satu saja dari quarter dan month"


def calendar_year(**options: Any) -> ma.fields.Integer:
    options.setdefault("required", "load_default" not in options)
    return ma.fields.Integer(strict=True, validate=YEARS, **options)


def optional_quarter() -> ma.fields.Integer:
    """A quarter, or null, or nothing for the year or a month."""
    return ma.fields.Integer(strict=True, validate=QUARTERS, load_default=None, allow_none=True)


def optional_month() -> ma.fields.Integer:
    """A month, or null, or nothing for the year or a quarter."""
    return ma.fields.Integer(strict=True, validate=MONTHS, load_default=None, allow_none=True)


class OnePart(Schema):
    """A quarter or a month of a year; neither is the whole year."""

    quarter = optional_quarter()
    month = optional_month()

    @ma.validates_schema
    def _one_part(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("quarter") is not None and data.get("month") is not None:
            raise ma.ValidationError(ONE_PART, "month")


def query_year(*, required: bool = False) -> ma.fields.Integer:
    options: dict[str, Any] = {} if required else {"load_default": None}
    return ma.fields.Integer(required=required, validate=YEARS, **options)


def query_quarter() -> ma.fields.Integer:
    return ma.fields.Integer(load_default=None, validate=QUARTERS)


def query_month() -> ma.fields.Integer:
    return ma.fields.Integer(load_default=None, validate=MONTHS)


def competency_codes() -> ma.fields.List[Any]:
    return ma.fields.List(
        code("^[a-z0-9_]{1,60}\\Z", required=False), load_default=list, validate=ma.validate.Length(0, 20)
    )
