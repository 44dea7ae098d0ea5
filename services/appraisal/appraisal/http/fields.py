"""Request fields of appraisal's own: years, quarters and competency codes."""

from typing import Any

import marshmallow as ma

from chassis.http.fields import code

YEARS, QUARTERS = ma.validate.Range(2000, 2100), ma.validate.Range(1, 4)


def calendar_year(**options: Any) -> ma.fields.Integer:
    options.setdefault("required", "load_default" not in options)
    return ma.fields.Integer(strict=True, validate=YEARS, **options)


def calendar_quarter(**options: Any) -> ma.fields.Integer:
    options.setdefault("required", "load_default" not in options)
    return ma.fields.Integer(strict=True, validate=QUARTERS, **options)


def optional_quarter() -> ma.fields.Integer:
    """A quarter, or null, or nothing for the year."""
    return calendar_quarter(load_default=None, allow_none=True)


def query_year(*, required: bool = False) -> ma.fields.Integer:
    options: dict[str, Any] = {} if required else {"load_default": None}
    return ma.fields.Integer(required=required, validate=YEARS, **options)


def query_quarter() -> ma.fields.Integer:
    return ma.fields.Integer(load_default=None, validate=QUARTERS)


def competency_codes() -> ma.fields.List[Any]:
    return ma.fields.List(
        code("^[a-z0-9_]{1,60}\\Z", required=False), load_default=list, validate=ma.validate.Length(0, 20)
    )
